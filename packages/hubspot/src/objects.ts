/** One HubSpot object that Holdfast reads: how its address, its dates and its scopes are called. */
export interface HubSpotObject {
  /** Name in API paths. */
  readonly path: string;
  /** The object's type id, as limits and webhooks name it. */
  readonly typeId: string;
  /** Contacts keep the old name; a wrong name finds nothing and says nothing (a known trap). */
  readonly modified: 'hs_lastmodifieddate' | 'lastmodifieddate';
  readonly created: 'createdate' | 'hs_createdate';
  /** What a private app or service key needs to read it. */
  readonly readScope: string;
  /** Two records can be made one; `hs_merged_object_ids` of the survivor then names the others. */
  readonly merges: boolean;
}

const object = (
  path: string,
  typeId: string,
  readScope: string,
  more: Partial<Pick<HubSpotObject, 'modified' | 'created' | 'merges'>> = {},
): HubSpotObject => ({
  path,
  typeId,
  readScope,
  modified: 'hs_lastmodifieddate',
  created: 'hs_createdate',
  merges: false,
  ...more,
});

const contactsScope = 'crm.objects.contacts.read';

/** Every object by the name that qualifies its ids (`company:42`). Type ids and date properties: HubSpot's own documentation. */
export const OBJECTS = {
  company: object('companies', '0-2', 'crm.objects.companies.read', { created: 'createdate', merges: true }),
  contact: object('contacts', '0-1', contactsScope, {
    modified: 'lastmodifieddate',
    created: 'createdate',
    merges: true,
  }),
  deal: object('deals', '0-3', 'crm.objects.deals.read', { created: 'createdate', merges: true }),
  ticket: object('tickets', '0-5', 'tickets', { created: 'createdate', merges: true }),
  line_item: object('line_items', '0-8', 'crm.objects.line_items.read', { created: 'createdate' }),
  order: object('orders', '0-123', 'crm.objects.orders.read'),
  feedback_submission: object('feedback_submissions', '0-19', 'crm.objects.feedback_submissions.read'),
  call: object('calls', '0-48', contactsScope),
  email: object('emails', '0-49', contactsScope),
  meeting: object('meetings', '0-47', contactsScope),
  note: object('notes', '0-46', contactsScope),
  task: object('tasks', '0-27', contactsScope),
  // our own; its type id differs from portal to portal, so its documented short name stands for it
  holdfast_referral: object('p_holdfast_referral', '', 'crm.objects.custom.read'),
} as const satisfies Readonly<Record<string, HubSpotObject>>;

/** The object of a map's source; throws on a name that is not in the table. */
export function hubspotObject(name: string): HubSpotObject {
  const found = (OBJECTS as Readonly<Record<string, HubSpotObject>>)[name];
  if (found === undefined) throw new TypeError(`No such HubSpot object: ${name}`);
  return found;
}

/**
 * Type id of the one primary link between two objects (from the first to the second). Without one, the first link counts.
 * Source: HubSpot's table of built-in association types.
 */
export const PRIMARY_LINK: Readonly<Record<string, number>> = {
  'contact>company': 1,
  'deal>company': 5,
  'ticket>company': 26,
};

/** Type id of the link from a child company to its parent. */
export const CHILD_TO_PARENT = 14;
