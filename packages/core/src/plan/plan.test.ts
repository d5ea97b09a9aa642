import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aContact, anAccount, anOpportunity, at, eur } from '../../test/records.ts';
import { scoreAccount } from '../actions/score-account.ts';
import type { AccountWritten } from '../model/types.ts';
import type { TrackedReferral } from '../referral/tracked-referrals.ts';
import { buildPlan } from './build-plan.ts';
import { canonicalJson, fingerprint } from './fingerprint.ts';
import type { Proposal } from './proposal.ts';
import { proposeAccountWrite, type WriteScope } from './propose-account-write.ts';
import { proposeReferralWrites } from './propose-referral-writes.ts';
import { summarizePlan } from './summarize-plan.ts';

const fields = [
  'healthScore',
  'healthBand',
  'bandSince',
  'mainReason',
  'reasons',
  'nextStep',
  'revenueAtRisk',
  'churnProbability',
  'confidence',
];
const scope: WriteScope = { fields, pilot: [] };
const on = '2026-06-01';
const score = scoreAccount({
  model: 'contract',
  on,
  openUrgentTickets: 1,
  escalations90: 0,
  overdueLines: 0,
  ownerMissing: 0,
  managerView: 0,
  recurring: eur(1000),
});
const slice = { account: anAccount(), role: 'customer' as const };
const empty: AccountWritten = anAccount();
/** What the record holds after the score was written. */
const written: AccountWritten = {
  healthScore: score.healthScore,
  healthBand: score.band,
  bandSince: score.bandSince,
  mainReason: score.mainReason,
  reasons: score.reasons,
  nextStep: score.nextStep,
  revenueAtRisk: score.revenueAtRisk,
  churnProbability: null,
  confidence: score.confidence,
};
const propose = (previous: AccountWritten, more: Partial<WriteScope> = {}) =>
  proposeAccountWrite(slice, score, previous, on, { ...scope, ...more });

describe('a record is written only when it matters', () => {
  it('first score: everything but the churn probability, which no accuracy card has earned yet', () => {
    const { write } = propose(empty);
    expect(write?.why).toBe('band changed from empty to healthy');
    expect(Object.keys(write?.write.set ?? {}).sort()).toEqual(fields.filter((it) => it !== 'churnProbability').sort());
    expect(write?.before).toMatchObject({ healthBand: null, healthScore: null });
    expect(write?.write.target).toEqual({ id: 'account:1' });
  });

  it('the chance of loss is written to a tenth of a per cent once a card has passed, and taken back when none does', () => {
    const proved = { ...score, proved: true, churnProbability: 0.12345, healthScore: (score.healthScore ?? 0) - 5 };
    const { write } = proposeAccountWrite(slice, proved, written, on, scope);
    expect(write?.write.set).toMatchObject({ churnProbability: 0.123 });
    const back = propose({ ...written, churnProbability: 0.123 });
    expect(back.write?.why).toBe('the chance of loss is no longer proved');
    expect(back.write?.write.set).toEqual({ churnProbability: null });
  });

  it('the same again: nothing', () => {
    expect(propose(written)).toEqual({ heldBack: 'moved too little' });
  });

  it('score moved by 5 is written, by 4 is not; only changed values are set', () => {
    // 300 / (3 + e^0.5) = 300 / 4.6487 = 64.53 -> 65, so the band at entry is healthy.
    const now = score.healthScore ?? 0;
    expect(propose({ ...written, healthScore: now + 4, reasons: 'older text' }).heldBack).toBe('moved too little');
    const { write } = propose({ ...written, healthScore: now + 5, reasons: 'older text' });
    expect(write?.write.set).toEqual({ healthScore: now, reasons: score.reasons });
    expect(write?.before).toEqual({ healthScore: now + 5, reasons: 'older text' });
  });

  it('revenue at risk moved by 10 % is written, by less is not', () => {
    const minor = score.revenueAtRisk?.minor ?? 0;
    const of = (factor: number) =>
      propose({ ...written, revenueAtRisk: { minor: Math.round(minor / factor), currency: 'EUR' } });
    expect(of(1.09).heldBack).toBe('moved too little');
    expect(of(1.11).write?.write.set).toEqual({ revenueAtRisk: score.revenueAtRisk });
  });

  it('band, main reason or next step', () => {
    expect(propose({ ...written, healthBand: 'at_risk' }).write?.why).toContain('band changed from at_risk');
    expect(propose({ ...written, mainReason: 'usage' }).write?.write.set).toEqual({ mainReason: 'service' });
    expect(propose({ ...written, nextStep: 'x' }).write?.why).toBe('next step changed');
  });

  it('never outside the book or the pilot, never where a person said no, never a field that is not there', () => {
    expect(proposeAccountWrite({ ...slice, role: 'prospect' }, score, empty, on, scope).heldBack).toBe(
      'outside the book',
    );
    const excluded = { ...slice, account: anAccount({ excluded: true }) };
    expect(proposeAccountWrite(excluded, score, empty, on, scope).heldBack).toBe('left out by a person');
    expect(propose(empty, { pilot: ['account:2'] }).heldBack).toBe('outside the pilot');
    expect(propose(empty, { fields: [] }).heldBack).toBe('field not installed');
    expect(Object.keys(propose(empty, { fields: ['healthScore', 'healthBand'] }).write?.write.set ?? {})).toEqual([
      'healthScore',
      'healthBand',
    ]);
  });
});

