import type { RepeatBuyingSummary } from '../../src/retention/repeat-buying/summary.ts';
import { createRandom, drawBeta, drawGamma, type Random } from '../../src/stats/random/index.ts';

/** How one account's drop-out is drawn: the time at which it drops out, or its chance to do so after each order. */
type DropOut = { readonly at: number } | { readonly chance: number };

interface Assumed {
  readonly accounts: number;
  readonly seed: number;
  readonly r: number;
  readonly alpha: number;
  /** Draws one account's drop-out; left out, nobody drops out. */
  readonly dropOut?: (random: Random) => DropOut;
  /** Ages are even between these. */
  readonly ages?: readonly [from: number, to: number];
}

/** Accounts bought from by the model's own story, order by order: nothing here knows its likelihood. */
export function simulate({
  accounts,
  seed,
  r,
  alpha,
  dropOut,
  ages = [27, 39],
}: Assumed): RepeatBuyingSummary<'weeks'> {
  const random = createRandom(seed);
  const frequency = new Float64Array(accounts);
  const recency = new Float64Array(accounts);
  const age = Float64Array.from({ length: accounts }, () => ages[0] + (ages[1] - ages[0]) * random.uniform());
  for (let i = 0; i < accounts; i++) {
    const rate = drawGamma(random, r) / alpha;
    const leaves = dropOut?.(random) ?? { chance: 0 };
    const end = 'at' in leaves ? Math.min(age[i]!, leaves.at) : age[i]!;
    for (let now = 0; ; ) {
      now -= Math.log(random.uniform()) / rate;
      if (now > end) break;
      frequency[i]! += 1;
      recency[i] = now;
      if ('chance' in leaves && random.uniform() < leaves.chance) break;
    }
  }
  return { base: 'weeks', frequency, recency, age };
}

/** A chance to drop out after each order, beta(a, b): BG/NBD. */
export const betaChance = (a: number, b: number) => (random: Random) => ({ chance: drawBeta(random, a, b) });

/** A drop-out time at a rate gamma(s, beta): Pareto/NBD. */
export const gammaTime = (s: number, beta: number) => (random: Random) => ({
  at: (-Math.log(random.uniform()) * beta) / drawGamma(random, s),
});
