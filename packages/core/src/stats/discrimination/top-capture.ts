import { rankRows } from './ranked-rows.ts';

/** What the rows with the highest scores hold. */
export interface TopCapture {
  /** Rows in the top, not whole when the border cuts a run of equal scores. */
  readonly rows: number;
  /** Events among them. */
  readonly events: number;
  /** Event rate there over the event rate of all rows. */
  readonly lift: number;
  /** Share of all events that lies there. */
  readonly eventShare: number;
  /** Share of the events' value (revenue) that lies there; `null` without values or when the events' value is 0. */
  readonly valueShare: number | null;
}

/**
 * Lift and share captured in the top `fraction` of the rows by score. Rows with the score of the border count by the share of
 * them that fits, which is the mean over all orders of them: the order of the rows never matters. Values that are missing
 * (`NaN`) count as 0. `null` without rows or events.
 *
 * @example topCapture([0.9, 0.5, 0.2, 0.1], [1, 0, 1, 0], 0.25) // lift 2, eventShare 0.5
 */
export function topCapture(
  scores: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  fraction: number,
  values?: ArrayLike<number>,
): TopCapture | null {
  if (!(fraction > 0 && fraction <= 1)) throw new RangeError(`The top fraction must lie in 0..1, not ${fraction}.`);
  const { order, ends } = rankRows(scores);
  const rows = order.length * fraction;
  let place = order.length;
  let events = 0;
  let value = 0;
  const all = { events: 0, value: 0 };
  for (let run = ends.length - 1; run >= 0; run--) {
    const start = run > 0 ? ends[run - 1]! : 0;
    const share = Math.max(0, Math.min(1, (rows - (order.length - place)) / (place - start)));
    const own = eventsOf(order.subarray(start, place), outcomes, values);
    events += share * own.events;
    value += share * own.value;
    all.events += own.events;
    all.value += own.value;
    place = start;
  }
  if (all.events === 0) return null;
  const eventShare = events / all.events;
  return {
    rows,
    events,
    lift: eventShare / fraction,
    eventShare,
    valueShare: values && all.value > 0 ? value / all.value : null,
  };
}

function eventsOf(rows: Uint32Array, outcomes: ArrayLike<number>, values: ArrayLike<number> | undefined) {
  let events = 0;
  let value = 0;
  for (const row of rows) {
    if (outcomes[row] !== 1) continue;
    events++;
    value += values?.[row] || 0;
  }
  return { events, value };
}
