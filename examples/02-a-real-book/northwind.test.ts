import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadBook } from '@holdfast/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convertNorthwind } from './convert-northwind.ts';
import { openNorthwind } from './northwind-sql.ts';
import { readInserts } from './read-inserts.ts';

const sqlFile = fileURLToPath(new URL('../../../shared/data/books/northwind/northwind.sql', import.meta.url));
const script = fileURLToPath(new URL('northwind-to-book.ts', import.meta.url));
const here = existsSync(sqlFile);

describe.skipIf(!here)(
  'Northwind as a book equals plain SQL over the same file (skipped where shared/data is absent)',
  () => {
    const sql = here ? readFileSync(sqlFile, 'utf8') : '';
    const book = here ? convertNorthwind(sql) : undefined!;
    const db = here ? openNorthwind(sql) : undefined!;
    const all = (query: string) =>
      db
        .prepare(query)
        .all()
        .map((row) => ({ ...row }));
    const one = (query: string) => Object.values(db.prepare(query).get()!)[0];
    const asOf = '1998-05-06';

    test('91 accounts, 89 with orders, 9 owners, 91 contacts, 830 orders, 2,155 lines', () => {
      expect(book.accounts.length).toBe(91);
      expect(book.accounts.length).toBe(one('SELECT count(*) FROM customers'));
      const buyers = new Set(book.orders.map((order) => order.accountId));
      expect(buyers.size).toBe(89);
      expect(buyers.size).toBe(one('SELECT count(DISTINCT customer_id) FROM orders'));
      expect(book.owners.length).toBe(one('SELECT count(*) FROM employees'));
      expect(book.contacts.length).toBe(91);
      expect(book.orders.length).toBe(830);
      expect(book.orders.length).toBe(one('SELECT count(*) FROM orders'));
      expect(book.orderLines.length).toBe(2155);
      expect(book.orderLines.length).toBe(one('SELECT count(*) FROM order_details'));
    });

    test('772 orders shipped in time, 37 late, 21 not shipped as of 1998-05-06, none overdue and one due that day', () => {
      const shipped = book.orders.filter((order) => order.shippedOn !== undefined && order.shippedOn <= asOf);
      const open = book.orders.filter((order) => order.shippedOn === undefined);
      const figures = {
        inTime: shipped.filter((order) => order.shippedOn! <= order.promisedOn!).length,
        late: shipped.filter((order) => order.shippedOn! > order.promisedOn!).length,
        open: open.length,
        overdue: open.filter((order) => order.promisedOn! < asOf).length,
        dueToday: open.filter((order) => order.promisedOn === asOf).length,
      };
      expect(figures).toEqual({ inTime: 772, late: 37, open: 21, overdue: 0, dueToday: 1 });
      expect([figures]).toEqual(
        all(`SELECT sum(shipped_date <= required_date) inTime, sum(shipped_date > required_date) late,
        sum(shipped_date IS NULL) open, sum(shipped_date IS NULL AND required_date < '${asOf}') overdue,
        sum(shipped_date IS NULL AND required_date = '${asOf}') dueToday FROM orders`),
      );
    });

    test('each account has its name, country, orders, lines, pieces, value, and days of first and last order', () => {
      const orderOf = new Map(book.orders.map((order) => [order.id, order]));
      const figures = book.accounts.map(({ id, name, country }) => {
        const orders = book.orders.filter((order) => order.accountId === id);
        const lines = book.orderLines.filter((line) => orderOf.get(line.orderId)!.accountId === id);
        const days = orders.map((order) => order.orderedOn).sort();
        const value = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice * (1 - (line.discount ?? 0)), 0);
        return {
          ...{ id, name, country, orders: orders.length, lines: lines.length, value: Math.round(value * 100) / 100 },
          pieces: lines.reduce((sum, line) => sum + line.quantity, 0),
          first: days[0] ?? null,
          last: days.at(-1) ?? null,
        };
      });
      const expected = all(`SELECT c.customer_id id, c.company_name name, c.country, count(DISTINCT o.order_id) orders,
      count(d.product_id) lines, round(coalesce(sum(d.quantity * round(d.unit_price, 2) * (1 - round(d.discount, 2))), 0), 2) value,
      coalesce(sum(d.quantity), 0) pieces, min(o.order_date) first, max(o.order_date) last
      FROM customers c LEFT JOIN orders o USING (customer_id) LEFT JOIN order_details d USING (order_id)
      GROUP BY c.customer_id ORDER BY c.rowid`);
      for (const [i, row] of expected.entries()) {
        const { value, ...rest } = figures[i]!;
        const { value: wanted, ...others } = row;
        expect(rest).toEqual(others);
        expect(value).toBeCloseTo(Number(wanted), 1);
      }
    });

    test('the amount of every order is the sum of its lines, and the sum of all is 1,265,793.04', () => {
      const sums =
        all(`SELECT 'order-' || order_id id, sum(quantity * round(unit_price, 2) * (1 - round(discount, 2))) sum
      FROM order_details GROUP BY order_id ORDER BY order_id`);
      for (const [i, { id, sum }] of sums.entries()) {
        expect(book.orders[i]!.id).toBe(id);
        expect(Math.abs(book.orders[i]!.amount! - Number(sum))).toBeLessThan(0.0051);
      }
      const total = Number(
        one('SELECT sum(quantity * round(unit_price, 2) * (1 - round(discount, 2))) FROM order_details'),
      );
      expect(total).toBeCloseTo(1265793.04, 2);
      expect(book.orders.reduce((sum, order) => sum + order.amount!, 0)).toBeCloseTo(total, 0);
    });

    test('every order belongs to the employee and account that SQL says, and dates lie from 1996 to 1998', () => {
      const rows = all(`SELECT o.order_id number, o.customer_id accountId, e.first_name || ' ' || e.last_name owner
      FROM orders o JOIN employees e USING (employee_id) ORDER BY o.order_id`);
      const nameOf = new Map(book.owners.map((owner) => [owner.id, owner.name]));
      expect(
        book.orders.map(({ number, accountId, ownerId }) => ({
          number: Number(number),
          accountId,
          owner: nameOf.get(ownerId!),
        })),
      ).toEqual(rows);
      expect(book.orders.every((order) => order.orderedOn >= '1996-07-04' && order.orderedOn <= asOf)).toBe(true);
    });

    test('names with quotes and accents survive', () => {
      const names = book.accounts.map((account) => account.name);
      expect(names).toContain("Bon app'");
      expect(names).toContain('Königlich Essen');
    });

    describe('the command', () => {
      let folder: string;
      beforeAll(() => {
        folder = mkdtempSync(join(tmpdir(), 'northwind-'));
      });
      afterAll(() => rmSync(folder, { recursive: true }));
      const run = (...args: string[]) =>
        spawnSync(process.execPath, ['--conditions=holdfast-source', script, ...args], { encoding: 'utf8' });

      test('writes a folder that loads as the same book', () => {
        expect(run(sqlFile, folder)).toMatchObject({
          status: 0,
          stdout: `${folder}: 91 accounts, 830 orders, 2155 order lines\n`,
        });
        expect(loadBook(folder)).toEqual(book);
      });

      test('without arguments says how to call it and exits 2; for another file names what is missing and exits 1', () => {
        expect(run()).toMatchObject({ status: 2, stderr: expect.stringContaining('northwind.sql BOOK_FOLDER') });
        expect(run(script, folder)).toMatchObject({ status: 1, stderr: expect.not.stringContaining('    at ') });
      });
    });
  },
);

