import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../model/dates.ts';
import {
  NO_RELATION,
  openReferralEngine,
  type Program,
  type QualifyingType,
  type ReferralEvent,
} from '../referral/index.ts';
import type { ProgramBalance } from './program-balances.ts';
import { partiesOnPages, type ReferralPagesInput, referralPages } from './referral-pages.ts';

const START = Date.parse('2026-01-01T09:00:00Z');
const at = (n: number) => ({ occurredAt: START + n * DAY_MS, recordedAt: START + n * DAY_MS });

/** 10 % of the sale as credit to the referrer's account, kept for 30 days; above 150.00 a person approves. */
const program = (id: string, currency: string): Program => ({
  ...{ id, name: `Program ${id}`, state: 'active', startsOn: '2020-01-01', endsOn: null, currency, priority: 1 },
  ...{ stackable: false, terms: { version: 't1', url: null, acceptedWithinDays: null }, budget: null },
  policy: {
    ...{ version: 'p1', model: 'best_evidence_then_first', trackingDays: 90, creditDays: 365, protectionDays: 90 },
    ...{ contactedBeforeDays: 30, retainedDays: 100, disputeDays: 30, rulingDays: 14, splitWeights: [10_000] },
    ...{ paysInfluence: false, afterLeaving: 'none', openClaimsPerParticipant: 20 },
    override: { roles: ['manager'], secondAbove: null },
  },
  rules: [
    {
      ...{ id: 'won', version: '1', event: 'won', beneficiary: 'referrer', kind: 'credit', tiers: [], caps: [] },
      ...{ amount: { percent: 1000, disclosesAmount: true }, durationMonths: 0, priority: 1, startsOn: '2020-01-01' },
      ...{ endsOn: null, expiresAfterDays: null },
    },
  ],
  ...{ holdingDays: 30, checksOff: [], approvalAbove: 15_000, jurisdictions: [] },
});
const joins = (n: number, programId = 'main'): ReferralEvent => ({
  ...{ key: `person ${n} ${programId}`, ...at(-9), kind: 'participant' },
  participant: {
    ...{ id: `contact:${n}`, programId, accountId: `account:${n}`, role: 'customer', status: 'active' },
    ...{ statusSince: START - DAY_MS, termsVersion: 't1', employerPermission: false, segment: 'private' },
    ...{ country: 'AT', taxFormOn: null },
  },
});
const claims = (by: number, on: number, n: number, programId = 'main', evidence: 'activity' | 'click' = 'activity') => {
  const who = { participantId: `contact:${by}`, subjectId: `account:${on}` };
  const touch = { key: `touch ${by}>${on}`, ...who, evidence, ...at(n), sourceId: null };
  const event: ReferralEvent = {
    ...{ key: `claim ${by}>${on}`, ...at(n), kind: 'claim' },
    claim: {
      ...{ ...who, programId, referrerAccountId: `account:${by}`, referredContactId: null, opportunityId: null },
      ...{ introducedAt: at(n).occurredAt, consent: 'introduced_in_person', code: null, touch },
    },
    known: { relation: NO_RELATION, signals: [], isErased: false },
  };
  return event;
};
const sale = (
  type: QualifyingType,
  on: number,
  n: number,
  minor: number | null = null,
  currency = 'EUR',
): ReferralEvent => ({
  ...{ key: `${type} ${on}`, ...at(n), kind: 'progress' },
  progress: {
    ...{ key: `${type} ${on}`, type, subjectId: `account:${on}`, opportunityId: `opportunity:${on}`, ...at(n) },
    amount: minor === null ? null : { minor, currency },
  },
});
const day = (n: number): ReferralEvent => ({ key: `day ${n}`, ...at(n), kind: 'day' });

