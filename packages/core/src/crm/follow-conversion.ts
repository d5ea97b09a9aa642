import type { ReferralRecord, ReferralWritten } from '../model/types.ts';

type Links = Pick<ReferralWritten, 'prospectId' | 'accountId' | 'opportunityId'>;

/**
 * The links of a referral whose prospect was a lead and has since been converted by the CRM: the contact, and the
 * account and sale where the referral names none yet. Empty when there is nothing to follow, so a second run after a
 * write changes nothing.
 */
export function followConversion(record: ReferralRecord): Partial<Links> {
  const { convertedContactId, convertedAccountId, convertedOpportunityId } = record;
  if (convertedContactId === null || record.prospectId === convertedContactId) return {};
  return {
    prospectId: convertedContactId,
    ...(record.accountId === null && convertedAccountId !== null && { accountId: convertedAccountId }),
    ...(record.opportunityId === null && convertedOpportunityId !== null && { opportunityId: convertedOpportunityId }),
  };
}
