import { type FitRefusal, refuseFit } from '../../stats/fit.ts';
import type { TimeBase } from '../repeat-buying/time-base.ts';
import type { ContractCohort } from './contract-cohort.ts';

/**
 * Why cohorts cannot be fitted by a model that needs `renewals` renewals, naming the first bad one (from 0); `null`
 * when they can.
 */
export function checkCohorts(cohorts: readonly ContractCohort<TimeBase>[], renewals: number): FitRefusal | null {
  if (cohorts.every(({ kept }) => kept.length === 0)) return refuseFit('no-rows', 'There are no contracts to fit.');
  for (const [at, cohort] of cohorts.entries()) {
    const refusal = checkCohort(cohort, at, cohorts[0]!.base);
    if (refusal) return refusal;
  }
  const seen = Math.max(...cohorts.map(({ kept }) => kept.filter((it) => it > 0).length));
  const longest = Math.max(...cohorts.map(({ kept }) => kept.length - 1));
  if (longest < renewals)
    return refuseFit(
      'out-of-range',
      `The longest cohort has ${longest} renewals, this model needs ${renewals}: wait for more.`,
    );
  if (cohorts.every(({ kept }) => kept[0] === kept.at(-1)))
    return refuseFit('no-events', 'No contract was lost: nothing can be said of renewals yet.');
  if (seen <= 1)
    return refuseFit('one-class', 'Every contract was lost at its first renewal: there is nothing to project.');
  return null;
}

function checkCohort({ kept, base }: ContractCohort<TimeBase>, at: number, first: TimeBase): FitRefusal | null {
  if (base !== first)
    return refuseFit('out-of-range', `Cohort ${at} is told in ${base}, the first in ${first}: fit them apart.`);
  if (!kept.every(Number.isFinite))
    return refuseFit(
      'not-finite',
      `Cohort ${at}: a number is missing or not finite. Correct it or leave the cohort out.`,
    );
  if (kept.some((it) => it < 0)) return refuseFit('out-of-range', `Cohort ${at} has a negative number of accounts.`);
  if (kept.some((it, k) => k > 0 && it > kept[k - 1]!))
    return refuseFit(
      'out-of-range',
      `Cohort ${at} grows: count only accounts of the start, a returning one stays lost.`,
    );
  return null;
}
