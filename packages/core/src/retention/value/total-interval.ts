import type { RetentionModel } from '../../features/facts.ts';
import type { Id } from '../../model/ids.ts';
import { logit } from '../log-odds.ts';
import { type ExpectedTotal, expectedTotal } from '../posterior/book-loss.ts';
import type { FittedRetention } from '../posterior/fitted-retention.ts';
import type { LossTerm, TotalInterval } from './value-book.ts';

/** What an account's chance was made from: its model and its swings in the order of that model's drivers. */
export interface SeenAccount {
  readonly model: RetentionModel;
  readonly swings: Float64Array;
}

/**
 * The interval of a group's total from the models that made the chances: luck, the weights that all accounts share, and
 * periods that are worse than others (rule 10). Contract and order-based accounts have two models whose errors are taken
 * as independent. `null` for a group with an account that was not seen.
 */
export function totalInterval(
  fits: Readonly<Record<RetentionModel, FittedRetention>>,
  seen: ReadonlyMap<Id, SeenAccount>,
): TotalInterval {
  return (terms) => {
    if (terms.some(({ accountId }) => !seen.has(accountId))) return null;
    const parts = (['contract', 'orders'] as const).flatMap((model) => {
      const own = terms.filter(({ accountId }) => seen.get(accountId)?.model === model);
      return own.length === 0 ? [] : [totalOf(fits[model], own, seen)];
    });
    const expected = parts.reduce((sum, it) => sum + it.expected, 0);
    const spread = (end: 'low' | 'high') => Math.hypot(...parts.map((it) => it[end] - it.expected));
    return [Math.max(0, expected - spread('low')), expected + spread('high')];
  };
}

function totalOf(
  fitted: FittedRetention,
  terms: readonly LossTerm[],
  seen: ReadonlyMap<Id, SeenAccount>,
): ExpectedTotal {
  const width = fitted.drivers.length;
  const swings = new Float64Array(terms.length * width);
  terms.forEach(({ accountId }, i) => {
    swings.set(seen.get(accountId)?.swings ?? [], i * width);
  });
  const value = Float64Array.from(terms, (it) => it.value);
  const logOdds = Float64Array.from(terms, ({ probability }) => logit(probability));
  return expectedTotal(fitted, { count: terms.length, swings, value }, logOdds);
}
