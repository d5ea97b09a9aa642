import type { Participant } from '../../src/referral/entities/participant.ts';
import type { Program } from '../../src/referral/entities/program.ts';
import type { ReferralClaim } from '../../src/referral/entities/referral.ts';
import type { Reward } from '../../src/referral/entities/reward.ts';
import { type FraudContext, fraudContext } from '../../src/referral/fraud/fraud-context.ts';
import { identityKeys, type PartyIdentity, UNKNOWN_PARTY } from '../../src/referral/fraud/identity/identity-keys.ts';
import { at } from '../records.ts';
import * as records from '../referral-records.ts';

/** Not a digest: shows that the text went through one, and lets nothing of it be read. */
export const digest = (text: string): string => {
  let hash = 2166136261;
  for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0)!, 16777619);
  return `#${(hash >>> 0).toString(16)}`;
};

export const aProgram = (set: Partial<Program> = {}): Program =>
  records.aProgram({ approvalAbove: 50_000, ...set }, { openClaimsPerParticipant: 10 });
export const aParticipant = (set: Partial<Participant> = {}): Participant => records.aParticipant(1, set);
export const aClaim = (set: Partial<ReferralClaim> = {}): ReferralClaim =>
  records.aClaim(1, '2026-03-01', { id: 'claim:1', subjectId: 'account:2', referredContactId: 'contact:2', ...set });

export const aReward = (set: Partial<Reward> = {}): Reward => ({
  key: 'reward:1',
  programId: 'friends',
  ruleId: 'rule:1',
  ruleVersion: '1',
  referralId: 'claim:1',
  opportunityId: 'opportunity:1',
  eventKey: 'event:1',
  beneficiary: { role: 'referrer', partyId: 'contact:1' },
  kind: 'cash',
  amount: { minor: 10_000, currency: 'EUR' },
  asked: { minor: 10_000, currency: 'EUR' },
  basis: null,
  rate: null,
  state: 'pending',
  earnedAt: at('2026-06-01'),
  dueAt: at('2026-07-01'),
  expiresAt: null,
  reversed: 0,
  reason: 'progressed',
  ...set,
});

export const aParty = (set: Partial<PartyIdentity> = {}): PartyIdentity => ({ ...UNKNOWN_PARTY, ...set });
export const keys = (set: Partial<PartyIdentity> = {}) => identityKeys(aParty(set));

/** Ida Holm of account 1 introduced Otto Brandt of account 2: nothing is wrong with it. */
export const IDA = aParty({
  contactIds: ['contact:1'],
  accountIds: ['account:1'],
  names: ['Ida Holm'],
  emails: ['ida@alder.example'],
  phones: ['+49 30 1234567'],
  websites: ['https://www.alder.example'],
});
export const OTTO = aParty({
  contactIds: ['contact:2'],
  accountIds: ['account:2'],
  names: ['Otto Brandt'],
  emails: ['otto@birch.example'],
  phones: ['+49 40 7654321'],
  websites: ['birch.example'],
});

export const aContext = (set: Partial<FraudContext> = {}): FraudContext =>
  fraudContext({
    asOf: at('2026-06-01'),
    program: aProgram(),
    participant: aParticipant(),
    claim: aClaim(),
    referrer: identityKeys(IDA),
    referred: identityKeys(OTTO),
    digest,
    ...set,
  });
