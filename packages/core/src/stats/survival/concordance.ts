import { type FitRefusal, refuseFit } from '../fit.ts';
import { ascendingOrder } from '../order/ascending-order.ts';
import { addAtRank, emptyRankSums, type RankSums, sumToRank } from './rank-sums.ts';
import { checkSpells, firstNotFinite, rowsByStratum, type Spells } from './spells.ts';

/** How well a risk orders who went first. */
export interface Concordance {
  readonly fitted: true;
  /** Share of the comparable pairs in which the higher risk went first, ties in risk counting half; .5 is chance. */
  readonly concordance: number;
  /** By the infinitesimal jackknife. */
  readonly standardError: number;
  readonly concordant: number;
  readonly discordant: number;
  readonly tiedRisk: number;
}

/**
 * Harrell's C-index of `risk` (any scale, higher: sooner), in O(n log n). A pair counts when one had the event while the
 * other was at risk and had not had it by then (watches that end at that very time count as longer); pairs stay within a
 * stratum. Refused: no rows, no events, no comparable pair, values that are not finite. Sources: Harrell, Lee and Mark
 * 1996, Stat. Med. 15:361; Therneau and Watson 2017, Mayo technical report 85.
 */
export function measureConcordance(spells: Spells, risk: ArrayLike<number>): Concordance | FitRefusal {
  const refusal = checkSpells(spells);
  if (refusal) return refusal;
  if (risk.length !== spells.time.length || firstNotFinite(risk) >= 0)
    return refuseFit('not-finite', 'Every row needs a risk, as a finite number.');
  return countConcordance(spells, risk);
}

/** The same for rows and risks that were checked before. */
export function countConcordance(spells: Spells, risk: ArrayLike<number>): Concordance | FitRefusal {
  const pairs = emptyPairs(spells.time.length);
  for (const rows of rowsByStratum(spells)) countStratum(pairs, spells, risk, rows);
  const { concordant, discordant, tiedRisk } = pairs;
  const all = concordant + discordant + tiedRisk;
  if (!(all > 0))
    return refuseFit('no-events', 'No two rows can be compared: no event came while another was at risk.');
  const concordance = (concordant + tiedRisk / 2) / all;
  let variance = 0;
  for (let row = 0; row < spells.time.length; row++) {
    const influence = (pairs.won[row]! - concordance * pairs.met[row]!) / all;
    variance += (spells.weight?.[row] ?? 1) * influence * influence;
  }
  return { fitted: true, concordance, standardError: Math.sqrt(variance), concordant, discordant, tiedRisk };
}

/** `met[row]`: weight of the rows that the row is compared with; `won[row]`: the part of it in the right order, ties half. */
interface Pairs {
  concordant: number;
  discordant: number;
  tiedRisk: number;
  readonly won: Float64Array;
  readonly met: Float64Array;
}

function emptyPairs(rows: number): Pairs {
  return { concordant: 0, discordant: 0, tiedRisk: 0, won: new Float64Array(rows), met: new Float64Array(rows) };
}

function countStratum(pairs: Pairs, spells: Spells, risk: ArrayLike<number>, rows: Uint32Array): void {
  const { rank, ranks } = denseRanks(risk, rows);
  // by time, and at the same time events before those whose watch ends
  const ordered = ascendingOrder(spells.time, eventsFirst(spells.event, rows));
  const entered = spells.entry ? ascendingOrder(spells.entry, rows) : rows.subarray(0, 0);
  meetAsEvent(pairs, spells, ordered, entered, { rank, here: new Float64Array(ranks + 1), sums: emptyRankSums(ranks) });
  meetAsWatched(pairs, spells, ordered, entered, {
    rank,
    here: new Float64Array(ranks + 1),
    sums: emptyRankSums(ranks),
  });
}

