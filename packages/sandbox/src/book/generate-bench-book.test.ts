import { describe, expect, test } from 'vitest';
import { benchActivities, generateBenchBook } from './generate-bench-book.ts';

const options = { accounts: 400, seed: 3, asOf: '2026-06-30T12:00:00Z' };

describe('a bench book', () => {
  test('has two contacts and one opportunity for each account, and the same bytes each time', () => {
    const book = generateBenchBook(options);
    expect([book.accounts.length, book.contacts.length, book.opportunities.length]).toEqual([400, 800, 400]);
    const ids = new Set(book.accounts.map((one) => one.id));
    expect([...book.contacts, ...book.opportunities].every((one) => ids.has(one.accountId!))).toBe(true);
    expect(new Set(book.contacts.map((one) => one.email)).size).toBe(800);
    expect(JSON.stringify(generateBenchBook(options))).toBe(JSON.stringify(book));
  });

  test('has a running contract for each customer and for nobody else', () => {
    const { accounts, contracts } = generateBenchBook(options);
    expect(contracts.map((one) => one.accountId)).toEqual(
      accounts.filter((one) => one.type === 'customer').map((one) => one.id),
    );
    expect(contracts.every((one) => one.startsOn <= '2026-06-30' && one.endsOn >= '2026-06-29')).toBe(true);
  });

  test('keeps time order: nothing before its account, nothing after the end', () => {
    const book = generateBenchBook(options);
    const born = new Map(book.accounts.map((one) => [one.id, one.createdAt]));
    const events = [...benchActivities({ ...options, activities: 2000 })];
    for (const one of [...book.accounts, ...book.contacts, ...book.contracts, ...book.opportunities, ...events]) {
      expect(one.createdAt <= one.updatedAt && one.updatedAt <= '2026-06-30T12:00:00.000Z').toBe(true);
    }
    for (const one of [...book.contacts, ...book.opportunities, ...events]) {
      expect(born.get(one.accountId!)! <= one.createdAt).toBe(true);
    }
  });

  test('activities come one by one, as many as asked for, for people of the book', () => {
    const people = new Map(generateBenchBook(options).contacts.map((one) => [one.id, one.accountId]));
    let count = 0;
    for (const one of benchActivities({ ...options, activities: 5000 })) {
      count += 1;
      expect(people.get(one.contactIds![0]!)).toBe(one.accountId);
    }
    expect(count).toBe(5000);
    expect([...benchActivities({ ...options, accounts: 0, activities: 9 })]).toEqual([]);
  });
});
