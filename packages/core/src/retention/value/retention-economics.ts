import { type Figure, noFigure, ratioFigure } from '../../metrics/figure.ts';
import { Z90 } from '../../stats/special/normal.ts';
import type { NoTreatmentEffect, TreatmentEffect } from './treatment-effect.ts';

/** Money spent and what was counted for it, in minor units. */
export interface SpendAndCount {
  readonly spend: number;
  readonly count: number;
}

/** A cost for one account. The upper end is `null` when the data set no bound. */
export type CostFigure = Figure & {
  readonly interval: readonly [low: number, high: number | null] | null;
  /** Only the marginal cost says where the next unit of money belongs (Pfeifer 2005); an average does not. */
  readonly kind: 'marginal' | 'average';
  readonly basis: 'measured' | 'assumed';
};

/** The company's own costs of a period; `before` is an earlier period of the same length. */
export interface RetentionCosts {
  /** Sales and marketing spend, and accounts won. */
  readonly acquisition: SpendAndCount & { readonly before?: SpendAndCount };
  /** Spend on serving, and accounts served. */
  readonly serving: SpendAndCount & { readonly before?: SpendAndCount };
  /** Spend on keeping accounts, and accounts treated with it. */
  readonly retention: SpendAndCount;
  /** What the hold-out showed; else an assumed share of treated accounts that was saved, with its range. */
  readonly saves:
    | TreatmentEffect
    | NoTreatmentEffect
    | { readonly assumedRate: number; readonly low: number; readonly high: number };
}

/** Keeping against winning, from the company's own books; never a constant. */
export interface RetentionEconomics {
  readonly replacementCost: CostFigure;
  readonly costToServe: CostFigure;
  /** Retention spend for each account that would otherwise have gone. */
  readonly costPerSave: CostFigure;
  /** Replacement cost over cost of a save: above 1, keeping is cheaper. */
  readonly ratio: CostFigure;
}

/**
 * What it costs to replace, to serve and to save an account, each with a 90 % interval. Counts won and served vary as
 * Poisson counts. Marginal where an earlier period shows more spend and more accounts; otherwise the average, which is
 * marked as one. Saves come from the hold-out; without one they are `assumed` and say so.
 * Sources: Pfeifer 2005 (Journal of Targeting 13); retention model 1.4.
 *
 * @example
 * const economics = retentionEconomics({
 *   acquisition: { spend: 900_000, count: 30 },
 *   serving: { spend: 500_000, count: 100 },
 *   retention: { spend: 40_000, count: 200 },
 *   saves: { assumedRate: 0.1, low: 0.05, high: 0.2 },
 * });
 * economics.ratio; // 15, from 7.1 to 32.7, average, assumed
 */
export function retentionEconomics(costs: RetentionCosts): RetentionEconomics {
  const replacementCost = costOf(costs.acquisition, 'no account was won');
  const costToServe = costOf(costs.serving, 'no account was served');
  const costPerSave = saveCost(costs);
  return { replacementCost, costToServe, costPerSave, ratio: ratioOf(replacementCost, costPerSave) };
}

/**
 * The share of loss that an action must remove to pay for itself: cost / (V p), V the gross margin in the horizon. Above
 * 1 it cannot pay. `null` when there is nothing to save.
 *
 * @example
 * breakEvenSaveRate(500, 10_000, 0.2).value; // 0.25
 */
export function breakEvenSaveRate(cost: number, value: number, probability: number): Figure {
  return ratioFigure(cost, value * probability, 1, 'nothing to save: no value or no chance of loss');
}

function costOf(
  { spend, count, before }: SpendAndCount & { readonly before?: SpendAndCount },
  none: string,
): CostFigure {
  if (before && spend > before.spend && count > before.count) {
    const [more, variance] = [count - before.count, count + before.count];
    return perAccount(spend - before.spend, more, Z90 * Math.sqrt(variance), 'marginal', none);
  }
  return perAccount(spend, count, Z90 * Math.sqrt(count), 'average', none);
}

function perAccount(spend: number, count: number, width: number, kind: CostFigure['kind'], none: string): CostFigure {
  const figure = ratioFigure(spend, count, count, none);
  const interval = figure.value === null ? null : bounds(spend, count - width, count + width);
  return { ...figure, interval, kind, basis: 'measured' };
}

/** Cost for each of an uncertain number: few make it dear, and without a lower end there is no upper one. */
function bounds(spend: number, low: number, high: number): readonly [number, number | null] {
  return [spend / high, low > 0 ? spend / low : null];
}

function saveCost({ retention: { spend, count }, saves }: RetentionCosts): CostFigure {
  const rate = saveRate(saves);
  const kind = 'average';
  if (rate === null)
    return { ...noFigure(0, 'saves are neither measured nor assumed'), interval: null, kind, basis: 'assumed' };
  const figure = ratioFigure(spend, rate.value * count, count, 'nothing was saved');
  if (figure.value === null) return { ...figure, interval: null, kind, basis: rate.basis };
  return { ...figure, interval: bounds(spend, rate.low * count, rate.high * count), kind, basis: rate.basis };
}

function saveRate(saves: RetentionCosts['saves']) {
  if ('assumedRate' in saves) {
    return { value: saves.assumedRate, low: saves.low, high: saves.high, basis: 'assumed' as const };
  }
  if (!saves.measured) return null;
  const [low, high] = saves.interval;
  return { value: saves.difference, low, high, basis: 'measured' as const };
}

/**
 * The ends of a ratio from those of its parts, on the scale of logarithms (Zou & Donner 2008). The cost of a save is the
 * average of what was spent, so the ratio is no marginal one either.
 */
function ratioOf(replacement: CostFigure, save: CostFigure): CostFigure {
  const { basis, kind } = save;
  if (replacement.value === null || save.value === null) {
    const reason = replacement.reason ?? save.reason ?? '';
    return { ...noFigure(save.n, reason), interval: null, kind, basis };
  }
  const value = replacement.value / save.value;
  const apart = (a: number | null | undefined, b: number) =>
    a === null || a === undefined || a <= 0 ? null : Math.log(a / b);
  const [r, s] = [replacement.value, save.value];
  const down = both(apart(replacement.interval?.[0], r), apart(save.interval?.[1], s));
  const up = both(apart(replacement.interval?.[1], r), apart(save.interval?.[0], s));
  const interval = [down === null ? 0 : value * Math.exp(-down), up === null ? null : value * Math.exp(up)] as const;
  return { value, n: save.n, reason: null, interval, kind, basis };
}

const both = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : Math.hypot(a, b);
