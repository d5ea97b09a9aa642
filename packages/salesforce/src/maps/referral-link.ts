import type { CodecContext, Id } from '@holdfast/core';
import { accountId, contactId, day, leadId, lookup, ownerId } from '../codecs.ts';
import { startOfDay } from '../start-of-day.ts';
import { fields, stamps } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

/** The first of the objects that a lookup to several points to; `null` when it points to none of them. */
const oneOfObjects =
  (...targets: readonly (typeof contactId)[]) =>
  (raw: unknown, context: CodecContext): Id | null =>
    targets.reduce<Id | null>((found, target) => found ?? target.decode(raw, context), null);

const referred = oneOfObjects(contactId, accountId, leadId);
/** An advocate of a business program is an account, or a member of a loyalty program: nobody whom a claim can name. */
const referrer = oneOfObjects(contactId, accountId, ownerId, lookup('LoyaltyProgramMember', '0lM'));

/**
 * Salesforce's standard `Referral`: read as what somebody recorded, never written, never needed; a lookup of the org's own
 * goes beside it. Three products share the name: Referral Marketing (API 59 and later: ReferredPartyId, OpportunityId),
 * Financial Services (66) and the public sector (56: ClientId, and the statuses); each field is bound where describe shows
 * it. Who is known by name alone is no link. The account of the sale stands for who was referred where nothing else names
 * them, and for a lead, since no stamp of the record moves when that is converted. (Object Reference, "Referral", of each
 * of the three.)
 */
export const referralLink = {
  otherwise:
    "Salesforce links no person to who referred them: name the org's own lookup in options.fields.contact.referredById. Its own object Referral is read beside it where the org has that and the user may read it",
  sources: [
    {
      object: 'Referral',
      bought: true,
      relation: 'ReferrerId',
      ends: ['referrerId', 'referredId'],
      unless: {
        // from us to others, or from one of us to another
        ReferralType: ['outbound', 'internal'],
        // who is sent to a public service is nobody's sale
        UsageType: ['publicsectorsolutions'],
        Status: ['rejected', 'declined', 'withdrawn', 'canceled', 'cancelled'],
        ResultCategory: ['rejected', 'clientdeclinedservices', 'referredelsewhere'],
        AuthorizationStatus: ['rejected'],
      },
      parents: { Opportunity: 'Opportunity' },
      fields: {
        ...stamps,
        referrerId: fields(['ReferrerId'], ({ ReferrerId }, context) => joined(referrer(ReferrerId, context))),
        referredId: fields(['ReferredPartyId', 'ClientId', 'OpportunityId', 'Opportunity.AccountId'], (raw, context) =>
          joined(whoIsReferred(raw, context)),
        ),
        claimedAt: fields<number | null>(['ReferralDate'], ({ ReferralDate }, context) => {
          const on = day.decode(ReferralDate, context);
          return on === null ? null : startOfDay(on, context.timeZone);
        }),
      },
    },
  ],
} as const satisfies SalesforceMap<'referralLink'>;

/** One of the `ends`: where it is empty the row is no record, so that no record holds `null`. */
const joined = (id: Id | null) => id as Id;

function whoIsReferred(raw: Readonly<Record<string, unknown>>, context: CodecContext): Id | null {
  const named = referred(raw['ReferredPartyId'], context) ?? accountId.decode(raw['ClientId'], context);
  if (named !== null && !named.startsWith('Lead:')) return named;
  const sale = raw['Opportunity'] as Readonly<Record<string, unknown>> | null | undefined;
  return accountId.decode(sale?.['AccountId'], context) ?? named;
}
