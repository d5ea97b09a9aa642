import type { AccountRecords } from '@holdfast/core';
import type { Book } from '@holdfast/sandbox';
import { recordOf, roleOf } from './records-of-rows.ts';

/**
 * A book's records account by account, as the store would hand them out after a pull: for thousands of books without a CRM
 * between. The mapping is one to one; what each CRM makes of a book is tested with its adapter.
 */
export function* recordsOfBook(book: Book): Generator<AccountRecords, void, undefined> {
  const owners = new Map(book.owners.map((it) => [it.id, recordOf.owners(it)]));
  const by = groupsOf(book);
  const lines = groupBy(book.orderLines, (it) => it.orderId);
  const soldLines = groupBy(book.opportunityLines, (it) => it.opportunityId);
  for (const row of book.accounts) {
    const orders = by.orders.get(row.id) ?? [];
    const opportunities = by.opportunities.get(row.id) ?? [];
    const contacts = by.contacts.get(row.id) ?? [];
    yield {
      account: recordOf.accounts(row),
      owner: owners.get(row.ownerId ?? '') ?? null,
      parentId: row.parentId === undefined ? null : `account:${row.parentId}`,
      childIds: (by.children.get(row.id) ?? []).map((it) => `account:${it.id}`),
      contacts: contacts.map(recordOf.contacts),
      roles: contacts.map(roleOf),
      opportunities: opportunities.map(recordOf.opportunities),
      contracts: (by.contracts.get(row.id) ?? []).map(recordOf.contracts),
      orders: orders.map(recordOf.orders),
      orderLines: [
        ...opportunities.flatMap((it) => soldLines.get(it.id) ?? []).map(recordOf.opportunityLines),
        ...orders.flatMap((it) => lines.get(it.id) ?? []).map(recordOf.orderLines),
      ],
      tickets: (by.tickets.get(row.id) ?? []).map(recordOf.tickets),
      activities: (by.activities.get(row.id) ?? []).map(recordOf.activities),
      surveys: (by.surveys.get(row.id) ?? []).map(recordOf.surveys),
      usage: (by.usage.get(row.id) ?? []).map(recordOf.usage),
    };
  }
}

function groupsOf(book: Book) {
  const byAccount = <Row extends { readonly accountId?: string }>(rows: readonly Row[]) =>
    groupBy(rows, (it) => it.accountId);
  return {
    children: groupBy(book.accounts, (it) => it.parentId),
    contacts: byAccount(book.contacts),
    opportunities: byAccount(book.opportunities),
    contracts: byAccount(book.contracts),
    orders: byAccount(book.orders),
    tickets: byAccount(book.tickets),
    activities: byAccount(book.activities),
    surveys: byAccount(book.surveys),
    usage: byAccount(book.usage),
  };
}

function groupBy<Row>(
  rows: readonly Row[],
  key: (row: Row) => string | undefined,
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = key(row);
    if (name === undefined) continue;
    const list = groups.get(name);
    if (list) list.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}
