/**
 * Overwrites the lower triangle of `a` (`n` x `n`, row by row) with its Cholesky factor L, `a = L L'`; the upper
 * triangle is neither read nor written. False, with `a` half overwritten, when `a` is not positive definite to rounding
 * or holds a value that is not finite. Source: Golub and Van Loan, Matrix Computations (4th ed.), 4.2.5.
 */
export function choleskyInPlace(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    const whole = a[row + i]!;
    for (let j = 0; j < i; j++) {
      a[row + j] = (a[row + j]! - dotRows(a, row, j * n, j)) / a[j * n + j]!;
    }
    const pivot = whole - dotRows(a, row, row, i);
    // a pivot that is only what cancellation left over belongs to a column that the ones before it make up
    if (!(pivot > whole * n * 2.2e-16) || pivot === Number.POSITIVE_INFINITY) return false;
    a[row + i] = Math.sqrt(pivot);
  }
  return true;
}

/** Overwrites `b` with the solution of `L L' x = b`, `l` as `choleskyInPlace` left it. */
export function solveCholesky(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= l[i * n + k]! * b[k]!;
    b[i] = sum / l[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < n; k++) sum -= l[k * n + i]! * b[k]!;
    b[i] = sum / l[i * n + i]!;
  }
}

/** The inverse of `L L'` as a full symmetric `n` x `n` matrix, row by row; `l` as `choleskyInPlace` left it. */
export function invertCholesky(l: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = 1;
    solveCholesky(l, n, column);
    for (let i = 0; i <= j; i++) {
      inverse[i * n + j] = column[i]!;
      inverse[j * n + i] = column[i]!;
    }
  }
  return inverse;
}

/** The logarithm of the determinant of `L L'`; `l` as `choleskyInPlace` left it. */
export function logDeterminant(l: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(l[i * n + i]!);
  return 2 * sum;
}

function dotRows(a: Float64Array, left: number, right: number, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += a[left + k]! * a[right + k]!;
  return sum;
}