interface Ranked {
  /** By row, from 1. */
  readonly rank: Uint32Array;
  /** The weight at each rank, and in `sums` at all up to it. */
  readonly here: Float64Array;
  readonly sums: RankSums;
}

function denseRanks(risk: ArrayLike<number>, rows: Uint32Array): { rank: Uint32Array; ranks: number } {
  const rank = new Uint32Array(risk.length);
  let ranks = 0;
  let before = Number.NaN;
  const order = ascendingOrder(risk, rows);
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    if (risk[row] !== before) ranks++;
    before = risk[row]!;
    rank[row] = ranks;
  }
  return { rank, ranks };
}

function eventsFirst(event: ArrayLike<number>, rows: Uint32Array): Uint32Array {
  const sorted = new Uint32Array(rows.length);
  let at = 0;
  for (let i = 0; i < rows.length; i++) if (event[rows[i]!] === 1) sorted[at++] = rows[i]!;
  for (let i = 0; i < rows.length; i++) if (event[rows[i]!] !== 1) sorted[at++] = rows[i]!;
  return sorted;
}

/** Backwards in time: each event meets those still at risk after it. */
function meetAsEvent(
  pairs: Pairs,
  { time, event, entry, weight }: Spells,
  ordered: Uint32Array,
  entered: Uint32Array,
  { rank, here, sums }: Ranked,
): void {
  let total = 0;
  const add = (row: number, w: number) => {
    addAtRank(sums, rank[row]!, w);
    here[rank[row]!]! += w;
    total += w;
  };
  let late = entered.length - 1;
  for (let next = ordered.length - 1; next >= 0; ) {
    const now = time[ordered[next]!]!;
    for (; next >= 0 && time[ordered[next]!] === now && event[ordered[next]!] !== 1; next--)
      add(ordered[next]!, weight?.[ordered[next]!] ?? 1);
    for (; late >= 0 && entry![entered[late]!]! >= now; late--) add(entered[late]!, -(weight?.[entered[late]!] ?? 1));
    const lastEvent = next;
    for (; next >= 0 && time[ordered[next]!] === now; next--) {
      const row = ordered[next]!;
      const w = weight?.[row] ?? 1;
      const lower = sumToRank(sums, rank[row]! - 1);
      const tied = here[rank[row]!]!;
      pairs.concordant += w * lower;
      pairs.tiedRisk += w * tied;
      pairs.discordant += w * (total - lower - tied);
      pairs.won[row]! += lower + tied / 2;
      pairs.met[row]! += total;
    }
    for (let at = lastEvent; at > next; at--) add(ordered[at]!, weight?.[ordered[at]!] ?? 1);
  }
}

/** Forwards in time: each row meets the events that came while it was at risk, those by its entry taken off again. */
function meetAsWatched(
  pairs: Pairs,
  { time, event, entry, weight }: Spells,
  ordered: Uint32Array,
  entered: Uint32Array,
  { rank, here, sums }: Ranked,
): void {
  let total = 0;
  const meet = (row: number, sign: 1 | -1) => {
    const higher = total - sumToRank(sums, rank[row]!);
    pairs.won[row]! += sign * (higher + here[rank[row]!]! / 2);
    pairs.met[row]! += sign * total;
  };
  let come = 0;
  for (let next = 0; next < ordered.length; ) {
    const now = time[ordered[next]!]!;
    for (; come < entered.length && entry![entered[come]!]! < now; come++) meet(entered[come]!, -1);
    const first = next;
    for (; next < ordered.length && time[ordered[next]!] === now && event[ordered[next]!] === 1; next++)
      meet(ordered[next]!, 1);
    for (let at = first; at < next; at++) {
      const w = weight?.[ordered[at]!] ?? 1;
      addAtRank(sums, rank[ordered[at]!]!, w);
      here[rank[ordered[at]!]!]! += w;
      total += w;
    }
    for (; next < ordered.length && time[ordered[next]!] === now; next++) meet(ordered[next]!, 1);
  }
}
