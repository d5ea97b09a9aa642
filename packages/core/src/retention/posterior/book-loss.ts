import { normalCdf, normalDensity } from '../../stats/special/index.ts';
import type { FittedRetention } from './fitted-retention.ts';
import { predictRisk, quadraticForm, riskGradient } from './predict-risk.ts';

/** Accounts of a book, as columns of `count` entries. */
export interface BookAccounts {
  readonly count: number;
  /** `count` x drivers, row by row, in swings; `NaN`: missing. */
  readonly swings: Float64Array;
  /** What is lost with each, in any one unit; `NaN` (not known) counts nothing in `value`. */
  readonly value: Float64Array;
  /** Month (any number) in which each decides: a shock is shared within a month. Without it, all decide in one. */
  readonly period?: Int32Array;
}

/** A total with its interval: the value expected, and what 90 % (or `level`) of outcomes fall between. */
export interface ExpectedTotal {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

/** Expected loss of a book, as a number of accounts (its interval in whole ones) and in the unit of `value`. */
export interface BookLoss {
  readonly losses: ExpectedTotal;
  readonly value: ExpectedTotal;
}

/** Nodes and range, in standard deviations, over which the shared shift is summed. */
const NODES = 41;
const RANGE = 4;
/** What rounding may have added to a whole number. */
const WHOLE = 1e-9;

/**
 * The book's expected loss with an interval of `level` (default 0.9). Three things make it uncertain: each account's own
 * outcome (Poisson-binomial), the posterior's weights (its gradient through the covariance), and months that are worse
 * than others (`periodVariance`, rule 10). The last two shift all log-odds together; the total is a mixture over that
 * shift, each part normal with Edgeworth's correction for skewness (Petrov 1975, VI). The shift keeps the expected total.
 */
export function bookLoss(fitted: FittedRetention, accounts: BookAccounts, level = 0.9): BookLoss {
  const p = fitted.drivers.length;
  const logOdds = new Float64Array(accounts.count);
  for (let i = 0; i < accounts.count; i++) {
    logOdds[i] = predictRisk(fitted, accounts.swings.subarray(i * p, (i + 1) * p)).logOdds;
  }
  const one = new Float64Array(accounts.count).fill(1);
  const value = accounts.value.map((it) => (Number.isNaN(it) ? 0 : it));
  return {
    losses: wholeNumbers(totalOf(fitted, accounts, logOdds, one, level)),
    value: totalOf(fitted, accounts, logOdds, value, level),
  };
}

/**
 * Accounts are lost whole: the whole numbers within the interval, never without the ones about the expected number. It
 * is the interval of mid-P values, which covers as often as it says (Lancaster 1961, JASA 56:223).
 */
function wholeNumbers({ expected, low, high }: ExpectedTotal): ExpectedTotal {
  return {
    expected,
    low: Math.max(0, Math.min(Math.ceil(low - WHOLE), Math.floor(expected + WHOLE))),
    high: Math.max(Math.floor(high + WHOLE), Math.ceil(expected - WHOLE)),
  };
}

/**
 * The expected total with its interval for chances that were made elsewhere from the same accounts, such as those within
 * another horizon. `logOdds` has one entry an account; minus infinity is a chance of 0.
 */
export function expectedTotal(
  fitted: FittedRetention,
  accounts: BookAccounts,
  logOdds: Float64Array,
  level = 0.9,
): ExpectedTotal {
  const value = accounts.value.map((it) => (Number.isNaN(it) ? 0 : it));
  return totalOf(fitted, accounts, logOdds, value, level);
}

function totalOf(
  fitted: FittedRetention,
  accounts: BookAccounts,
  logOdds: Float64Array,
  value: Float64Array,
  level: number,
): ExpectedTotal {
  const plain = momentsAt(logOdds, value, 0);
  const spread = sharedSpread(fitted, accounts, logOdds, value);
  const nodes = shiftNodes(spread, (shift) => momentsAt(logOdds, value, shift), plain.mean);
  const most = value.reduce((sum, it) => sum + it, 0);
  return {
    expected: plain.mean,
    low: quantile(nodes, (1 - level) / 2, most),
    high: quantile(nodes, (1 + level) / 2, most),
  };
}

/** Mean, standard deviation and skewness of the total when all log-odds are shifted alike. */
function momentsAt(logOdds: Float64Array, value: Float64Array, shift: number) {
  let mean = 0;
  let variance = 0;
  let third = 0;
  for (let i = 0; i < logOdds.length; i++) {
    const chance = 1 / (1 + Math.exp(-logOdds[i]! - shift));
    const v = value[i]!;
    const own = chance * (1 - chance) * v * v;
    mean += chance * v;
    variance += own;
    third += own * v * (1 - 2 * chance);
  }
  const sd = Math.sqrt(variance);
  return { mean, sd, skewness: sd > 0 ? third / sd ** 3 : 0 };
}

type Moments = ReturnType<typeof momentsAt>;

/** Standard deviation of the shift of all log-odds that moves the total as much as weights and months do. */
function sharedSpread(
  fitted: FittedRetention,
  accounts: BookAccounts,
  logOdds: Float64Array,
  value: Float64Array,
): number {
  const p = fitted.drivers.length;
  const gradient = new Float64Array(1 + 2 * p);
  const months = new Map<number, number>();
  let reach = 0;
  for (let i = 0; i < accounts.count; i++) {
    const chance = 1 / (1 + Math.exp(-logOdds[i]!));
    const slope = chance * (1 - chance) * value[i]!;
    riskGradient(fitted, accounts.swings.subarray(i * p, (i + 1) * p)).forEach((it, j) => {
      gradient[j] = gradient[j]! + slope * it;
    });
    const month = accounts.period?.[i] ?? 0;
    months.set(month, (months.get(month) ?? 0) + slope);
    reach += slope;
  }
  if (reach === 0) return 0;
  const byMonth = [...months.values()].reduce((sum, it) => sum + it * it, 0);
  const variance = quadraticForm(fitted.covariance, gradient) + (fitted.periodVariance ?? 0) * byMonth;
  return Math.sqrt(variance) / reach;
}

/** The mixture: moments at each shift with its weight, the whole moved so that its mean is `expected`. */
function shiftNodes(spread: number, at: (shift: number) => Moments, expected: number) {
  if (spread === 0) return [{ weight: 1, ...at(0) }];
  const steps = Array.from({ length: NODES }, (_, k) => -RANGE + (2 * RANGE * k) / (NODES - 1));
  const densities = steps.map(normalDensity);
  const sum = densities.reduce((total, it) => total + it, 0);
  const mixture = (offset: number) =>
    steps.map((it, k) => ({ weight: densities[k]! / sum, ...at(offset + spread * it) }));
  const meanOf = (nodes: readonly (Moments & { weight: number })[]) =>
    nodes.reduce((total, it) => total + it.weight * it.mean, 0);
  const first = meanOf(mixture(0));
  const step = 0.1;
  const slope = (meanOf(mixture(step)) - first) / step;
  return mixture(slope > 0 ? (expected - first) / slope : 0);
}

function quantile(nodes: readonly (Moments & { weight: number })[], probability: number, most: number): number {
  let low = 0;
  let high = most;
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (cdf(nodes, middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function cdf(nodes: readonly (Moments & { weight: number })[], total: number): number {
  return nodes.reduce((sum, { weight, mean, sd, skewness }) => {
    if (sd === 0) return sum + (total >= mean ? weight : 0);
    const x = (total - mean) / sd;
    return sum + weight * (normalCdf(x) - (skewness / 6) * (x * x - 1) * normalDensity(x));
  }, 0);
}
