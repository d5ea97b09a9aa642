import type { CrmCapabilities } from './port.ts';

/** What carries a referral in an org, best first: our own object, a label between two people, the opportunity's fields. */
export const REFERRAL_RUNGS = ['object', 'label', 'opportunity', 'none'] as const;

/** The rung that an org stands on, and why it is not a higher one (`null` on the highest). */
export interface ReferralRung {
  readonly rung: (typeof REFERRAL_RUNGS)[number];
  readonly why: string | null;
}

/**
 * Where referrals are written in this org, from its capabilities alone. On `label` two people are tied by it, by people
 * and by Holdfast; on `opportunity` the CRM may tie them without one. State and credit are on the opportunity there.
 */
export function referralRung({
  read,
  write,
  unavailable,
}: Pick<CrmCapabilities, 'read' | 'write' | 'unavailable'>): ReferralRung {
  if (write.referral?.create === true) return { rung: 'object', why: null };
  const why = write.referral?.create ?? unavailable.referral ?? 'Referrals were left out of the configuration';
  if (!write.opportunity?.fields.includes('referralState')) return { rung: 'none', why };
  return { rung: read.referralLink ? 'label' : 'opportunity', why };
}
