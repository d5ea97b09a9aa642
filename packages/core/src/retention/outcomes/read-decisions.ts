import type { CalendarDay } from '../../model/dates.ts';
import type { OrgProfile } from '../../model/profile.ts';
import { roleByLifecycle } from '../../snapshot/classify-account.ts';
import { NO_HISTORY } from '../../snapshot/field-history.ts';
import type { AccountRecords } from '../../snapshot/slice.ts';
import { contractDecisions } from './contract-decisions.ts';
import type { Decision } from './decision.ts';
import type { LeftOutReason } from './left-out.ts';
import { orderWindows } from './order-windows.ts';
import { type OutcomeOptions, outcomeSettings } from './outcome-settings.ts';
import { renewalDayDecisions } from './renewal-day-decisions.ts';
import { renewalDecisions, tellsRenewals } from './renewal-decisions.ts';

/** The decisions of one account, oldest first, and how often something looked like one and could not be used. */
export interface AccountOutcomes {
  readonly decisions: readonly Decision[];
  readonly leftOut: Readonly<Partial<Record<LeftOutReason, number>>>;
}

/**
 * What really happened to one account as far as a day, by everything that the records say now (retention model, rules 1,
 * 2 and 4). Decided by the first that there is: contracts; renewal opportunities and the day it was marked churned; orders.
 * An account that was merged has its records under the survivor, one with a new parent keeps its own: neither is churn.
 * Where only a renewal day stands on the account, its field history tells how earlier terms ended; without, left out and
 * counted.
 */
export function readOutcomes(
  records: AccountRecords,
  profile: OrgProfile,
  on: CalendarDay,
  options: OutcomeOptions = {},
): AccountOutcomes {
  const leftOut: Partial<Record<LeftOutReason, number>> = {};
  const leave = (reason: LeftOutReason) => {
    leftOut[reason] = (leftOut[reason] ?? 0) + 1;
  };
  const decisions = decisionsOf(records, profile, on, options, leave);
  return { decisions: [...decisions].sort((a, b) => (a.decidesOn < b.decidesOn ? -1 : 1)), leftOut };
}

/** The decisions of one account, oldest first. */
export function readDecisions(
  records: AccountRecords,
  profile: OrgProfile,
  on: CalendarDay,
  options: OutcomeOptions = {},
): readonly Decision[] {
  return readOutcomes(records, profile, on, options).decisions;
}

function decisionsOf(
  records: AccountRecords,
  profile: OrgProfile,
  on: CalendarDay,
  options: OutcomeOptions,
  leave: (reason: LeftOutReason) => void,
): readonly Decision[] {
  const settings = outcomeSettings(profile, options);
  const role = roleByLifecycle(records.account.lifecycle, profile);
  if (role === 'partner' || role === 'test') {
    leave('partner or test');
    return [];
  }
  if (records.contracts.length > 0) return contractDecisions({ records, profile, settings, on }, leave);
  if (tellsRenewals(records, profile, on)) return renewalDecisions(records, profile, settings, on, leave);
  if (records.account.renewalOn !== null) {
    return renewalDayDecisions(records, profile, settings, on, options.history ?? NO_HISTORY, leave);
  }
  if (records.orders.length > 0) return orderWindows(records, profile, settings, on);
  leave('nothing bought');
  return [];
}