const book = {
  ...{
    today: '2026-07-20',
    timeZone: 'UTC',
    currency: 'EUR',
    marginSet: true,
    acquisitionCost: 50_000,
    answerDays: 30,
  },
  accounts: [
    { accountId: 'account:1', sinceOn: '2020-01-01', segment: null, lost: false, annualMargin: 90_000 },
    { accountId: 'account:8', sinceOn: '2026-02-10', segment: null, lost: null, annualMargin: 70_000 },
    { accountId: 'account:9', sinceOn: '2026-02-10', segment: null, lost: false, annualMargin: 80_000 },
  ],
};
const pagesOf = (batches: readonly (readonly ReferralEvent[])[], change: Partial<ReferralPagesInput> = {}) => {
  const programs = [program('main', 'EUR'), program('us', 'USD')];
  const engine = openReferralEngine({ programs, rates: [] });
  for (const batch of batches) engine.take(batch);
  expect(engine.state.refused.map((it) => it.reason)).toEqual(
    batches.flat().some((it) => it.key === 'claim 2>9') ? ['earlier_claim_protected'] : [],
  );
  return referralPages({ ...book, state: engine.state, ...change });
};

/** Account 1 leads to 9 (1,000.00) and 8 (2,000.00): both stay; a click of 2 on 9 came too late; 3 led to 7 in dollars. */
const half: readonly (readonly ReferralEvent[])[] = [
  [joins(1), joins(2), joins(3, 'us')],
  [claims(1, 9, 0), claims(2, 9, 1, 'main', 'click'), claims(1, 8, 2), claims(3, 7, 3, 'us')],
  [sale('opportunity_opened', 9, 10), sale('opportunity_opened', 8, 10), sale('opportunity_opened', 7, 10)],
  [sale('won', 9, 40, 100_000), sale('won', 8, 40, 200_000), sale('won', 7, 40, 60_000, 'USD')],
  [day(75)],
  [sale('retained', 9, 141), sale('retained', 8, 141)],
  [day(200)],
];

const settled: ReferralEvent = {
  ...{ key: 'settle', ...at(76), kind: 'settle', programId: 'main', period: '2026-03', by: 'owner:1', payees: {} },
};
const refunded = [...half.slice(0, 5), [settled], [sale('refunded', 9, 80, 25_000)]];

/** Whether it waits as pending or held is the business of the rewards. */
const withoutPlace = ({ pending, held, ...line }: ProgramBalance) => ({ ...line, waiting: pending + held });

