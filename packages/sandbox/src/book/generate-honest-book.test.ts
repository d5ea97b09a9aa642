import { describe, expect, test } from 'vitest';
import type { Book } from './book.ts';
import { generateHonestBook } from './generate-honest-book.ts';
import type { HonestOptions } from './honest-options.ts';

const asOf = '2026-07-02T00:00:00Z';
const make = (seed: number, honest: HonestOptions = {}, accounts = 500) =>
  generateHonestBook({ accounts, seed, asOf, honest });
const late = { attainableFrom: '9999-01-01' };

function groupBy<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}

const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);

describe('an honest book', () => {
  const books = [1, 2, 3, 4].map((seed) => make(seed, {}, 1000));
  const known = books.flatMap(({ truth }) => truth.decisions.filter((one) => one.attainable !== undefined));

  test('same options, same bytes', () => {
    const [one, again] = [make(9), make(9)];
    expect(JSON.stringify([again.book, again.truth, again.log.changes])).toBe(
      JSON.stringify([one.book, one.truth, one.log.changes]),
    );
  });

  test('attainable chances add up to the losses that came, within three standard errors, overall and in each fifth', () => {
    const sorted = [...known].sort((a, b) => a.attainable! - b.attainable!);
    for (let fifth = 0; fifth < 5; fifth += 1) {
      const part = sorted.slice((fifth * sorted.length) / 5, ((fifth + 1) * sorted.length) / 5);
      const [expected, came] = [sum(part.map((one) => one.attainable!)), sum(part.map((one) => Number(one.lost)))];
      const error = Math.sqrt(sum(part.map((one) => one.attainable! * (1 - one.attainable!))));
      expect(Math.abs(came - expected)).toBeLessThan(3 * error);
    }
  });

  test('they are the mean of the true chances, which know the hidden cause: equal within 3 %, and less spread', () => {
    const [best, truth] = [known.map((one) => one.attainable!), known.map((one) => one.hazard)];
    expect(sum(best) / sum(truth)).toSatisfy((ratio: number) => ratio > 0.97 && ratio < 1.03);
    const spread = (list: readonly number[]) =>
      sum(list.map((one) => one * one)) / list.length - (sum(list) / list.length) ** 2;
    expect(spread(best)).toBeLessThan(spread(truth));
  });

  test('a tenth to a sixth of decisions are losses', () => {
    const lost = sum(known.map((one) => Number(one.lost))) / known.length;
    expect(lost).toSatisfy((share: number) => share > 0.09 && share < 0.17);
  });
});

describe('the change log', () => {
  const { book, log, merges } = make(5, { ...late, merges: 0.2 });

  test('each edit follows on the one before and ends in the book’s value', () => {
    const rows = new Map<string, object>();
    for (const table of Object.values(book) as readonly { readonly id?: string }[][])
      for (const row of table) if (row.id !== undefined) rows.set(row.id, row);
    const last = new Map<string, unknown>();
    for (const { recordId, field, before, after } of log.changes) {
      const key = `${recordId} ${field}`;
      if (last.has(key)) expect(before).toEqual(last.get(key));
      last.set(key, after);
    }
    for (const [key, value] of last) {
      const [id, field] = key.split(' ') as [string, string];
      expect((rows.get(id) as Record<string, unknown>)[field]).toEqual(value);
    }
    expect(log.changes.length).toBeGreaterThan(10_000);
  });

  test('a closed ticket: open the moment before it was closed, closed from then on, nothing before it was opened', () => {
    const ticket = book.tickets.find((one) => one.closedAt !== undefined)!;
    const before = new Date(Date.parse(ticket.closedAt!) - 1000).toISOString();
    expect(log.fieldAt(ticket.id, 'closedAt', before)).toBeUndefined();
    expect(log.fieldAt(ticket.id, 'status', before)).not.toBe('closed');
    expect(log.fieldAt(ticket.id, 'status', ticket.closedAt!)).toBe('closed');
    expect(log.fieldAt(ticket.id, 'status', '2000-01-01T00:00:00.000Z')).toBeUndefined();
  });

  test('a merge: records came in under the double and are re-pointed at its instant', () => {
    expect(merges.length).toBeGreaterThan(20);
    const moved = log.changes.filter((one) => one.field === 'accountId');
    expect(moved.length).toBeGreaterThan(20);
    const at = new Map(merges.map((one) => [one.mergedId, one]));
    for (const one of moved)
      expect(one).toMatchObject({ at: at.get(one.before as string)!.at, after: at.get(one.before as string)!.intoId });
  });
});

