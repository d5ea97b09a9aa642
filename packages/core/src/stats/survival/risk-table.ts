import { ascendingOrder } from '../order/ascending-order.ts';
import type { Spells } from './spells.ts';

/** The rows counted at each distinct exit time, ascending; all columns are weighted counts. */
export interface RiskTable {
  readonly time: Float64Array;
  /** Watched just before `time`: entered before it, not yet gone. */
  readonly atRisk: Float64Array;
  /** Events of any outcome at `time`. */
  readonly events: Float64Array;
  readonly censored: Float64Array;
  /** Events by outcome: `byOutcome[k - 1]` counts `event === k`. */
  readonly byOutcome: readonly Float64Array[];
}

/** Counts checked rows at each distinct exit time; strata are not told apart. */
export function buildRiskTable(spells: Spells, outcomes = 1): RiskTable {
  const { event, weight, entry } = spells;
  const order = ascendingOrder(spells.time);
  const time = distinct(spells.time, order);
  const column = () => new Float64Array(time.length);
  const table = { time, atRisk: column(), events: column(), censored: column() };
  const byOutcome = Array.from({ length: outcomes }, column);
  let slot = -1;
  let before = Number.NaN;
  for (const row of order) {
    const at = spells.time[row]!;
    if (at !== before) slot++;
    before = at;
    const w = weight?.[row] ?? 1;
    const outcome = event[row]!;
    table.atRisk[slot]! += w;
    if (outcome === 0) table.censored[slot]! += w;
    else {
      table.events[slot]! += w;
      byOutcome[outcome - 1]![slot]! += w;
    }
  }
  for (let s = time.length - 2; s >= 0; s--) table.atRisk[s]! += table.atRisk[s + 1]!;
  if (entry) leaveOutLateEntries(table, entry, weight);
  return { ...table, byOutcome };
}

function distinct(keys: ArrayLike<number>, order: Uint32Array): Float64Array {
  const found = new Float64Array(order.length);
  let count = 0;
  for (const row of order) if (count === 0 || keys[row] !== found[count - 1]) found[count++] = keys[row]!;
  return found.slice(0, count);
}

/** A row that enters at or after a time is not at risk at it. */
function leaveOutLateEntries(
  { time, atRisk }: Pick<RiskTable, 'time' | 'atRisk'>,
  entry: ArrayLike<number>,
  weight: ArrayLike<number> | undefined,
): void {
  const order = ascendingOrder(entry);
  let next = order.length - 1;
  let late = 0;
  for (let s = time.length - 1; s >= 0; s--) {
    for (; next >= 0 && entry[order[next]!]! >= time[s]!; next--) late += weight?.[order[next]!] ?? 1;
    atRisk[s]! -= late;
  }
}
