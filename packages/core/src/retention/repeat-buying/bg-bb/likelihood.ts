import { betaln, logAddExp } from '../../../stats/special/index.ts';
import type { GradientTarget } from '../../maximum-likelihood/target.ts';
import type { OccasionSummary } from '../summary.ts';
import type { TimeBase } from '../time-base.ts';
import { type BgBbParameters, type RisingTables, risingTables } from './rising-tables.ts';

/**
 * log L of one history: active on all n occasions, or dropped out before occasion t_x + i + 1. B(alpha + x, beta + n -
 * x) B(gamma, delta + n) + sum over i < n - t_x of B(alpha + x, beta + t_x - x + i) B(gamma + 1, delta + t_x + i), over
 * B(alpha, beta) B(gamma, delta). Source: Fader, Hardie and Shang 2010, Marketing Science 29:1086.
 */
export function logBgBb(parameters: BgBbParameters, x: number, last: number, n: number): number {
  const [alpha, beta, gamma, delta] = parameters;
  const none = betaln(alpha, beta) + betaln(gamma, delta);
  const stays = betaln(alpha + x, beta + n - x) + betaln(gamma, delta + n) - none;
  if (last === n) return stays;
  // every term from the one before it: no gamma function inside the loop
  let term = 1;
  let sum = 0;
  for (let at = last; at < n; at++) {
    sum += term;
    term *= ((beta + at - x) * (delta + at)) / ((alpha + beta + at) * (gamma + delta + 1 + at));
  }
  const first = betaln(alpha + x, beta + last - x) + betaln(gamma + 1, delta + last) - none;
  return logAddExp(stays, first + Math.log(sum));
}

/** The log-likelihood of grouped histories, with its gradient by the logarithms of the parameters. */
export function bgBbTarget(cells: OccasionSummary<TimeBase>): GradientTarget {
  const { frequency, recency, occasions, accounts } = cells;
  const longest = occasions.reduce((most, it) => Math.max(most, it), 0);
  return (theta, gradient) => {
    const parameters = Array.from(theta, Math.exp) as unknown as BgBbParameters;
    const tables = risingTables(parameters, longest);
    gradient.fill(0);
    let value = 0;
    for (let row = 0; row < frequency.length; row++)
      value += addCell(gradient, parameters, tables, frequency[row]!, recency[row]!, occasions[row]!, accounts[row]!);
    for (let i = 0; i < 4; i++) gradient[i]! *= parameters[i]!;
    return value;
  };
}

/** Adds one history of some accounts: its derivatives are those of the terms, each weighted by its share. */
function addCell(
  gradient: Float64Array,
  [alpha, beta, gamma, delta]: BgBbParameters,
  tables: RisingTables,
  x: number,
  last: number,
  n: number,
  accounts: number,
): number {
  const { order, miss, occasion, stay, life } = tables;
  const stays = order.logs[x]! + miss.logs[n - x]! - occasion.logs[n]! + stay.logs[n]! - life.logs[n]!;
  const atOnce = order.logs[x]! + miss.logs[last - x]! - occasion.logs[last]! + Math.log(gamma);
  const first = atOnce + stay.logs[last]! - life.logs[last + 1]!;
  let term = 1;
  let [sum, missed, seen, stayed, lived] = [0, 0, 0, 0, 0];
  for (let at = last; at < n; at++) {
    sum += term;
    missed += term * miss.slopes[at - x]!;
    seen += term * occasion.slopes[at]!;
    stayed += term * stay.slopes[at]!;
    lived += term * life.slopes[at + 1]!;
    term *= ((beta + at - x) * (delta + at)) / ((alpha + beta + at) * (gamma + delta + 1 + at));
  }
  const log = sum === 0 ? stays : logAddExp(stays, first + Math.log(sum));
  const active = accounts * Math.exp(stays - log);
  const gone = accounts * Math.exp(first - log);
  gradient[0]! += (active + gone * sum) * order.slopes[x]! - active * occasion.slopes[n]! - gone * seen;
  gradient[1]! += active * (miss.slopes[n - x]! - occasion.slopes[n]!) + gone * (missed - seen);
  gradient[2]! += gone * (sum / gamma - lived) - active * life.slopes[n]!;
  gradient[3]! += active * (stay.slopes[n]! - life.slopes[n]!) + gone * (stayed - lived);
  return accounts * log;
}
