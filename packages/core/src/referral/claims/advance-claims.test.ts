import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROPERTY_RUNS } from '../../../test/property-runs.ts';
import { at } from '../../../test/records.ts';
import { aClaim, aPolicy } from '../../../test/referral-records.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { advanceClaims, nextClockAt } from './advance-claims.ts';
import { followUp } from './follow-up.ts';
import { moveClaim } from './move-claim.ts';

const DAY = 86_400_000;
const policy = aPolicy();
const start = at('2026-01-01');
const held = aClaim(1, '2026-01-01', { protectedUntil: start + 60 * DAY });
const waiting = (n: number, on: string) => aClaim(n, on, { state: 'queued', evidence: 'confirmed' });
const states = (claims: readonly ReferralClaim[]) => claims.map((it) => it.state);

describe('protection ends', () => {
  it('with somebody waiting: the claim lets go as lapsed, the first in the queue moves up with a protection of its own', () => {
    const queue = [waiting(3, '2026-02-02'), waiting(2, '2026-02-01')];
    expect(advanceClaims([held, ...queue], policy, start + 60 * DAY - 1)).toEqual([held, ...queue]);
    const after = advanceClaims([held, ...queue], policy, start + 60 * DAY);
    expect(states(after)).toEqual(['expired', 'queued', 'accepted']);
    expect(after[0]?.history.at(-1)).toMatchObject({ reason: 'lapsed', at: start + 60 * DAY });
    expect(after[2]).toMatchObject({ protectedUntil: start + 120 * DAY });
    expect(after[2]?.history.at(-1)).toMatchObject({ event: 'promote', reason: 'promoted', at: start + 60 * DAY });
  });

  it('with one waiting: at that same instant the end comes before the promotion', () => {
    const after = advanceClaims([held, waiting(2, '2026-02-01')], policy, start + 60 * DAY);
    expect(after.map((it) => it.history.at(-1)?.reason)).toEqual(['lapsed', 'promoted']);
  });

  it('with nobody waiting: the claim stays, unprotected', () => {
    const [after] = advanceClaims([held], policy, start + 60 * DAY);
    expect(after).toMatchObject({ state: 'accepted', protectedUntil: null });
  });

  it('a claim that has made progress keeps its state; who waits moves up beside it', () => {
    const contacted = moveClaim(held, { event: 'contacted', at: start + DAY, actor: 'crm' }, policy) as ReferralClaim;
    expect(states(advanceClaims([contacted, waiting(2, '2026-02-01')], policy, start + 61 * DAY))).toEqual([
      'contacted',
      'accepted',
    ]);
  });

  it('a party that has bought: nobody moves up, the claim on it that won has not lapsed', () => {
    const won = aClaim(1, '2026-01-01', { state: 'won' });
    expect(advanceClaims([won, waiting(2, '2026-01-02')], policy, start + 61 * DAY)[1]?.state).toBe('queued');
  });

  it('a claim that gave way is not taken up again by what happens later', () => {
    const [lapsed] = advanceClaims([held, waiting(2, '2026-02-01')], policy, start + 60 * DAY);
    const step = { event: 'opportunity_opened', actor: 'crm' } as const;
    const move = (at: number) => moveClaim(lapsed as ReferralClaim, { ...step, at }, policy);
    expect(move(start + 60 * DAY)).toMatchObject({ refused: true, reason: 'lapsed' });
    expect(move(start + 60 * DAY - 1)).toMatchObject({ state: 'opportunity' });
  });

  it('a claim that is withdrawn lets the next move up at that instant', () => {
    const gone = moveClaim(
      held,
      { event: 'withdraw', at: start + 40 * DAY, actor: 'owner:1' },
      policy,
    ) as ReferralClaim;
    const after = advanceClaims([gone, waiting(2, '2026-02-01')], policy, start + 45 * DAY);
    expect(states(after)).toEqual(['withdrawn', 'accepted']);
    expect(after[1]?.history.at(-1)?.at).toBe(start + 40 * DAY);
  });
});

