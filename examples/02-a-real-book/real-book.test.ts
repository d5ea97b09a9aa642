import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadBook, saveBook } from '@holdfast/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccountFigures, deliveryText } from './account-figures.ts';
import type { Crm } from './answers.ts';
import { convertNorthwind } from './convert-northwind.ts';
import { READ_SCORES } from './crm-api.ts';
import { openNorthwind } from './northwind-sql.ts';
import { LAST_DAY, type RunOn, runOn } from './run-on.ts';

const sqlFile = fileURLToPath(new URL('../../../shared/data/books/northwind/northwind.sql', import.meta.url));
const here = existsSync(sqlFile);

/** Cents are counted in whole numbers: price in cents times quantity times the percentage paid, rounded once per order. */
const EXPECTED = `WITH amounts AS (
    SELECT order_id, (sum(quantity * CAST(round(unit_price * 100) AS INTEGER)
      * (100 - CAST(round(discount * 100) AS INTEGER))) + 50) / 100 cents
    FROM order_details GROUP BY order_id)
  SELECT c.company_name name, count(o.order_id) orders, coalesce(sum(shipped_date <= required_date), 0) inTime,
    coalesce(sum(shipped_date > required_date), 0) late, count(o.order_id) - count(shipped_date) notShipped,
    coalesce(sum(shipped_date IS NULL AND required_date < '${LAST_DAY}'), 0) overdue,
    coalesce(sum(shipped_date IS NULL AND required_date = '${LAST_DAY}'), 0) dueToday, coalesce(sum(cents), 0) value
  FROM customers c LEFT JOIN orders o USING (customer_id) LEFT JOIN amounts USING (order_id)
  GROUP BY c.customer_id ORDER BY c.company_name`;

interface ScoreLine {
  readonly id: string;
  readonly healthScore: number | null;
  readonly band: string;
  readonly mainReason: string | null;
  readonly reasons: string;
  readonly nextStep: string;
}

function newestRun<T>(workspace: string, file: string): T {
  const runs = join(workspace, '.holdfast', 'runs');
  const newest = readdirSync(runs).sort().at(-1)!;
  return JSON.parse(readFileSync(join(runs, newest, file), 'utf8')) as T;
}

const byId = <T extends { readonly id: string }>(rows: readonly T[]) => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));

const scoresOf = ({ workspace }: RunOn) =>
  newestRun<{ lines: readonly (ScoreLine & { name: string })[] }>(workspace, 'scores.json').lines.map(
    ({ id, name, healthScore, band, mainReason, reasons, nextStep }) => {
      return { id, name, score: { healthScore, band, mainReason, reasons, nextStep } };
    },
  );

