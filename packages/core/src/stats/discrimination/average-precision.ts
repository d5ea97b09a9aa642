import { rankRows } from './ranked-rows.ts';

/**
 * Average precision: the precision at each distinct score, weighted by the recall gained there (no interpolation); `null`
 * without an event.
 *
 * Source: Davis and Goadrich 2006, on why the step form and not the trapezoid.
 */
export function averagePrecision(
  scores: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number | null {
  const { order, ends } = rankRows(scores);
  let events = 0;
  let picked = 0;
  let sum = 0;
  for (let run = ends.length - 1; run >= 0; run--) {
    let gained = 0;
    for (let at = run > 0 ? ends[run - 1]! : 0; at < ends[run]!; at++) {
      const row = order[at]!;
      const weight = weights ? weights[row]! : 1;
      picked += weight;
      if (outcomes[row] === 1) gained += weight;
    }
    events += gained;
    if (gained > 0) sum += (events / picked) * gained;
  }
  return events > 0 ? sum / events : null;
}
