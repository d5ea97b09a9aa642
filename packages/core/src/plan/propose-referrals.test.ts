import { describe, expect, it } from 'vitest';
import { aContact, aLead, anOpportunity, at } from '../../test/records.ts';
import { aClaim, aParticipant } from '../../test/referral-records.ts';
import { REFERRAL_FIELDS } from '../crm/owned-objects.ts';
import type { ReferralRecord } from '../model/types.ts';
import type { ReasonCode } from '../referral/entities/reason-code.ts';
import type { ReferralClaim, StateChange } from '../referral/entities/referral.ts';
import type { RewardRecord } from '../referral/rewards/index.ts';
import { type TrackedReferral, trackedReferrals } from '../referral/tracked-referrals.ts';
import { proposeReferralRecords, type ReferralRecordInput, referralKey } from './propose-referral-records.ts';
import { proposeReferralWrites } from './propose-referral-writes.ts';

const last = (reason: ReasonCode, to: StateChange['to'] = 'accepted'): readonly StateChange[] => [
  { ...aClaim(1, '2026-01-01').history[0]!, to, reason },
];
const reward = (minor: number, reversed: number, currency = 'EUR') =>
  ({
    ...{ referralId: aClaim(1, '2026-01-01').id, beneficiary: { role: 'referrer', partyId: 'account:1' } },
    ...{ amount: { minor, currency }, reversed, state: 'held' },
  }) as RewardRecord;
const record = (set: Partial<ReferralRecord>): ReferralRecord =>
  ({
    ...{ id: 'referral:1', key: referralKey(aClaim(1, '2026-01-01').id), createdAt: null, updatedAt: null },
    ...{ convertedContactId: null, convertedAccountId: null, convertedOpportunityId: null },
    ...Object.fromEntries(REFERRAL_FIELDS.map((field) => [field, null])),
    ...set,
  }) as ReferralRecord;
const propose = (claims: readonly ReferralClaim[], set: Partial<ReferralRecordInput> = {}) => [
  ...proposeReferralRecords({
    ...{ claims, rewards: [], records: [], fields: REFERRAL_FIELDS, timeZone: 'UTC', currency: 'EUR' },
    entityOf: (id) => id.split(':')[0] as 'account' | 'contact',
    mayWrite: (id) => id !== null,
    ...set,
  }),
];
const claim = aClaim(1, '2026-01-01');

