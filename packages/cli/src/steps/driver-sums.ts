import type { ScoredAccount } from '@holdfast/core';
import type { DriverSum } from '../report/report-pictures.ts';

type Sum = { -readonly [K in keyof DriverSum]: DriverSum[K] };

/** Adds up, for each model and driver, how many scored accounts it speaks for and against and by how much in all. */
export function driverSums() {
  const sums = new Map<string, Sum>();
  return {
    add: ({ score }: Pick<ScoredAccount, 'score'>): void => {
      if (score.healthScore === null) return;
      for (const { feature, title, logOdds } of score.drivers) {
        if (logOdds === 0) continue;
        const key = `${score.model} ${feature}`;
        const sum = sums.get(key) ?? { model: score.model, title, raises: 0, lowers: 0, up: 0, down: 0 };
        sums.set(key, sum);
        if (logOdds > 0) {
          sum.raises += 1;
          sum.up += logOdds;
        } else {
          sum.lowers += 1;
          sum.down += logOdds;
        }
      }
    },
    finish: (): readonly DriverSum[] => [...sums.values()],
  };
}
