import type { AccountRecords, Opportunity, Order } from '@holdfast/core';
import { anAccount, anOpportunity, anOrder } from '@holdfast/testkit';
import { readTable, rowsBy, type TableRow } from './read-table.ts';

const BOOK = 'maven-crm';

/** A day written month first, as the table has it; `null` where it has none. */
function dayOf(text: string): string | null {
  const [month, day, year] = text.split('/');
  return year === undefined ? null : `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
}
const at = (day: string | null): number | null => (day === null ? null : Date.parse(day));
const dated = (day: string | null) => ({ createdAt: at(day), updatedAt: at(day) });
const money = (row: TableRow) =>
  row['close_value'] === '' ? null : { minor: 100 * Number(row['close_value']), currency: 'USD' };

/**
 * The 85 accounts with their sales, as opportunities or, where asked for, every won one as an order on the day it was
 * closed. The table of accounts has no day of creation; sales without an account belong to nobody.
 */
export function mavenRecords(salesAs: 'opportunities' | 'orders'): readonly AccountRecords[] {
  const sales = rowsBy(readTable(BOOK, 'sales_pipeline'), (it) => it['account']!);
  return readTable(BOOK, 'accounts').map((row) => {
    const id = `account:${row['account']}`;
    const own = sales.get(row['account']!) ?? [];
    return {
      account: anAccount({ id, name: row['account']!, lifecycle: 'customer', industry: row['sector']! }),
      ...{
        owner: null,
        parentId: row['subsidiary_of'] === '' ? null : `account:${row['subsidiary_of']}`,
        childIds: [],
      },
      ...{ contacts: [], roles: [], contracts: [], orderLines: [] },
      ...{ tickets: [], activities: [], surveys: [], usage: [] },
      opportunities: salesAs === 'opportunities' ? own.map((it) => opportunityOf(id, it)) : [],
      orders: salesAs === 'orders' ? own.filter((it) => it['deal_stage'] === 'Won').map((it) => orderOf(id, it)) : [],
    };
  });
}

function opportunityOf(accountId: string, row: TableRow): Opportunity {
  return anOpportunity({
    ...dated(dayOf(row['engage_date']!)),
    ...{ id: `opportunity:${row['opportunity_id']}`, accountId, stage: row['deal_stage']!, type: 'sale' },
    ...{ amount: money(row), closeOn: dayOf(row['close_date']!) },
  });
}

function orderOf(accountId: string, row: TableRow): Order {
  const day = dayOf(row['close_date']!);
  return anOrder({
    ...dated(day),
    ...{ id: `order:${row['opportunity_id']}`, accountId, status: 'delivered', orderedOn: day, amount: money(row) },
  });
}
