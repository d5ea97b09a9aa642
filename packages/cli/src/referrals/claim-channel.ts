import type { ConsentBasis, EvidenceClass } from '@holdfast/core';

/**
 * How a claim that somebody brings came in: a person says that they introduced the party, the party named them in a form,
 * a partner handed the party over, the party came by their link. A code may come with any of them.
 */
export const CLAIM_CHANNELS = ['introduction', 'form', 'partner', 'link'] as const;
export type ClaimChannel = (typeof CLAIM_CHANNELS)[number];

const EVIDENCE: Readonly<Record<ClaimChannel, EvidenceClass>> = {
  ...{ introduction: 'free_text', form: 'free_text', partner: 'partner_lead', link: 'click' },
};

const BASIS: Readonly<Record<ClaimChannel, ConsentBasis>> = {
  ...{ introduction: 'introduced_in_person', form: 'own_request', partner: 'legitimate_interest', link: 'own_request' },
};

/** What a claim rests on: a code is stronger than any way by which it came. */
export function evidenceBy(channel: ClaimChannel, code: string | null): EvidenceClass {
  return code === null ? EVIDENCE[channel] : 'code';
}

/** Why the party's data may be held where nobody says otherwise. */
export function basisBy(channel: ClaimChannel): ConsentBasis {
  return BASIS[channel];
}
