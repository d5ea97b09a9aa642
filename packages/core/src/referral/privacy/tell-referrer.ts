import type { CalendarDay } from '../../model/dates.ts';
import { REASONS, type ReasonCode } from '../entities/reason-code.ts';

/** What a referrer is told: a neutral sentence and the day of the decision, and nothing else (rule 11). */
export interface ToldReferrer {
  readonly text: string;
  readonly on: CalendarDay;
}

/**
 * Tells a referrer about a claim. The reason itself, what the checks found and when a rival's protection ends are left out:
 * each would let them guess that somebody is a customer, or was erased.
 */
export function tellReferrer(reason: ReasonCode, on: CalendarDay): ToldReferrer {
  return { text: REASONS[reason].referrer, on };
}
