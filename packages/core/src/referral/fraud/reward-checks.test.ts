import { describe, expect, it } from 'vitest';
import { at } from '../../../test/records.ts';
import { aClaim, aContext, aParticipant, aProgram, aReward, digest, keys } from '../../../test/referral/fraud-facts.ts';
import { evaluateFraud } from './evaluate-fraud.ts';
import type { FraudContext } from './fraud-context.ts';

const said = (check: string, set: Partial<FraudContext>) => {
  const signal = evaluateFraud(aContext(set)).find((it) => it.check === check);
  return signal && { action: signal.action, ...signal.evidence };
};

describe('the checks about what is paid, each on both sides of its border', () => {
  it('referrer owns or works on the sale, or is employed: no cash, recognition allowed', () => {
    const check = (set: Partial<FraudContext>) => said('owner_or_employee', set);
    expect(check({ participant: aParticipant({ role: 'account_manager' }) })).toEqual({
      action: 'block_cash',
      matched: 'role',
      role: 'account_manager',
    });
    expect(check({ participant: aParticipant({ role: 'employee' }) })?.action).toBe('block_cash');
    expect(check({ participant: aParticipant({ role: 'partner' }) })).toBeUndefined();
    const sellers = (email: string, domains: string[] = []) => ({
      sellers: { owners: [keys({ emails: [email] })], domains },
    });
    expect(check(sellers('IDA@alder.example'))).toEqual({
      action: 'block_cash',
      matched: 'owner_email',
      hash: digest('fraud:email:ida@alder.example'),
    });
    expect(check(sellers('ines@alder.example'))).toBeUndefined();
    expect(check(sellers('ines@seller.example', ['alder.example']))).toMatchObject({ matched: 'seller_domain' });
    const owner = keys({ contactIds: ['contact:1'] });
    expect(check({ sellers: { owners: [owner], domains: [] } })).toMatchObject({ matched: 'owner' });
  });

  it('velocity: more than 5 in an hour or 20 in a day, the claim itself counted', () => {
    const claimedAt = at('2026-06-01');
    const claim = aClaim({ claimedAt });
    const spread = (count: number, overMs: number) =>
      Array.from({ length: count }, (_, i) => claimedAt - overMs + Math.round(((i + 1) / count) * overMs));
    const check = (claimTimes: number[]) => said('velocity', { claim, claimTimes });
    const hour = 3_600_000;
    expect(check(spread(5, hour / 2))).toBeUndefined();
    expect(check(spread(6, hour / 2))).toEqual({ action: 'hold', hours: 1, claims: 6, limit: 5 });
    // the hour is open at its start: one exactly an hour ago is out
    expect(check([claimedAt - hour, ...spread(5, hour / 2)])).toBeUndefined();
    expect(check([claimedAt - hour + 1, ...spread(5, hour / 2)])).toMatchObject({ hours: 1, claims: 6 });
    expect(check(spread(20, 23 * hour))).toBeUndefined();
    expect(check(spread(21, 23 * hour))).toEqual({ action: 'hold', hours: 24, claims: 21, limit: 20 });
  });

  it('burst: at least 6 in a day and over five times the usual number, for whom a usual number is known', () => {
    const claimedAt = at('2026-06-01');
    const claim = aClaim({ claimedAt });
    const DAY = 86_400_000;
    const today = (count: number) => Array.from({ length: count }, (_, i) => claimedAt - (count - 1 - i) * 3_000_000);
    const check = (claimTimes: number[]) => said('velocity', { claim, claimTimes });
    const known = claimedAt - 60 * DAY;
    // 28 in 28 days: 1 a day; over 5 a day bursts
    const daily = Array.from({ length: 28 }, (_, i) => claimedAt - (29 - i) * DAY + DAY / 2);
    expect(check([known, ...daily, ...today(6)])).toEqual({ action: 'hold', hours: 24, claims: 6, usualPerDay: 1 });
    // 36 in 28 days: 1.29 a day; six are under five times that (6.43)
    const busier = [...daily, ...daily.slice(0, 8).map((it) => it + 1)].sort((a, b) => a - b);
    expect(check([known, ...busier, ...today(6)])).toBeUndefined();
    expect(check([known, ...busier, ...today(7)])).toMatchObject({ claims: 7, usualPerDay: 1.29 });
    expect(check([known, ...today(5)])).toBeUndefined();
    expect(check([known, ...today(6)])).toMatchObject({ usualPerDay: 0 });
    // a newcomer has no usual number
    expect(check(today(6))).toBeUndefined();
  });

  it('duplicate participant or payout identity: all held; colleagues may share the account of their house', () => {
    const holder = (participantId: string, accountId: string | null) => () => [{ participantId, accountId }];
    const check = (kind: 'email' | 'payout', holdersOf: FraudContext['holdersOf']) =>
      said('duplicate_participant', { identities: [{ kind, hash: '#p' }], holdersOf });
    expect(check('payout', holder('contact:8', 'account:8'))).toEqual({
      action: 'hold',
      matched: 'payout',
      other: 'contact:8',
      others: 1,
      hash: '#p',
    });
    expect(check('payout', holder('contact:8', 'account:1'))).toBeUndefined();
    expect(check('email', holder('contact:8', 'account:1'))).toMatchObject({ action: 'hold' });
    expect(check('email', holder('contact:1', 'account:1'))).toBeUndefined();
    expect(check('payout', null)).toBeUndefined();
  });

  it('high refund rate: suspicious at 25 %, from four won on', () => {
    const check = (refunded: number, won: number) => said('refund_rate', { results: { refunded, won } });
    expect(check(1, 4)).toEqual({ action: 'review', refunded: 1, won: 4 });
    expect(check(1, 5)).toBeUndefined();
    expect(check(25, 100)).toMatchObject({ refunded: 25 });
    expect(check(24, 100)).toBeUndefined();
    expect(check(3, 3)).toBeUndefined();
  });

  it('minimum of active customers before a payout: waits; a claim without a reward is not asked', () => {
    const reward = aReward();
    expect(said('minimum_customers', { reward, activeCustomers: 0 })).toEqual({
      action: 'wait',
      activeCustomers: 0,
      limit: 1,
    });
    expect(said('minimum_customers', { reward, activeCustomers: 1 })).toBeUndefined();
    expect(said('minimum_customers', { activeCustomers: 0 })).toBeUndefined();
    const program = aProgram({ checkSettings: { limits: { activeCustomers: 3 } } });
    expect(said('minimum_customers', { program, reward, activeCustomers: 2 })).toMatchObject({ limit: 3 });
    expect(said('minimum_customers', { program, reward, activeCustomers: 3 })).toBeUndefined();
  });

  it('amount above the limit: a person approves; the limit itself passes', () => {
    const check = (minor: number, approvalAbove: number | null = 50_000) =>
      said('amount_above_limit', {
        program: aProgram({ approvalAbove }),
        reward: aReward({ amount: { minor, currency: 'EUR' } }),
      });
    expect(check(50_000)).toBeUndefined();
    expect(check(50_001)).toEqual({ action: 'hold', minor: 50_001, limit: 50_000, currency: 'EUR' });
    expect(check(50_001, null)).toBeUndefined();
  });
});
