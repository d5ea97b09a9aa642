import { describe, expect, it } from 'vitest';
import type { ReferralAsk } from '../ask/index.ts';
import type { ReferralClaim } from '../entities/index.ts';
import { type ComparedAccount, compareReferred } from './compare-referred.ts';
import { countEvidence } from './count-evidence.ts';
import { countFunnel } from './count-funnel.ts';
import { growthAfter, kFactor } from './k-factor.ts';
import { meanDifference } from './mean-difference.ts';
import { programReturn, type ReferralContribution } from './program-return.ts';
import { returnByTrigger } from './return-by-trigger.ts';

const many = <T>(count: number, of: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => of(i));

describe('K-factor and its cycle time', () => {
  const at = { today: '2026-01-01', windowDays: 100 };
  const members = many(40, (i) => ({ partyId: `p${i}`, sinceOn: '2025-01-01' }));

  it('by hand: 10 of 40 make two introductions each, one of them won after 10 to 99 days: K .25, cycle 48.5 days', () => {
    const introductions = many(10, (i) => [
      {
        referrerId: `p${i}`,
        introducedOn: '2025-01-02',
        wonOn: i === 9 ? '2025-04-10' : `2025-${i < 3 ? '01' : i < 6 ? '02' : '03'}-${11 + (i % 3) * 5}`,
      },
      { referrerId: `p${i}`, introducedOn: '2025-01-03', wonOn: null },
    ]).flat();
    const { k, introductionsPerMember, conversion, cycleDays } = kFactor(members, introductions, at);
    expect([k.value, introductionsPerMember.value, conversion.value]).toEqual([0.25, 0.5, 0.5]);
    // s^2 = 40 x .25 x .75 / 39 = .192308; 1.644854 sqrt(.192308 / 40) = .114050
    expect(k.interval?.[0]).toBeCloseTo(0.13595, 5);
    expect(k.interval?.[1]).toBeCloseTo(0.36405, 5);
    // days 10 15 20 41 46 51 69 74 79 99: the middle two are 46 and 51
    expect(cycleDays).toEqual({ value: 48.5, n: 10, reason: null });
  });

  it('customers whose window has not passed are left out, and what came after the window does not count', () => {
    const young = { partyId: 'young', sinceOn: '2025-12-01' };
    const late = { referrerId: 'p1', introducedOn: '2025-04-11', wonOn: '2025-05-01' };
    const wonLate = { referrerId: 'p1', introducedOn: '2025-02-01', wonOn: '2025-04-11' };
    const found = kFactor([...members, young], [late, wonLate, { ...late, referrerId: 'young' }], at);
    expect([found.tooYoung, found.k.value, found.introductionsPerMember.value]).toEqual([1, 0, 1 / 40]);
    // nobody of 40: up to -ln .05 / 40
    expect(found.k.interval?.[1]).toBeCloseTo(0.0748933, 6);
  });

  it('29 customers are not enough, and say so', () => {
    const { k, conversion, cycleDays } = kFactor(members.slice(0, 29), [], at);
    expect(k).toMatchObject({ value: null, n: 29, interval: null });
    expect([k.reason?.startsWith('not enough'), conversion.value, cycleDays.value]).toEqual([true, null, null]);
  });

  it('growth (Skok): K 2 over 5 cycles is 1 + 2 + ... + 32 = 63, K 1 is 6, K .5 ends at 2', () => {
    expect(growthAfter(2, 10, 50)).toBeCloseTo(63, 9);
    expect(growthAfter(1, 10, 50)).toBeCloseTo(6, 9);
    expect(growthAfter(0.5, 10, 10_000)).toBeCloseTo(2, 9);
  });
});

describe('difference of means within strata', () => {
  it('by hand: 30 of 10 and 20 against 30 of 5 and 15: 5, plus or minus 1.644854 sqrt(2 x 25.862 / 30) = 2.1598', () => {
    const cases = many(60, (i) => ({ stratum: 's', looked: i < 30, value: (i < 30 ? 10 : 5) + (i % 2) * 10 }));
    const found = meanDifference(cases, 30);
    if (!found.known) throw new Error(found.reason);
    expect([found.looked, found.others, found.difference]).toEqual([{ n: 30, mean: 15 }, { n: 30, mean: 10 }, 5]);
    expect(found.interval[0]).toBeCloseTo(5 - 2.1598, 4);
    expect(meanDifference(cases.slice(1), 30)).toMatchObject({ known: false });
  });

  it('no difference within strata is none, though the groups are mixed otherwise (Simpson)', () => {
    const of = (stratum: string, looked: boolean, count: number, value: number) =>
      many(count, (i) => ({ stratum, looked, value: value + (i % 2) }));
    const cases = [
      ...of('large', true, 80, 100),
      ...of('large', false, 20, 100),
      ...of('small', true, 20, 10),
      ...of('small', false, 80, 10),
    ];
    expect(meanDifference(cases, 30)).toMatchObject({ known: true, difference: 0, leftOut: 0 });
    expect(meanDifference([...cases, { stratum: 'x', looked: true, value: 1e9 }], 30)).toMatchObject({
      difference: 0,
      leftOut: 1,
    });
  });
});

