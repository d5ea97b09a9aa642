import { type FitRefusal, refuseFit } from '../fit.ts';
import type { StumpRows, StumpSettings } from './fit-stumps.ts';

/** Refuses rows and settings that cannot be boosted. */
export function checkStumps(rows: StumpRows, settings: StumpSettings): FitRefusal | undefined {
  const { count, columns, x, outcome, weight } = rows;
  if (count === 0) return refuseFit('no-rows', 'There is no row to fit.');
  if (x.length !== count * columns || outcome.length !== count || (weight && weight.length !== count)) {
    return refuseFit(
      'out-of-range',
      `The arrays do not have the lengths that ${count} rows of ${columns} columns need.`,
    );
  }
  const infinite = x.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
  if (infinite >= 0) {
    const row = Math.floor(infinite / columns);
    return refuseFit('not-finite', `Column ${infinite - row * columns + 1} of row ${row + 1} is infinite.`);
  }
  const totals: [number, number] = [0, 0];
  for (let i = 0; i < count; i++) {
    const y = outcome[i]!;
    const w = weight ? weight[i]! : 1;
    if (y !== 0 && y !== 1) return refuseFit('out-of-range', `The outcome of row ${i + 1} is neither 0 nor 1.`);
    if (!(w >= 0 && w < Infinity)) return refuseFit('out-of-range', `The weight of row ${i + 1} is not 0 or more.`);
    totals[y] += w;
  }
  if (totals[0] + totals[1] === 0) return refuseFit('no-rows', 'Every row has weight 0.');
  if (totals[0] === 0 || totals[1] === 0) {
    return refuseFit('one-class', `Every outcome is ${totals[1] === 0 ? 0 : 1}. Wait for outcomes of both kinds.`);
  }
  return checkSettings(settings);
}

function checkSettings({
  rounds = 1,
  shrinkage = 1,
  subsample = 1,
  bins = 2,
  ridge = 0,
  leafCurvature = 1,
}: StumpSettings) {
  const within = [
    Number.isInteger(rounds) && rounds >= 1,
    shrinkage > 0 && shrinkage <= 1,
    subsample > 0 && subsample <= 1,
    Number.isInteger(bins) && bins >= 2 && bins <= 254,
    ridge >= 0 && ridge < Infinity,
    leafCurvature > 0,
  ];
  if (!within.includes(false)) return undefined;
  return refuseFit(
    'out-of-range',
    'A setting is out of range: 1 round, 2 to 254 bins, shares above 0 up to 1, leaves above 0.',
  );
}
