import { describe, expect, it } from 'vitest';
import { at } from '../../../test/records.ts';
import { aClaim, aPolicy } from '../../../test/referral-records.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { isRefused, moveClaim } from './move-claim.ts';
import type { ClaimEvent } from './transitions.ts';

const policy = aPolicy();
const move = (claim: ReferralClaim, event: ClaimEvent, on: string | number) =>
  moveClaim(claim, { event, at: typeof on === 'number' ? on : at(on), actor: 'crm' }, policy);
const go = (claim: ReferralClaim, ...steps: readonly (readonly [ClaimEvent, string])[]): ReferralClaim =>
  steps.reduce((it, [event, on]) => {
    const next = move(it, event, on);
    if (isRefused(next)) throw new Error(next.detail);
    return next;
  }, claim);
// 90 days of tracking end on 2026-04-01, 365 of credit on 2027-01-01
const claim = aClaim(1, '2026-01-01', { protectedUntil: at('2026-03-02') });

describe('a claim moves', () => {
  it('from accepted to retained, with who, when, why and under which policy', () => {
    const steps = [
      ['contacted', '2026-01-05'],
      ['qualified', '2026-01-20'],
      ['opportunity_opened', '2026-02-01'],
      ['won', '2026-05-01'],
      ['retained', '2026-10-28'],
    ] as const;
    const end = go(claim, ...steps);
    expect(end.state).toBe('retained');
    expect(end.history).toHaveLength(6);
    expect(end.history.at(-1)).toEqual({
      from: 'won',
      to: 'retained',
      event: 'retained',
      at: at('2026-10-28'),
      actor: 'crm',
      reason: 'progressed',
      policyVersion: 'policy-1',
    });
  });

  it('a step that lies behind, or the same step again, changes nothing: the same object comes back', () => {
    const open = go(claim, ['qualified', '2026-01-20'], ['opportunity_opened', '2026-02-01']);
    expect(move(open, 'contacted', '2026-01-25')).toBe(open);
    expect(move(open, 'opportunity_opened', '2026-02-01')).toBe(open);
  });

  it('lost, then a new opportunity within the credit window: reopened, even after the tracking window', () => {
    const lost = go(claim, ['opportunity_opened', '2026-02-01'], ['lost', '2026-03-01']);
    expect(move(lost, 'opportunity_opened', '2026-08-01')).toMatchObject({ state: 'reopened' });
    expect(move(lost, 'opportunity_opened', '2027-01-01')).toMatchObject({ reason: 'credit_window_passed' });
  });

  it('whoever ends protects no longer', () => {
    expect(move(claim, 'withdraw', '2026-01-10')).toMatchObject({ state: 'withdrawn', protectedUntil: null });
  });

  it('fraud or withdrawal after the sale: reversed', () => {
    const won = go(claim, ['won', '2026-02-01']);
    expect(move(won, 'disqualify', '2026-03-01')).toMatchObject({ state: 'reversed' });
    expect(move(won, 'withdraw', '2026-03-01')).toMatchObject({ state: 'reversed' });
  });

  it('an opportunity from before the introduction: influenced at most, with the reason', () => {
    const noted = move(claim, 'opportunity_opened', '2025-12-31');
    expect(noted).toMatchObject({ state: 'influenced', protectedUntil: null });
    expect(isRefused(noted) || noted.history.at(-1)?.reason).toBe('open_opportunity');
    expect(move(claim, 'opportunity_opened', '2026-01-01')).toMatchObject({ state: 'opportunity' });
  });
});

describe('the clocks', () => {
  it('tracking: the last millisecond of day 90 counts, the next one does not', () => {
    expect(move(claim, 'opportunity_opened', at('2026-04-01') - 1)).toMatchObject({ state: 'opportunity' });
    expect(move(claim, 'opportunity_opened', '2026-04-01')).toMatchObject({
      refused: true,
      reason: 'tracking_window_passed',
      claim,
    });
  });

  it('credit: the last millisecond of day 365 counts, the next one does not', () => {
    const open = go(claim, ['opportunity_opened', '2026-02-01']);
    expect(move(open, 'won', at('2027-01-01') - 1)).toMatchObject({ state: 'won' });
    expect(move(open, 'won', '2027-01-01')).toMatchObject({ reason: 'credit_window_passed', claim: open });
  });

  it('a sale in time that the CRM took down after the claim had expired still counts', () => {
    const expired = go(claim, ['opportunity_opened', '2026-02-01'], ['expire', '2027-01-01']);
    expect(move(expired, 'won', '2026-12-31')).toMatchObject({ state: 'won' });
    expect(move(expired, 'won', '2027-01-02')).toMatchObject({ reason: 'credit_window_passed' });
  });

  it('retained not before its day: 180 days after the sale', () => {
    const won = go(claim, ['won', '2026-02-01']);
    expect(move(won, 'retained', at('2026-07-31') - 1)).toMatchObject({ reason: 'illegal_transition' });
    expect(move(won, 'retained', '2026-07-31')).toMatchObject({ state: 'retained' });
  });

  it('a clock that runs backwards: a step before the one that it follows is refused and the record kept', () => {
    const open = go(claim, ['opportunity_opened', '2026-02-01']);
    expect(move(open, 'won', '2026-01-31')).toMatchObject({ refused: true, reason: 'clock_backwards', claim: open });
    expect(move(claim, 'contacted', '2025-12-31')).toMatchObject({ reason: 'clock_backwards' });
    expect(move(claim, 'withdraw', '2025-12-31')).toMatchObject({ reason: 'clock_backwards' });
  });
});
