import { choleskyInPlace, logDeterminant, solveCholesky } from '../../src/stats/index.ts';

/** Rows of a comparator: `x` is `n` x `p` row by row, nothing missing. */
export interface PlainRows {
  readonly n: number;
  readonly p: number;
  readonly x: Float64Array;
  readonly lost: Uint8Array;
}

/** A linear score of a row: `intercept + weights . x`. */
export interface LinearScore {
  readonly intercept: number;
  readonly weights: Float64Array;
}

/** Logistic regression with independent normal priors, by plain Newton; with its Laplace evidence. */
function fitNormalPrior(rows: PlainRows, mean: Float64Array, width: Float64Array) {
  const { n, p, x, lost } = rows;
  const q = p + 1;
  const theta = Float64Array.from(mean);
  const h = new Float64Array(q * q);
  let log = 0;
  for (let step = 0; step < 60; step++) {
    const g = theta.map((it, j) => -(it - mean[j]!) / width[j]! ** 2);
    h.fill(0);
    for (let j = 0; j < q; j++) h[j * q + j] = 1 / width[j]! ** 2;
    log = theta.reduce((sum, it, j) => sum - 0.5 * ((it - mean[j]!) / width[j]!) ** 2 - Math.log(width[j]!), 0);
    for (let i = 0; i < n; i++) {
      const z = (j: number) => (j === 0 ? 1 : x[i * p + j - 1]!);
      let eta = 0;
      for (let j = 0; j < q; j++) eta += theta[j]! * z(j);
      const chance = 1 / (1 + Math.exp(-eta));
      log += Math.log(lost[i] === 1 ? chance : 1 - chance);
      for (let j = 0; j < q; j++) {
        g[j] = g[j]! + (lost[i]! - chance) * z(j);
        for (let k = 0; k <= j; k++) h[j * q + k] = h[j * q + k]! + chance * (1 - chance) * z(j) * z(k);
      }
    }
    choleskyInPlace(h, q);
    solveCholesky(h, q, g);
    const most = g.reduce((sum, it) => Math.max(sum, Math.abs(it)), 0);
    // far from the mode a full step may overshoot
    theta.forEach((it, j) => {
      theta[j] = it + g[j]! * Math.min(1, 3 / most);
    });
    if (most < 1e-9) break;
  }
  return { theta, evidence: log - 0.5 * logDeterminant(h, q) };
}

/** Two-parameter recalibration of points: intercept ~ N(base, 1), slope ~ N(1, .5^2). */
export function recalibratePoints(rows: PlainRows, points: Float64Array, base: number): LinearScore {
  const score = new Float64Array(rows.n);
  for (let i = 0; i < rows.n; i++) {
    for (let j = 0; j < rows.p; j++) score[i] = score[i]! + points[j]! * rows.x[i * rows.p + j]!;
  }
  const { theta } = fitNormalPrior(
    { ...rows, p: 1, x: score },
    new Float64Array([base, 1]),
    new Float64Array([1, 0.5]),
  );
  // a slope below 0 would turn the admin's points over: rule 5 forbids it
  const slope = Math.max(theta[1]!, 1e-6);
  return { intercept: theta[0]!, weights: points.map((it) => it * slope) };
}

/** Ridge towards the base rate on columns standardised over the rows, its width picked by evidence from .1 .25 .5 1 2. */
export function ridgeToBase(rows: PlainRows, base: number): LinearScore {
  const { n, p, x } = rows;
  const mean = new Float64Array(p);
  const sd = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    for (let i = 0; i < n; i++) mean[j] = mean[j]! + x[i * p + j]! / n;
    for (let i = 0; i < n; i++) sd[j] = sd[j]! + (x[i * p + j]! - mean[j]!) ** 2 / n;
    sd[j] = Math.sqrt(sd[j]!) || 1;
  }
  const standard = { ...rows, x: x.map((it, k) => (it - mean[k % p]!) / sd[k % p]!) };
  const prior = new Float64Array(p + 1);
  prior[0] = base;
  const fits = [0.1, 0.25, 0.5, 1, 2].map((tau) =>
    fitNormalPrior(
      standard,
      prior,
      Float64Array.from(prior, (_, j) => (j === 0 ? 1 : tau)),
    ),
  );
  const best = fits.reduce((a, b) => (b.evidence > a.evidence ? b : a));
  const weights = sd.map((it, j) => best.theta[1 + j]! / it);
  return { intercept: weights.reduce((sum, it, j) => sum - it * mean[j]!, best.theta[0]!), weights };
}