describe('windows end', () => {
  it('tracking: without an opportunity within 90 days, to the millisecond', () => {
    const claim = aClaim(1, '2026-01-01');
    expect(advanceClaims([claim], policy, start + 90 * DAY - 1)).toEqual([claim]);
    expect(advanceClaims([claim], policy, start + 90 * DAY)[0]?.history.at(-1)).toMatchObject({
      to: 'expired',
      reason: 'tracking_window_passed',
      at: start + 90 * DAY,
    });
  });

  it('credit: an open opportunity that is not won within 365 days', () => {
    const open = aClaim(1, '2026-01-01', { state: 'opportunity' });
    expect(states(advanceClaims([open], policy, start + 365 * DAY - 1))).toEqual(['opportunity']);
    expect(advanceClaims([open], policy, start + 365 * DAY)[0]?.history.at(-1)).toMatchObject({
      to: 'expired',
      reason: 'credit_window_passed',
    });
  });

  it('what is over stays; nothing is due any more', () => {
    const over = (['won', 'lost', 'expired', 'duplicate'] as const).map((state) => aClaim(1, '2026-01-01', { state }));
    expect(advanceClaims(over, policy, start + 9999 * DAY)).toBe(over);
    expect(nextClockAt(over, policy)).toBeNull();
    expect(nextClockAt([held], policy)).toBe(start + 60 * DAY);
  });

  it('one late run writes the same history as a run every day (200 books of up to six claims)', () => {
    const kinds = fc.record({
      day: fc.integer({ min: 0, max: 80 }),
      state: fc.constantFrom('accepted', 'queued', 'contacted', 'contested', 'withdrawn', 'duplicate', 'opportunity'),
      isProtected: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(kinds, { maxLength: 6 }), (all) => {
        const claims = all.map(({ day, state, isProtected }, n) => {
          const claim = aClaim(n, '2026-01-01', {
            state: state as ReferralClaim['state'],
            claimedAt: start + day * DAY,
          });
          return { ...claim, protectedUntil: isProtected ? start + (day + 60) * DAY : null };
        });
        const once = advanceClaims(claims, policy, start + 400 * DAY);
        let daily: readonly ReferralClaim[] = claims;
        for (let day = 80; day <= 400; day += 1) daily = advanceClaims(daily, policy, start + day * DAY);
        expect(daily).toEqual(once);
        const turned = advanceClaims([...claims].reverse(), policy, start + 400 * DAY);
        expect([...turned].reverse()).toEqual(once);
      }),
      { numRuns: PROPERTY_RUNS },
    );
  });
});

describe('the follow-up clock', () => {
  const standing = (days: number, claim: ReferralClaim = held, set = {}) =>
    followUp(claim, aPolicy(set), start + days * DAY).standing;

  it('first contact due within 3 days, overdue from then, escalated from day 10', () => {
    expect(['due', 'overdue', 'overdue', 'escalated']).toEqual([
      standing(3 - 1e-6),
      standing(3),
      standing(10 - 1e-6),
      standing(10),
    ]);
    expect(followUp(held, policy, start)).toEqual({
      standing: 'due',
      dueAt: start + 3 * DAY,
      escalatesAt: start + 10 * DAY,
    });
    expect(standing(1, held, { followUp: { contactWithinDays: 1, escalateAfterDays: 2 } })).toBe('overdue');
  });

  it('runs from the promotion for a claim that waited; done with the contact; none for what was not taken up', () => {
    const promoted = advanceClaims([waiting(2, '2026-01-01')], policy, start)[0] as ReferralClaim;
    expect(standing(1, promoted)).toBe('due');
    const contacted = moveClaim(held, { event: 'contacted', at: start + DAY, actor: 'crm' }, policy) as ReferralClaim;
    expect(standing(50, contacted)).toBe('done');
    expect(standing(50, aClaim(1, '2026-01-01', { state: 'duplicate' }))).toBe('none');
    expect(standing(50, waiting(2, '2026-01-01'))).toBe('none');
  });
});
