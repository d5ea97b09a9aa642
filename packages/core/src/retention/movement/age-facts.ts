import type { DriverFacts, FactId } from '../../features/facts.ts';

/** Facts that grow by one a day when nothing happens. */
const GROW: readonly FactId[] = ['tenureDays', 'daysSinceTouch', 'npsAgeDays'];

/**
 * The same facts some days later, had nothing happened but the calendar: days since something grow, days to the decision
 * shrink, an open ticket gets older. Facts over a moving window (touches in 90 days) are left as they are: what drops out
 * of a window is counted as an input, because it did happen. Missing facts stay missing.
 */
export function ageFacts<F extends DriverFacts>(facts: F, days: number): F {
  const aged: { -readonly [K in keyof DriverFacts]: DriverFacts[K] } = {};
  for (const id of GROW) {
    const value = facts[id];
    if (value !== null && value !== undefined) aged[id] = value + days;
  }
  const { daysToDecision, oldestOpenTicketDays } = facts;
  if (daysToDecision !== null && daysToDecision !== undefined) aged.daysToDecision = daysToDecision - days;
  // 0 says that no ticket is open; only an open one ages.
  if (oldestOpenTicketDays) aged.oldestOpenTicketDays = oldestOpenTicketDays + days;
  return { ...facts, ...aged };
}
