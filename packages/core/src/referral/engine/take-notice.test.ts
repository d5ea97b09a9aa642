import { describe, expect, it } from 'vitest';
import { act, at, claim, day, opened } from '../../../test/referral-journal.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { noticeOf } from './take-notice.ts';

/** Contact 1 introduced contact 9 of account 9 on 1 January 2026. */
const introduced = (): ReferralEvent => {
  const event = claim(1, 9, 0) as Extract<ReferralEvent, { readonly kind: 'claim' }>;
  return { ...event, claim: { ...event.claim, referredContactId: 'contact:9' } };
};
const referralId = 'main/contact:1>account:9';

describe('the person who was referred is told', () => {
  it('until the same day of the next month; whoever notes it, it is given, also after a merge', () => {
    const engine = opened([introduced()]);
    const notice = (n: number) => noticeOf(engine.state, engine.state.claims.get(referralId)!, day(n), 'UTC');
    expect(notice(31)).toEqual({ state: 'due', dueOn: '2026-02-01' });
    expect(notice(32)).toEqual({ state: 'overdue', dueOn: '2026-02-01' });
    engine.take([act(33, { act: 'notify', referralId, why: '' })]);
    expect(notice(33)).toEqual({ state: 'given', dueOn: '2026-02-01' });
    engine.take([{ key: 'm', ...at(34), kind: 'merge', loserId: 'contact:9', survivorId: 'contact:8' }]);
    expect(notice(35).state).toBe('given');
    engine.take([act(36, { act: 'withdraw', referralId, why: '' })]);
    expect(notice(36)).toEqual({ state: 'not_needed', dueOn: null });
  });

  it('nobody is to be told of a claim that names no person, and it cannot be noted', () => {
    const engine = opened([claim(1, 9, 0)], [act(1, { act: 'notify', referralId, why: '' })]);
    expect(engine.state.refused).toMatchObject([{ reason: 'illegal_transition' }]);
    expect(noticeOf(engine.state, engine.state.claims.get(referralId)!, day(99), 'UTC').state).toBe('not_needed');
  });
});