describe('records of claims', () => {
  it('a new one is made on its key; of one that is there only what differs is written', () => {
    const [made] = propose([claim]);
    expect(made?.write?.write).toMatchObject({
      target: { externalKey: referralKey(claim.id) },
      set: { state: 'accepted', credit: null, claimedOn: '2026-01-01', advocateId: 'contact:1', rewardAmount: null },
    });
    const set = made?.write?.write.set as Partial<ReferralRecord>;
    const before = record({ ...set, state: 'opportunity' });
    expect(propose([claim], { records: [before] })).toMatchObject([
      {
        write: {
          write: { target: { id: 'referral:1' }, set: { state: 'accepted' } },
          before: { state: 'opportunity' },
        },
      },
    ]);
    const credited = record({ ...set, credit: 'influenced' });
    expect(propose([claim], { records: [credited] })).toMatchObject([{ write: { why: 'referral accepted: credit' } }]);
    const same = record(set);
    expect(propose([claim], { records: [same] })).toEqual([{ heldBack: 'nothing changed' }]);
  });

  it('100.00 of which 25.00 were taken back, and 50.00: 125.00; in another currency than the org has, no amount', () => {
    const setOf = (currency: string | null) => {
      const rewards = [reward(10_000, 2_500), reward(5_000, 0)];
      return propose([claim], { rewards, currency })[0]?.write?.write.set;
    };
    expect(setOf('EUR')).toMatchObject({ rewardAmount: { minor: 12_500, currency: 'EUR' }, rewardState: 'held' });
    expect(setOf(null)).toMatchObject({ rewardAmount: { minor: 12_500, currency: 'EUR' } });
    expect(setOf('USD')).not.toHaveProperty('rewardAmount');
    // a dinar has 1,000 fils, the field two decimals
    const dinars = propose([claim], { rewards: [reward(12_346, 0, 'KWD')], currency: null })[0]?.write?.write.set;
    expect(dinars).toMatchObject({ rewardAmount: { minor: 12_350, currency: 'KWD' } });
  });

  it.each<[string, Partial<ReferralClaim>, Partial<ReferralRecordInput>, object[]]>([
    ['from before its program began: none', { history: last('program_not_active', 'rejected') }, {}, []],
    ['of somebody erased', { history: last('erased', 'withdrawn') }, {}, [{ heldBack: 'nobody to name' }]],
    ['of somebody whom the CRM does not show', {}, { entityOf: () => null }, [{ heldBack: 'nobody to name' }]],
    [
      'of an account that is left out',
      {},
      { mayWrite: (id) => id !== 'account:1' },
      [{ heldBack: 'outside the book' }],
    ],
    ['on one that is left out', {}, { mayWrite: (id) => id !== 'account:9' }, [{ heldBack: 'outside the book' }]],
    ['of a program that runs no more, without a record: none', {}, { runs: () => false }, []],
  ])('a claim %s', (_title, set, over, expected) => {
    expect(propose([{ ...claim, ...set }], over)).toEqual(expected);
  });

  it('who was introduced is the contact, and while there is none the lead', () => {
    const entityOf: ReferralRecordInput['entityOf'] = (id) => id.split(':')[0] as 'account' | 'contact' | 'lead';
    const prospectOf = (set: Partial<ReferralClaim>) =>
      propose([{ ...claim, ...set }], { entityOf })[0]?.write?.write.set;
    const lead = { subjectId: 'lead:1', referredContactId: 'lead:1' };
    expect(prospectOf(lead)).toMatchObject({ prospectId: 'lead:1', accountId: null });
    expect(prospectOf({ ...lead, subjectId: 'account:9' })).toMatchObject({
      prospectId: 'lead:1',
      accountId: 'account:9',
    });
    expect(prospectOf({ referredContactId: 'contact:9' })).toMatchObject({ prospectId: 'contact:9' });
  });

  it('a lead that the CRM converted is followed, also where nobody claims it any more', () => {
    const prospectId = 'lead:1';
    const lead = record({ prospectId, advocateAccountId: 'account:1', convertedContactId: 'contact:7' });
    expect(propose([], { records: [lead] })).toMatchObject([
      { write: { write: { target: { id: 'referral:1' }, set: { prospectId: 'contact:7' } }, before: { prospectId } } },
    ]);
    expect(propose([], { records: [{ ...lead, prospectId: 'contact:7' }] })).toEqual([]);
  });
});

const tracked = (claims: readonly ReferralClaim[]): readonly TrackedReferral[] =>
  trackedReferrals({ claims: new Map(claims.map((it) => [it.id, it])), bySubject: new Map() }).referrals;
const writes = (claims: readonly ReferralClaim[], set: Partial<Parameters<typeof proposeReferralWrites>[0]> = {}) =>
  proposeReferralWrites({
    referrals: tracked(claims),
    opportunities: [anOpportunity({ id: 'opportunity:9', accountId: 'account:9' })],
    contacts: [aContact({ id: 'contact:1' })],
    ...{ opportunityFields: ['referralState', 'referralCredit'], contactFields: ['advocateStatus', 'referralsWon'] },
    mayWrite: () => true,
    ...set,
  }).map((it) => it.write?.write.set ?? it.heldBack);

