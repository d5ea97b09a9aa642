import { type FitRefusal, refuseFit } from '../fit.ts';
import { choleskyInPlace, solveCholesky } from '../linear/index.ts';
import { ascendingOrder } from '../order/ascending-order.ts';
import { chiSquareTail } from '../special/index.ts';
import { checkSpells, firstNotFinite, rowsByStratum, type Spells } from './spells.ts';

/** Whether groups share one survival curve. */
export interface LogRankTest {
  readonly fitted: true;
  /** The groups' numbers, ascending; the other lists are in this order. */
  readonly groups: readonly number[];
  readonly observed: readonly number[];
  /** Events expected if all groups shared one hazard, summed over strata. */
  readonly expected: readonly number[];
  readonly chiSquare: number;
  readonly degrees: number;
  /** Probability of a difference at least as large by chance. */
  readonly p: number;
}

/**
 * The log-rank test of two or more groups, by strata where given: at each event time the events of a group are held
 * against their hypergeometric expectation. Refused: no rows, one group, no events, or a group whose members are never at
 * risk beside another's. Source: Mantel 1966, Cancer Chemother. Rep. 50:163; Kalbfleisch and Prentice 2002, 1.5.
 */
export function testLogRank(spells: Spells, group: ArrayLike<number>): LogRankTest | FitRefusal {
  const refusal = checkSpells(spells);
  if (refusal) return refusal;
  if (group.length !== spells.time.length || firstNotFinite(group) >= 0)
    return refuseFit('not-finite', 'Every row needs a group, as a finite number.');
  const groups = distinctValues(group);
  if (groups.length < 2) return refuseFit('one-class', 'All rows are in one group: there is nothing to compare.');
  const sums = {
    observed: new Float64Array(groups.length),
    expected: new Float64Array(groups.length),
    covariance: new Float64Array(groups.length ** 2),
  };
  const member = Int32Array.from(group, (name) => groups.indexOf(name));
  for (const rows of rowsByStratum(spells)) addStratum(sums, spells, member, rows);
  if (!sums.observed.some((count) => count > 0)) return refuseFit('no-events', 'No row has an event.');
  const chiSquare = quadraticForm(sums, groups.length - 1);
  if (chiSquare === undefined)
    return refuseFit('one-class', 'A group is never at risk at an event beside the others: nothing can be compared.');
  const degrees = groups.length - 1;
  const { observed, expected } = sums;
  const p = chiSquareTail(chiSquare, degrees);
  return { fitted: true, groups, observed: [...observed], expected: [...expected], chiSquare, degrees, p };
}

interface Sums {
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  readonly covariance: Float64Array;
}

function distinctValues(values: ArrayLike<number>): number[] {
  return [...new Set(Array.from(values))].sort((a, b) => a - b);
}

/** Backwards in time: rows join the risk set at their exit and leave it at their entry. */
function addStratum(sums: Sums, spells: Spells, member: Int32Array, rows: Uint32Array): void {
  const { time, event, entry, weight } = spells;
  const exits = ascendingOrder(time, rows).reverse();
  const entries = entry ? ascendingOrder(entry, rows).reverse() : rows.subarray(0, 0);
  const atRisk = new Float64Array(sums.observed.length);
  const events = new Float64Array(sums.observed.length);
  let gone = 0;
  for (let next = 0; next < exits.length; ) {
    const now = time[exits[next]!]!;
    events.fill(0);
    for (; next < exits.length && time[exits[next]!] === now; next++) {
      const row = exits[next]!;
      atRisk[member[row]!]! += weight?.[row] ?? 1;
      if (event[row] === 1) events[member[row]!]! += weight?.[row] ?? 1;
    }
    for (; gone < entries.length && entry![entries[gone]!]! >= now; gone++)
      atRisk[member[entries[gone]!]!]! -= weight?.[entries[gone]!] ?? 1;
    addTime(sums, atRisk, events);
  }
}

function addTime({ observed, expected, covariance }: Sums, atRisk: Float64Array, events: Float64Array): void {
  const groups = observed.length;
  const n = atRisk.reduce((sum, count) => sum + count, 0);
  const d = events.reduce((sum, count) => sum + count, 0);
  if (d === 0) return;
  const spread = n > 1 ? (d * (n - d)) / (n - 1) : 0;
  for (let g = 0; g < groups; g++) {
    observed[g]! += events[g]!;
    expected[g]! += (d * atRisk[g]!) / n;
    for (let h = 0; h <= g; h++) {
      const shared = ((g === h ? 1 : 0) - atRisk[h]! / n) * (atRisk[g]! / n) * spread;
      covariance[g * groups + h]! += shared;
    }
  }
}

/** (O - E)' V^-1 (O - E) without the last group, which the others determine; undefined when V is singular. */
function quadraticForm({ observed, expected, covariance }: Sums, size: number): number | undefined {
  const factor = new Float64Array(size * size);
  for (let g = 0; g < size; g++) for (let h = 0; h <= g; h++) factor[g * size + h] = covariance[g * (size + 1) + h]!;
  if (!choleskyInPlace(factor, size)) return undefined;
  const excess = observed.map((count, g) => count - expected[g]!).slice(0, size);
  const solved = excess.slice();
  solveCholesky(factor, size, solved);
  return excess.reduce((sum, value, g) => sum + value * solved[g]!, 0);
}
