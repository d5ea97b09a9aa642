/** Logistic log-likelihood of weighted rows, its gradient and its negative Hessian (lower triangle, `q` x `q`). */
export interface LikelihoodPass {
  value: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** Rows of a logistic regression: `z` is `n` x `q` row by row. */
export interface LogisticRows {
  readonly n: number;
  readonly q: number;
  readonly z: Float64Array;
  readonly lost: Uint8Array;
  readonly weight: Float64Array;
}

/** Room for one pass over rows of `q` columns. */
export function newPass(q: number): LikelihoodPass {
  return { value: 0, gradient: new Float64Array(q), hessian: new Float64Array(q * q) };
}

/** Evaluates at `theta` into `out`; the Hessian only when asked, as it costs `q / 2` times the rest. Zeros are skipped. */
export function evaluateLikelihood(
  rows: LogisticRows,
  theta: Float64Array,
  out: LikelihoodPass,
  hessian: boolean,
): void {
  const { n, q, z, lost, weight } = rows;
  const { gradient } = out;
  const curvature = out.hessian;
  gradient.fill(0);
  if (hessian) curvature.fill(0);
  let value = 0;
  const at = new Int32Array(q);
  for (let i = 0; i < n; i++) {
    const row = i * q;
    let eta = 0;
    for (let j = 0; j < q; j++) eta += z[row + j]! * theta[j]!;
    const tail = Math.exp(-Math.abs(eta));
    const p = eta >= 0 ? 1 / (1 + tail) : tail / (1 + tail);
    const w = weight[i]!;
    value += w * ((lost[i] === 1 ? eta : 0) - Math.max(eta, 0) - Math.log1p(tail));
    const residual = w * (lost[i]! - p);
    for (let j = 0; j < q; j++) gradient[j] = gradient[j]! + residual * z[row + j]!;
    if (hessian) addSquare(curvature, z, row, q, (w * tail) / (1 + tail) ** 2, at);
  }
  out.value = value;
}

/** Adds `share * z z'` of one row to the lower triangle of `h`, over the entries that are not zero; `at` is scratch room. */
export function addSquare(
  h: Float64Array,
  z: Float64Array,
  row: number,
  q: number,
  share: number,
  at: Int32Array,
): void {
  const count = nonZeros(z, row, q, at);
  for (let a = 0; a < count; a++) {
    const j = at[a]!;
    const scaled = share * z[row + j]!;
    const line = j * q;
    for (let b = 0; b <= a; b++) {
      const k = at[b]!;
      h[line + k] = h[line + k]! + scaled * z[row + k]!;
    }
  }
}

/** Writes the positions of a row's entries that are not zero into `at`; their number. */
export function nonZeros(z: Float64Array, row: number, q: number, at: Int32Array): number {
  let count = 0;
  for (let j = 0; j < q; j++) if (z[row + j] !== 0) at[count++] = j;
  return count;
}
