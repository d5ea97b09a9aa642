import { type FitRefusal, refuseFit } from '../../stats/fit.ts';
import type { Summit } from './climb.ts';

/** Why a climb gave no fit, or `null` when it converged. */
export function refusedClimb({ outcome, iterations }: Summit, what: string): FitRefusal | null {
  switch (outcome) {
    case 'converged':
      return null;
    case 'cancelled':
      return refuseFit('cancelled', `The fit of ${what} was cancelled after ${iterations} steps.`);
    case 'not-finite':
      return refuseFit(
        'not-finite',
        `The likelihood of ${what} is not finite at any start: check the units of the input.`,
      );
    case 'not-converged':
      return refuseFit(
        'not-converged',
        `The fit of ${what} found no maximum in ${iterations} steps: use more accounts or a longer history.`,
      );
  }
}
