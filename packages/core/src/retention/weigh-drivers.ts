import { FEATURES } from '../features/all-features.ts';
import type { AccountFacts, FactId } from '../features/facts.ts';
import { type Contribution, contribution } from './contribution.ts';
import type { FittedDriver, FittedRetention } from './posterior/fitted-retention.ts';
import { predictRisk } from './posterior/predict-risk.ts';
import type { Driver } from './risk-score.ts';
import type { Scorecard, ScorecardRow } from './scorecard.ts';

/** A driver before the probability is known. */
type WeighedDriver = Omit<Driver, 'probability'>;

/** What a model says of facts, in log-odds: strongest driver first; `variance` is the model's own doubt. */
export interface Weighed {
  readonly drivers: readonly WeighedDriver[];
  readonly missing: readonly FactId[];
  readonly variance: number;
}

/** By the points as they stand: every known fact adds its points, a missing one nothing. */
export function weighByPoints(card: Scorecard, facts: AccountFacts): Weighed {
  const parts = card.rows.map((row) => contribution(row, facts));
  const drivers = card.rows.flatMap((row, j) => {
    const part = parts[j];
    return part ? [driverOf(row, part, part.logOdds, row.from)] : [];
  });
  const variance = parts.reduce(
    (sum, part) => sum + (card.pointsWidth * (part?.swings ?? 0)) ** 2,
    card.baseWidth ** 2,
  );
  return { drivers: drivers.sort(strongestFirst), missing: missingOf(card, parts), variance };
}

/**
 * By the posterior: every known fact adds its weight times its distance from the training mean, and a missing one what
 * missing has meant in this book (0 while that is not known).
 */
export function weighByFit(card: Scorecard, fit: FittedRetention, facts: AccountFacts): Weighed {
  const parts = card.rows.map((row) => contribution(row, facts));
  const swings = parts.map((part) => part?.swings ?? Number.NaN);
  const { contributions, variance } = predictRisk(fit, swings);
  const drivers = card.rows.flatMap((row, j) => {
    const [part, logOdds] = [parts[j] ?? null, contributions[j] ?? 0];
    if (part === null && logOdds === 0) return [];
    const driver = driverOf(row, part, logOdds, referenceOf(row, fit.drivers[j]));
    return [part !== null && isAssumed(fit.drivers[j]) ? { ...driver, assumed: true as const } : driver];
  });
  return { drivers: drivers.sort(strongestFirst), missing: missingOf(card, parts), variance };
}

/**
 * Below so many outcomes that know a column its assumed points have most of the say: half of those from which the fit has
 * all of it (`keepUnseenPoints`).
 */
export const ASSUMED_BELOW = 20;

/** A fit that does not tell is believed. */
const isAssumed = (driver: FittedDriver | undefined): boolean => (driver?.known ?? ASSUMED_BELOW) < ASSUMED_BELOW;

const FEATURE_OF = new Map(FEATURES.map((feature) => [feature.id, feature]));

function driverOf(row: ScorecardRow, part: Contribution | null, logOdds: number, reference: number): WeighedDriver {
  const { title = row.feature, group = 'missing_data' } = FEATURE_OF.get(row.feature) ?? {};
  return { feature: row.feature, title, group, value: part?.value ?? null, reference, logOdds };
}

/** The fact's value at the reference: the inverse of a row's swings. */
function referenceOf(row: ScorecardRow, driver: FittedDriver | undefined): number {
  const swings = driver?.reference ?? 0;
  if (row.scale !== 'log1p') return row.from + swings * (row.to - row.from);
  return Math.expm1(Math.log1p(row.from) + swings * (Math.log1p(row.to) - Math.log1p(row.from)));
}

function missingOf(card: Scorecard, parts: readonly (Contribution | null)[]): readonly FactId[] {
  return card.rows.filter((_, j) => parts[j] === null).map((row) => row.feature);
}

const strongestFirst = (a: WeighedDriver, b: WeighedDriver): number =>
  Math.abs(b.logOdds) - Math.abs(a.logOdds) || (a.feature < b.feature ? -1 : 1);
