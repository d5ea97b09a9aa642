import type { Book, BookUsage } from '../../book/book.ts';
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

/** By table of the book and id in the book: the record id. */
export type SeededIds = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Fills an account from a book, by the mapping in `book-mapping.ts`. */
export function seedBook(portal: Portal, book: Book | undefined): BookIds {
  if (book === undefined) return { idOf: () => undefined };
  const ids = new Map<string, ReadonlyMap<string, number>>();
  const owners = seedOwners(portal, book.owners);
  const see = seeing(book, owners, ids, (portal.pipelines.get('0-3')?.length ?? 0) > 1);
  const put = <Row extends { readonly id: string }>(
    name: string,
    object: string,
    rows: readonly Row[],
    dates: (row: Row) => Dated,
    fields: Parameters<typeof loadRecords<Row, Seeing>>[4],
  ): void => {
    const known = ids.get(name) ?? new Map<string, number>();
    const made = loadRecords(portal, tableCalled(portal, object), rows, dates, fields, see);
    const merged = known as Map<string, number>;
    for (const [index, row] of rows.entries()) merged.set(row.id, made[index] as number);
    ids.set(name, merged);
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
      fields,
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
  seedRollups(portal, book, ids);
  seedUsageHistory(portal, book.usage, ids);
  const lookup: Record<BookTable, ReadonlyMap<string, number | string> | undefined> = {
    owners,
    accounts: ids.get('accounts'),
    contacts: ids.get('contacts'),
    opportunities: ids.get('opportunities'),
    orders: ids.get('orders'),
    tickets: ids.get('tickets'),
  };
  return { idOf: (table, bookId) => lookup[table]?.get(bookId)?.toString() };
}

const itself = (row: Dated): Dated => row;

function seeing(book: Book, owners: ReadonlyMap<string, string>, ids: SeededIds, renewalPipeline: boolean): Seeing {
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
