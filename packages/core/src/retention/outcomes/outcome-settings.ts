import type { OrgProfile } from '../../model/profile.ts';
import { GRACE_DAYS } from '../../snapshot/classify-account.ts';
import type { FieldHistory } from '../../snapshot/field-history.ts';
import type { CompetingCause } from './decision.ts';

/** How outcomes are read, with nothing left out. */
export interface OutcomeSettings {
  /** Days after the end of a term in which a late renewal still counts. */
  readonly graceDays: number;
  readonly noticeDays: number;
  readonly leadDays: number;
  readonly ordersHorizonDays: number;
  readonly causes: Readonly<Record<string, CompetingCause>>;
}

/** Asked for in place of the profile's own: the accuracy card shows 0, 30 and 90 days of grace beside it. */
export interface OutcomeOptions extends Partial<Pick<OutcomeSettings, 'graceDays' | 'leadDays' | 'ordersHorizonDays'>> {
  /** Tells the earlier renewal days of accounts that have nothing else. */
  readonly history?: FieldHistory;
}

/** The profile's settings with their defaults: 60 days of grace, no notice period, 30 days of lead, windows of 90 days. */
export function outcomeSettings(profile: Pick<OrgProfile, 'outcomes'>, options: OutcomeOptions = {}): OutcomeSettings {
  const own = profile.outcomes ?? {};
  return {
    graceDays: options.graceDays ?? own.graceDays ?? GRACE_DAYS,
    noticeDays: own.noticeDays ?? 0,
    leadDays: options.leadDays ?? own.leadDays ?? 30,
    ordersHorizonDays: options.ordersHorizonDays ?? own.ordersHorizonDays ?? 90,
    causes: own.causes ?? {},
  };
}
