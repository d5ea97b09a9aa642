import { addDays, type CalendarDay } from '../../model/dates.ts';
import type { Decision } from '../outcomes/decision.ts';
import type { OutcomeSettings } from '../outcomes/outcome-settings.ts';

/**
 * The day from whose end a decision is seen. A contract: the last first of a month that lies at least the lead days before
 * the decision, so that a whole book shares its cut-offs. Orders: the day before the window begins.
 */
export function cutoffOf(
  { model, decidesOn, startsOn }: Pick<Decision, 'model' | 'decidesOn' | 'startsOn'>,
  { leadDays }: Pick<OutcomeSettings, 'leadDays'>,
): CalendarDay {
  if (model === 'orders') return addDays(startsOn, -1);
  return `${addDays(decidesOn, -leadDays).slice(0, 8)}01`;
}
