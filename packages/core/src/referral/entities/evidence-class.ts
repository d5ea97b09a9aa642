/**
 * What a claim rests on, strongest first (referral domain model, 3.3): both people confirmed the introduction; the CRM
 * holds a mail or meeting with both; somebody linked the two people in the CRM; a code typed into a form; a lead that a
 * partner submitted; a tracked click; "heard from" in free text.
 */
export const EVIDENCE_CLASSES = [
  'confirmed',
  'activity',
  'recorded',
  'code',
  'partner_lead',
  'click',
  'free_text',
] as const;
export type EvidenceClass = (typeof EVIDENCE_CLASSES)[number];

/** Whether `a` is stronger than `b`. */
export function isStronger(a: EvidenceClass, b: EvidenceClass): boolean {
  return EVIDENCE_CLASSES.indexOf(a) < EVIDENCE_CLASSES.indexOf(b);
}

/** Evidence that the CRM itself recorded; only such may back-date an introduction (rule 2). */
export function mayBackDate(evidence: EvidenceClass): boolean {
  return evidence === 'confirmed' || evidence === 'activity' || evidence === 'recorded';
}
