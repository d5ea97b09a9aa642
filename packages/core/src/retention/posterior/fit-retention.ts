import type { CalendarDay } from '../../model/dates.ts';
import { type FitControl, type FitRefusal, refuseFit } from '../../stats/fit.ts';
import { logit, scaleHorizon } from '../log-odds.ts';
import type { Scorecard } from '../scorecard.ts';
import type { DecisionRows } from '../training/decision-rows.ts';
import { outcomesThatKnow } from '../training/outcomes-that-know.ts';
import { evidenceLabel } from './evidence-label.ts';
import { fingerprintRows } from './fingerprint-rows.ts';
import { type FittedPosterior, fitPosterior } from './fit-posterior.ts';
import type { FittedRetention } from './fitted-retention.ts';
import { periodShock } from './period-shock.ts';

/** How a fit is made. */
export interface FitRetentionOptions {
  readonly fittedOn: CalendarDay;
  /** Horizon of order-based decisions in days, default 90; contracts are rated per decision (rule 2). */
  readonly horizonDays?: number;
  readonly control?: FitControl;
}

const ORDERS_HORIZON_DAYS = 90;

/**
 * The score's posterior from the company's own outcomes, the scorecard being its prior: from no rows at all (the card as
 * it stands) to thousands. Refuses values that are no numbers, rows that are not of this card, and a cancelled run.
 */
export function fitRetention(
  rows: DecisionRows,
  card: Scorecard,
  options: FitRetentionOptions,
): (FittedRetention & { readonly fitted: true }) | FitRefusal {
  if (rows.model !== card.model || rows.drivers.join() !== card.rows.map((it) => it.feature).join()) {
    return refuseFit('out-of-range', 'The rows were made with another scorecard: build them again with this one.');
  }
  const posterior = fitPosterior({
    x: rows.swings,
    lost: rows.lost,
    weight: rows.weight,
    cluster: clustersOf(rows),
    treated: rows.treated,
    priorMean: Float64Array.from(card.rows, (it) => it.points),
    priorBase: logit(baseRate(card, options.horizonDays ?? ORDERS_HORIZON_DAYS)),
    options: {
      baseWidth: card.baseWidth,
      pointsWidth: card.pointsWidth,
      ...(options.control ? { control: options.control } : {}),
    },
  });
  if (!posterior.fitted) return posterior;
  const shock = periodShock(rows, posterior, card);
  const shaken = shock ? posterior.covariance.map((it, at) => it + shock.covariance[at]!) : posterior.covariance;
  const { intercept, drivers, covariance } = aboutReference({ ...posterior, covariance: shaken }, rows);
  return {
    fitted: true,
    model: card.model,
    version: `${card.version}+${fingerprintRows(rows)}`,
    cardVersion: card.version,
    fittedOn: options.fittedOn,
    evidence: evidenceLabel(posterior.learned),
    outcomes: { decisions: rows.count, losses: distinctLosses(rows) },
    intercept,
    drivers,
    covariance,
    treatment: posterior.treatment,
    periodVariance: shock?.variance ?? null,
    mixture: posterior.components,
  };
}

/** One loss seen from several overlapping windows, which share its weight, is one (rule 7). */
function distinctLosses(rows: DecisionRows): number {
  const byAccount = new Map<number, number>();
  for (let i = 0; i < rows.count; i++) {
    if (rows.lost[i] !== 1) continue;
    byAccount.set(rows.account[i]!, (byAccount.get(rows.account[i]!) ?? 0) + rows.weight[i]!);
  }
  return [...byAccount.values()].reduce((sum, it) => sum + Math.max(1, Math.round(it)), 0);
}

/**
 * Windows that overlap see the same months of an account: such rows hang together (rule 7). Decisions one after the other
 * do not, however many an account has taken: given what was known before each, they are as independent as the risk sets of
 * a survival model (Andersen and Gill 1982, Ann. Statist. 10:1100).
 */
function clustersOf(rows: DecisionRows): Int32Array {
  const overlap = rows.weight.some((it) => it < 1);
  return overlap ? rows.account : Int32Array.from({ length: rows.count }, (_, i) => i);
}

function baseRate(card: Scorecard, horizonDays: number): number {
  return card.model === 'contract' ? card.yearlyLoss : scaleHorizon(card.yearlyLoss, 365, horizonDays);
}

/**
 * The same posterior told from the average training account instead of the neutral one: the reference's part moves from
 * the drivers into the intercept, and a missing fact, which is neutral, lies that much from the reference.
 */
function aboutReference(posterior: FittedPosterior, rows: DecisionRows) {
  const { weights, means, missing } = posterior;
  const p = weights.length;
  const size = 1 + 2 * p;
  const map = new Float64Array(size * size);
  for (let j = 0; j < size; j++) map[j * size + j] = 1;
  for (let j = 0; j < p; j++) {
    map[1 + j] = means[j]!;
    map[(1 + p + j) * size + 1 + j] = -means[j]!;
  }
  return {
    intercept: weights.reduce((sum, it, j) => sum + it * means[j]!, posterior.intercept),
    drivers: rows.drivers.map((feature, j) => ({
      feature,
      weight: weights[j]!,
      reference: means[j]!,
      missing: missing[j]! - weights[j]! * means[j]! + 0,
      known: outcomesThatKnow(rows, j),
    })),
    covariance: mapCovariance(map, posterior.covariance, size),
  };
}

/** Lower triangle, row by row, of `map * covariance * map'`; `map` has few entries that are not 0. */
function mapCovariance(map: Float64Array, covariance: Float64Array, size: number): readonly number[] {
  const half = product(map, covariance, size, false);
  const full = product(map, half, size, true);
  const out: number[] = [];
  for (let j = 0; j < size; j++) for (let k = 0; k <= j; k++) out.push((full[j * size + k]! + full[k * size + j]!) / 2);
  return out;
}

/** `map * b`, or `b * map'` when `fromRight`. */
function product(map: Float64Array, b: Float64Array, size: number, fromRight: boolean): Float64Array {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const entry = map[i * size + k]!;
      if (entry === 0) continue;
      for (let j = 0; j < size; j++) {
        const to = fromRight ? j * size + i : i * size + j;
        out[to] = out[to]! + entry * b[fromRight ? j * size + k : k * size + j]!;
      }
    }
  }
  return out;
}
