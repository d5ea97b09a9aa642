import { describe, expect, it } from 'vitest';
import { at } from '../../../test/records.ts';
import { aReward } from '../../../test/referral/fraud-facts.ts';
import { aClaim, aPolicy, aSubmission, aTouch } from '../../../test/referral-records.ts';
import { NO_RELATION } from '../claims/existing-relation.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { dueForDeletion } from './due-for-deletion.ts';
import type { JournalFacts } from './journal-facts.ts';
import { type PayeeVaultEntry, purgeVault, restrictPayees } from './payee-vault.ts';
import { PRIVACY_POLICY } from './privacy-policy.ts';
import { prospectNotice } from './prospect-notice.ts';
import { indexTombstones, tombstonesOf } from './tombstone.ts';

const DAY = 86_400_000;

describe('what led to nothing is not kept', () => {
  const policies = [{ policy: aPolicy() }];
  const times = { occurredAt: at('2026-01-01'), recordedAt: at('2026-01-01') };
  const touch: ReferralEvent = { key: 't', ...times, kind: 'touch', touch: aTouch(1, '2026-01-01') };
  const claimed: ReferralEvent = {
    ...{ key: 'c', ...times, kind: 'claim', claim: aSubmission(1, '2026-01-01') },
    known: { relation: NO_RELATION, signals: [], isErased: false },
  };
  const facts = (set: Partial<JournalFacts>): JournalFacts => ({
    ...{
      claims: [],
      rewards: [],
      decisions: [],
      refused: new Map(),
      payments: [],
      tombstones: [],
      erasedDigests: new Map(),
      askedOf: () => null,
      found: () => null,
      survivorOf: (id) => id,
      subjectOf: (id) => id,
    },
    ...set,
  });
  const due = (asOf: number, claims: ReferralClaim[] = [], rewards = [aReward({ referralId: 'friends/a>b' })]) =>
    dueForDeletion(facts({ claims, rewards }), asOf, policies, PRIVACY_POLICY);

  it('a touch goes 30 days after its tracking window of 90, unless a claim still runs or a sale rests on it', () => {
    const last = at('2026-01-01') + 120 * DAY;
    expect(due(last - 1).rewriting()(touch)).toBe(touch);
    expect(due(last).rewriting()(touch)).toMatchObject({ kind: 'gone' });
    expect(due(last, [aClaim(2, '2026-01-01')]).rewriting()(touch)).toBe(touch);
    const lost = aClaim(1, '2026-01-01', { state: 'lost' });
    expect(due(last, [lost]).rewriting()(touch)).toMatchObject({ kind: 'gone' });
    expect(due(last, [lost], [aReward({ referralId: lost.id })]).rewriting()(touch)).toBe(touch);
  });

  it('a claim that came to nothing goes 180 days later, unless a rival on the same party still runs', () => {
    const expired = aClaim(1, '2026-01-01', { state: 'expired' });
    const last = at('2026-01-01') + 180 * DAY;
    expect(due(last - 1, [expired])).toMatchObject({ claims: [] });
    expect(due(last - 1, [expired]).rewriting()(claimed)).toBe(claimed);
    expect(due(last, [expired]).claims).toEqual([expired.id]);
    expect(due(last, [expired]).rewriting()(claimed)).toMatchObject({ kind: 'gone' });
    expect(due(last, [expired, aClaim(2, '2026-02-01')]).claims).toEqual([]);
    expect(due(last, [aClaim(1, '2026-01-01', { state: 'won' })]).claims).toEqual([]);
    const read = dueForDeletion(facts({ claims: [expired] }), last, policies, PRIVACY_POLICY, () => true);
    expect(read.claims).toEqual([]);
  });

  it('a claim that was refused for too many open ones stays refused when those go', () => {
    const expired = aClaim(1, '2026-01-01', { state: 'expired' });
    const later: ReferralEvent = {
      ...claimed,
      key: 'd',
      claim: aSubmission(1, '2026-01-02', { subjectId: 'account:8' }),
    };
    const refused = new Map([['d', 'too_many_open_claims' as const]]);
    const { rewriting } = dueForDeletion(
      facts({ claims: [expired], refused }),
      at('2027-01-01'),
      policies,
      PRIVACY_POLICY,
    );
    expect(rewriting()(later)).toMatchObject({
      known: { signals: [{ action: 'block', reason: 'too_many_open_claims' }] },
    });
    const once = rewriting()(later);
    expect(once && rewriting()(once)).toBe(once);
  });

  it('a tombstone leaves the journal at its instant', () => {
    const party = { emails: ['a@b.example'], phones: [], domains: [] };
    const tombstones = tombstonesOf(party, 'erased', (it) => it, at('2026-01-01'), 10);
    const erased: ReferralEvent = {
      key: 'e',
      ...times,
      kind: 'erase',
      partyId: 'contact:1',
      withdrawn: [],
      tombstones,
    };
    const on = (asOf: number) => dueForDeletion(facts({ tombstones }), asOf, policies, PRIVACY_POLICY);
    const last = at('2026-01-11');
    expect([on(last - 1).isAny, on(last - 1).rewriting()(erased)]).toEqual([false, erased]);
    expect([on(last).isAny, on(last).rewriting()(erased)]).toEqual([true, { ...erased, tombstones: [] }]);
  });

  it('a vault entry goes at its instant; one whose time is over at the erasure is not kept at all', () => {
    const entry: PayeeVaultEntry = {
      ...{ partyId: 'contact:1', name: 'N', address: null, email: null, phone: null, payout: null, taxId: null },
      ...{ country: 'AT', taxFormOn: null, sanctions: 'clear', restricted: true, expiresAt: at('2026-01-01') },
    };
    expect(purgeVault([entry], at('2026-01-01') - 1)).toEqual([entry]);
    expect(purgeVault([entry], at('2026-01-01'))).toEqual([]);
    expect(purgeVault([{ ...entry, expiresAt: null }], at('2099-01-01'))).toHaveLength(1);
    const from = at('2016-01-01') + 3_653 * DAY;
    const payments = [{ partyId: 'contact:1', at: at('2016-01-01') }];
    const restrict = (asOf: number) =>
      restrictPayees([{ ...entry, expiresAt: null }], () => true, facts({ payments }), asOf, 3_653);
    expect(restrict(from - 1)).toMatchObject([{ expiresAt: from }]);
    expect(restrict(from)).toEqual([]);
  });

  it('of two tombstones with one digest the refusing one counts, then the one that lasts longer, in any order', () => {
    const stone = (why: 'erased' | 'customer', days: number) =>
      tombstonesOf({ emails: ['a@b.example'], phones: [], domains: [] }, why, (it) => it, 0, days);
    const winner = (...days: ['erased' | 'customer', number][]) =>
      [...indexTombstones(days.flatMap(([why, it]) => stone(why, it))).values()].map((it) => [
        it.why,
        it.expiresAt / DAY,
      ]);
    expect(winner(['customer', 9], ['erased', 1])).toEqual([['erased', 1]]);
    expect(winner(['erased', 1], ['customer', 9])).toEqual([['erased', 1]]);
    expect(winner(['erased', 1], ['erased', 2])).toEqual([['erased', 2]]);
    expect(winner(['erased', 2], ['erased', 1])).toEqual([['erased', 2]]);
  });
});

