import type { Book, BookUsage } from '../../book/book.ts';
import type { HubSpotOptions } from '../options.ts';
import { reaches } from '../schema/object-type.ts';
import { makeOptions } from '../schema/property.ts';
import type { Portal } from '../state/portal.ts';
import { tableNamed } from '../state/portal.ts';
import type { Table } from '../state/table.ts';
import {
  activityFields,
  companyFields,
  contactFields,
  dealFields,
  dealLineFields,
  mailFields,
  orderFields,
  orderLineFields,
  type Seeing,
  surveyFields,
  ticketFields,
} from './book-mapping.ts';
import { type Dated, loadRecords } from './load-records.ts';
import { seedLinks } from './seed-links.ts';
import { seedOwners } from './seed-owners.ts';
import { seedRollups } from './seed-rollups.ts';
import { seedUsageHistory } from './seed-usage-history.ts';

/** The tables of a book whose entries can be looked up. */
export type BookTable = 'owners' | 'accounts' | 'contacts' | 'opportunities' | 'orders' | 'tickets';

/** Which record an entry of the book became. */
export interface BookIds {
  /** The record id; undefined for an entry that the book does not have. */
  readonly idOf: (table: BookTable, bookId: string) => string | undefined;
}

/** By table of the book and id in the book: the record id. Whoever asks has the table filled. */
export interface SeededIds {
  readonly get: (table: string) => ReadonlyMap<string, number> | undefined;
}

/** Fills an account from a book, by the mapping in `book-mapping.ts`; each table and each kind of link when it is first asked for. */
export function seedBook(
  portal: Portal,
  book: Book | undefined,
  { mails = [], otherEmails = {} }: Pick<HubSpotOptions, 'mails' | 'otherEmails'> = {},
): BookIds {
  if (book === undefined) return { idOf: () => undefined };
  const known = new Map<string, { readonly ids: Map<string, number>; readonly tables: Table[] }>();
  const ids: SeededIds = {
    get: (name) => {
      for (const table of known.get(name)?.tables ?? []) table.settle();
      return known.get(name)?.ids;
    },
  };
  const owners = seedOwners(portal, book.owners);
  const byMail = new Map(mails.map((mail) => [mail.activityId, mail]));
  const several = (portal.pipelines.get('0-3')?.length ?? 0) > 1;
  const see: Seeing = {
    ...seeing(book, owners, ids, several),
    mail: (activityId) => byMail.get(activityId),
    otherEmails: (contactId) => otherEmails[contactId],
  };
  const put = <Row extends { readonly id: string }>(
    name: string,
    object: string,
    rows: readonly Row[],
    dates: (row: Row) => Dated,
    fields: Parameters<typeof loadRecords<Row, Seeing>>[4],
  ): void => {
    const table = tableCalled(portal, object);
    const entry = known.get(name) ?? { ids: new Map<string, number>(), tables: [] };
    known.set(name, entry);
    entry.tables.push(table);
    loadRecords(portal, table, rows, dates, fields, see, (made) => {
      for (const [index, row] of rows.entries()) entry.ids.set(row.id, made[index] as number);
    });
  };
  put('accounts', 'companies', book.accounts, itself, companyFields);
  put('contacts', 'contacts', book.contacts, itself, contactFields);
  put('opportunities', 'deals', book.opportunities, itself, dealFields);
  put('opportunityLines', 'line_items', book.opportunityLines, itself, dealLineFields);
  put('orders', 'orders', book.orders, itself, orderFields);
  put('orderLines', 'line_items', book.orderLines, itself, orderLineFields);
  put(
    'tickets',
    'tickets',
    book.tickets,
    (row) => ({ createdAt: row.openedAt, updatedAt: row.updatedAt }),
    ticketFields,
  );
  for (const [kind, { object, fields }] of Object.entries(activityFields)) {
    put(
      'activities',
      object,
      book.activities.filter((row) => row.kind === kind),
      itself,
      kind === 'email' && mails.length > 0 ? { ...fields, ...mailFields } : fields,
    );
  }
  if (reaches(portal.tier, 'professional')) {
    put(
      'surveys',
      'feedback_submissions',
      book.surveys,
      (row) => ({ createdAt: row.respondedAt, updatedAt: row.respondedAt }),
      surveyFields,
    );
  }
  addMissingOptions(
    tableCalled(portal, 'companies'),
    'industry',
    book.accounts.map((account) => account.industry),
  );
  seedLinks(portal, book, ids);
  for (const object of ['companies', 'contacts'] as const) {
    const table = tableCalled(portal, object);
    table.putOff(() => seedRollups(table, book.activities, ids));
  }
  const companies = tableCalled(portal, 'companies');
  companies.putOff(() => seedUsageHistory(companies, book.usage, ids));
  return {
    idOf: (table, bookId) => (table === 'owners' ? owners.get(bookId) : ids.get(table)?.get(bookId)?.toString()),
  };
}

const itself = (row: Dated): Dated => row;

function seeing(
  book: Book,
  owners: ReadonlyMap<string, string>,
  ids: SeededIds,
  renewalPipeline: boolean,
): Omit<Seeing, 'mail' | 'otherEmails'> {
  const contracts = new Map<string, Book['contracts'][number]>();
  for (const contract of book.contracts) {
    const known = contracts.get(contract.accountId);
    if (known === undefined || known.startsOn < contract.startsOn) contracts.set(contract.accountId, contract);
  }
  const usage = new Map<string, BookUsage>();
  for (const row of book.usage) {
    const known = usage.get(row.accountId);
    if (known === undefined || known.periodOn < row.periodOn) usage.set(row.accountId, row);
  }
  const referrers = new Map(
    book.referrals.filter((one) => one.evidence === 'field').map((one) => [one.opportunityId, one.referrerContactId]),
  );
  return {
    owner: (bookId) => owners.get(bookId ?? ''),
    contract: (accountId) => contracts.get(accountId),
    usage: (accountId) => usage.get(accountId),
    referrerField: (opportunityId) =>
      ids
        .get('contacts')
        ?.get(referrers.get(opportunityId) ?? '')
        ?.toString(),
    renewalPipeline,
  };
}

/** An enumeration knows every value that its records hold. */
function addMissingOptions(table: Table, name: string, labels: readonly (string | undefined)[]): void {
  const property = table.properties.get(name);
  if (property === undefined) return;
  const known = new Map(property.options.map((option) => [option.value, option.label]));
  for (const label of new Set(labels)) {
    const value = label?.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
    if (label && value && !known.has(value)) known.set(value, label);
  }
  property.options = makeOptions([...known].map(([value, label]) => ({ value, label })));
}

function tableCalled(portal: Portal, name: string): Table {
  const table = tableNamed(portal, name);
  if (table === undefined) throw new Error(`The account has no object ${name}`);
  return table;
}
