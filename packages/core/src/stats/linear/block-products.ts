import type { LogisticRows } from './logistic-rows.ts';

/** Writes the log-odds (intercept first in `beta`, offset added) of rows `from` to `to` to the start of `eta`. */
export function writeLogOdds(
  { x, columns, offset }: LogisticRows,
  beta: Float64Array,
  from: number,
  to: number,
  eta: Float64Array,
): void {
  const intercept = beta[0]!;
  let i = from;
  // four rows by two columns at a time: sums that do not wait for each other
  for (; i + 3 < to; i += 4) {
    const a = i * columns - 1;
    const b = a + columns;
    const c = b + columns;
    const d = c + columns;
    let etaA = intercept;
    let etaB = intercept;
    let etaC = intercept;
    let etaD = intercept;
    let j = 1;
    for (; j < columns; j += 2) {
      const u = beta[j]!;
      const v = beta[j + 1]!;
      etaA += u * x[a + j]! + v * x[a + j + 1]!;
      etaB += u * x[b + j]! + v * x[b + j + 1]!;
      etaC += u * x[c + j]! + v * x[c + j + 1]!;
      etaD += u * x[d + j]! + v * x[d + j + 1]!;
    }
    const last = j === columns ? beta[j]! : 0;
    eta[i - from] = etaA + (last && last * x[a + columns]!);
    eta[i - from + 1] = etaB + (last && last * x[b + columns]!);
    eta[i - from + 2] = etaC + (last && last * x[c + columns]!);
    eta[i - from + 3] = etaD + (last && last * x[d + columns]!);
  }
  for (; i < to; i++) {
    let sum = intercept;
    for (let j = 0; j < columns; j++) sum += beta[j + 1]! * x[i * columns + j]!;
    eta[i - from] = sum;
  }
  if (offset) for (i = from; i < to; i++) eta[i - from] = eta[i - from]! + offset[i]!;
}

/** Adds the sum over the block of `residual` times (1, row) to `gradient`. */
export function addGradient(
  { x, columns }: LogisticRows,
  from: number,
  to: number,
  residual: Float64Array,
  gradient: Float64Array,
): void {
  let total = 0;
  for (let k = 0; k < to - from; k++) total += residual[k]!;
  gradient[0] = gradient[0]! + total;
  let i = from;
  for (; i + 3 < to; i += 4) {
    let a = i * columns;
    let b = a + columns;
    let c = b + columns;
    let d = c + columns;
    const ra = residual[i - from]!;
    const rb = residual[i - from + 1]!;
    const rc = residual[i - from + 2]!;
    const rd = residual[i - from + 3]!;
    for (let j = 1; j <= columns; j++) {
      gradient[j] = gradient[j]! + (ra * x[a++]! + rb * x[b++]! + (rc * x[c++]! + rd * x[d++]!));
    }
  }
  for (; i < to; i++) {
    for (let j = 0; j < columns; j++) {
      gradient[j + 1] = gradient[j + 1]! + residual[i - from]! * x[i * columns + j]!;
    }
  }
}

/**
 * Adds the sum over the block of `spread` times (1, row)(1, row)' to the lower triangle of `information`; what it leaves
 * in the upper triangle means nothing. Four rows by two columns at a time: a product for every number moved.
 */
export function addInformation(
  { x, columns }: LogisticRows,
  from: number,
  to: number,
  spread: Float64Array,
  information: Float64Array,
): void {
  const n = columns + 1;
  let i = from;
  for (; i + 3 < to; i += 4) {
    const a = i * columns - 1;
    const b = a + columns;
    const c = b + columns;
    const d = c + columns;
    const va = spread[i - from]!;
    const vb = spread[i - from + 1]!;
    const vc = spread[i - from + 2]!;
    const vd = spread[i - from + 3]!;
    information[0] = information[0]! + (va + vb + (vc + vd));
    for (let j = 1; j < n; j += 2) {
      // with an odd number of columns the last goes twice, the second time as nothing
      const pair = j + 1 < n ? 1 : 0;
      const ua = va * x[a + j]!;
      const ub = vb * x[b + j]!;
      const uc = vc * x[c + j]!;
      const ud = vd * x[d + j]!;
      const wa = pair * va * x[a + j + pair]!;
      const wb = pair * vb * x[b + j + pair]!;
      const wc = pair * vc * x[c + j + pair]!;
      const wd = pair * vd * x[d + j + pair]!;
      const row = j * n;
      const next = row + pair * n;
      information[row] = information[row]! + (ua + ub + (uc + ud));
      information[next] = information[next]! + (wa + wb + (wc + wd));
      for (let k = 1; k <= j + pair; k++) {
        const xa = x[a + k]!;
        const xb = x[b + k]!;
        const xc = x[c + k]!;
        const xd = x[d + k]!;
        information[row + k] = information[row + k]! + (ua * xa + ub * xb + (uc * xc + ud * xd));
        information[next + k] = information[next + k]! + (wa * xa + wb * xb + (wc * xc + wd * xd));
      }
    }
  }
  for (; i < to; i++) addOuter(x, i * columns - 1, spread[i - from]!, n, information);
}

function addOuter(x: Float64Array, at: number, spread: number, n: number, information: Float64Array): void {
  information[0] = information[0]! + spread;
  for (let j = 1; j < n; j++) {
    const u = spread * x[at + j]!;
    information[j * n] = information[j * n]! + u;
    for (let k = 1; k <= j; k++) information[j * n + k] = information[j * n + k]! + u * x[at + k]!;
  }
}
