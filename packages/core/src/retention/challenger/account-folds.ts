import { createRandom } from '../../stats/random/index.ts';

/**
 * Deals the accounts into folds, those that were ever lost and the others apart, so that every fold has its share of
 * losses and no account is in two. Returns each row's fold. The same seed gives the same folds.
 */
export function accountFolds(
  cluster: ArrayLike<number>,
  lost: ArrayLike<number>,
  folds: number,
  seed: number,
): Int32Array {
  const everLost = new Map<number, boolean>();
  for (let i = 0; i < cluster.length; i++) {
    everLost.set(cluster[i]!, (everLost.get(cluster[i]!) ?? false) || lost[i] === 1);
  }
  const accounts = [...everLost.keys()].sort((a, b) => a - b);
  const { below } = createRandom(seed);
  for (let k = accounts.length - 1; k > 0; k--) {
    const other = below(k + 1);
    [accounts[k], accounts[other]] = [accounts[other]!, accounts[k]!];
  }
  // one deal through both heaps: their last rounds do not both favour the first folds
  const dealt = [...accounts.filter((it) => everLost.get(it)), ...accounts.filter((it) => !everLost.get(it))];
  const foldOf = new Map(dealt.map((account, k) => [account, k % folds]));
  return Int32Array.from(cluster, (account) => foldOf.get(account)!);
}
