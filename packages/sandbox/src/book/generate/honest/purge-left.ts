import type { Book } from '../../book.ts';
import { DAY, dayOf } from '../../calendar.ts';
import type { HonestDraft } from './honest-draft.ts';

/**
 * The book after somebody cleaned up: accounts gone for 90 days and what hangs on them are deleted. Orders and sales, which
 * the books of account need, stay behind and point to nobody.
 */
export function purgeLeft(draft: HonestDraft): Book {
  const until = dayOf(draft.asOf - 90 * DAY);
  const gone = new Set(
    draft.truth.accounts.filter((one) => (one.leftOn ?? '9999') < until).map((one) => one.accountId),
  );
  const kept = <Row extends { readonly accountId?: string }>(rows: readonly Row[]) =>
    rows.filter((row) => !gone.has(row.accountId ?? ''));
  const orphaned = <Row extends { readonly accountId?: string }>(rows: readonly Row[]) =>
    rows.map(({ accountId, ...rest }) => (gone.has(accountId ?? '') ? rest : { accountId, ...rest }) as Row);
  const { book } = draft;
  return {
    ...book,
    accounts: book.accounts.filter((one) => !gone.has(one.id)),
    contacts: kept(book.contacts),
    contracts: kept(book.contracts),
    tickets: kept(book.tickets),
    activities: kept(book.activities),
    surveys: kept(book.surveys),
    usage: kept(book.usage),
    opportunities: orphaned(book.opportunities),
    orders: orphaned(book.orders),
  };
}
