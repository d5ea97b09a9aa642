import { logistic } from '../special/index.ts';
import type { LineRows } from './line-rows.ts';

/** Uncertainty of a line's two coefficients. */
export interface LineCovariance {
  readonly slopeError: number;
  readonly interceptError: number;
  /** Of slope and intercept. */
  readonly covariance: number;
}

/**
 * The covariance of intercept a and slope b: the inverse information, or with `clusters` the sandwich that allows for rows of
 * a group hanging together, times G / (G - 1) for G groups.
 *
 * Source: Liang and Zeger 1986, Biometrika 73:13 (independence working model).
 */
export function lineCovariance(
  rows: LineRows,
  a: number,
  b: number,
  clusters: ArrayLike<number> | undefined,
): LineCovariance {
  const { x, outcomes, weights, centre, scale } = rows;
  const groups = new Map<number, [number, number]>();
  let haa = 0;
  let hab = 0;
  let hbb = 0;
  for (let i = 0; i < x.length; i++) {
    if (weights[i] === 0) continue;
    const p = logistic(a + b * x[i]!);
    const curvature = weights[i]! * p * (1 - p);
    haa += curvature;
    hab += curvature * x[i]!;
    hbb += curvature * x[i]! * x[i]!;
    if (!clusters) continue;
    const residual = weights[i]! * (outcomes[i]! - p);
    const group = groups.get(clusters[i]!) ?? [0, 0];
    group[0] += residual;
    group[1] += residual * x[i]!;
    groups.set(clusters[i]!, group);
  }
  const determinant = haa * hbb - hab * hab;
  let [vaa, vab, vbb] = [hbb / determinant, -hab / determinant, haa / determinant];
  if (clusters) {
    const [saa, sab, sbb] = scoreProducts(groups);
    const half = [vaa * saa + vab * sab, vaa * sab + vab * sbb, vab * saa + vbb * sab, vab * sab + vbb * sbb] as const;
    [vaa, vab, vbb] = [half[0] * vaa + half[1] * vab, half[0] * vab + half[1] * vbb, half[2] * vab + half[3] * vbb];
  }
  // intercept = a - b centre / scale, slope = b / scale
  const shift = centre / scale;
  return {
    slopeError: Math.sqrt(vbb) / scale,
    interceptError: Math.sqrt(vaa - 2 * shift * vab + shift * shift * vbb),
    covariance: (vab - shift * vbb) / scale,
  };
}

function scoreProducts(groups: ReadonlyMap<number, readonly [number, number]>): readonly [number, number, number] {
  let aa = 0;
  let ab = 0;
  let bb = 0;
  for (const [ga, gb] of groups.values()) {
    aa += ga * ga;
    ab += ga * gb;
    bb += gb * gb;
  }
  const correction = groups.size > 1 ? groups.size / (groups.size - 1) : 1;
  return [aa * correction, ab * correction, bb * correction];
}
