import { describe, expect, it } from 'vitest';
import { at } from '../../../test/records.ts';
import {
  aClaim,
  aContext,
  aParticipant,
  aProgram,
  digest,
  IDA,
  keys,
  OTTO,
} from '../../../test/referral/fraud-facts.ts';
import { indexTombstones, tombstonesOf } from '../privacy/tombstone.ts';
import { indexEarlierReferrals } from './earlier-referrals.ts';
import { evaluateFraud } from './evaluate-fraud.ts';
import type { FraudContext } from './fraud-context.ts';

/** What one check says: its action and evidence, or nothing. */
const said = (check: string, set: Partial<FraudContext>) => {
  const signal = evaluateFraud(aContext(set)).find((it) => it.check === check);
  return signal && { action: signal.action, reason: signal.reason, ...signal.evidence };
};
const ida = (set: Partial<typeof IDA>) => keys({ ...IDA, ...set });
const otto = (set: Partial<typeof OTTO>) => keys({ ...OTTO, ...set });

it('an honest introduction raises nothing', () => {
  expect(evaluateFraud(aContext())).toEqual([]);
});

describe('the checks about a claim, each on both sides of its border', () => {
  it('self, same person: contact, mailbox in another spelling, or telephone in another spelling is refused', () => {
    const check = (referred: FraudContext['referred'], referrer = keys(IDA)) =>
      said('self_same_person', { referred, referrer });
    expect(check(otto({ contactIds: ['contact:2', 'contact:1'] }))).toEqual({
      action: 'block',
      reason: 'self_referral',
      matched: 'contact',
      contactId: 'contact:1',
    });
    const gmail = ida({ emails: ['ida.holm+work@googlemail.com'] });
    expect(check(otto({ emails: ['IdaHolm@gmail.com'] }), gmail)).toMatchObject({ action: 'block', matched: 'email' });
    expect(check(otto({ emails: ['idaholms@gmail.com'] }), gmail)).toBeUndefined();
    expect(check(otto({ phones: ['0049 (0)30 / 123 45-67 ext. 9'] }))).toMatchObject({ matched: 'phone' });
    expect(check(otto({ phones: ['030 1234567'], callingCode: '49' }))).toMatchObject({ matched: 'phone' });
    expect(check(otto({ phones: ['+49 30 1234568'] }))).toBeUndefined();
  });

  it('self, same domain: looked at; the same account is refused; free mail and site builders are exempt', () => {
    const check = (referred: FraudContext['referred'], referrer = keys(IDA)) =>
      said('self_same_domain', { referred, referrer });
    expect(check(otto({ emails: ['o@mail.alder.example'] }))).toEqual({
      action: 'review',
      reason: 'fraud_check',
      hash: digest('fraud:domain:alder.example'),
    });
    expect(check(otto({ accountIds: ['account:1'] }))).toEqual({
      action: 'block',
      reason: 'self_referral',
      accountId: 'account:1',
    });
    for (const host of ['gmail.com', 'yahoo.co.uk', 'web.de', 'duck.com']) {
      const mine = ida({ emails: [`ida@${host}`], websites: [] });
      expect(check(otto({ emails: [`otto@${host}`], websites: [] }), mine)).toBeUndefined();
    }
    const site = ida({ emails: [], websites: ['https://alder.myshopify.com'] });
    expect(check(otto({ websites: ['birch.myshopify.com'] }), site)).toBeUndefined();
  });

  it('historical domain: the referrer already referred that domain under another claim', () => {
    const earlier = (referralId: string) =>
      indexEarlierReferrals([{ referralId, referred: keys({ emails: ['x@shop.birch.example'] }) }]);
    expect(said('historical_domain', { earlier: earlier('claim:0') })).toEqual({
      action: 'review',
      reason: 'fraud_check',
      earlierClaim: 'claim:0',
      claims: 1,
      hash: digest('fraud:domain:birch.example'),
    });
    expect(said('historical_domain', { earlier: earlier('claim:1') })).toBeUndefined();
    expect(
      said('historical_domain', { earlier: earlier('claim:0'), referred: otto({ emails: [], websites: [] }) }),
    ).toBe(undefined);
  });

  it('loop A to B and back, in two steps or more: refused; across programs: looked at; itself is another case', () => {
    const backTo = (from: string) => (referrer: string, referred: string) =>
      referrer === from && referred === 'account:2';
    expect(said('loop', { closesLoop: backTo('account:1') })).toEqual({
      action: 'block',
      reason: 'loop',
      partyId: 'account:1',
      subjectId: 'account:2',
    });
    expect(said('loop', { closesLoopAcross: backTo('account:1') })).toMatchObject({ action: 'review' });
    expect(said('loop', { closesLoop: backTo('account:3') })).toBeUndefined();
    const alone = { participant: aParticipant({ accountId: null }), referrer: ida({ accountIds: [] }) };
    const claim = aClaim({ referrerAccountId: null });
    expect(said('loop', { ...alone, claim, closesLoop: backTo('contact:1') })).toMatchObject({ partyId: 'contact:1' });
    expect(said('loop', { claim: aClaim({ subjectId: 'account:1' }), closesLoop: () => true })).toBeUndefined();
  });

  it('same parent or group: looked at; two groups, or the same account, are not its case', () => {
    const groupOf = (id: string) => (id === 'account:3' ? 'account:3' : 'account:9');
    expect(said('same_group', { groupOf })).toEqual({
      action: 'review',
      reason: 'fraud_check',
      groupId: 'account:9',
      relative: 'account:1',
      accountId: 'account:2',
    });
    expect(said('same_group', { groupOf, referred: otto({ accountIds: ['account:3'] }) })).toBeUndefined();
    expect(said('same_group', { groupOf, referred: otto({ accountIds: ['account:1'] }) })).toBeUndefined();
  });

  it('disposable or risky e-mail, masked relay: only told', () => {
    const check = (email: string) => said('risky_email', { referred: otto({ emails: [email] }) });
    const told = { action: 'flag', reason: 'fraud_check', side: 'referred' };
    expect(check('a@mailinator.com')).toEqual({ ...told, kind: 'disposable' });
    expect(check('a@box.yopmail.com')).toEqual({ ...told, kind: 'disposable' });
    expect(check('a@privaterelay.appleid.com')).toEqual({ ...told, kind: 'relay' });
    expect(check('a@notmailinator.example')).toBeUndefined();
    expect(check('a@gmail.com')).toBeUndefined();
    expect(said('risky_email', { referrer: ida({ emails: ['i@duck.com'] }) })).toMatchObject({ side: 'referrer' });
  });

  it('similar name, sequential e-mails: from 0.85 of the letters, and up to 5 apart', () => {
    const named = (a: string, b: string) =>
      said('similar_identity', { referrer: ida({ names: [a] }), referred: otto({ names: [b] }) });
    // "anne berger" and "anna berger": 1 of 11 letters differs, 1 - 1/11 = 0.909
    expect(named('Berger, Anne', 'Anna Bérger')).toEqual({
      action: 'flag',
      reason: 'fraud_check',
      matched: 'name',
      percent: 90,
    });
    // 3 of 20 differ: 0.85 exactly; 3 of 19: 0.842
    expect(named('abcdefghijklmnopqrst', 'abcdefghijklmnopqxyz')).toMatchObject({ percent: 85 });
    expect(named('abcdefghijklmnopqrs', 'abcdefghijklmnopxyz')).toBeUndefined();
    // five letters are too few to say so
    expect(named('Ann B', 'Ann B')).toBeUndefined();

    const mailed = (email: string, known: string) =>
      said('similar_identity', {
        referred: otto({ emails: [email] }),
        earlier: indexEarlierReferrals([{ referralId: 'claim:0', referred: keys({ emails: [known] }) }]),
      });
    expect(mailed('lead7@gmail.com', 'lead2@gmail.com')).toMatchObject({
      matched: 'earlier_email',
      earlierClaim: 'claim:0',
    });
    expect(mailed('lead8@gmail.com', 'lead2@gmail.com')).toBeUndefined();
    expect(mailed('lead1@gmail.com', 'lead@gmail.com')).toMatchObject({ claims: 1 });
    expect(mailed('lead3@gmail.com', 'lead2@web.de')).toBeUndefined();
    expect(mailed('1234567@qq.com', '1234568@qq.com')).toBeUndefined();
    const own = ida({ emails: ['ida1@gmail.com'] });
    expect(said('similar_identity', { referrer: own, referred: otto({ emails: ['ida2@gmail.com'] }) })).toMatchObject({
      matched: 'own_email',
    });
  });

  it('same address or device, only where somebody gave them', () => {
    const devices = { referrer: ['#a', '#b'], referred: ['#b'] };
    expect(said('same_device', { devices })).toEqual({ action: 'flag', reason: 'fraud_check', hash: '#b' });
    expect(said('same_device', { devices: { ...devices, referred: ['#c'] } })).toBeUndefined();
    expect(said('same_device', { devices: null })).toBeUndefined();
  });

  it('paid advertisement: told; a banned source: refused where only a click speaks for the claim', () => {
    const came = (parameters: Record<string, string>, referrerHost: string | null = null) =>
      said('paid_traffic', { source: { parameters, referrerHost }, claim: aClaim({ evidence: 'click' }) });
    expect(came({ GCLID: 'x' })).toEqual({ action: 'flag', reason: 'fraud_check', parameter: 'gclid' });
    expect(came({ utm_medium: 'paid_social' })).toMatchObject({ action: 'flag', parameter: 'utm_medium' });
    expect(came({ utm_medium: 'email', fbclid: 'x' })).toBeUndefined();

    const program = aProgram({ checkSettings: { bannedSources: ['coupons.example'] } });
    const banned = (evidence: 'click' | 'partner_lead', referrerHost: string) =>
      said('paid_traffic', { program, source: { parameters: {}, referrerHost }, claim: aClaim({ evidence }) })?.action;
    expect(banned('click', 'https://www.coupons.example/a')).toBe('block');
    expect(banned('click', 'de.coupons.example')).toBe('block');
    expect(banned('partner_lead', 'coupons.example')).toBe('flag');
    expect(banned('click', 'notcoupons.example')).toBeUndefined();
  });

  it('existing or deleted customer: a tombstone is ineligible until it expires; a customer on a list is only told', () => {
    const asOf = at('2026-06-01');
    const graves = (why: 'erased' | 'deleted' | 'customer', of: Partial<typeof OTTO>, days = 10) =>
      indexTombstones(tombstonesOf(keys(of), why, digest, at('2026-05-22'), days));
    const check = (tombstones: FraudContext['tombstones']) => said('deleted_customer', { asOf, tombstones });
    const byMail = { emails: ['Otto+x@birch.example'] };
    expect(check(graves('erased', byMail, 11))).toEqual({
      action: 'block',
      reason: 'ineligible',
      matched: 'email',
      hash: digest('tombstone:email:otto@birch.example'),
    });
    expect(check(graves('deleted', { websites: ['shop.birch.example'] }, 11))).toMatchObject({ matched: 'domain' });
    // 2026-05-22 + 10 days = 2026-06-01: expired
    expect(check(graves('erased', byMail, 10))).toBeUndefined();
    expect(check(graves('customer', byMail, 11))).toMatchObject({ action: 'flag', reason: 'existing_relation' });
    expect(check(graves('erased', { emails: ['lotte@birch.example'], websites: [] }, 11))).toMatchObject({
      matched: 'domain',
    });
    expect(check(graves('erased', { emails: ['lotte@gmail.com'] }, 11))).toBeUndefined();
  });

  it('back-dated: text over a day before the claim, a record after the opportunity, or one over 60 days late', () => {
    const dated = (claim: Partial<FraudContext['claim']>, set: Partial<FraudContext> = {}) =>
      said('back_dated', { claim: aClaim(claim), ...set });
    const claimedAt = at('2026-03-10');
    const DAY = 86_400_000;
    const text = (introducedAt: number) => dated({ evidence: 'free_text', introducedAt, claimedAt });
    expect(text(claimedAt - DAY)).toBeUndefined();
    expect(text(claimedAt - DAY - 1)).toEqual({ action: 'review', reason: 'fraud_check', why: 'text', days: 1 });

    const introducedAt = at('2026-03-01');
    const recorded = (evidenceRecordedAt: number, evidence: 'recorded' | 'confirmed' = 'recorded') =>
      dated({ evidence, introducedAt }, { evidenceRecordedAt, opportunityCreatedAt: at('2026-03-05') });
    expect(recorded(at('2026-03-05'))).toBeUndefined();
    expect(recorded(at('2026-03-05') + 1)).toMatchObject({ why: 'recorded_after_opportunity', days: 4 });
    expect(recorded(at('2026-03-06'), 'confirmed')).toBeUndefined();

    const late = (evidenceRecordedAt: number) => dated({ introducedAt }, { evidenceRecordedAt });
    expect(late(introducedAt + 60 * DAY)).toBeUndefined();
    expect(late(introducedAt + 60 * DAY + 1)).toMatchObject({ why: 'recorded_late', days: 60, limit: 60 });
  });

  it('claim squatting: as many open claims as the policy allows, or a lapsed claim made again without new evidence', () => {
    expect(said('claim_squatting', { openClaims: 9 })).toBeUndefined();
    expect(said('claim_squatting', { openClaims: 10 })).toEqual({
      action: 'block',
      reason: 'too_many_open_claims',
      openClaims: 10,
      limit: 10,
    });
    const lapsed = { referralId: 'claim:0', lapsedAt: at('2026-03-01'), newestEvidenceAt: at('2026-03-01') };
    expect(said('claim_squatting', { lapsed })).toEqual({
      action: 'block',
      reason: 'no_new_evidence',
      lapsedClaim: 'claim:0',
    });
    expect(said('claim_squatting', { lapsed: { ...lapsed, newestEvidenceAt: at('2026-03-01') + 1 } })).toBeUndefined();
  });
});
