import type { Program } from '@holdfast/core';

type Given = Partial<Omit<Program, 'policy'>> & { readonly policy?: Partial<Program['policy']> };

/**
 * The program of the cases: protection for 30 days, introductions count for 90, sales for a year; the referrer's account
 * is credited 10 % of what is won, at once, and above 50,000.00 a person approves it.
 */
export function aProgram({ policy, ...given }: Given = {}): Program {
  return {
    ...{ id: 'friends', name: 'Friends', state: 'active', startsOn: '2020-01-01', endsOn: null, currency: 'USD' },
    ...{ priority: 1, stackable: false, terms: { version: 't1', url: null, acceptedWithinDays: null }, budget: null },
    rules: [
      {
        ...{ id: 'won', version: '1', event: 'won', beneficiary: 'referrer', kind: 'credit', tiers: [], caps: [] },
        ...{ amount: { percent: 1000, disclosesAmount: true }, durationMonths: 0, priority: 1, startsOn: '2020-01-01' },
        ...{ endsOn: null, expiresAfterDays: null },
      },
    ],
    ...{ holdingDays: 0, checksOff: [], approvalAbove: 5_000_000, jurisdictions: [] },
    ...given,
    policy: {
      ...{ version: 'p1', model: 'best_evidence_then_first', trackingDays: 90, creditDays: 365, protectionDays: 30 },
      ...{ contactedBeforeDays: 30, retainedDays: 180, disputeDays: 30, rulingDays: 14, splitWeights: [10_000] },
      ...{ paysInfluence: false, afterLeaving: 'none', openClaimsPerParticipant: 20 },
      override: { roles: ['manager'], secondAbove: null },
      ...policy,
    },
  };
}
