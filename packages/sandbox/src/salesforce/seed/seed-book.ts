import type { Book, BookActivity, BookUsage } from '../../book/book.ts';
import { addField, customObject } from '../admin.ts';
import { knownObject, type Org, objectOf, seconds } from '../org.ts';
import { picklistValue } from '../schema/field.ts';
import { type Cell, idOf, type Row } from '../store/row.ts';
import { makeSObject, setCell } from '../store/sobject.ts';
import { type Author, addRow } from '../write/commit.ts';
import {
  accountFields,
  caseFields,
  contactFields,
  contractFields,
  eventFields,
  opportunityFields,
  opportunityLineFields,
  orderFields,
  orderLineFields,
  type Seeing,
  surveyFields,
  taskFields,
  usageFields,
  userFields,
} from './book-mapping.ts';
import { customerFields, customerObjects, customerValues } from './customer-fields.ts';
import { idsByBook, loadRows, toSeconds } from './load-rows.ts';
import { seedReferrals, seedRoles } from './seed-links.ts';

/** Fills the org with a book as its customer's own Salesforce would hold it; returns record ids by book id and table. */
export function seedBook(org: Org, book: Book): ReadonlyMap<string, ReadonlyMap<string, string>> {
  addCustomerSchema(org);
  const ids = new Map<string, Map<string, string>>();
  const see = seeing(org, book, ids);
  const epoch = '2020-01-01T00:00:00Z';
  const changed = (item: { readonly createdAt: string; readonly updatedAt: string }) => ({
    created: item.createdAt,
    updated: item.updatedAt,
  });
  const owners = loadRows(org, see, 'User', book.owners, userFields, () => ({ created: epoch, updated: epoch }));
  ids.set(
    'owners',
    idsByBook(book.owners, owners, (owner) => owner.id),
  );
  const accounts = loadRows(org, see, 'Account', book.accounts, accountFields, changed);
  ids.set(
    'accounts',
    idsByBook(book.accounts, accounts, (account) => account.id),
  );
  setParents(org, book, see, accounts);
  const contacts = loadRows(org, see, 'Contact', book.contacts, contactFields, changed);
  ids.set(
    'contacts',
    idsByBook(book.contacts, contacts, (contact) => contact.id),
  );
  const opportunities = loadRows(org, see, 'Opportunity', book.opportunities, opportunityFields, changed);
  ids.set(
    'opportunities',
    idsByBook(book.opportunities, opportunities, (opportunity) => opportunity.id),
  );
  loadRows(org, see, 'OpportunityLineItem', book.opportunityLines, opportunityLineFields, changed);
  ids.set(
    'contracts',
    idsByBook(
      book.contracts,
      loadRows(org, see, 'Contract', book.contracts, contractFields, changed),
      (contract) => contract.id,
    ),
  );
  ids.set(
    'orders',
    idsByBook(book.orders, loadRows(org, see, 'Order', book.orders, orderFields, changed), (order) => order.id),
  );
  ids.set(
    'orderLines',
    idsByBook(
      book.orderLines,
      loadRows(org, see, 'OrderItem', book.orderLines, orderLineFields, changed),
      (line) => line.id,
    ),
  );
  const ticketTimes = (ticket: Book['tickets'][number]) => ({ created: ticket.openedAt, updated: ticket.updatedAt });
  ids.set(
    'tickets',
    idsByBook(book.tickets, loadRows(org, see, 'Case', book.tickets, caseFields, ticketTimes), (ticket) => ticket.id),
  );
  seedActivities(org, see, book.activities, ids);
  const answered = (survey: Book['surveys'][number]) => ({ created: survey.respondedAt, updated: survey.respondedAt });
  loadRows(org, see, 'Survey_Response__c', book.surveys, surveyFields, answered);
  loadRows(org, see, 'Product_Usage__c', book.usage, usageFields, (usage) => ({
    created: usage.recordedAt,
    updated: usage.recordedAt,
  }));
  seedRoles(org, see, book);
  seedReferrals(org, see, book);
  org.journal.length = 0;
  return ids;
}