describe('who speaks for a sale', () => {
  const on = { opportunityId: 'opportunity:9' };

  it('the claim that is credited, whatever came first; who lost is written nowhere', () => {
    const lost = aClaim(2, '2026-01-01', { ...on, state: 'won', credit: 'influenced' });
    const won = aClaim(1, '2026-01-05', { ...on, state: 'won', credit: 'sourced' });
    expect(writes([lost, won])).toEqual([{ referralState: 'won', referralCredit: 'sourced' }, { referralsWon: 1 }]);
  });

  it('a sale that was taken back is credited to nobody and counts for nobody', () => {
    const claims = [aClaim(1, '2026-01-01', { ...on, state: 'reversed', credit: 'sourced' })];
    const contacts = [aContact({ id: 'contact:1', referralsWon: 1 })];
    expect(writes(claims, { contacts })).toEqual([
      { referralState: 'reversed', referralCredit: 'none' },
      { referralsWon: 0 },
    ]);
  });

  it('one introduction in two programs counts once; a claim from before its program began says nothing', () => {
    const first = aClaim(1, '2026-01-01', { ...on, state: 'won', credit: 'sourced' });
    const second = aClaim(1, '2026-01-01', { ...on, programId: 'other', state: 'won', credit: 'sourced' });
    expect(writes([first, second])[1]).toEqual({ referralsWon: 1 });
    const early = aClaim(1, '2026-01-01', {
      ...on,
      state: 'rejected',
      history: last('program_not_active', 'rejected'),
    });
    expect(writes([early])).toEqual([]);
  });

  it('whoever takes part in several programs stands where they stand best; in none, nothing is written', () => {
    const statuses = ['left', 'suspended', 'invited', 'active'] as const;
    const participants = statuses.map((status, n) => aParticipant(1, { status, programId: `p${n}` }));
    const said = [1, 2, 3, 4].map((n) => writes([], { participants: participants.slice(0, n) }));
    expect(said).toEqual(['left', 'paused', 'invited', 'active'].map((advocateStatus) => [{ advocateStatus }]));
    expect(writes([])).toEqual([]);
  });

  describe('for a lead', () => {
    const onLead = { subjectId: 'lead:1', referredContactId: 'lead:1' };
    const said = (set: Partial<Parameters<typeof writes>[1]>, claims = [aClaim(1, '2026-01-01', onLead)]) =>
      writes(claims, { opportunities: [], contacts: [], leads: [aLead()], leadFields: ['referralState'], ...set });

    it('the claim on it, also where that is on the account that its mailbox tells; only where it differs', () => {
      expect(said({})).toEqual([{ referralState: 'accepted' }]);
      expect(said({}, [aClaim(1, '2026-01-01', { referredContactId: 'lead:1' })])).toEqual([
        { referralState: 'accepted' },
      ]);
      expect(said({ leads: [aLead({ referralState: 'accepted' })] })).toEqual(['nothing changed']);
      expect(said({ leadFields: [] })).toEqual(['field not installed']);
    });

    it('nothing where it was converted, where nobody claims it, or where one side may not be written', () => {
      expect(said({ leads: [aLead({ convertedContactId: 'contact:7' })] })).toEqual([]);
      expect(said({ leads: [aLead({ id: 'lead:2' })] })).toEqual([]);
      expect(said({ mayWrite: (id) => id !== 'account:1' })).toEqual(['outside the book']);
      const ofAccount = [aClaim(1, '2026-01-01', { referredContactId: 'lead:1' })];
      expect(said({ mayWrite: (id) => id !== 'account:9' }, ofAccount)).toEqual(['outside the book']);
    });
  });

  it('the last ask is written where the record knows of none later', () => {
    const lastAsked = new Map([['contact:1', { askedOn: '2026-03-01', accountId: 'account:1' }]]);
    const known = [aContact({ id: 'contact:1', lastAskedOn: '2026-04-01' })];
    const contactFields = ['lastAskedOn'];
    expect(writes([], { lastAsked, contactFields })).toEqual([{ lastAskedOn: '2026-03-01' }]);
    expect(writes([], { lastAsked, contactFields, contacts: known })).toEqual([]);
  });
});

it('days are those of the org: claimed at noon UTC of 31 January is the first of February in Auckland', () => {
  const late = { ...claim, claimedAt: at('2026-01-31') };
  expect(propose([late], { timeZone: 'Pacific/Auckland' })[0]?.write?.write.set).toMatchObject({
    claimedOn: '2026-02-01',
  });
});
