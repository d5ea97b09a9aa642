import type { HealthBand, Money } from '@holdfast/core';
import type { ReportReferrals } from './referral-sections.ts';
import type { ReportCard } from './report-card.ts';
import type { ReportForecast } from './report-forecast.ts';
import type { DriverSum, MovedPicture, SurvivalPicture } from './report-pictures.ts';

/** What the page shows, all of it computed before: the page decides nothing. */
export interface ReportInput {
  readonly org: { readonly name: string; readonly crm: string; readonly edition: string };
  /** ISO instant that the figures hold for. */
  readonly asOf: string;
  readonly currency: string;
  readonly tiles: readonly { readonly label: string; readonly value: string; readonly note: string }[];
  /** Every scored account, for the picture of the portfolio. `value` per year. */
  readonly portfolio: readonly {
    readonly name: string;
    readonly healthScore: number;
    readonly band: HealthBand;
    readonly value: Money;
  }[];
  readonly atRisk: readonly ReportAccount[];
  /** Share of the scored accounts for which a feature was known, 0 to 1. */
  readonly coverage: readonly { readonly title: string; readonly share: number }[];
  readonly referrals: ReportReferrals;
  /** The newest referrals, as text. */
  readonly introductions: readonly {
    readonly referrer: string;
    readonly referred: string;
    readonly state: string;
    readonly reason: string;
  }[];
  readonly calls: readonly { readonly what: string; readonly calls: number; readonly minimum: number | null }[];
  /** The newest accuracy cards; empty: none was made, or it cannot be read. */
  readonly accuracy: readonly ReportCard[];
  /** `null`: no account whose contracts or renewals tell how long it stayed. */
  readonly survival: SurvivalPicture | null;
  readonly drivers: readonly DriverSum[];
  readonly moved: MovedPicture;
  /** The newest forecast; `null`: none was made, or it cannot be read. */
  readonly forecast: ReportForecast | null;
  /** What a reader must know about these figures, in sentences. */
  readonly notes: readonly string[];
}

export interface ReportAccount {
  readonly name: string;
  readonly band: HealthBand;
  readonly healthScore: number;
  readonly atRisk: Money;
  readonly reasons: readonly string[];
  readonly nextStep: string;
  readonly confidence: string;
}
