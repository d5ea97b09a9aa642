import type { Program } from '../entities/program.ts';

const VERSION = 'default-1';

/**
 * The program of a workspace that has none of its own: claims are followed and credited, nothing is given for
 * them. Every number is an assumption that a program of one's own may change.
 */
export const DEFAULT_PROGRAM: Program = {
  id: 'default',
  name: 'Referrals',
  state: 'active',
  startsOn: '1970-01-01',
  endsOn: null,
  currency: 'EUR',
  priority: 0,
  stackable: false,
  terms: { version: VERSION, url: null, acceptedWithinDays: null },
  budget: null,
  policy: {
    version: VERSION,
    model: 'best_evidence_then_first',
    trackingDays: 90,
    creditDays: 365,
    protectionDays: 90,
    contactedBeforeDays: 90,
    retainedDays: 180,
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
