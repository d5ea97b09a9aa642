/**
 * Adds sum_i mass_i x_i x_i' to the lower triangle of `to` (x row by row, p columns) and sum_i mass_i x_i to `sums`, four rows
 * at a time so that each entry is loaded and stored once for four.
 */
export function addCrossProducts(to: Float64Array, sums: Float64Array, x: Float64Array, mass: Float64Array): void {
  const p = sums.length;
  let place = 0;
  for (; place + 3 < mass.length; place += 4) {
    const r0 = place * p;
    const r1 = r0 + p;
    const r2 = r1 + p;
    const r3 = r2 + p;
    for (let i = 0; i < p; i++) {
      const m0 = mass[place]! * x[r0 + i]!;
      const m1 = mass[place + 1]! * x[r1 + i]!;
      const m2 = mass[place + 2]! * x[r2 + i]!;
      const m3 = mass[place + 3]! * x[r3 + i]!;
      sums[i]! += m0 + m1 + m2 + m3;
      for (let j = 0; j <= i; j++)
        to[i * p + j]! += m0 * x[r0 + j]! + m1 * x[r1 + j]! + m2 * x[r2 + j]! + m3 * x[r3 + j]!;
    }
  }
  for (; place < mass.length; place++)
    for (let i = 0; i < p; i++) {
      const m = mass[place]! * x[place * p + i]!;
      sums[i]! += m;
      for (let j = 0; j <= i; j++) to[i * p + j]! += m * x[place * p + j]!;
    }
}
