import { groupBy } from '../../metrics/group-by.ts';
import { normalQuantile } from '../../stats/special/index.ts';

/** One case of a comparison of two groups within strata. */
export interface ComparedCase {
  readonly stratum: string;
  /** In the group that is looked at, or in the one it is compared with. */
  readonly looked: boolean;
  readonly value: number;
}

/** A difference of means, or why there is none. */
export type MeanDifference =
  | {
      readonly known: true;
      readonly looked: { readonly n: number; readonly mean: number };
      readonly others: { readonly n: number; readonly mean: number };
      /** Looked at less others, within strata. */
      readonly difference: number;
      readonly interval: readonly [low: number, high: number];
      readonly level: number;
      /** Cases in strata that have one group only. */
      readonly leftOut: number;
    }
  | { readonly known: false; readonly reason: string };

/**
 * The difference of two groups' means, stratum by stratum, each weighed by its cases of the group that is looked at; the
 * interval by the normal approximation with each stratum's own variances (Welch), so each group must have `atLeast` cases
 * and two in each stratum that is used. Means shown are of the same cases, the others' with the same weights.
 */
export function meanDifference(cases: readonly ComparedCase[], atLeast: number, level = 0.9): MeanDifference {
  const strata = [...groupBy(cases, (it) => it.stratum).values()].map((of) => ({
    looked: momentsOf(of.filter((it) => it.looked)),
    others: momentsOf(of.filter((it) => !it.looked)),
  }));
  const used = strata.filter((it) => it.looked.n >= 2 && it.others.n >= 2);
  const count = (group: 'looked' | 'others') => used.reduce((sum, it) => sum + it[group].n, 0);
  const [looked, others] = [count('looked'), count('others')];
  if (Math.min(looked, others) < atLeast) {
    return {
      known: false,
      reason: `not enough: ${looked} against ${others} comparable cases, ${atLeast} each are needed`,
    };
  }
  const mean = (group: 'looked' | 'others') =>
    used.reduce((sum, it) => sum + (it.looked.n / looked) * it[group].mean, 0);
  const variance = used.reduce((sum, it) => {
    return sum + (it.looked.n / looked) ** 2 * (it.looked.variance / it.looked.n + it.others.variance / it.others.n);
  }, 0);
  const difference = mean('looked') - mean('others');
  const width = normalQuantile((1 + level) / 2) * Math.sqrt(variance);
  return {
    known: true,
    looked: { n: looked, mean: mean('looked') },
    others: { n: others, mean: mean('others') },
    difference,
    interval: [difference - width, difference + width],
    level,
    leftOut: cases.length - looked - others,
  };
}

function momentsOf(cases: readonly ComparedCase[]) {
  const n = cases.length;
  const mean = cases.reduce((sum, it) => sum + it.value, 0) / n;
  return { n, mean, variance: cases.reduce((sum, it) => sum + (it.value - mean) ** 2, 0) / (n - 1) };
}
