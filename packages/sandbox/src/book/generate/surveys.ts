import { DAY, instantOf } from '../calendar.ts';
import { peopleAt } from './contact-plan.ts';
import type { Draft } from './draft.ts';
import type { Hazard } from './hazard.ts';
import type { Life } from './life.ts';

/** Asked twice a year, two in five answer; the score falls with the log of the hazard, and people differ. */
export function surveyInMonth(draft: Draft, life: Life, from: number, to: number, hazard: Hazard): void {
  const { random } = life;
  if (life.nextSurveyAt >= to) return;
  const at = Math.floor(Math.max(from, life.nextSurveyAt));
  life.nextSurveyAt = at + random.between(160, 210) * DAY;
  if (!random.chance(0.4) || at > draft.asOf) return;
  const people = peopleAt(life.plan, at);
  const mood = 8.8 - 1.1 * Math.log(hazard.monthly / 0.0025) + 1.5 * random.normal();
  draft.book.surveys.push({
    ...{ id: draft.nextId('survey'), accountId: life.plan.id, kind: 'nps' },
    ...(people.length > 0 && { contactId: random.pick(people).id }),
    score: Math.max(0, Math.min(10, Math.round(mood))),
    respondedAt: instantOf(at),
  });
}
