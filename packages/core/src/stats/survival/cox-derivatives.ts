import { computeExposures } from './cox-exposures.ts';
import { type CoxRows, placesAtRisk } from './cox-rows.ts';
import type { CoxTerms } from './cox-terms.ts';
import { addCrossProducts } from './cross-products.ts';

/** First and second derivatives of the log partial likelihood by the standardised coefficients. */
export interface CoxDerivatives {
  readonly gradient: Float64Array;
  /** Minus the second derivatives, `columns` x `columns`, lower triangle. */
  readonly information: Float64Array;
}

/**
 * Gradient and information from filled terms. Exchanging the sums over events and over risk sets gives each row one number, its
 * exposure c (the cumulative hazard that it lived through), and
 *   gradient = sum_i (w_i event_i - risk_i c_i) x_i
 *   information = sum_i risk_i c_i x_i x_i' - sum_events (square0 S1 S1' - square1 (S1 D1' + D1 S1') + square2 D1 D1'),
 * so that the second moments of the risk sets are never carried: n p^2/2 multiplications, plus p^2/2 per event time. S1 and D1
 * are the risk-weighted sums of x at risk and of the events. `factor`: a multiplier for each group's share of both (none: 1).
 */
export function computeDerivatives(rows: CoxRows, terms: CoxTerms, factor?: Float64Array): CoxDerivatives {
  const p = rows.columns;
  const gradient = new Float64Array(p);
  const information = new Float64Array(p * p);
  subtractMeans(rows, terms, information, factor);
  addRows(rows, terms, { gradient, information }, factor);
  return { gradient, information };
}

function subtractMeans(rows: CoxRows, terms: CoxTerms, information: Float64Array, factor?: Float64Array): void {
  const { columns: p, start, events, opens, leave, leaving, x } = rows;
  const { risk } = terms;
  const sum = new Float64Array(p);
  const going = new Float64Array(p);
  for (let g = 0; g < rows.groups; g++) {
    if (opens[g] || terms.fresh[g]) sum.fill(0);
    const from = start[g]!;
    const end = start[g + 1]!;
    if (terms.fresh[g]) for (const place of placesAtRisk(rows, g)) addScaled(sum, x, place * p, risk[place]!);
    else {
      for (let place = from; place < end; place++) addScaled(sum, x, place * p, risk[place]!);
      if (leave.length > 0)
        for (let at = leave[g]!; at < leave[g + 1]!; at++) addScaled(sum, x, leaving[at]! * p, -risk[leaving[at]!]!);
    }
    const d = events[g]!;
    if (d === 0) continue;
    const m = factor ? factor[g]! : 1;
    const a = m * terms.square0[g]!;
    const b = m * terms.square1[g]!;
    const c = m * terms.square2[g]!;
    if (b !== 0 || c !== 0) {
      going.fill(0);
      for (let place = from; place < from + d; place++) addScaled(going, x, place * p, risk[place]!);
    }
    for (let i = 0; i < p; i++) {
      const left = a * sum[i]! - b * going[i]!;
      const right = c * going[i]! - b * sum[i]!;
      for (let j = 0; j <= i; j++) information[i * p + j]! -= left * sum[j]! + right * going[j]!;
    }
  }
}

function addScaled(to: Float64Array, x: Float64Array, from: number, by: number): void {
  for (let j = 0; j < to.length; j++) to[j]! += by * x[from + j]!;
}

function addRows(rows: CoxRows, terms: CoxTerms, to: CoxDerivatives, factor?: Float64Array): void {
  const { count, columns: p, start, events, weight, x } = rows;
  const { gradient, information } = to;
  const mass = computeExposures(rows, terms, factor);
  for (let place = 0; place < count; place++) mass[place]! *= terms.risk[place]!;
  for (let g = 0; g < rows.groups; g++) {
    const m = factor ? factor[g]! : 1;
    const lastEvent = start[g]! + events[g]!;
    for (let place = start[g]!; place < lastEvent; place++) addScaled(gradient, x, place * p, m * weight[place]!);
  }
  const expected = new Float64Array(p);
  addCrossProducts(information, expected, x, mass);
  for (let j = 0; j < p; j++) gradient[j]! -= expected[j]!;
}
