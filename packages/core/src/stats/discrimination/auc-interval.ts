import { logistic, logit, normalQuantile } from '../special/index.ts';
import { type RankedRows, rankRows } from './ranked-rows.ts';

/** An area under the ROC curve with what is known about its error. */
export interface AucEstimate {
  readonly auc: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  readonly events: number;
  readonly others: number;
  /** `separated`: no pair is in the wrong order, so the error is taken at half a pair wrong. */
  readonly method: 'delong' | 'clustered' | 'separated';
}

/**
 * The AUC with its interval on the log-odds scale, so that it stays within 0..1; `null` with one class only.
 *
 * Rows count alike. The variance is DeLong's; with `clusters` (several rows of one account) Obuchowski's, which adds the
 * placements up per cluster: no bootstrap is needed. When every pair is in order both are 0; then Hanley and McNeil's formula
 * at an AUC half a pair short of 1 is used.
 *
 * Source: DeLong, DeLong and Clarke-Pearson 1988, Biometrics 44:837; Obuchowski 1997, Biometrics 53:567; Hanley and McNeil
 * 1982, Radiology 143:29.
 */
export function aucInterval(
  scores: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  { clusters, level = 0.95 }: { readonly clusters?: ArrayLike<number>; readonly level?: number } = {},
): AucEstimate | null {
  const { placements, events, others, area } = place(rankRows(scores), outcomes);
  if (events === 0 || others === 0) return null;
  const z = normalQuantile((1 + level) / 2);
  const variance = clusters
    ? clusteredVariance(placements, outcomes, clusters, area, events, others)
    : delongVariance(placements, outcomes, area, events, others);
  const separated = !(variance > 0) || area === 0 || area === 1;
  const standardError = Math.sqrt(separated ? hanleyMcNeil(area, events, others) : variance);
  const within = separated ? nearEnd(area, events, others) : area;
  const half = (z * standardError) / (within * (1 - within));
  return {
    auc: area,
    standardError,
    low: area === 0 ? 0 : logistic(logit(within) - half),
    high: area === 1 ? 1 : logistic(logit(within) + half),
    events,
    others,
    method: separated ? 'separated' : clusters ? 'clustered' : 'delong',
  };
}

/** Each row's share of the other class that it is on the right side of, ties half. */
function place({ order, ends }: RankedRows, outcomes: ArrayLike<number>) {
  const placements = new Float64Array(order.length);
  let events = 0;
  for (let i = 0; i < order.length; i++) if (outcomes[i] === 1) events++;
  const others = order.length - events;
  let eventsBelow = 0;
  let othersBelow = 0;
  let area = 0;
  let start = 0;
  for (const end of ends) {
    let tied = 0;
    for (let at = start; at < end; at++) if (outcomes[order[at]!] === 1) tied++;
    const tiedOthers = end - start - tied;
    for (let at = start; at < end; at++) {
      const row = order[at]!;
      const isEvent = outcomes[row] === 1;
      placements[row] = isEvent ? (othersBelow + tiedOthers / 2) / others : (events - eventsBelow - tied / 2) / events;
    }
    area += tied * (othersBelow + tiedOthers / 2);
    eventsBelow += tied;
    othersBelow += tiedOthers;
    start = end;
  }
  return { placements, events, others, area: area / (events * others) };
}

function delongVariance(
  placements: Float64Array,
  outcomes: ArrayLike<number>,
  area: number,
  events: number,
  others: number,
): number {
  let ofEvents = 0;
  let ofOthers = 0;
  for (let i = 0; i < placements.length; i++) {
    const square = (placements[i]! - area) ** 2;
    if (outcomes[i] === 1) ofEvents += square;
    else ofOthers += square;
  }
  return ofEvents / Math.max(1, events - 1) / events + ofOthers / Math.max(1, others - 1) / others;
}

function clusteredVariance(
  placements: Float64Array,
  outcomes: ArrayLike<number>,
  clusters: ArrayLike<number>,
  area: number,
  events: number,
  others: number,
): number {
  const sums = new Map<number, { event: number; other: number; events: number; others: number }>();
  for (let i = 0; i < placements.length; i++) {
    const sum = sums.get(clusters[i]!) ?? { event: 0, other: 0, events: 0, others: 0 };
    if (outcomes[i] === 1) {
      sum.event += placements[i]! - area;
      sum.events++;
    } else {
      sum.other += placements[i]! - area;
      sum.others++;
    }
    sums.set(clusters[i]!, sum);
  }
  let ofEvents = 0;
  let ofOthers = 0;
  let both = 0;
  let withEvents = 0;
  let withOthers = 0;
  for (const sum of sums.values()) {
    ofEvents += sum.event ** 2;
    ofOthers += sum.other ** 2;
    both += sum.event * sum.other;
    if (sum.events > 0) withEvents++;
    if (sum.others > 0) withOthers++;
  }
  const all = sums.size;
  return (
    ((withEvents / Math.max(1, withEvents - 1)) * ofEvents) / events ** 2 +
    ((withOthers / Math.max(1, withOthers - 1)) * ofOthers) / others ** 2 +
    ((2 * all) / Math.max(1, all - 1)) * (both / (events * others))
  );
}

/** Half a pair away from 0 or 1. */
function nearEnd(area: number, events: number, others: number): number {
  const half = 0.5 / (events * others);
  return Math.min(1 - half, Math.max(half, area));
}

function hanleyMcNeil(exact: number, events: number, others: number): number {
  const area = nearEnd(exact, events, others);
  const q1 = area / (2 - area);
  const q2 = (2 * area * area) / (1 + area);
  const square = area * area;
  return (area * (1 - area) + (events - 1) * (q1 - square) + (others - 1) * (q2 - square)) / (events * others);
}
