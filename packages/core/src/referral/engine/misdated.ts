import type { ReasonCode } from '../entities/reason-code.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import type { EngineState } from './engine-state.ts';

const DATES: readonly ReasonCode[] = ['clock_backwards', 'future_event'];

/**
 * An event that was refused for its dates and says others by now, under a key of its own: the first key was taken, so that
 * it would be passed over for good. Any other event as it is.
 */
export function mendMisdated({ misdated }: Pick<EngineState, 'misdated'>, event: ReferralEvent): ReferralEvent {
  const before = misdated.get(event.key);
  const dates = datesOf(event);
  if (before === undefined || before === dates) return event;
  return { ...event, key: `${event.key} of ${dates}`, mends: event.key };
}

/** Before an event is taken that mends another: the refusal of that is let go of. */
export function letGoOfMended({ refused, misdated }: EngineState, { mends }: ReferralEvent): void {
  if (mends === undefined) return;
  misdated.delete(mends);
  const left = refused.filter((it) => !(isOf(mends, it.key) && DATES.includes(it.reason)));
  refused.splice(0, refused.length, ...left);
}

/** After it was taken: whether it was refused for its dates. `before`: how many refusals there were. */
export function noteMisdated({ refused, misdated }: EngineState, event: ReferralEvent, before: number): void {
  if (refused.length <= before) return;
  const root = event.mends ?? event.key;
  if (refused.slice(before).some((it) => isOf(root, it.key) && DATES.includes(it.reason)))
    misdated.set(root, datesOf(event));
}

function isOf(root: string, key: string): boolean {
  return key === root || key.startsWith(`${root} of `);
}

function datesOf(event: ReferralEvent): string {
  const said = event.kind === 'claim' ? [event.claim.introducedAt, event.claim.touch.recordedAt] : [];
  return [event.occurredAt, ...said].join(' ');
}
