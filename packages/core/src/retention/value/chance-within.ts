import { type CalendarDay, daysBetween } from '../../model/dates.ts';
import { logistic, logit, scaleHorizon } from '../log-odds.ts';
import type { ValuedRisk } from './valued-risk.ts';

/** The one horizon that a portfolio's sums are for. */
export interface PortfolioHorizon {
  readonly from: CalendarDay;
  readonly days: number;
}

type Timed = Pick<ValuedRisk, 'model' | 'probability' | 'horizonDays' | 'decidesOn'>;

/**
 * Chance of loss within a horizon (retention model, rule 2). Contract: 0 when no decision falls within it, p when one
 * does, 1 - (1 - p)^k for k of them; a decision whose day has passed is still open and counts. Orders: the chance of the
 * window at a steady rate. `null` for a contract account whose decision day is not known.
 *
 * @example
 * const risk = { model: 'contract', probability: 0.2, horizonDays: 365, decidesOn: '2026-09-30' } as const;
 * chanceWithin(risk, { from: '2026-06-01', days: 90 }); // 0: the decision comes after 30 August
 * chanceWithin(risk, { from: '2026-06-01', days: 365 }); // 0.2
 */
export function chanceWithin(risk: Timed, horizon: PortfolioHorizon): number | null {
  const inDays = risk.decidesOn === null ? null : daysBetween(horizon.from, risk.decidesOn);
  return chanceWithinDays(risk, inDays, horizon.days);
}

/** The same told in days: the next decision comes in `inDays` (below 0: it has passed), the horizon ends after `days`. */
export function chanceWithinDays(
  risk: Pick<Timed, 'model' | 'probability' | 'horizonDays'>,
  inDays: number | null,
  days: number,
): number | null {
  if (risk.model === 'orders') return scaleHorizon(risk.probability, risk.horizonDays, days);
  if (inDays === null) return null;
  const left = days - inDays;
  if (left < 0) return 0;
  const decisions = 1 + Math.floor(left / Math.max(1, risk.horizonDays));
  return 1 - (1 - risk.probability) ** decisions;
}

/** The same at both ends of the probability's own interval; `z` is the normal quantile, 1.6449 for 90 %. */
export function chanceIntervalWithin(
  risk: Timed & Pick<ValuedRisk, 'variance'>,
  horizon: PortfolioHorizon,
  z: number,
): readonly [low: number, high: number] | null {
  const at = (logOdds: number) => chanceWithin({ ...risk, probability: logistic(logOdds) }, horizon);
  const width = z * Math.sqrt(risk.variance);
  const [low, high] = [at(logit(risk.probability) - width), at(logit(risk.probability) + width)];
  return low === null || high === null ? null : [low, high];
}

/** An amount for a year as one for the horizon; whole minor units. */
export function amountWithin(annual: number | null, horizon: PortfolioHorizon): number | null {
  return annual === null ? null : Math.round((annual * horizon.days) / 365);
}
