import {
  type AccountRecords,
  addDays,
  type Contract,
  type SurveyResponse,
  type Ticket,
  type Usage,
} from '@holdfast/core';
import { aContract, anAccount, anOwner, aSurveyResponse, aTicket, aUsage } from '@holdfast/testkit';
import { readTable, rowsBy, type TableRow } from './read-table.ts';

/** How a subscription without an end is read: it runs on, or it renews after each month or year that it is billed for. */
export type OpenSubscriptions = 'run on' | 'renew by billing';

/** The last day of the tables. */
export const RAVENSTACK_DAY = '2024-12-31';

const BOOK = 'ravenstack';
const at = (instant: string): number => Date.parse(instant.includes(' ') ? `${instant.replace(' ', 'T')}Z` : instant);
const dated = (instant: number) => ({ createdAt: instant, updatedAt: instant });
const OWNER = anOwner({ id: 'owner:1', active: true });

/** One account's rows in every table, as they stand: contradictions, and use before the sign-up, are kept. */
export interface RavenstackAccount {
  readonly records: AccountRecords;
  /** Days of all churn events, oldest first; the account itself holds the last. */
  readonly churnDays: readonly string[];
}

/** The whole book, account by account. A record was recorded on its own first day: the tables tell nothing else. */
export function ravenstackAccounts(open: OpenSubscriptions): readonly RavenstackAccount[] {
  const subscriptions = readTable(BOOK, 'ravenstack_subscriptions');
  const account = (it: TableRow) => it['account_id']!;
  const accountOf = new Map(subscriptions.map((it) => [it['subscription_id'], it['account_id'] ?? '']));
  const usage = readTable(BOOK, 'ravenstack_feature_usage').map((it) => ({
    ...{ ...it, account_id: accountOf.get(it['subscription_id']) ?? '' },
  }));
  const by = {
    subscriptions: rowsBy(subscriptions, account),
    usage: rowsBy(usage, account),
    tickets: rowsBy(readTable(BOOK, 'ravenstack_support_tickets'), account),
    churn: rowsBy(readTable(BOOK, 'ravenstack_churn_events'), account),
  };
  return readTable(BOOK, 'ravenstack_accounts').map((row) => {
    const id = row['account_id']!;
    const churnDays = (by.churn.get(id) ?? []).map((it) => it['churn_date']!).sort();
    const tickets = by.tickets.get(id) ?? [];
    return {
      churnDays,
      records: {
        account: anAccount({
          ...dated(at(row['signup_date']!)),
          ...{ id: `account:${id}`, name: row['account_name']!, lifecycle: 'customer', industry: row['industry']! },
          ...{ ownerId: OWNER.id, seatsBought: Number(row['seats']), churnedOn: churnDays.at(-1) ?? null },
        }),
        ...{ owner: OWNER, parentId: null, childIds: [], contacts: [], roles: [], activities: [] },
        ...{ opportunities: [], orders: [], orderLines: [] },
        contracts: (by.subscriptions.get(id) ?? []).map((it) => contractOf(it, open)),
        tickets: tickets.map(ticketOf),
        surveys: tickets.flatMap(surveyOf),
        usage: usageOf(id, by.usage.get(id) ?? []),
      },
    };
  });
}

function contractOf(row: TableRow, open: OpenSubscriptions): Contract {
  const startsOn = row['start_date']!;
  const monthly = row['billing_frequency'] === 'monthly';
  const billed = addDays(startsOn, (monthly ? 30 : 365) - 1);
  const ended = row['end_date'] !== '';
  return aContract({
    ...dated(at(startsOn)),
    ...{ id: `contract:${row['subscription_id']}`, accountId: `account:${row['account_id']}`, startsOn },
    status: ended ? 'ended' : 'active',
    endsOn: ended ? row['end_date']! : open === 'run on' ? null : billed,
    autoRenews: row['auto_renew_flag'] === 'True',
    annual: { minor: 100 * Number(row['arr_amount']), currency: 'USD' },
  });
}

function ticketOf(row: TableRow): Ticket {
  const openedAt = at(row['submitted_at']!);
  return aTicket({
    ...dated(openedAt),
    ...{ id: `ticket:${row['ticket_id']}`, accountId: `account:${row['account_id']}`, openedAt, stage: 'closed' },
    ...{ priority: row['priority']!, escalated: row['escalation_flag'] === 'True', closedAt: at(row['closed_at']!) },
  });
}

function surveyOf(row: TableRow): readonly SurveyResponse[] {
  const score = Number(row['satisfaction_score']);
  if (score === 0) return [];
  const respondedAt = at(row['closed_at']!);
  const accountId = `account:${row['account_id']}`;
  const id = `survey:${row['ticket_id']}`;
  return [aSurveyResponse({ ...dated(respondedAt), id, accountId, kind: 'csat', score, respondedAt })];
}

/** Use by month, recorded with the month's last row. */
function usageOf(id: string, rows: readonly TableRow[]): readonly Usage[] {
  const months = rowsBy(rows, (it) => `${it['usage_date']!.slice(0, 8)}01`);
  return [...months].map(([periodOn, used]) =>
    aUsage({
      ...dated(Math.max(...used.map((it) => at(it['usage_date']!)))),
      ...{ id: `usage:${id} ${periodOn}`, accountId: `account:${id}`, periodOn },
      events: used.reduce((sum, it) => sum + Number(it['usage_count']), 0),
    }),
  );
}
