import { adminEdits } from './admin.ts';
import { handleRequest } from './handle.ts';
import { openOrg } from './open-org.ts';
import type { SalesforceOptions } from './options.ts';
import { personEdits } from './person.ts';
import { faultReply, toResponse } from './respond.ts';
import type { SalesforceEmulator } from './salesforce-emulator.ts';
import { seedBook } from './seed/seed-book.ts';

/**
 * Opens a local, stateful Salesforce org. Without a book it is empty but for its users, stages and price book; the fields that an
 * install makes do not exist yet. Same options and clock, same ids and answers.
 */
export function createSalesforce(options: SalesforceOptions): SalesforceEmulator {
  const org = openOrg(options);
  const bookIds = options.book === undefined ? undefined : seedBook(org, options.book, options.mails);
  return {
    crm: 'salesforce',
    orgId: org.id,
    users: org.users,
    rules: org.rules,
    journal: org.journal,
    calls: org.calls,
    handle: (request) => handleRequest(org, request),
    faultResponse: (kind) =>
      toResponse(org, faultReply(kind), kind !== 'rate-limit-html' && kind !== 'bad-gateway-html'),
    idOf: (table, bookId) => bookIds?.get(table)?.get(bookId),
    ...personEdits(org),
    ...adminEdits(org),
  };
}
