import { type FitRefusal, refuseFit } from '../../stats/fit.ts';
import type { Challenger, ChallengerRows } from './challenger.ts';

interface ChallengerNeeds {
  readonly folds: number;
  readonly maxRounds: number;
  readonly minOutcomes: number;
}

/** Counts the outcomes; refuses rows that the challenger cannot learn from. */
export function checkChallenger(rows: ChallengerRows, needs: ChallengerNeeds): Challenger['outcomes'] | FitRefusal {
  const { x, lost, weight, cluster, names } = rows;
  const count = lost.length;
  if (count === 0) return refuseFit('no-rows', 'There is no outcome to learn from.');
  if (x.length !== count * names.length || weight.length !== count || cluster.length !== count) {
    return refuseFit(
      'out-of-range',
      `The arrays do not have the lengths that ${count} rows of ${names.length} columns need.`,
    );
  }
  const { folds, maxRounds, minOutcomes } = needs;
  if (!(Number.isInteger(folds) && folds >= 2 && Number.isInteger(maxRounds) && maxRounds >= 1 && minOutcomes >= 0)) {
    return refuseFit('out-of-range', 'The challenger needs at least 2 folds, 1 round and 0 outcomes asked for.');
  }
  const infinite = x.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
  if (infinite >= 0) {
    const row = Math.floor(infinite / names.length);
    return refuseFit('not-finite', `${names[infinite - row * names.length]} of row ${row + 1} is infinite.`);
  }
  return countOutcomes(rows, Math.max(folds, minOutcomes));
}

function countOutcomes({ lost, weight, cluster }: ChallengerRows, least: number): Challenger['outcomes'] | FitRefusal {
  const accounts = [new Set<number>(), new Set<number>()] as const;
  for (let i = 0; i < lost.length; i++) {
    const y = lost[i]!;
    const w = weight[i]!;
    if (y !== 0 && y !== 1) return refuseFit('out-of-range', `The outcome of row ${i + 1} is neither 0 nor 1.`);
    if (!(w >= 0 && w < Infinity)) return refuseFit('out-of-range', `The weight of row ${i + 1} is not 0 or more.`);
    if (w > 0) accounts[y].add(cluster[i]!);
  }
  const [kept, gone] = [accounts[0].size, accounts[1].size];
  if (Math.min(kept, gone) >= least) return { rows: lost.length, lost: gone, kept };
  if (kept === 0 || gone === 0)
    return refuseFit('one-class', 'Every outcome is the same. Wait for outcomes of both kinds.');
  return refuseFit(
    'no-events',
    `${gone} accounts were lost and ${kept} kept; the challenger needs ${least} of each. Until then the posterior is the model.`,
  );
}
