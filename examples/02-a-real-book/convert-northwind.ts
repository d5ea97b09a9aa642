import type { Book, BookAccount, BookContact, BookOrder, BookOrderLine, BookOwner } from '@holdfast/sandbox';
import { readInserts, type SqlRow } from './read-inserts.ts';

/**
 * Turns the text of Northwind's SQL into a book. What the file does not know stays out: there are no mail addresses,
 * contracts, tickets or delivery dates. Four things are set by us: money is in USD; employees get an address in
 * `northwind.example`; an account belongs to the employee who took most of its orders, and begins with its first order
 * (the two without orders: with the first order of all). Throws Error when a table is missing.
 */
export function convertNorthwind(sql: string): Book {
  const tables = readInserts(sql);
  const table = (name: string): readonly SqlRow[] => {
    const rows = tables.get(name);
    if (!rows) throw new Error(`There is no table ${name} in the file: give the SQL file of Northwind for PostgreSQL`);
    return rows;
  };
  const orders = table('orders');
  const amounts = orderAmounts(table('order_details'));
  const orderById = new Map(orders.map((row) => [row['order_id'], row]));
  const products = new Map(table('products').map((row) => [row['product_id'], text(row, 'product_name')]));
  const accounts = table('customers').map((row) => account(row, orders));
  return {
    ...emptyTables,
    owners: table('employees').map(owner),
    accounts,
    contacts: table('customers').map((row, i) => contact(row, accounts[i]!.createdAt)),
    orders: orders.map((row) => order(row, amounts.get(row['order_id']!) ?? 0)),
    orderLines: table('order_details').map((row) => orderLine(row, orderById.get(row['order_id']!)!, products)),
  };
}

const emptyTables = {
  opportunities: [],
  opportunityLines: [],
  contracts: [],
  tickets: [],
  activities: [],
  surveys: [],
  usage: [],
  referrals: [],
} as const;

const text = (row: SqlRow, column: string): string => String(row[column]);
const midnight = (day: string): string => `${day}T00:00:00Z`;
const known = <Key extends string>(key: Key, value: string | number | null | undefined) =>
  (value === null || value === undefined ? {} : { [key]: String(value) }) as { readonly [K in Key]?: string };

/** The dump prints PostgreSQL's 4-byte reals: 9.80000019 is 9.80. */
const hundredths = (value: unknown): number => Math.round(Number(value) * 100) / 100;

function owner(row: SqlRow): BookOwner {
  const [first, last] = [text(row, 'first_name'), text(row, 'last_name')];
  const email = `${first}.${last}@northwind.example`.toLowerCase();
  return { id: `employee-${row['employee_id']}`, name: `${first} ${last}`, email, active: true };
}

function account(row: SqlRow, orders: readonly SqlRow[]): BookAccount {
  const own = orders.filter((order) => order['customer_id'] === row['customer_id']);
  const at = midnight(firstDay(own.length > 0 ? own : orders));
  return {
    id: text(row, 'customer_id'),
    name: text(row, 'company_name'),
    type: 'customer',
    ...known('country', row['country']),
    ...known('ownerId', mostFrequent(own)),
    ...{ currency: 'USD', createdAt: at, updatedAt: at },
  };
}

function firstDay(orders: readonly SqlRow[]): string {
  return orders.map((order) => text(order, 'order_date')).sort()[0]!;
}

/** The employee with most of these orders; of equals the one with the lower number. */
function mostFrequent(orders: readonly SqlRow[]): string | undefined {
  const counts = new Map<number, number>();
  for (const order of orders)
    counts.set(Number(order['employee_id']), (counts.get(Number(order['employee_id'])) ?? 0) + 1);
  const [first] = [...counts].sort(([a, most], [b, other]) => other - most || a - b);
  return first && `employee-${first[0]}`;
}

function contact(row: SqlRow, createdAt: string): BookContact {
  const [first, ...rest] = text(row, 'contact_name').split(' ');
  return {
    id: `${row['customer_id']}-contact`,
    accountId: text(row, 'customer_id'),
    ...known('firstName', first),
    ...known('lastName', rest.length > 0 ? rest.join(' ') : null),
    ...known('phone', row['phone']),
    ...known('title', row['contact_title']),
    ...{ createdAt, updatedAt: createdAt },
  };
}

/** By order id, in hundredths of a cent while it adds up: whole numbers, so that half a cent is rounded up, not as it falls. */
function orderAmounts(lines: readonly SqlRow[]): ReadonlyMap<unknown, number> {
  const sums = new Map<unknown, number>();
  for (const line of lines) {
    const cents = Math.round(Number(line['unit_price']) * 100) * Number(line['quantity']);
    const paidPercent = 100 - Math.round(Number(line['discount']) * 100);
    sums.set(line['order_id'], (sums.get(line['order_id']) ?? 0) + cents * paidPercent);
  }
  return new Map([...sums].map(([id, sum]) => [id, Math.round(sum / 100) / 100]));
}

function order(row: SqlRow, amount: number): BookOrder {
  const { shipped_date: shipped } = row;
  return {
    id: `order-${row['order_id']}`,
    number: text(row, 'order_id'),
    ...known('accountId', row['customer_id']),
    ownerId: `employee-${row['employee_id']}`,
    status: shipped === null ? 'open' : 'shipped',
    orderedOn: text(row, 'order_date'),
    ...known('promisedOn', row['required_date']),
    ...known('shippedOn', shipped),
    ...{ amount, currency: 'USD' },
    createdAt: midnight(text(row, 'order_date')),
    updatedAt: midnight(text(row, shipped === null ? 'order_date' : 'shipped_date')),
  };
}

function orderLine(row: SqlRow, of: SqlRow, products: ReadonlyMap<unknown, string>): BookOrderLine {
  const discount = hundredths(row['discount']);
  const { createdAt, updatedAt } = order(of, 0);
  return {
    id: `order-${row['order_id']}-${row['product_id']}`,
    orderId: `order-${row['order_id']}`,
    product: products.get(row['product_id']) ?? `Product ${row['product_id']}`,
    kind: 'goods',
    quantity: Number(row['quantity']),
    unitPrice: hundredths(row['unit_price']),
    ...(discount > 0 && { discount }),
    ...known('promisedOn', of['required_date']),
    ...known('shippedOn', of['shipped_date']),
    ...{ createdAt, updatedAt },
  };
}
