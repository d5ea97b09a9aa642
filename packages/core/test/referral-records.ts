import type {
  AttributionPolicy,
  ClaimSubmission,
  Participant,
  Program,
  ReferralClaim,
  Touch,
} from '../src/referral/entities/index.ts';
import { at } from './records.ts';

/** Tracking 90, credit 365, protection 60 days, so that no two clocks end on one day. */
export const aPolicy = (set: Partial<AttributionPolicy> = {}): AttributionPolicy => ({
  version: 'policy-1',
  model: 'best_evidence_then_first',
  trackingDays: 90,
  creditDays: 365,
  protectionDays: 60,
  contactedBeforeDays: 90,
  retainedDays: 180,
  disputeDays: 14,
  rulingDays: 10,
  splitWeights: [],
  paysInfluence: false,
  afterLeaving: 'none',
  openClaimsPerParticipant: 3,
  override: { roles: ['program_manager'], secondAbove: 500_000 },
  ...set,
});

export const aProgram = (set: Partial<Program> = {}, policy: Partial<AttributionPolicy> = {}): Program => ({
  id: 'friends',
  name: 'Friends',
  state: 'active',
  startsOn: '2025-01-01',
  endsOn: null,
  currency: 'EUR',
  priority: 1,
  stackable: false,
  terms: { version: 'terms-1', url: null, acceptedWithinDays: null },
  budget: null,
  policy: aPolicy(policy),
  rules: [],
  holdingDays: 30,
  checksOff: [],
  approvalAbove: null,
  jurisdictions: [],
  ...set,
});

/** Contact n, who speaks for account n. */
export const aParticipant = (n: number, set: Partial<Participant> = {}): Participant => ({
  id: `contact:${n}`,
  programId: 'friends',
  accountId: `account:${n}`,
  role: 'customer',
  status: 'active',
  statusSince: at('2025-01-01'),
  termsVersion: 'terms-1',
  employerPermission: false,
  segment: 'private',
  country: 'AT',
  taxFormOn: null,
  ...set,
});

export const aTouch = (n: number, on: string, set: Partial<Touch> = {}): Touch => ({
  key: `touch:${n}:${on}`,
  participantId: `contact:${n}`,
  subjectId: 'account:9',
  evidence: 'activity',
  occurredAt: at(on),
  recordedAt: at(on),
  sourceId: 'activity:1',
  ...set,
});

/** Contact n introduced contact 9 of account 9 on that day. */
export const aSubmission = (n: number, on: string, set: Partial<ClaimSubmission> = {}): ClaimSubmission => ({
  programId: 'friends',
  participantId: `contact:${n}`,
  referrerAccountId: `account:${n}`,
  subjectId: 'account:9',
  referredContactId: 'contact:9',
  opportunityId: null,
  introducedAt: at(on),
  consent: 'introduced_in_person',
  code: null,
  touch: aTouch(n, on),
  ...set,
});

/** An accepted claim of contact n on account 9, made on the day of the introduction. */
export const aClaim = (n: number, on: string, set: Partial<ReferralClaim> = {}): ReferralClaim => ({
  id: `${set.programId ?? 'friends'}/contact:${n}>${set.subjectId ?? 'account:9'}`,
  programId: 'friends',
  policyVersion: 'policy-1',
  participantId: `contact:${n}`,
  referrerAccountId: `account:${n}`,
  subjectId: 'account:9',
  referredContactId: 'contact:9',
  evidence: 'activity',
  introducedAt: at(on),
  claimedAt: at(on),
  protectedUntil: null,
  expiresAt: at(on) + 365 * 86_400_000,
  consent: 'introduced_in_person',
  state: 'accepted',
  credit: null,
  opportunityId: null,
  history: [
    {
      from: null,
      to: set.state ?? 'accepted',
      event: 'submit',
      at: at(on),
      actor: 'test',
      reason: 'accepted',
      policyVersion: 'policy-1',
    },
  ],
  ...set,
});
