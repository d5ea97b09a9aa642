import { type FitRefusal, refuseFit } from '../fit.ts';
import type { GaussianPrior } from './gaussian-prior.ts';
import type { LogisticRows } from './logistic-rows.ts';

/** What the check of the rows finds out on its way. */
export interface CheckedLogistic {
  /** The largest |x| of 1 (for the intercept) and each column. */
  readonly largest: Float64Array;
  /** Log-odds of the weighted base rate; 0 with one class. */
  readonly baseLogOdds: number;
}

/** Refuses rows that have no finite answer for a reason that can be seen before fitting. */
export function checkLogistic(
  rows: LogisticRows,
  priors: readonly GaussianPrior[],
  nameOf: (column: number) => string,
): CheckedLogistic | FitRefusal {
  const { count, columns, x, outcome, weight, offset } = rows;
  if (count === 0) return refuseFit('no-rows', 'There is no row to fit.');
  const lengths = [x.length === count * columns, outcome.length === count];
  lengths.push(!weight || weight.length === count, !offset || offset.length === count, priors.length === columns + 1);
  if (lengths.includes(false)) {
    return refuseFit(
      'out-of-range',
      `The arrays do not have the lengths that ${count} rows of ${columns} columns need.`,
    );
  }
  const badPrior = priors.findIndex((p) => !Number.isFinite(p.mean) || !(p.precision >= 0 && p.precision < Infinity));
  if (badPrior >= 0) {
    const whose = badPrior === 0 ? 'the intercept' : nameOf(badPrior - 1);
    return refuseFit('out-of-range', `The prior of ${whose} needs a finite mean and a precision of 0 or more.`);
  }
  const wrong = findWrongRow(rows);
  if (wrong) return wrong;
  let total = 0;
  let lost = 0;
  for (let i = 0; i < count; i++) {
    const w = weight ? weight[i]! : 1;
    total += w;
    lost += w * outcome[i]!;
  }
  if (total === 0) return refuseFit('no-rows', 'Every row has weight 0.');
  const oneClass = lost === 0 || lost === total;
  if (oneClass && priors.some((p) => p.precision === 0)) {
    const both = 'Wait for outcomes of both kinds, or give every coefficient and the intercept a prior.';
    return refuseFit('one-class', `Every outcome is ${lost === 0 ? 0 : 1}. ${both}`);
  }
  return checkColumns(rows, priors, nameOf, oneClass ? 0 : Math.log(lost / (total - lost)));
}

function findWrongRow({ count, outcome, weight, offset }: LogisticRows): FitRefusal | undefined {
  for (let i = 0; i < count; i++) {
    const y = outcome[i]!;
    if (y !== 0 && y !== 1) return refuseFit('out-of-range', `The outcome of row ${i + 1} is neither 0 nor 1.`);
  }
  const badWeight = weight?.findIndex((w) => !(w >= 0 && w < Infinity)) ?? -1;
  if (badWeight >= 0) return refuseFit('out-of-range', `The weight of row ${badWeight + 1} is not 0 or more.`);
  const badOffset = offset?.findIndex((value) => !Number.isFinite(value)) ?? -1;
  if (badOffset >= 0) return refuseFit('not-finite', `The offset of row ${badOffset + 1} is not finite.`);
  return undefined;
}

function checkColumns(
  { count, columns, x }: LogisticRows,
  priors: readonly GaussianPrior[],
  nameOf: (column: number) => string,
  baseLogOdds: number,
): CheckedLogistic | FitRefusal {
  const largest = new Float64Array(columns + 1).fill(0);
  largest[0] = 1;
  for (let i = 0, at = 0; i < count; i++) {
    for (let j = 1; j <= columns; j++) {
      const size = Math.abs(x[at++]!);
      if (size <= largest[j]!) continue;
      if (!(size < Infinity)) return refuseFit('not-finite', `Row ${i + 1} has no finite value of ${nameOf(j - 1)}.`);
      largest[j] = size;
    }
  }
  for (let j = 0; j < columns; j++) {
    if (priors[j + 1]!.precision > 0) continue;
    let i = 1;
    while (i < count && x[i * columns + j] === x[j]) i++;
    if (i < count) continue;
    const says = `Every row has the same value of ${nameOf(j)}: nothing can be learned from it.`;
    return refuseFit('constant-column', `${says} Leave the column out or give it a prior.`);
  }
  return { largest, baseLogOdds };
}
