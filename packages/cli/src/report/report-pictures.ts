import type { HealthBand, RetentionModel } from '@holdfast/core';

/** One driver over all scored accounts of a model. Sums are log-odds of loss: `up` at least 0, `down` at most 0. */
export interface DriverSum {
  readonly model: RetentionModel;
  readonly title: string;
  readonly raises: number;
  readonly lowers: number;
  readonly up: number;
  readonly down: number;
}

/** An account whose score or band moved since the run before. */
export interface MovedAccount {
  readonly name: string;
  readonly from: { readonly band: HealthBand | null; readonly score: number | null };
  readonly to: { readonly band: HealthBand; readonly score: number | null };
  /** Log-odds of loss: the three add up to the total. `null`: the facts of the run before were not kept. */
  readonly split: {
    readonly total: number;
    readonly inputs: number;
    readonly model: number;
    readonly time: number;
    /** Titles of the drivers behind `inputs`, strongest first. */
    readonly drivers: readonly string[];
  } | null;
}

/** What moved in the book. */
export interface MovedPicture {
  /** Accounts that had a score before. */
  readonly compared: number;
  readonly otherBand: number;
  readonly otherScore: number;
  /** The largest movements of the score, falls first. */
  readonly rows: readonly MovedAccount[];
  /** Accounts whose numbers rest on other evidence than before: no movement of theirs. */
  readonly evidence: readonly { readonly from: string; readonly to: string; readonly accounts: number }[];
  /** Accounts that another model scored than before. */
  readonly otherModel: number;
}

/** How long the accounts that started in some year stayed; shares of those still there at `fromYears`. */
export interface CohortCurve {
  readonly label: string;
  readonly accounts: number;
  readonly lost: number;
  readonly outside: number;
  /** 0 unless the records begin later than the accounts did. */
  readonly fromYears: number;
  readonly points: readonly { readonly years: number; readonly share: number }[];
  /** At whole years: share still there with its 95 % interval, and how many were watched then. */
  readonly marks: readonly {
    readonly years: number;
    readonly share: number;
    readonly low: number | null;
    readonly high: number | null;
    readonly atRisk: number;
  }[];
}

/** Survival by cohort of contract accounts, and who is not in it. */
export interface SurvivalPicture {
  readonly curves: readonly CohortCurve[];
  /** Over all cohorts, competing ends apart (Aalen-Johansen), at the last whole year with enough accounts. */
  readonly shares: { readonly years: number; readonly lost: number; readonly outside: number } | null;
  /** `YYYY-MM-DD`; nobody counts as watched before it. `null`: nothing was lost. */
  readonly firstLossOn: string | null;
  /** Accounts that count from a later day than their start. */
  readonly lateEntries: number;
  readonly left: {
    /** Ended before anybody would have seen it. */
    readonly unwatched: number;
    readonly orderBased: number;
    readonly unclear: number;
    /** In cohorts with too few accounts to draw. */
    readonly small: number;
  };
}
