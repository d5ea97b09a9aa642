import { DAY, dayOf, instantOf } from '../calendar.ts';
import type { Draft } from './draft.ts';
import type { Life } from './life.ts';

/** Use in one whole month, recorded a few hours after its end; a month begun as a customer half-way has no row. */
export function usageInMonth(draft: Draft, life: Life, from: number, to: number, month: number): void {
  const { random, seats, level } = life;
  const recordedAt = to + Math.floor(random.between(0.1, 0.4) * DAY);
  const whole = from === draft.borders[month] && to === draft.borders[month + 1];
  if (!life.metered || !whole || recordedAt > draft.asOf || random.chance(0.01)) return;
  const seatsUsed = Math.max(
    0,
    Math.min(seats, Math.round(seats * life.adoption * level * random.between(0.93, 1.07))),
  );
  draft.book.usage.push({
    accountId: life.plan.id,
    periodOn: dayOf(from),
    seatsBought: seats,
    seatsUsed,
    events: Math.round(seatsUsed * 42 * random.between(0.85, 1.15)),
    recordedAt: instantOf(recordedAt),
  });
}