describe('referred against not referred', () => {
  const group = (referred: boolean, count: number, losses: number, margin: number | null): ComparedAccount[] =>
    many(count, (i) => ({
      accountId: `${referred}${i}`,
      referred,
      stratum: '2025',
      lost: i < losses,
      annualMargin: margin === null ? null : margin + (i % 2),
    }));

  it('5 of 50 lost against 10 of 50 is .1, Newcombe 90 % -.019 to .219 by hand; a lower margin is told as one', () => {
    const { retention, margin } = compareReferred([...group(true, 50, 5, 80), ...group(false, 50, 10, 100)]);
    if (!retention.measured || !margin.known) throw new Error('measured');
    expect(retention.difference).toBeCloseTo(0.1, 12);
    expect(retention.interval[0]).toBeCloseTo(-0.01931, 5);
    expect(retention.interval[1]).toBeCloseTo(0.2186, 5);
    expect(margin.difference).toBe(-20);
  });

  it('few accounts, few losses, outcomes not known: not enough, with the numbers', () => {
    expect(compareReferred([...group(true, 29, 5, 80), ...group(false, 50, 10, 100)]).retention).toMatchObject({
      measured: false,
      reason: 'not enough: 29 against 50 accounts with 15 losses; 30 each and 5 losses are needed',
    });
    expect(compareReferred([...group(true, 50, 1, null), ...group(false, 50, 3, null)])).toMatchObject({
      retention: { measured: false },
      margin: { known: false },
    });
    const pending = group(true, 50, 9, 80).map((it) => ({ ...it, lost: null }));
    expect(compareReferred([...pending, ...group(false, 50, 9, 80)]).retention.measured).toBe(false);
  });
});

describe('return of a program', () => {
  const contribution = (
    referrer: number,
    net: number,
    change: Partial<ReferralContribution> = {},
  ): ReferralContribution => ({
    referralId: `r${referrer}`,
    referrerAccountId: `account:${referrer}`,
    introducedAt: 1000,
    retained: true,
    grossMargin: net + 60,
    rewards: 30,
    referredDiscounts: 20,
    handlingCost: 10,
    ...change,
  });
  const arms = many(60, (i) => ({
    accountId: `account:${i}`,
    stratum: 's',
    arm: i < 30 ? ('treat' as const) : ('hold-out' as const),
    propensity: 0.5,
    assignedAt: 500,
  }));

  it('counted by hand: margin of the retained 160, costs of all three 180, fixed 15: net -35', () => {
    const lost = { retained: false, grossMargin: 999 };
    const { counted } = programReturn(
      [contribution(1, 100), contribution(2, 0, lost), contribution(3, 0, lost)],
      [],
      15,
    );
    expect(counted).toEqual({
      referrals: 3,
      retained: 1,
      margin: 160,
      rewards: 90,
      referredDiscounts: 60,
      handlingCost: 30,
      fixedCost: 15,
      net: -35,
    });
  });

  it('side by side by hand: 15 of 30 asked and 6 of 30 held out bring 100: counted 2,100, incremental (50 - 20) x 30 = 900', () => {
    const brought = [...many(15, (i) => contribution(i, 100)), ...many(6, (i) => contribution(30 + i, 100))];
    const before = contribution(29, 5000, { introducedAt: 499 });
    const { counted, incremental } = programReturn([...brought, before], arms, 200);
    expect(counted.net).toBe(2100 + 5000 - 200);
    if (!incremental.known) throw new Error(incremental.reason);
    expect(incremental.net).toBeCloseTo(700, 9);
    // variances 30 x 2,500 / 29 and 30 x 1,600 / 29: 30 x 1.644854 sqrt((2,586.2 + 1,655.2) / 30) = 586.7
    expect(incremental.interval[0]).toBeCloseTo(700 - 586.74, 1);
  });

  it('without a hold-out the incremental return is not known; it is never the counted one', () => {
    const { incremental } = programReturn([contribution(1, 100)], arms.slice(0, 40), 0);
    expect(incremental).toMatchObject({ known: false, reason: expect.stringMatching(/^not enough: 30 against 10 /) });
  });
});

