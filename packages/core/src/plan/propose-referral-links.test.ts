import { describe, expect, it } from 'vitest';
import { aClaim } from '../../test/referral-records.ts';
import type { ReferralState } from '../model/types.ts';
import type { ReferralClaim } from '../referral/entities/referral.ts';
import { proposeReferralLinks, type ReferralLinkInput } from './propose-referral-links.ts';

/** Contact 1 of account 1 introduced contact 9 of account 9. */
const claim: ReferralClaim = { ...aClaim(1, '2026-01-01'), referredContactId: 'contact:9' };
const role = (n: number) => ({ contactId: `contact:${n}`, accountId: `account:${n}`, isPrimary: true });
const propose = (claims: readonly ReferralClaim[], set: Partial<ReferralLinkInput> = {}) => [
  ...proposeReferralLinks({
    ...{ claims, links: [], roles: [role(1), role(9)], settled: new Set() },
    contacts: [1, 9].map((n) => ({ id: `contact:${n}`, referredById: null })),
    wasRecorded: () => false,
    mayWrite: (id) => id !== null,
    ...set,
  }),
];
const KEY = 'contact:9>contact:1';
const ENDS = { referredId: 'contact:9', referrerId: 'contact:1' };

describe('who referred whom, for the CRM to show', () => {
  it('the referred is tied to the referrer, once whatever number of programs', () => {
    const another = { ...claim, id: 'partners/contact:1>account:9', programId: 'partners' };
    const write = { key: KEY, target: { externalKey: KEY }, set: ENDS };
    expect(propose([claim, another])).toMatchObject([{ write: { entity: 'referralLink', write, before: {} } }]);
  });

  it.each<[string, Partial<ReferralLinkInput>]>([
    ['somebody tied the two', { links: [ENDS] }],
    ['somebody tied them the other way round', { links: [{ referredId: 'contact:1', referrerId: 'contact:9' }] }],
    ['a field of the referred names the referrer', { contacts: [{ id: 'contact:9', referredById: 'contact:1' }] }],
    ['the CRM said so once, and somebody took it away', { wasRecorded: () => true }],
    ['it was made before, whatever became of it', { settled: new Set([KEY]) }],
  ])('nothing where %s', (_case, set) => {
    expect(propose([claim], set)).toEqual([]);
  });

  it.each<[ReferralState, Partial<ReferralClaim>, number]>([
    ...(['accepted', 'influenced', 'contacted', 'won', 'retained', 'lost', 'reopened'] as const).map(
      (state): [ReferralState, Partial<ReferralClaim>, number] => [state, {}, 1],
    ),
    ...(['submitted', 'under_review', 'queued', 'contested', 'duplicate', 'rejected'] as const).map(
      (state): [ReferralState, Partial<ReferralClaim>, number] => [state, {}, 0],
    ),
    ...(['withdrawn', 'expired', 'disqualified', 'reversed'] as const).map(
      (state): [ReferralState, Partial<ReferralClaim>, number] => [state, {}, 0],
    ),
    ['influenced', { credit: 'none' }, 0],
  ])('a claim that is %s %j: %i', (state, set, count) => {
    expect(propose([{ ...claim, state, ...set }])).toHaveLength(count);
  });

  it('an account of which the claim names nobody, and somebody who refers themselves: nothing', () => {
    expect(propose([{ ...claim, referredContactId: null }])).toEqual([{ heldBack: 'nobody to name' }]);
    expect(propose([{ ...claim, referredContactId: 'contact:1' }])).toEqual([]);
  });

  it('nobody erased, or whom the CRM does not show', () => {
    const erased = [{ ...claim.history[0]!, reason: 'erased' as const }];
    expect(propose([{ ...claim, history: erased }])).toEqual([{ heldBack: 'nobody to name' }]);
    expect(propose([claim], { contacts: [{ id: 'contact:9', referredById: null }] })).toEqual([
      { heldBack: 'nobody to name' },
    ]);
  });

  it('both sides may be written: the account that was claimed, or where a person was the one they belong to', () => {
    const without = (id: string) => ({ mayWrite: (it: string | null) => it !== null && it !== id });
    const heldBack = [{ heldBack: 'outside the book' }];
    expect(propose([claim], without('account:1'))).toEqual(heldBack);
    expect(propose([claim], without('account:9'))).toEqual(heldBack);
    const person = { ...claim, subjectId: 'contact:9' };
    expect(propose([person])).toMatchObject([{ write: { entity: 'referralLink' } }]);
    expect(propose([person], without('account:9'))).toEqual(heldBack);
    expect(propose([person], { roles: [] })).toEqual(heldBack);
  });
});