describe('INSERT statements are read', () => {
  const schema =
    'CREATE TABLE t (\n a smallint NOT NULL,\n b character varying(5),\n c numeric(4,2), PRIMARY KEY (a)\n);\n';

  test('quotes, commas and brackets in text, backslashes, NULL, comments, signs, and several rows at once', () => {
    const sql = `-- it's a comment\n${schema}INSERT INTO t VALUES (1, 'it''s (a), \\x; b', -1.5), (2, NULL, 0);\nALTER TABLE t OWNER TO x;`;
    expect(readInserts(sql).get('t')).toEqual([
      { a: 1, b: "it's (a), \\x; b", c: -1.5 },
      { a: 2, b: null, c: 0 },
    ]);
  });

  test.each([
    ['too few values', `${schema}INSERT INTO t VALUES (1, 'x');`, '2 values for 3 columns'],
    ['a table that nobody created', "INSERT INTO t VALUES (1, 'x', 2);", 'before its CREATE TABLE'],
    ['an expression', `${schema}INSERT INTO t VALUES (1, now(), 2);`, 'is no text, number or NULL'],
    ['a quote left open', `${schema}INSERT INTO t VALUES (1, 'x, 2);\n`, 'Line 6: a quote is not closed'],
  ])('%s is refused', (_, sql, words) => {
    expect(() => readInserts(sql)).toThrow(words);
  });
});
