import { addDays, type CalendarDay } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { HealthBand } from '../../model/types.ts';
import type { AskPolicy } from './ask-policy.ts';
import { coolDownUntil, type ReferralAsk } from './referral-ask.ts';

/** Why somebody is not asked now, for staff. */
export const ASK_REFUSALS = {
  excluded: 'The account was ticked to be left out.',
  not_scored: 'The account is not scored: whether it is at risk is not known.',
  at_risk: 'The account is at risk: help first.',
  band_not_asked: 'The policy asks no accounts in this band.',
  in_dispute: 'Something is in dispute with the account.',
  urgent_ticket: 'An urgent request is open: solve it first.',
  no_owner: 'Nobody looks after the account: there is no one to ask.',
  account_asked_lately: 'Somebody at the account was asked a short while ago.',
  nobody_to_ask: 'Nobody at the account may be asked.',
  do_not_ask: 'The person is not to be asked.',
  not_content: 'The person would not recommend us by their last answer.',
  asked_lately: 'The person was asked a short while ago.',
  left_program: 'The person has paused or left the program.',
  held_out: 'Kept aside to measure by.',
  owner_has_enough: 'The owner has enough open asks.',
} as const;
export type AskRefusal = keyof typeof ASK_REFUSALS;

/** An account as the ask sees it; the retention score comes in here as its band. */
export interface AskAccount {
  readonly id: Id;
  readonly ownerId: Id | null;
  readonly segment: string | null;
  /** `null`: never scored. */
  readonly band: HealthBand | null;
  readonly excluded: boolean;
  readonly inDispute: boolean;
  readonly openUrgentTickets: number;
}

/** A person as the ask sees them. */
export interface AskPerson {
  readonly id: Id;
  readonly accountId: Id;
  /** `null`, nobody has said so, counts as no. */
  readonly doNotAsk: boolean | null;
  readonly lastAskedOn: CalendarDay | null;
  /** The last answer to the question whether they would recommend us, 0 to 10; `null`: none. */
  readonly lastScore: number | null;
  /** Two-letter country; `null`: the strictest wording. */
  readonly country: string | null;
  readonly advocateStatus: 'invited' | 'active' | 'paused' | 'left' | null;
}

/** Why an account is not asked; `null`: it may be. Nothing overrides a risk, a dispute or an open urgent ticket. */
export function accountRefusal(account: AskAccount, policy: AskPolicy): AskRefusal | null {
  if (account.excluded) return 'excluded';
  if (account.band === null || account.band === 'not_scored') return 'not_scored';
  if (account.band === 'at_risk') return 'at_risk';
  if (!policy.bands.includes(account.band)) return 'band_not_asked';
  if (account.inDispute) return 'in_dispute';
  if (account.openUrgentTickets > 0) return 'urgent_ticket';
  return account.ownerId === null ? 'no_owner' : null;
}

/** Whether somebody at the account was asked within the account's own cool-down. */
export function accountRests(
  people: readonly AskPerson[],
  asks: readonly ReferralAsk[],
  policy: AskPolicy,
  today: CalendarDay,
): boolean {
  const days = [...people.flatMap((it) => it.lastAskedOn ?? []), ...asks.map((it) => it.askedOn)];
  return days.some((on) => addDays(on, policy.accountCoolDownDays) > today);
}

/** Why a person is not asked; `null`: they may be. Both the date on the record and what came of earlier asks count. */
export function personRefusal(
  person: AskPerson,
  asks: readonly ReferralAsk[],
  policy: AskPolicy,
  today: CalendarDay,
): AskRefusal | null {
  if (person.doNotAsk === true) return 'do_not_ask';
  if (person.advocateStatus === 'paused' || person.advocateStatus === 'left') return 'left_program';
  if (person.lastScore !== null && person.lastScore <= policy.detractorTo) return 'not_content';
  const onRecord = person.lastAskedOn === null ? [] : [addDays(person.lastAskedOn, policy.personCoolDownDays)];
  const rests = [...onRecord, ...asks.map((it) => coolDownUntil(it, policy))];
  return rests.some((until) => until > today) ? 'asked_lately' : null;
}
