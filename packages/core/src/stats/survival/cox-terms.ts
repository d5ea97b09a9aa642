import { type CoxRows, placesAtRisk } from './cox-rows.ts';

/** How events at the same time share their risk set. */
export type Ties = 'efron' | 'breslow';

/**
 * What a partial likelihood needs at one set of coefficients, by place and by group. With S0 the weight at risk, D0 that of
 * the group's d events, w their mean weight and f_k = k/d (Efron) or 0 (Breslow), v_k = S0 - f_k D0 for k = 0..d-1:
 * `hazard` = sum w/v_k, `spared` = sum w f_k/v_k (what the events themselves are not exposed to), and `square0..2` = sum
 * w f_k^m/v_k^2.
 */
export interface CoxTerms {
  readonly ties: Ties;
  /** Linear predictor less `shift`, by place. */
  readonly eta: Float64Array;
  /** weight x exp(eta), by place. */
  readonly risk: Float64Array;
  readonly hazard: Float64Array;
  readonly spared: Float64Array;
  readonly square0: Float64Array;
  readonly square1: Float64Array;
  readonly square2: Float64Array;
  /** 1: the group's weight at risk was summed anew, since taking the leavers off would have left rounding errors. */
  readonly fresh: Uint8Array;
  /** The highest linear predictor, taken off before exponentiating. */
  shift: number;
}

/** How far a weight at risk may fall by taking rows off before it is summed anew. */
const FALL = 1e-5;

/** Room for `computeTerms`, to be used again at other coefficients. */
export function emptyTerms({ count, groups }: CoxRows, ties: Ties): CoxTerms {
  const perGroup = () => new Float64Array(groups);
  return {
    ties,
    eta: new Float64Array(count),
    risk: new Float64Array(count),
    hazard: perGroup(),
    spared: perGroup(),
    square0: perGroup(),
    square1: perGroup(),
    square2: perGroup(),
    fresh: new Uint8Array(groups),
    shift: 0,
  };
}

/**
 * Fills `terms` at coefficients `beta` (of the standardised columns) and gives the log partial likelihood; -Infinity where
 * a risk set has no weight left to rounding. Sources: Breslow 1974, Biometrics 30:89; Efron 1977, JASA 72:557.
 */
export function computeTerms(rows: CoxRows, beta: Float64Array, terms: CoxTerms): number {
  fillRisk(rows, beta, terms);
  const { start, events, opens, leaving, leave, weight } = rows;
  const { eta, risk } = terms;
  let logLikelihood = 0;
  let atRisk = 0;
  let highest = 0;
  for (let g = 0; g < rows.groups; g++) {
    if (opens[g]) atRisk = highest = 0;
    const from = start[g]!;
    const end = start[g + 1]!;
    for (let place = from; place < end; place++) atRisk += risk[place]!;
    highest = Math.max(highest, atRisk);
    if (leave.length > 0) {
      for (let at = leave[g]!; at < leave[g + 1]!; at++) atRisk -= risk[leaving[at]!]!;
      terms.fresh[g] = atRisk < FALL * highest ? 1 : 0;
      if (terms.fresh[g]) {
        atRisk = 0;
        for (const place of placesAtRisk(rows, g)) atRisk += risk[place]!;
        highest = atRisk;
      }
    }
    const d = events[g]!;
    if (d === 0) continue;
    let going = 0;
    let counted = 0;
    for (let place = from; place < from + d; place++) {
      going += risk[place]!;
      counted += weight[place]!;
      logLikelihood += weight[place]! * eta[place]!;
    }
    logLikelihood -= fillGroup(terms, g, d, atRisk, going, counted);
  }
  return Number.isNaN(logLikelihood) ? Number.NEGATIVE_INFINITY : logLikelihood;
}

function fillRisk({ count, columns, x, weight }: CoxRows, beta: Float64Array, terms: CoxTerms): void {
  const { eta, risk } = terms;
  let highest = Number.NEGATIVE_INFINITY;
  for (let place = 0, at = 0; place < count; place++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += x[at++]! * beta[j]!;
    eta[place] = sum;
    if (sum > highest) highest = sum;
  }
  for (let place = 0; place < count; place++) {
    eta[place]! -= highest;
    risk[place] = weight[place]! * Math.exp(eta[place]!);
  }
  terms.shift = highest;
}

/** The group's sums, and its sum of w log v_k; `NaN` when a v_k is not above 0. */
function fillGroup(terms: CoxTerms, g: number, d: number, atRisk: number, going: number, counted: number): number {
  const w = counted / d;
  let hazard = 0;
  let spared = 0;
  let square0 = 0;
  let square1 = 0;
  let square2 = 0;
  let logs = 0;
  // Breslow's terms are all alike: one stands for d
  const distinct = terms.ties === 'efron' ? d : 1;
  const each = terms.ties === 'efron' ? w : counted;
  for (let k = 0; k < distinct; k++) {
    const f = k / d;
    const v = atRisk - f * going;
    const h = each / v;
    hazard += h;
    spared += f * h;
    square0 += h / v;
    square1 += (f * h) / v;
    square2 += (f * f * h) / v;
    logs += v > 0 ? each * Math.log(v) : Number.NaN;
  }
  terms.hazard[g] = hazard;
  terms.spared[g] = spared;
  terms.square0[g] = square0;
  terms.square1[g] = square1;
  terms.square2[g] = square2;
  return logs;
}