describe('what an honest test needs', () => {
  test('late renewals: terms that begin 3 to 54 days after the one before, and back-dated entries', () => {
    const { book } = make(6, late);
    const ends = groupBy(book.contracts, (one) => one.accountId);
    const gaps = [...ends.values()].flatMap((list) =>
      list.slice(1).map((one, i) => (Date.parse(one.startsOn) - Date.parse(list[i]!.endsOn)) / 86_400_000 - 1),
    );
    const late_ = gaps.filter((gap) => gap > 0);
    expect(late_.every((gap) => gap >= 3 && gap <= 54)).toBe(true);
    expect(late_.length / gaps.length).toSatisfy((share: number) => share > 0.04 && share < 0.12);
    const days = (one: Book['activities'][number]) =>
      (Date.parse(one.createdAt) - Date.parse(one.occurredAt)) / 86_400_000;
    expect(book.activities.filter((one) => days(one) > 10).length).toBeGreaterThan(50);
    expect(book.contracts.some((one) => one.createdAt.slice(0, 10) > one.startsOn)).toBe(true);
  });

  test('a common shock: months differ by more than chance with a deviation of .8, and not with 0', () => {
    const unrest = (shock: number) => {
      const months = groupBy(make(7, { ...late, shock }, 1500).truth.decisions, (one) => one.decidesOn.slice(0, 7));
      const gaps = [...months.values()].map((list) => {
        const expected = sum(list.map((one) => one.hazard));
        return { expected, came: sum(list.map((one) => Number(one.lost))) };
      });
      const mean = sum(gaps.map((one) => one.expected)) / gaps.length;
      return sum(gaps.map((one) => (one.expected - mean) ** 2)) / gaps.length / mean;
    };
    expect(unrest(0.8)).toBeGreaterThan(2 * unrest(0));
  });

  test('acting on accounts cuts their losses by the effect: .4 when left out', () => {
    const acted = make(8, { ...late, actOn: () => true }, 2000).truth.decisions;
    const [came, expected] = [sum(acted.map((one) => Number(one.lost))), sum(acted.map((one) => one.hazard))];
    expect(acted.every((one) => one.treated)).toBe(true);
    expect(came / expected).toSatisfy((ratio: number) => ratio > 0.52 && ratio < 0.68);
  });

  test('purged: who left long ago is gone with people and contracts, orders and sales point to nobody', () => {
    const [whole, purged] = [make(9, late), make(9, { ...late, purge: true })];
    const left = whole.truth.accounts.filter((one) => (one.leftOn ?? '9999') < '2026-04-01');
    expect(left.length).toBeGreaterThan(50);
    const kept = new Set(purged.book.accounts.map((one) => one.id));
    expect(left.filter((one) => kept.has(one.accountId))).toEqual([]);
    expect(purged.book.contracts.every((one) => kept.has(one.accountId))).toBe(true);
    expect(purged.book.opportunities.length).toBe(whole.book.opportunities.length);
    expect(purged.book.opportunities.filter((one) => one.accountId === undefined).length).toBeGreaterThan(50);
  });

  test.each([{ effect: 2 }, { hidden: -1 }, { merges: Number.NaN }])('options %j are refused by name', (wrong) => {
    expect(() => make(1, wrong)).toThrow(Object.keys(wrong)[0]!);
  });
});
