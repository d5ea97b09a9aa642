import type { Clock, CrmAdapter, Id, OrgProfile } from '@holdfast/core';
import { hubspot } from '@holdfast/hubspot';
import { salesforce } from '@holdfast/salesforce';
import {
  bookOfIntroductions,
  createHubSpot,
  createSalesforce,
  faultsOff,
  type IntroductionBook,
  inProcess,
  type Kept,
  sandboxToken,
  sandboxUser,
} from '@holdfast/sandbox';

export type CrmName = 'hubspot' | 'salesforce';

/** An org that holds a book of introductions as its vendor's own records, and the real adapter's way into it. */
export interface FilledOrg {
  readonly profile: OrgProfile;
  connect(): Promise<CrmAdapter>;
  /** The record that an entry of the book became. */
  idOf(table: 'accounts' | 'contacts', bookId: string): Id;
  /** A person fills in a field of a referral record. */
  note(referralId: Id, field: 'advocateConfirmed' | 'prospectConfirmed', answer: 'yes' | 'no'): void;
  close(): void;
}

export interface OrgSettings {
  readonly clock: Clock;
  /** HubSpot without the scope for mails; Salesforce without mails as records. */
  readonly hidesMails?: boolean;
}

/**
 * What each vendor keeps. HubSpot: the names of all in a mail, several addresses of a contact. Salesforce: of recipients
 * the addresses, of a contact one. Both: one domain of an account that we read, and of a meeting the contacts.
 */
export const KEEPS: Readonly<Record<CrmName, Kept>> = {
  hubspot: { recipientNames: true, otherAddresses: true, otherDomains: false, strangersInMeetings: false },
  salesforce: { recipientNames: false, otherAddresses: false, otherDomains: false, strangersInMeetings: false },
};

export function fillOrg(crm: CrmName, book: IntroductionBook, settings: OrgSettings): FilledOrg {
  return crm === 'hubspot' ? fillHubSpot(book, settings) : fillSalesforce(book, settings);
}

const profileOf = (orgId: string, meanings: Pick<OrgProfile, 'opportunities'> & { readonly of: readonly string[] }) => {
  const [customer = '', prospect = '', other = ''] = meanings.of;
  return {
    ...{ orgId, confirmedAt: 1, opportunities: meanings.opportunities, tickets: { stages: {}, urgent: [] } },
    ...{ contracts: { statuses: {} }, orders: { statuses: {} }, referralSources: [], unit: 'record', rates: {} },
    ...{ currency: 'EUR', timeZone: 'UTC', fiscalYearStartMonth: 1 },
    book: {
      lifecycles: { [customer]: 'customer', [prospect]: 'prospect', [other]: 'other' },
      ...{ blank: 'other', wonOpportunity: false, activeContract: false, pilot: [] },
    },
  } satisfies OrgProfile;
};

const native = (id: Id) => id.slice(id.indexOf(':') + 1);

function fillHubSpot(introductions: IntroductionBook, { clock, hidesMails = false }: OrgSettings): FilledOrg {
  const scopes = hubspot.permissions.map(({ name }) => name).filter((it) => it !== 'sales-email-read');
  const emulator = createHubSpot({
    ...bookOfIntroductions(introductions),
    ...{ tier: 'enterprise', clock, rateLimits: false, journal: false },
    ...(hidesMails && { tokens: { [sandboxToken]: { scopes } } }),
  });
  const way = inProcess({ emulator, faults: faultsOff });
  const singular = { accounts: 'company', contacts: 'contact' } as const;
  return {
    profile: profileOf(String(emulator.state.portalId), {
      of: ['customer', 'lead', 'other'],
      opportunities: {
        stages: { 'default/closedwon': 'won', 'default/contractsent': 'open' },
        ...{ pipelines: { default: 'new' }, types: { newbusiness: 'new' } },
      },
    }),
    connect: () =>
      hubspot.connect(
        { token: sandboxToken, baseUrl: way.origin, httpAgent: way.httpAgent },
        { clock, random: () => 0.5, log: () => {} },
      ),
    idOf: (table, bookId) => `${singular[table]}:${emulator.idOf(table, bookId)}`,
    note(referralId, field, answer) {
      const name = field === 'advocateConfirmed' ? 'advocate_confirmed' : 'prospect_confirmed';
      emulator.edit('p_holdfast_referral', native(referralId), { [name]: answer });
    },
    close: () => way.close(),
  };
}

function fillSalesforce(introductions: IntroductionBook, { clock, hidesMails = false }: OrgSettings): FilledOrg {
  const { book, mails } = bookOfIntroductions(introductions);
  const emulator = createSalesforce({
    ...{ book, mails, edition: 'enterprise', clock, users: [sandboxUser] },
    options: { mailsAsRecords: !hidesMails },
  });
  const way = inProcess({ emulator, faults: faultsOff });
  const object = { accounts: 'Account', contacts: 'Contact' } as const;
  return {
    profile: profileOf(emulator.orgId, {
      of: ['Customer - Direct', 'Prospect', 'Test'],
      opportunities: {
        stages: { 'Closed Won': 'won', 'Negotiation/Review': 'open' },
        ...{ pipelines: {}, types: { 'New Customer': 'new' } },
      },
    }),
    connect: () =>
      salesforce.connect(
        {
          ...{ loginUrl: way.origin, clientId: 'sandbox-client', clientSecret: 'sandbox-secret', currency: 'EUR' },
          fields: { contact: { referredById: 'Referred_By__c' } },
          connector: way.undiciConnect as never,
        },
        { clock, random: () => 0.5, log: () => {} },
      ),
    idOf: (table, bookId) => `${object[table]}:${emulator.idOf(table, bookId)}`,
    note(referralId, field, answer) {
      const name = field === 'advocateConfirmed' ? 'Advocate_Confirmed__c' : 'Prospect_Confirmed__c';
      emulator.edit('Holdfast_Referral__c', native(referralId), { [name]: answer });
    },
    close: () => way.close(),
  };
}
