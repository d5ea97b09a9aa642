import type { ShareFigure } from '../../metrics/figure.ts';
import { groupBy } from '../../metrics/group-by.ts';
import { addDays, type CalendarDay } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { ASK_TRIGGERS, type AskTrigger } from '../ask/ask-policy.ts';
import { type AskCounts, countAsks } from '../ask/count-asks.ts';
import type { ReferralAsk } from '../ask/referral-ask.ts';
import { meanFigure } from './mean-figure.ts';

/** An introduction that a person made, and what it brought less what it cost; minor units. */
export interface AskedIntroduction {
  readonly participantId: Id;
  readonly introducedOn: CalendarDay;
  readonly won: boolean;
  /** `null`: not known. */
  readonly net: number | null;
}

/** What came of the asks of one trigger. */
export interface TriggerReturn extends AskCounts {
  /** Introductions that answer an ask, and those of them that were won. */
  readonly introductions: number;
  readonly won: number;
  /** Net of these introductions; `null`: of one at least it is not known. */
  readonly net: number | null;
  /** Net of one ask, those without an introduction counting 0, with its 90 % interval. */
  readonly netPerAsk: ShareFigure;
}

/** Asks that a mean needs. */
const FEW_ASKS = 30;

/**
 * Returns by what made it the moment to ask. An introduction answers the last ask of the same person on or before its
 * day, if it came within the days for an answer; what nobody asked for counts nowhere here. Triggers that were never
 * used are left out.
 */
export function returnByTrigger(
  asks: readonly ReferralAsk[],
  introductions: readonly AskedIntroduction[],
  answerDays: number,
): readonly TriggerReturn[] {
  const answers = answersOf(asks, introductions, answerDays);
  const counts = countAsks(asks);
  return ASK_TRIGGERS.flatMap((trigger, place) => {
    const own = asks.filter((it) => it.trigger === trigger);
    if (own.length === 0) return [];
    return [{ ...counts[place]!, ...netOf(trigger, own, answers) }];
  });
}

function answersOf(
  asks: readonly ReferralAsk[],
  introductions: readonly AskedIntroduction[],
  answerDays: number,
): ReadonlyMap<string, readonly AskedIntroduction[]> {
  const ofPerson = groupBy(asks, (it) => it.contactId);
  const answered = introductions.flatMap((made) => {
    const [last] = (ofPerson.get(made.participantId) ?? [])
      .filter((it) => it.askedOn <= made.introducedOn && made.introducedOn <= addDays(it.askedOn, answerDays))
      .sort((a, b) => (a.askedOn !== b.askedOn ? (a.askedOn > b.askedOn ? -1 : 1) : a.key < b.key ? -1 : 1));
    return last ? [{ key: last.key, made }] : [];
  });
  return new Map(
    [...groupBy(answered, (it) => it.key)].map(([key, of]): [string, readonly AskedIntroduction[]] => [
      key,
      of.map((it) => it.made),
    ]),
  );
}

function netOf(trigger: AskTrigger, asks: readonly ReferralAsk[], answers: ReturnType<typeof answersOf>) {
  const made = asks.map((it) => answers.get(it.key) ?? []);
  const all = made.flat();
  const isKnown = all.every((it) => it.net !== null);
  const nets = made.map((of) => of.reduce((sum, it) => sum + (it.net ?? 0), 0));
  const none = {
    value: null,
    n: asks.length,
    reason: 'margin or cost of an introduction is not known',
    interval: null,
  };
  return {
    introductions: all.length,
    won: all.filter((it) => it.won).length,
    net: isKnown ? nets.reduce((sum, it) => sum + it, 0) : null,
    netPerAsk: isKnown ? meanFigure(nets, FEW_ASKS, `asks by ${trigger.replaceAll('_', ' ')}`) : none,
  };
}
