import type { Program } from '../entities/program.ts';
import { REFERRAL_POLICY } from '../policy.ts';

/** The program of a workspace that has none of its own: claims are followed and credited, nothing is given for them. */
export const DEFAULT_PROGRAM: Program = {
  id: 'default',
  name: 'Referrals',
  state: 'active',
  startsOn: '1970-01-01',
  endsOn: null,
  currency: 'EUR',
  priority: 0,
  stackable: false,
  terms: { version: REFERRAL_POLICY.version, url: null, acceptedWithinDays: null },
  budget: null,
  policy: {
    version: REFERRAL_POLICY.version,
    model: 'best_evidence_then_first',
    trackingDays: REFERRAL_POLICY.trackingDays,
    creditDays: REFERRAL_POLICY.creditDays,
    protectionDays: REFERRAL_POLICY.protectionDays,
    contactedBeforeDays: 90,
    retainedDays: REFERRAL_POLICY.retainedDays,
    disputeDays: 30,
    rulingDays: 14,
    splitWeights: [10_000],
    paysInfluence: false,
    afterLeaving: 'none',
    openClaimsPerParticipant: 1_000,
    override: { roles: ['manager'], secondAbove: null },
  },
  rules: [],
  holdingDays: 0,
  checksOff: [],
  approvalAbove: null,
  jurisdictions: [],
};
