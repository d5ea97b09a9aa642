import { type CalendarDay, DAY_MS, dayFromNumber, type Instant } from '../../model/dates.ts';
import type { QualifyingEvent } from '../entities/qualifying-event.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';

/**
 * Looks at an event of the CRM before anything is done with it: an amount below zero, a currency without a rate on that
 * day, an instant in the future, or one that was taken down before it happened. `null`: it may be used.
 */
export function checkEvent(
  event: QualifyingEvent,
  asOf: Instant,
  programCurrency: string,
  hasRate: (currency: string, on: CalendarDay) => boolean,
): Refusal | null {
  const { amount, occurredAt, recordedAt } = event;
  if (occurredAt > asOf || recordedAt > asOf) return refuse('future_event');
  if (recordedAt < occurredAt)
    return refuse('clock_backwards', 'It was taken down before it happened. Check the dates.');
  if (amount === null) return null;
  if (amount.minor < 0) return refuse('negative_amount');
  const on = dayFromNumber(Math.floor(occurredAt / DAY_MS));
  if (amount.currency === programCurrency || hasRate(amount.currency, on)) return null;
  return refuse('no_rate', `No rate for ${amount.currency} on ${on}. Add it to the rate table.`);
}