describe('notice to the prospect (GDPR, article 14): at the first contact, within a month at the latest', () => {
  const notice = (set: Partial<Parameters<typeof prospectNotice>[0]>, on: string) =>
    prospectNotice(
      { consent: 'introduced_in_person', receivedAt: at('2026-01-15'), firstContactAt: null, givenAt: null, ...set },
      at(on),
      'UTC',
    );

  it('without a contact: the same day of the next month, and overdue from the day after', () => {
    expect(notice({}, '2026-02-15')).toEqual({ state: 'due', dueOn: '2026-02-15' });
    expect(notice({}, '2026-02-16')).toEqual({ state: 'overdue', dueOn: '2026-02-15' });
  });

  it('the month ends on its last day where the day is missing (Regulation 1182/71, article 3)', () => {
    const from = (day: string) => notice({ receivedAt: at(day) }, day).dueOn;
    expect(from('2026-01-31')).toBe('2026-02-28');
    expect(from('2028-01-30')).toBe('2028-02-29');
    expect(from('2026-03-31')).toBe('2026-04-30');
    expect(from('2026-12-31')).toBe('2027-01-31');
    expect(from('2026-12-05')).toBe('2027-01-05');
  });

  it('an earlier contact brings it forward, a later one does not put it off', () => {
    expect(notice({ firstContactAt: at('2026-01-20') }, '2026-01-20')).toEqual({ state: 'due', dueOn: '2026-01-20' });
    expect(notice({ firstContactAt: at('2026-01-20') }, '2026-01-21').state).toBe('overdue');
    expect(notice({ firstContactAt: at('2026-03-20') }, '2026-02-16').dueOn).toBe('2026-02-15');
  });

  it('given, or not needed where the data came from the person', () => {
    expect(notice({ givenAt: at('2026-01-16') }, '2026-03-01').state).toBe('given');
    expect(notice({ consent: 'own_request' }, '2026-03-01')).toEqual({ state: 'not_needed', dueOn: null });
    expect(notice({ consent: 'consent' }, '2026-03-01').state).toBe('not_needed');
    expect(notice({ consent: 'legitimate_interest' }, '2026-03-01').state).toBe('overdue');
  });
});
