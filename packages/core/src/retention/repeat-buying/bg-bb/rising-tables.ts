/** alpha, beta, gamma, delta. */
export type BgBbParameters = readonly [number, number, number, number];

/** log Gamma(z + k) - log Gamma(z) for k = 0, 1, ... and its derivative by z: sums of log(z + j) and 1 / (z + j). */
interface Rising {
  readonly logs: Float64Array;
  readonly slopes: Float64Array;
}

/** Of alpha, beta, alpha + beta, delta and gamma + delta: all that the likelihood of BG/BB needs of gamma functions. */
export interface RisingTables {
  readonly order: Rising;
  readonly miss: Rising;
  readonly occasion: Rising;
  readonly stay: Rising;
  readonly life: Rising;
}

/** Tables up to one more than the longest history. */
export function risingTables([alpha, beta, gamma, delta]: BgBbParameters, longest: number): RisingTables {
  return {
    order: rising(alpha, longest),
    miss: rising(beta, longest),
    occasion: rising(alpha + beta, longest),
    stay: rising(delta, longest),
    life: rising(gamma + delta, longest + 1),
  };
}

function rising(z: number, longest: number): Rising {
  const logs = new Float64Array(longest + 1);
  const slopes = new Float64Array(longest + 1);
  for (let k = 0; k < longest; k++) {
    logs[k + 1] = logs[k]! + Math.log(z + k);
    slopes[k + 1] = slopes[k]! + 1 / (z + k);
  }
  return { logs, slopes };
}