describe('amounts are written in the currency that the record keeps', () => {
  const money = {
    currency: 'EUR',
    rates: { USD: { rate: 0.8, on: '2026-05-29' }, JPY: { rate: 0.005, on: '2026-05-29' } },
  };
  const inCurrency = (currency: string, previous: AccountWritten = empty) =>
    propose(previous, { amounts: { profile: money, currencyOf: () => currency } });
  const minor = score.revenueAtRisk?.minor ?? 0;

  it('of another currency: by the rates of the profile, in its own minor units', () => {
    // one dollar is 0.80 euros; one yen half a cent, and yen have no cents
    const usd = Math.round(minor / 0.8);
    expect(inCurrency('USD').write?.write.set).toMatchObject({ revenueAtRisk: { minor: usd, currency: 'USD' } });
    expect(inCurrency('JPY').write?.write.set).toMatchObject({
      revenueAtRisk: { minor: Math.round(minor / 100 / 0.005), currency: 'JPY' },
    });
    expect(inCurrency('USD', { ...written, revenueAtRisk: { minor: usd, currency: 'USD' } }).heldBack).toBe(
      'moved too little',
    );
  });

  it('without a rate: that field is left out and counted with the reason, the others are written', () => {
    const proposal = inCurrency('CHF');
    expect(proposal.write?.write.set).not.toHaveProperty('revenueAtRisk');
    expect(proposal.write?.write.set).toHaveProperty('healthScore');
    const plan = buildPlan({ crm: 'x', orgId: '1', asOf: 0, proposals: [proposal] });
    expect(plan.heldBack).toEqual({ "no rate for the record's currency": 1 });
    const before = { ...written, revenueAtRisk: { minor: 5, currency: 'CHF' } };
    expect(inCurrency('CHF', before).heldBack).toBe('moved too little');
  });

  it('dinars have three decimals and the field two: what it cannot hold is not asked of it', () => {
    const dinars = { ...score, revenueAtRisk: { minor: 1_234_567, currency: 'KWD' } };
    const { write } = proposeAccountWrite(slice, dinars, empty, on, scope);
    expect(write?.write.set).toMatchObject({ revenueAtRisk: { minor: 1_234_570, currency: 'KWD' } });
  });
});

