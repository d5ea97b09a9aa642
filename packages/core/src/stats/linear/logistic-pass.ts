import { addGradient, addInformation, writeLogOdds } from './block-products.ts';
import type { LogisticRows } from './logistic-rows.ts';

const BLOCK = 256;
const HUGE = 1e150;

/**
 * One pass over the rows at `beta` (intercept first): returns the log-likelihood and writes its gradient X'(y - p) and,
 * where asked for, minus its Hessian X'WX, W = weight p (1 - p) (lower triangle, row by row). Works in blocks that stay
 * in cache. Source: McCullagh and Nelder, Generalized Linear Models (2nd ed.), 4.4.
 */
export function logisticPass(
  rows: LogisticRows,
  beta: Float64Array,
  gradient: Float64Array,
  information?: Float64Array,
): number {
  const residual = new Float64Array(BLOCK);
  const spread = new Float64Array(BLOCK);
  let logLikelihood = 0;
  gradient.fill(0);
  information?.fill(0);
  for (let from = 0; from < rows.count; from += BLOCK) {
    const to = Math.min(rows.count, from + BLOCK);
    writeLogOdds(rows, beta, from, to, residual);
    logLikelihood += rows.weight
      ? weightedResiduals(rows.outcome, rows.weight, from, to, residual, spread)
      : residuals(rows.outcome, from, to, residual, spread);
    addGradient(rows, from, to, residual, gradient);
    if (information) addInformation(rows, from, to, spread, information);
  }
  return logLikelihood;
}

/**
 * Overwrites the block's log-odds with y - p, writes p (1 - p), returns its log-likelihood. With m the log-odds of what
 * came about, its probability is 1 / (1 + exp(-m)): nothing is taken from 1, so both tails are exact; no branch but for
 * what would overflow; and one logarithm for many factors.
 */
function residuals(
  outcome: LogisticRows['outcome'],
  from: number,
  to: number,
  eta: Float64Array,
  spread: Float64Array,
): number {
  let product = 1;
  let sum = 0;
  for (let k = 0; k < to - from; k++) {
    const sign = 2 * outcome[from + k]! - 1;
    const against = Math.exp(-sign * eta[k]!);
    if (against > HUGE) {
      sum -= Math.abs(eta[k]!);
      eta[k] = sign;
      spread[k] = 1 / against;
      continue;
    }
    const likely = 1 / (1 + against);
    const unlikely = against * likely;
    product *= 1 + against;
    if (product > HUGE) {
      sum -= Math.log(product);
      product = 1;
    }
    eta[k] = sign * unlikely;
    spread[k] = likely * unlikely;
  }
  return sum - Math.log(product);
}

function weightedResiduals(
  outcome: LogisticRows['outcome'],
  weight: Float64Array,
  from: number,
  to: number,
  eta: Float64Array,
  spread: Float64Array,
): number {
  let sum = 0;
  for (let k = 0; k < to - from; k++) {
    const w = weight[from + k]!;
    const sign = 2 * outcome[from + k]! - 1;
    const against = Math.exp(-sign * eta[k]!);
    const likely = 1 / (1 + against);
    const unlikely = against > HUGE ? 1 : against * likely;
    sum -= w * (against > HUGE ? Math.abs(eta[k]!) : Math.log1p(against));
    eta[k] = w * sign * unlikely;
    spread[k] = w * likely * unlikely;
  }
  return sum;
}
