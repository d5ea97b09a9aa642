import type { Book, BookAccount, HubSpotEmulator, SalesforceEmulator } from '@holdfast/sandbox';

const OBJECTS = {
  hubspot: { accounts: 'companies', opportunities: 'deals' },
  salesforce: { accounts: 'Account', opportunities: 'Opportunity' },
} as const;

/**
 * Throws when any request, in the whole life of a sandbox, wrote to a record outside the confirmed book: accounts that
 * the made-up company itself keeps as partners or tests, prospects that have never bought, and the opportunities of
 * partners and tests. Judged from the book that the sandbox was seeded with, not from what Holdfast thinks of it.
 */
export function assertInsideBook(emulator: HubSpotEmulator | SalesforceEmulator, book: Book): void {
  const names = OBJECTS[emulator.crm];
  const never = new Set(book.accounts.filter(isStranger).map(({ id }) => id));
  const buyers = new Set([
    ...book.opportunities.filter(({ stage }) => stage === 'won').map(({ accountId }) => accountId),
    ...book.contracts.map(({ accountId }) => accountId),
  ]);
  const outside = new Set<string>();
  for (const { id, type } of book.accounts) {
    if (never.has(id) || (type === 'prospect' && !buyers.has(id)))
      note(outside, names.accounts, emulator.idOf('accounts', id));
  }
  for (const { id, accountId } of book.opportunities) {
    if (accountId && never.has(accountId)) note(outside, names.opportunities, emulator.idOf('opportunities', id));
  }
  const strays = emulator.journal.filter(
    ({ by, action, object, id }) => by === 'api' && action !== 'schema' && outside.has(`${object} ${id}`),
  );
  if (strays.length > 0)
    throw new Error(
      `written outside the book: ${strays.map(({ object, id, field }) => `${object} ${id} ${field}`).join(', ')}`,
    );
}

function isStranger({ type }: BookAccount): boolean {
  return type === 'partner' || type === 'test';
}

function note(outside: Set<string>, object: string, id: string | undefined): void {
  if (id !== undefined) outside.add(`${object} ${id}`);
}
