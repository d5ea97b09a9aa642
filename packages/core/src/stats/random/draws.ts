import type { Random } from './create-random.ts';

/**
 * A Gamma(shape, rate 1) draw; shape > 0. May underflow to 0 for shapes below .01: `drawBeta` does not.
 *
 * Source: Marsaglia and Tsang 2000, ACM TOMS 26:363.
 */
export function drawGamma(random: Random, shape: number): number {
  return Math.exp(drawLogGamma(random, shape));
}

/** A Beta(a, b) draw; a, b > 0. Source: X / (X + Y) of two gamma draws, on the log scale. */
export function drawBeta(random: Random, a: number, b: number): number {
  const x = drawLogGamma(random, a);
  return 1 / (1 + Math.exp(drawLogGamma(random, b) - x));
}

function drawLogGamma(random: Random, shape: number): number {
  if (!(shape > 0)) throw new RangeError(`A gamma draw needs a positive shape, not ${shape}.`);
  if (shape < 1) return drawLogGamma(random, shape + 1) + Math.log(random.uniform()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = random.normal();
    const root = 1 + c * z;
    if (root <= 0) continue;
    const cube = root * root * root;
    if (Math.log(random.uniform()) < 0.5 * z * z + d * (1 - cube + Math.log(cube))) return Math.log(d * cube);
  }
}
