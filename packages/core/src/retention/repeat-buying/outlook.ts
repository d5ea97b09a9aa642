import { anyBetaGeometric, countBetaGeometric, expectedBetaGeometric } from './beta-geometric/orders.ts';
import { betaGeometricStanding } from './beta-geometric/standing.ts';
import { activeBgBb, anyBgBb, countBgBb, discountedBgBb, expectedBgBb } from './bg-bb/orders.ts';
import { bgBbStanding } from './bg-bb/standing.ts';
import { occasionProblem, rowProblem } from './check-summary.ts';
import { integrateDiscounted } from './discounted.ts';
import { anyParetoNbd, countParetoNbd, expectedParetoNbd } from './pareto-nbd/orders.ts';
import { paretoNbdStanding } from './pareto-nbd/standing.ts';
import type { BetaGeometricModel, BgBbModel, ParetoNbdModel } from './repeat-model.ts';
import type { OccasionHistory, OrderHistory } from './summary.ts';
import { lengthIn, type TimeBase } from './time-base.ts';

/** The predictions that every family answers, bound to one account; spans are lengths in the model's base. */
export interface Outlook {
  readonly active: () => number;
  readonly any: (t: number) => number;
  readonly count: (t: number, orders: number) => number;
  readonly expected: (t: number) => number;
  /** Expected orders, one at time u worth (1 + rate)^-u. */
  readonly discounted: (t: number, rate: number) => number;
}

/**
 * Binds a model to one account; `null` is an account whose first order is only now. A `RangeError` names impossible
 * input.
 */
export function outlookOf(
  model: BetaGeometricModel<TimeBase> | ParetoNbdModel<TimeBase> | BgBbModel<TimeBase>,
  history: OrderHistory<TimeBase> | OccasionHistory<TimeBase> | null,
): Outlook {
  checkHistory(model, history);
  switch (model.family) {
    case 'bg-nbd':
    case 'mbg-nbd':
      return betaGeometric(model, history as OrderHistory<TimeBase> | null);
    case 'pareto-nbd':
      return paretoNbd(model, history as OrderHistory<TimeBase> | null);
    case 'bg-bb':
      return bgBb(model, history as OccasionHistory<TimeBase> | null);
  }
}

function betaGeometric(model: BetaGeometricModel<TimeBase>, history: OrderHistory<TimeBase> | null): Outlook {
  const standing = betaGeometricStanding(model, history);
  return {
    active: () => standing.active,
    any: (t) => anyBetaGeometric(standing, t),
    count: (t, orders) => countBetaGeometric(standing, t, orders),
    expected: (t) => expectedBetaGeometric(standing, t),
    discounted: (t, rate) => integrateDiscounted((u) => expectedBetaGeometric(standing, u), t, rate),
  };
}

function paretoNbd(model: ParetoNbdModel<TimeBase>, history: OrderHistory<TimeBase> | null): Outlook {
  const standing = paretoNbdStanding(model, history);
  return {
    active: () => standing.active,
    any: (t) => anyParetoNbd(standing, t),
    count: (t, orders) => countParetoNbd(standing, t, orders),
    expected: (t) => expectedParetoNbd(standing, t),
    discounted: (t, rate) => integrateDiscounted((u) => expectedParetoNbd(standing, u), t, rate),
  };
}

function bgBb(model: BgBbModel<TimeBase>, history: OccasionHistory<TimeBase> | null): Outlook {
  const standing = bgBbStanding(model, history);
  return {
    active: () => activeBgBb(standing),
    any: (t) => anyBgBb(standing, t),
    count: (t, orders) => countBgBb(standing, t, orders),
    expected: (t) => expectedBgBb(standing, t),
    discounted: (t, rate) => discountedBgBb(standing, t, rate),
  };
}

/** Refuses a history of another base or with impossible numbers as a `RangeError`. */
export function checkHistory(
  model: { readonly base: TimeBase },
  history: OrderHistory<TimeBase> | OccasionHistory<TimeBase> | null,
): void {
  if (history === null) return;
  lengthIn(model.base, { base: history.base, length: 0 });
  const problem =
    'age' in history
      ? rowProblem(history.frequency, history.recency, history.age, 'age')?.text
      : (rowProblem(history.frequency, history.recency, history.occasions, 'occasions')?.text ??
        occasionProblem(history.frequency, history.recency, history.occasions));
  if (problem) throw new RangeError(`An order history cannot be read: ${problem}.`);
}