describe('referral pages', () => {
  const onlyEuro = half.map((batch) => batch.filter((it) => !/(7|us)$/.test(it.key) && it.key !== 'claim 3>7'));
  const pages = pagesOf(half);

  it('a journal without claims: nothing to show', () => {
    const none = pagesOf([[joins(1)]]);
    expect([none.claims, none.programs.shown, none.graph.chains, none.balances]).toEqual([0, [], [], []]);
    expect(partiesOnPages(none)).toEqual([]);
  });

  it('funnel by program: the one with most claims first, a program that is gone by its id', () => {
    expect(pages.programs.shown.map((it) => [it.name, it.claims])).toEqual([
      ['Program main', 3],
      ['Program us', 1],
    ]);
    const reached = pages.programs.shown[0]?.funnel.steps.map((it) => it.reached);
    expect([reached?.[0], reached?.[1], reached?.at(-1)]).toEqual([3, 2, 2]);
    expect(pages.programs.shown[0]?.funnel.fell).toEqual([
      { after: 'submitted', state: 'duplicate', reason: 'earlier_claim_protected', count: 1 },
    ]);
    expect(pages.evidence.filter((it) => it.claims > 0).map((it) => [it.evidence, it.claims, it.credited])).toEqual([
      ['activity', 3, 3],
      ['click', 1, 0],
    ]);
  });

  it('balances by hand: 10 % of 1,000.00 is payable, of 2,000.00 waits for a person; dollars are a line of their own', () => {
    const nothing = { paid: 0, reversed: 0, receivable: 0 };
    expect(pages.balances.map(withoutPlace)).toEqual([
      { programId: 'main', currency: 'EUR', ...nothing, accrued: 30_000, waiting: 20_000, payable: 10_000 },
      { programId: 'us', currency: 'USD', ...nothing, accrued: 6_000, waiting: 0, payable: 6_000 },
    ]);
    expect(pages.waiting).toMatchObject({
      shown: [
        { programId: 'main', money: { minor: 20_000, currency: 'EUR' }, reason: 'needs_approval', needs: 'approve' },
      ],
      more: 0,
    });
  });

  it('an applied benefit that is refunded: let go with "fulfil", owed to us with "reject"', () => {
    const act = (does: 'fulfil' | 'reject'): ReferralEvent => ({
      ...{ key: `act ${does}`, ...at(81), kind: 'act', by: 'owner:1' },
      does: { act: does, rewardKey: 'main/won 9/won/referrer/0', why: 'seen' },
    });
    const [kept, taken] = (['fulfil', 'reject'] as const).map((it) => pagesOf([...refunded, [act(it)]]));
    expect([kept, taken].map((it) => it?.waiting.shown.map(({ needs }) => needs))).toEqual([['approve'], ['approve']]);
    expect(kept?.balances[0]).toMatchObject({ paid: 10_000, reversed: 0, receivable: 0 });
    expect(taken?.balances[0]).toMatchObject({ paid: 10_000, reversed: 2_500, receivable: 2_500 });
  });

  it('paid and taken back: a quarter of a sale refunded after the settlement', () => {
    const { balances, waiting } = pagesOf(refunded);
    expect(balances.map(withoutPlace)[0]).toMatchObject({
      accrued: 30_000,
      waiting: 20_000,
      payable: 0,
      paid: 10_000,
      reversed: 0,
    });
    // a benefit that was applied is never taken back by itself: 25.00 of the 100.00 wait for a person
    expect(waiting.shown.map((it) => [it.needs, it.money.minor])).toEqual([
      ['approve', 20_000],
      ['benefit', 2_500],
    ]);
  });

  it('returns by hand: margins 800 + 700 less rewards 300 is 1,200; dollars without a rate are not guessed', () => {
    const [main, us] = pages.returns.programs;
    expect(main).toMatchObject({
      withoutMargin: 0,
      result: { counted: { referrals: 2, retained: 2, margin: 150_000, rewards: 30_000, net: 120_000 } },
    });
    expect(us).toEqual({ programId: 'us', result: { missing: 'rate' }, withoutMargin: 0 });
  });

  it('value by hand: margin + 500 saved - reward: 800 + 500 - 100 and 700 + 500 - 200 are 2,200, all of account 1', () => {
    const { values } = pagesOf(
      half.map((batch) => batch.filter((it) => !/(7|us)$/.test(it.key) && it.key !== 'claim 3>7')),
    ).returns;
    if ('missing' in values) throw new Error(values.missing);
    expect([values.one.parties, values.one.value, values.two.parties, values.total]).toEqual([2, 220_000, 0, 220_000]);
    expect(values.one.perParty).toMatchObject({
      value: null,
      reason: 'not enough: 2 referred accounts, 30 are needed',
    });
    expect(values.referrers.shown.map((it) => [it.referrerId, it.direct])).toEqual([['account:1', 220_000]]);
  });

  it('what the company did not enter is named, and no constant stands in for it', () => {
    expect(pagesOf(onlyEuro, { marginSet: false }).returns).toMatchObject({
      programs: [{ programId: 'main', result: { missing: 'margin' } }],
      values: { missing: 'margin' },
    });
    expect(pagesOf(onlyEuro, { acquisitionCost: null }).returns.values).toEqual({ missing: 'acquisition_cost' });
  });

  it('account 9 counts for K once, by the claim that is credited: the click of 2 won nobody', () => {
    expect(pages.returns.kFactor).toMatchObject({ k: { value: null, n: 1 }, tooYoung: 2 });
    expect(pages.returns.kFactor.k.reason).toMatch(/^not enough/);
  });

  it('what is drawn is what is named: referrer and referred accounts, nobody twice', () => {
    expect(pages.graph.chains.map((it) => it.rootId)).toEqual(['account:1', 'account:3']);
    expect([...partiesOnPages(pages)].sort()).toEqual([
      'account:1',
      'account:3',
      'account:7',
      'account:8',
      'account:9',
    ]);
  });
});
