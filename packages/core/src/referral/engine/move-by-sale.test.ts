import { expect, it } from 'vitest';
import { at, balance, claim, opened, rollUp, sale, stateOf } from '../../../test/referral-journal.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';

/** 1 introduced 9, and the sale was lost; half a year later 2 introduces them again. */
const lost = [claim(1, 9, 0), sale('opportunity_opened', 9, 10), sale('lost', 9, 20)];
const leavesPast = (event: ReferralEvent): ReferralEvent =>
  event.kind === 'claim' ? { ...event, claim: { ...event.claim, leavesPast: true } } : event;
const again = leavesPast(claim(2, 9, 200));
/** Another sale to the same account. */
const next = (event: ReferralEvent): ReferralEvent => {
  if (event.kind !== 'progress') throw new TypeError('No progress.');
  const key = `${event.key} next`;
  return { ...event, key, progress: { ...event.progress, key, opportunityId: 'opportunity:next' } };
};
const sold = [next(sale('opportunity_opened', 9, 210)), next(sale('won', 9, 220, 100_000))];

it('a sale that was lost before the introduction does not limit it: the next one is its own, and rewarded', () => {
  const engine = opened(lost, [again]);
  expect([stateOf(engine, 2, 9), engine.state.refused]).toEqual(['accepted', []]);
  engine.take(sold);
  expect([stateOf(engine, 1, 9), stateOf(engine, 2, 9)]).toEqual(['won', 'won']);
  const decided = engine.state.decisions.get('opportunity:next')?.get('main')?.at(-1);
  expect(decided?.candidates.map((it) => [it.participantId, it.credit])).toEqual([
    ['contact:2', 'sourced'],
    ['contact:1', 'influenced'],
  ]);
  expect([balance(engine, 1)?.held ?? 0, balance(engine, 2)?.pending ?? 0]).toEqual([0, 10_000]);
});

it('nor does it when the account is merged, or they went over to it: taken again it stays as it is', () => {
  const merge: ReferralEvent = {
    ...{ key: 'merge', ...at(205), kind: 'merge', loserId: 'account:9', survivorId: 'account:8' },
  };
  expect(stateOf(opened(lost, [again], [merge]), 2, 8)).toBe('accepted');
  const onPerson = leavesPast(claim(2, 8, 200));
  expect(stateOf(opened(lost, [onPerson], [rollUp('account:8', 'account:9', 205)]), 2, 9)).toBe('accepted');
});

it('one that was still open limits it, and so does one that was opened again; a journal that does not say so is as it was', () => {
  const [first, open] = lost;
  expect(stateOf(opened([first!, open!], [again]), 2, 9)).not.toBe('accepted');
  const reopened = { ...sale('opportunity_opened', 9, 190), key: 'reopened' };
  expect(stateOf(opened([...lost, reopened], [again]), 2, 9)).not.toBe('accepted');
  expect(stateOf(opened(lost, [claim(2, 9, 200)]), 2, 9)).toBe('influenced');
});
