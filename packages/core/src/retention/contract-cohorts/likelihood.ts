import { digamma } from '../../stats/special/index.ts';
import type { GradientTarget } from '../maximum-likelihood/target.ts';
import type { RenewalCounts } from './contract-cohort.ts';
import { logSurvival, lossAt, type RenewalShape } from './log-survival.ts';

/**
 * The log-likelihood of renewals, with its gradient by the logarithms of gamma, delta and, for three parameters, c
 * (BdW; else c = 1: sBG): the sum of lost(k) log(S(k - 1) - S(k)) and of those last seen after k times log S(k).
 * Sources: as `logSurvival`.
 */
export function renewalTarget({ lost, last }: RenewalCounts): GradientTarget {
  return (theta, gradient) => {
    const shape = {
      gamma: Math.exp(theta[0]!),
      delta: Math.exp(theta[1]!),
      c: theta.length > 2 ? Math.exp(theta[2]!) : 1,
    };
    gradient.fill(0);
    let value = 0;
    let before: Float64Array = new Float64Array(3);
    let logBefore = 0;
    for (let k = 1; k < lost.length; k++) {
      const loss = lossAt(shape, k);
      const slopes = slopesOfLogSurvival(shape, k);
      // in sBG a product of exact renewal rates, else the difference of two log-beta functions
      const log = shape.c === 1 ? logBefore + Math.log1p(-loss) : logSurvival(shape, k);
      if (lost[k]! > 0) value += lost[k]! * (logBefore + Math.log(loss));
      if (last[k]! > 0) value += last[k]! * log;
      for (let i = 0; i < theta.length; i++) {
        if (lost[k]! > 0) gradient[i]! += (lost[k]! * (before[i]! - (1 - loss) * slopes[i]!)) / loss;
        gradient[i]! += last[k]! * slopes[i]!;
      }
      before = slopes;
      logBefore = log;
    }
    const parameters = [shape.gamma, shape.delta, shape.c];
    for (let i = 0; i < theta.length; i++) gradient[i]! *= parameters[i]!;
    return value;
  };
}

/** d log S(k) by gamma, delta and c. */
function slopesOfLogSurvival({ gamma, delta, c }: RenewalShape, k: number): Float64Array {
  const time = k ** c;
  const both = digamma(gamma + delta) - digamma(gamma + delta + time);
  const rising = digamma(delta + time) - digamma(gamma + delta + time);
  return Float64Array.of(both, both + digamma(delta + time) - digamma(delta), time * Math.log(k) * rising);
}