describe('funnel', () => {
  it('a claim counts for every step that it passed, whatever became of it', () => {
    const claim = (state: ReferralClaim['state'], ...past: ReferralClaim['state'][]) =>
      ({ state, history: past.map((to) => ({ to })) }) as unknown as ReferralClaim;
    const { steps, states } = countFunnel([
      claim('rejected', 'submitted'),
      claim('influenced', 'submitted', 'influenced'),
      claim('expired', 'submitted', 'accepted', 'contacted'),
      claim('lost', 'submitted', 'accepted'),
      claim('reversed', 'won'),
      claim('retained', 'submitted', 'accepted', 'won'),
    ]);
    expect(steps.map((it) => [it.step, it.reached])).toEqual([
      ['submitted', 6],
      ['accepted', 5],
      ['contacted', 4],
      ['qualified', 3],
      ['opportunity', 3],
      ['won', 2],
      ['retained', 1],
    ]);
    expect(steps[6]?.ofPrevious).toMatchObject({ value: 0.5, n: 2 });
    expect(states).toEqual({ rejected: 1, influenced: 1, expired: 1, lost: 1, reversed: 1, retained: 1 });
    expect(countFunnel([]).steps[1]?.ofPrevious.value).toBeNull();
  });

  it('what fell out: by the step that it had reached and the reason of its last change, the most frequent first', () => {
    const claim = (state: ReferralClaim['state'], reason: string, ...past: ReferralClaim['state'][]) =>
      ({ state, history: past.map((to) => ({ to, reason })) }) as unknown as ReferralClaim;
    const { fell } = countFunnel([
      claim('lost', 'progressed', 'submitted', 'accepted', 'opportunity', 'lost'),
      claim('rejected', 'bad_code', 'submitted', 'rejected'),
      claim('duplicate', 'earlier_claim_protected', 'submitted', 'duplicate'),
      claim('duplicate', 'earlier_claim_protected', 'duplicate'),
      claim('queued', 'waits_behind_claim', 'submitted', 'queued'),
      claim('won', 'progressed', 'submitted', 'accepted', 'won'),
    ]);
    expect(fell).toEqual([
      { after: 'submitted', state: 'duplicate', reason: 'earlier_claim_protected', count: 2 },
      { after: 'submitted', state: 'rejected', reason: 'bad_code', count: 1 },
      { after: 'opportunity', state: 'lost', reason: 'progressed', count: 1 },
    ]);
  });
});

describe('evidence classes', () => {
  it('every class has its line: none so far is not the same as unavailable', () => {
    const claims = [
      { evidence: 'activity' as const, credit: 'sourced' as const },
      { evidence: 'activity' as const, credit: 'influenced' as const },
      { evidence: 'code' as const, credit: null },
    ];
    const lines = countEvidence(claims, [{ evidence: 'confirmed', reason: 'no field for it' }]);
    expect(lines.map((it) => [it.evidence, it.claims, it.credited, it.unavailable])).toEqual([
      ['confirmed', 0, 0, 'no field for it'],
      ['activity', 2, 1, null],
      ['recorded', 0, 0, null],
      ['code', 1, 0, null],
      ['partner_lead', 0, 0, null],
      ['click', 0, 0, null],
      ['free_text', 0, 0, null],
    ]);
    const [, activity] = countEvidence(claims, [{ evidence: 'activity', part: 'mails', reason: 'no permission' }]);
    expect(activity).toMatchObject({ claims: 2, unavailable: null, partly: ['mails: no permission'] });
  });
});

describe('return by what made it the moment to ask', () => {
  const ask = (n: number, trigger: ReferralAsk['trigger'], askedOn = '2026-01-01'): ReferralAsk => ({
    ...{ key: `ask ${trigger} ${n}`, programId: 'main', accountId: `account:${n}`, contactId: `contact:${n}` },
    ...{ ownerId: null, trigger, askedOn, outcome: n === 0 ? 'accepted' : 'ignored', answeredOn: null },
  });
  const made = (n: number, introducedOn: string, net: number | null, won = true) => ({
    ...{ participantId: `contact:${n}`, introducedOn, net, won },
  });

  it('by hand: 30 asks, one brought 300: 10 each, s = 54.772, plus or minus 1.644854 x 10 = 16.4485', () => {
    const [found, ...others] = returnByTrigger(
      many(30, (n) => ask(n, 'promoter')),
      [made(0, '2026-01-31', 300), made(1, '2026-02-01', 999), made(99, '2026-01-05', 999)],
      30,
    );
    expect(others).toEqual([]);
    expect(found).toMatchObject({ trigger: 'promoter', asked: 30, accepted: 1, introductions: 1, won: 1, net: 300 });
    expect(found?.netPerAsk).toMatchObject({ value: 10, n: 30 });
    expect(found?.netPerAsk.interval?.[0]).toBeCloseTo(-6.44854, 4);
  });

  it('an introduction answers the last ask before it only; a net that is not known is no 0', () => {
    const asks = [ask(1, 'promoter'), ask(1, 'renewal_won', '2026-01-20')];
    const found = returnByTrigger(asks, [made(1, '2026-01-25', null)], 30);
    expect(found.map((it) => [it.trigger, it.introductions, it.net, it.netPerAsk.value])).toEqual([
      ['promoter', 0, 0, null],
      ['renewal_won', 1, null, null],
    ]);
    expect(found[0]?.netPerAsk.reason).toBe('not enough: 1 asks by promoter, 30 are needed');
  });
});