describe.skipIf(!here)('Northwind as of 1998-05-06 (skipped where shared/data is absent)', () => {
  let folder: string;
  let runs: Readonly<Record<Crm, RunOn>>;
  let expected: readonly Record<string, unknown>[];

  beforeAll(async () => {
    const sql = readFileSync(sqlFile, 'utf8');
    expected = openNorthwind(sql).prepare(EXPECTED).all();
    folder = mkdtempSync(join(tmpdir(), 'real-book-test-'));
    saveBook(convertNorthwind(sql), join(folder, 'book'));
    const book = loadBook(join(folder, 'book'));
    runs = { hubspot: await runOn('hubspot', book, folder), salesforce: await runOn('salesforce', book, folder) };
  }, 240_000);
  afterAll(async () => {
    for (const { crm } of Object.values(runs ?? {})) await crm.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each(['hubspot', 'salesforce'] as const)('through %s', (name) => {
    test('the run stands at 1998-05-06: the pull began on that day', () => {
      const { asOf } = newestRun<{ asOf: number }>(runs[name].workspace, 'run.json');
      expect(new Date(asOf).toISOString().slice(0, 10)).toBe('1998-05-06');
    });

    test('91 accounts, 89 with orders, 830 orders: 772 in time, 37 late, 21 not shipped, none overdue, one due', () => {
      const sum = (key: keyof AccountFigures) => runs[name].figures.reduce((total, one) => total + Number(one[key]), 0);
      expect(runs[name].figures.length).toBe(91);
      expect(runs[name].figures.filter(({ orders }) => orders > 0).length).toBe(89);
      const totals = { orders: sum('orders'), inTime: sum('inTime'), late: sum('late'), notShipped: sum('notShipped') };
      expect(totals).toEqual({ orders: 830, inTime: 772, late: 37, notShipped: 21 });
      expect({ overdue: sum('overdue'), dueToday: sum('dueToday') }).toEqual({ overdue: 0, dueToday: 1 });
      expect(deliveryText(runs[name].figures)).toContain('In time: 772 of 809');
    });

    test('orders, in time, late, open and value of each account, read back from the CRM, equal plain SQL', () => {
      const found = runs[name].figures.map(({ id: _, onTimeShare: __, ...figures }) => figures);
      const inOrder = found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      const wanted = expected
        .map((row) => ({ ...row }) as (typeof found)[number])
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
      expect(wanted.length).toBe(91);
      expect(inOrder).toEqual(wanted);
    });

    test('the share in time is of the shipped orders: open ones are not counted', () => {
      for (const { inTime, late, onTimeShare } of runs[name].figures) {
        expect(onTimeShare).toBe(inTime + late === 0 ? null : inTime / (inTime + late));
      }
    });

    test('the scores that the CRM holds, read by its own API, are those of scores.json', async () => {
      const wanted = scoresOf(runs[name]).map(({ id, score }) => ({ id, ...score }));
      const held = await READ_SCORES[name](runs[name].crm.origin);
      expect(held.length).toBe(91);
      expect(byId(held)).toEqual(byId(wanted));
      expect(held.filter(({ healthScore }) => healthScore !== null).length).toBeGreaterThan(60);
    });

    test('a second run writes nothing', async () => {
      const again = JSON.parse(await runs[name].holdfast('run', '--json'));
      expect(again).toMatchObject({ inBook: 91, planned: 0, applied: { written: 0, failed: 0, conflict: 0 } });
    });
  });

  test('the same book gives the same scores on both; the two accounts that never ordered differ in their owner', () => {
    // The book names no owner for them. HubSpot leaves the field empty; Salesforce, where every account has an owner, cannot.
    const NEVER_ORDERED = ['FISSA Fabrica Inter. Salchichas S.A.', 'Paris spécialités'];
    const ordered = (run: RunOn) =>
      new Map(
        scoresOf(run).flatMap(({ name, score }) => (NEVER_ORDERED.includes(name) ? [] : [[name, score] as const])),
      );
    expect(ordered(runs.hubspot).size).toBe(89);
    expect(ordered(runs.hubspot)).toEqual(ordered(runs.salesforce));
    const reasons = (run: RunOn) => NEVER_ORDERED.map((name) => scoresOf(run).find((it) => it.name === name)?.score);
    expect(reasons(runs.hubspot).map((score) => score?.mainReason)).toEqual(['relationship', 'relationship']);
    expect(reasons(runs.salesforce).map((score) => score?.mainReason)).toEqual(['missing_data', 'missing_data']);
  });
});

describe('the command', () => {
  const script = fileURLToPath(new URL('run.ts', import.meta.url));
  const call = (...args: string[]) =>
    spawnSync(process.execPath, ['--conditions=holdfast-source', script, ...args], { encoding: 'utf8' });

  test('without a file, or with a CRM that it does not know, says how to call it and exits 2', () => {
    expect(call()).toMatchObject({ status: 2, stderr: expect.stringContaining('npm start -- path/to/northwind.sql') });
    expect(call('northwind.sql', 'other')).toMatchObject({ status: 2 });
  });

  test('a file that is not there is named, and it exits 1', () => {
    expect(call('/nowhere.sql')).toMatchObject({
      status: 1,
      stderr: "There is no file /nowhere.sql: give the path of Northwind's SQL file.\n",
    });
  });

  test('names what is missing in another file, without a stack, and exits 1', () => {
    const other = join(mkdtempSync(join(tmpdir(), 'other-sql-')), 'other.sql');
    writeFileSync(other, 'CREATE TABLE things (id smallint);\nINSERT INTO things VALUES (1);\n');
    const { status, stderr } = call(other);
    rmSync(dirname(other), { recursive: true });
    expect(status).toBe(1);
    expect(stderr).toContain('There is no table orders');
    expect(stderr).not.toContain('    at ');
  });
});