function addCustomerSchema(org: Org): void {
  for (const [name, fields] of Object.entries(customerFields))
    for (const field of fields) addField(knownObject(org, name), field);
  for (const [name, { label, fields }] of Object.entries(customerObjects)) {
    const def = customObject(org, name, label);
    org.objects.set(name.toLowerCase(), makeSObject({ ...def, fields: [...def.fields, ...fields] }));
  }
  for (const [path, values] of Object.entries(customerValues)) {
    const [objectName = '', fieldName = ''] = path.split('.');
    const object = objectOf(org, objectName);
    const field = object?.fields.get(fieldName.toLowerCase());
    if (object === undefined || field === undefined) continue;
    addField(object, { ...field, values: [...field.values, ...values.map((value) => picklistValue(value))] });
  }
}

function seeing(org: Org, book: Book, ids: ReadonlyMap<string, ReadonlyMap<string, string>>): Seeing {
  const products = new Map<string, { entry: string; product: string }>();
  const latest = new Map<string, BookUsage>();
  for (const usage of book.usage) {
    const known = latest.get(usage.accountId);
    if (known === undefined || known.periodOn < usage.periodOn) latest.set(usage.accountId, usage);
  }
  const byOpportunity = new Map<string, string>();
  const byContact = new Map<string, string>();
  for (const referral of book.referrals) {
    if (referral.evidence === 'field' && referral.opportunityId !== undefined)
      byOpportunity.set(referral.opportunityId, referral.referrerContactId);
    if (referral.evidence === 'association' && referral.referredContactId !== undefined)
      byContact.set(referral.referredContactId, referral.referrerContactId);
  }
  const id: Seeing['id'] = (table, bookId) => (bookId === undefined ? undefined : ids.get(table)?.get(bookId));
  return {
    id,
    usage: (accountId) => latest.get(accountId),
    referrer: (kind, bookId) => id('contacts', (kind === 'opportunity' ? byOpportunity : byContact).get(bookId)),
    product(name, family) {
      const known = products.get(name);
      if (known !== undefined) return known;
      const made = addProduct(org, name, family);
      products.set(name, made);
      return made;
    },
  };
}

function addProduct(org: Org, name: string, family: string | undefined): { entry: string; product: string } {
  const author: Author = { by: 'system', userId: org.users[0]?.id ?? '', request: 0 };
  const [pricebook] = knownObject(org, 'Pricebook2').rows.keys();
  const values = new Map<string, Cell>([
    ['Name', name],
    ['IsActive', true],
    ['Family', family ?? null],
  ]);
  const product = idOf(addRow(org, author, knownObject(org, 'Product2'), values));
  const entry = new Map<string, Cell>([
    ['Product2Id', product],
    ['Pricebook2Id', pricebook ?? null],
    ['UnitPrice', 0],
    ['IsActive', true],
  ]);
  return { product, entry: idOf(addRow(org, author, knownObject(org, 'PricebookEntry'), entry)) };
}

function setParents(org: Org, book: Book, see: Seeing, rows: readonly Row[]): void {
  const accounts = knownObject(org, 'Account');
  for (const [index, account] of book.accounts.entries()) {
    const parent = see.id('accounts', account.parentId);
    if (parent !== undefined) setCell(accounts, rows[index] as Row, 'ParentId', parent);
  }
}

/** Closed activities older than a year are archived, as the platform does: only queryAll returns them. */
function seedActivities(
  org: Org,
  see: Seeing,
  activities: readonly BookActivity[],
  ids: Map<string, Map<string, string>>,
): void {
  const times = (activity: BookActivity) => ({ created: activity.createdAt, updated: activity.updatedAt });
  const isMeeting = (activity: BookActivity): boolean => activity.kind === 'meeting';
  const found = new Map<string, string>();
  for (const name of ['Task', 'Event'] as const) {
    const items = activities.filter((activity) => isMeeting(activity) === (name === 'Event'));
    const rows = loadRows(org, see, name, items, name === 'Task' ? taskFields : eventFields, times);
    for (const [bookId, id] of idsByBook(items, rows, (activity) => activity.id)) found.set(bookId, id);
    const oldest = seconds(org) - (org.settings.archiveActivitiesAfterDays ?? 365) * 86_400;
    for (const [index, item] of items.entries()) {
      if (toSeconds(item.occurredAt) < oldest) setCell(knownObject(org, name), rows[index] as Row, 'IsArchived', true);
    }
  }
  ids.set('activities', found);
}
