/** One decision before it falls, for who may act on it. */
export interface HonestChoice {
  readonly accountId: string;
  /** The last day on which the customer can decide. */
  readonly decidesOn: string;
}

/**
 * A book for honest tests: every account is a customer, what drives it away follows from what the CRM records plus stated
 * unknowns, and everything that was ever edited is in the change log. Shares lie between 0 and 1.
 */
export interface HonestOptions {
  /** Standard deviation, in log-odds, of the hidden cause that no record shows; 0.5 when left out. */
  readonly hidden?: number;
  /** Standard deviation, in log-odds, of a shock common to all decisions of a month; 0 when left out. */
  readonly shock?: number;
  /** Share of renewals signed after the end of the term, within 55 days; 0.08 when left out. */
  readonly lateRenewals?: number;
  /** Share of calls, mails, meetings, tickets and contracts entered weeks late with their earlier date; 0.03 when left out. */
  readonly backDated?: number;
  /** Share of accounts that had a double, merged into them later; 0.015 when left out. */
  readonly merges?: number;
  /** Accounts that left are deleted with their people, contracts and tickets; orders and sales stay behind without account. */
  readonly purge?: boolean;
  /** Share of accounts with a low ticket that stays open for years; 0.25 when left out. */
  readonly standingTickets?: number;
  /** Once an account has left, somebody sets its standing low tickets to `urgent`: a trap for who reads today's value. */
  readonly canary?: boolean;
  /** Whose chance of loss is cut by `effect` (0.4 when left out) at this decision. */
  readonly actOn?: (choice: HonestChoice) => boolean;
  readonly effect?: number;
  /** Days from the cut-off to the decision: the cut-off is the last month border that is at least so early; 30. */
  readonly leadDays?: number;
  /** Decisions before this day (`YYYY-MM-DD`) get no attainable probability, which takes most of the time; all when left out. */
  readonly attainableFrom?: string;
  /** Futures drawn for each attainable probability; 128 when left out. */
  readonly paths?: number;
}

/** The options with their defaults. */
export type HonestSettings = Required<Omit<HonestOptions, 'actOn' | 'attainableFrom'>> &
  Pick<HonestOptions, 'actOn' | 'attainableFrom'>;

/** Fills in the defaults. Throws RangeError for a share outside 0 to 1 or a negative deviation. */
export function honestSettings(options: HonestOptions): HonestSettings {
  const settings: HonestSettings = {
    ...{
      hidden: 0.5,
      shock: 0,
      lateRenewals: 0.08,
      backDated: 0.03,
      merges: 0.015,
      standingTickets: 0.25,
      purge: false,
      canary: false,
    },
    ...{ effect: 0.4, leadDays: 30, paths: 128 },
    ...options,
  };
  for (const name of ['lateRenewals', 'backDated', 'merges', 'standingTickets', 'effect'] as const)
    if (!(settings[name] >= 0 && settings[name] <= 1)) throw new RangeError(`${name} must lie between 0 and 1`);
  for (const name of ['hidden', 'shock', 'leadDays', 'paths'] as const)
    if (!(settings[name] >= 0)) throw new RangeError(`${name} must be 0 or more`);
  return settings;
}