const referral = (set: Partial<TrackedReferral>): TrackedReferral => ({
  ...{ id: 'friends/contact:1>account:2', programId: 'friends' },
  referrerId: 'contact:1',
  referrerAccountId: 'account:1',
  referredContactId: null,
  accountId: 'account:2',
  opportunityId: 'opportunity:2',
  evidence: 'recorded',
  claimedAt: at(on),
  protectedUntil: null,
  state: 'won',
  credit: 'sourced',
  reason: 'progressed',
  ...set,
});
const input = {
  referrals: [referral({ state: 'duplicate', credit: 'none', referrerId: 'contact:3' }), referral({})],
  opportunities: [anOpportunity({ id: 'opportunity:2', name: 'New sale' }), anOpportunity({ id: 'opportunity:3' })],
  contacts: [aContact({ id: 'contact:1' }), aContact({ id: 'contact:2' }), aContact({ id: 'contact:3' })],
  opportunityFields: ['referralState', 'referralCredit'],
  contactFields: ['referralsWon'],
  mayWrite: () => true,
};

describe('referral writes', () => {
  it('the claim that holds speaks for the opportunity; won ones are counted on who referred', () => {
    const proposals = proposeReferralWrites(input);
    expect(proposals.map((it) => [it.write?.entity, it.write?.write.set])).toEqual([
      ['opportunity', { referralState: 'won', referralCredit: 'sourced' }],
      ['contact', { referralsWon: 1 }],
    ]);
  });

  it('nothing where nothing differs, where it may not, or where the field is missing', () => {
    const done = {
      ...input,
      opportunities: [anOpportunity({ id: 'opportunity:2', referralState: 'won', referralCredit: 'sourced' })],
      contacts: [aContact({ id: 'contact:1', referralsWon: 1 })],
    };
    expect(proposeReferralWrites(done).filter((it) => it.write)).toEqual([]);
    expect(proposeReferralWrites({ ...input, mayWrite: () => false }).filter((it) => it.write)).toEqual([]);
    expect(
      proposeReferralWrites({ ...input, opportunityFields: [], contactFields: [] }).map((it) => it.heldBack),
    ).toEqual(['field not installed', 'field not installed']);
  });
});

describe('a plan', () => {
  const proposals: Proposal[] = [
    propose(empty),
    ...proposeReferralWrites(input),
    { heldBack: 'moved too little' },
    { heldBack: 'moved too little' },
  ];
  const plan = (all: Iterable<Proposal>) => buildPlan({ crm: 'paper', orgId: 'org-1', asOf: at(on), proposals: all });

  it('has the same bytes whatever the order, and another id for other content', () => {
    expect(JSON.stringify(plan([...proposals].reverse()))).toBe(JSON.stringify(plan(proposals)));
    expect(plan(proposals.slice(1)).id).not.toBe(plan(proposals).id);
    expect(plan(proposals).id).toMatch(/^[0-9a-f]{16}$/);
  });

  it('counts what is held back and says what cannot be undone', () => {
    const { heldBack, notes, writes } = plan(proposals);
    expect(heldBack).toEqual({ 'moved too little': 2 });
    expect(notes[0]).toContain('cannot be undone');
    expect(notes[1]).toContain('1 accounts are filled for the first time');
    expect(writes.map((it) => it.entity)).toEqual(['account', 'contact', 'opportunity']);
    expect(plan([]).notes).toEqual([]);
  });

  it('refuses two writes of one record', () => {
    expect(() => plan([propose(empty), propose(empty)])).toThrow(TypeError);
  });

  it('is summed up', () => {
    expect(summarizePlan(plan(proposals))).toMatchObject({
      writes: 3,
      byEntity: { account: 1, contact: 1, opportunity: 1 },
      intoBand: { [score.band]: 1 },
      byField: { 'contact.referralsWon': 1, 'opportunity.referralState': 1, 'account.healthScore': 1 },
    });
  });
});

describe('fingerprint', () => {
  it('matches the published FNV-1a of "a" and of the empty text in its first half', () => {
    // Fowler, Noll, Vo: FNV-1a 32 of "" is 811c9dc5. Our mark after each part is left out by giving no part.
    expect(fingerprint([]).slice(0, 8)).toBe('811c9dc5');
  });

  it('knows where a part ends, and ignores the order of keys', () => {
    expect(fingerprint(['ab', 'c'])).not.toBe(fingerprint(['a', 'bc']));
    expect(canonicalJson({ b: 1, a: [null, { d: undefined, c: 'x' }] })).toBe('{"a":[null,{"c":"x"}],"b":1}');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
      }),
    );
  });
});
