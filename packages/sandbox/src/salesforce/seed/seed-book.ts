import type { Book, BookActivity, BookUsage } from '../../book/book.ts';
import type { BookMail } from '../../book/introductions/index.ts';
import { addField, customObject } from '../admin.ts';
import { knownObject, type Org, objectOf, seconds } from '../org.ts';
import { picklistValue } from '../schema/field.ts';
import { type Cell, idOf, type Row } from '../store/row.ts';
import { makeSObject, type SObject, setCell } from '../store/sobject.ts';
import { type Author, addRow } from '../write/commit.ts';
import {
  accountFields,
  caseFields,
  contactFields,
  contractFields,
  eventFields,
  type Mapping,
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
import { loadRows, toSeconds } from './load-rows.ts';
import { seedReferrals, seedRoles } from './seed-links.ts';
import { seedInvitations, seedMails } from './seed-mails.ts';

/** By table of the book and id in the book: the record id. Whoever asks has the object filled. */
export interface SeededIds {
  readonly get: (table: string) => ReadonlyMap<string, string> | undefined;
}

/**
 * Fills the org with a book as its customer's own Salesforce would hold it, each object when it is first looked at;
 * returns record ids by book id and table.
 */
export function seedBook(org: Org, book: Book, mails: readonly BookMail[] = []): SeededIds {
  addCustomerSchema(org);
  const known = new Map<string, { readonly ids: Map<string, string>; readonly objects: SObject[] }>();
  const ids: SeededIds = {
    get: (table) => {
      for (const object of known.get(table)?.objects ?? []) object.settle();
      return known.get(table)?.ids;
    },
  };
  const see = seeing(org, book, ids);
  const put: Put = (table, name, items, mapping, times, made = () => {}) => {
    const entry = known.get(table) ?? { ids: new Map<string, string>(), objects: [] };
    known.set(table, entry);
    entry.objects.push(knownObject(org, name));
    loadRows(org, see, name, items, mapping, times, (rows) => {
      for (const [index, item] of items.entries()) entry.ids.set(item.id, idOf(rows[index] as Row));
      made(rows);
    });
  };
  const epoch = '2020-01-01T00:00:00Z';
  put('owners', 'User', book.owners, userFields, () => ({ created: epoch, updated: epoch }));
  put('accounts', 'Account', book.accounts, accountFields, changed, (rows) => setParents(org, book, see, rows));
  put('contacts', 'Contact', book.contacts, contactFields, changed);
  put('opportunities', 'Opportunity', book.opportunities, opportunityFields, changed);
  makeProducts(see, book);
  put('opportunityLines', 'OpportunityLineItem', book.opportunityLines, opportunityLineFields, changed);
  put('contracts', 'Contract', book.contracts, contractFields, changed);
  put('orders', 'Order', book.orders, orderFields, changed);
  put('orderLines', 'OrderItem', book.orderLines, orderLineFields, changed);
  put('tickets', 'Case', book.tickets, caseFields, (it) => ({ created: it.openedAt, updated: it.updatedAt }));
  seedActivities(org, book.activities, put);
  seedInvitations(org, see, book);
  if (org.settings.mailsAsRecords === true) seedMails(org, see, book, mails);
  const answered = (it: Book['surveys'][number]) => ({ created: it.respondedAt, updated: it.respondedAt });
  put('surveys', 'Survey_Response__c', book.surveys, surveyFields, answered);
  const recorded = (it: BookUsage) => ({ created: it.recordedAt, updated: it.recordedAt });
  loadRows(org, see, 'Product_Usage__c', book.usage, usageFields, recorded);
  seedRoles(org, see, book);
  seedReferrals(org, see, book);
  org.journal.length = 0;
  return ids;
}

type Put = <Item extends { readonly id: string }>(
  table: string,
  name: string,
  items: readonly Item[],
  mapping: Mapping<Item>,
  times: (item: Item) => { readonly created: string; readonly updated: string },
  made?: (rows: readonly Row[]) => void,
) => void;

const changed = (item: { readonly createdAt: string; readonly updatedAt: string }) => ({
  created: item.createdAt,
  updated: item.updatedAt,
});

/** Products stand in the price book from the start; the family is told by the first line that knows it. */
function makeProducts(see: Seeing, { opportunityLines, orderLines }: Book): void {
  for (const { product } of opportunityLines) see.product(product);
  for (const { product, kind } of orderLines) see.product(product, kind === 'goods' ? 'Goods' : 'Service');
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

function seeing(org: Org, book: Book, ids: SeededIds): Seeing {
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
function seedActivities(org: Org, activities: readonly BookActivity[], put: Put): void {
  const isMeeting = (activity: BookActivity): boolean => activity.kind === 'meeting';
  const oldest = seconds(org) - (org.settings.archiveActivitiesAfterDays ?? 365) * 86_400;
  for (const name of ['Task', 'Event'] as const) {
    const items = activities.filter((activity) => isMeeting(activity) === (name === 'Event'));
    put('activities', name, items, name === 'Task' ? taskFields : eventFields, changed, (rows) => {
      for (const [index, item] of items.entries()) {
        if (toSeconds(item.occurredAt) < oldest)
          setCell(knownObject(org, name), rows[index] as Row, 'IsArchived', true);
      }
    });
  }
}
