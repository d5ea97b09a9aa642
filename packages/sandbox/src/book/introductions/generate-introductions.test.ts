import { describe, expect, test } from 'vitest';
import { generateIntroductions } from './generate-introductions.ts';
import { DECOY_SHARES, SHARES } from './introduction-shares.ts';

const { book, truth } = generateIntroductions({ seed: 7, introductions: 500 });
const count = <Item>(list: readonly Item[], test: (it: Item) => boolean) => list.filter(test).length;

describe('a book of introductions', () => {
  test('is the same for the same options, and another for another seed', () => {
    expect(generateIntroductions({ seed: 7, introductions: 500 })).toEqual({ book, truth });
    expect(generateIntroductions({ seed: 8, introductions: 20 }).book).not.toEqual(
      generateIntroductions({ seed: 9, introductions: 20 }).book,
    );
  });

  test('has at least two decoys for each introduction, of every kind', () => {
    expect(truth.decoys.length).toBeGreaterThanOrEqual(2 * 500);
    for (const kind of Object.keys(DECOY_SHARES).filter((it) => it !== 'wrong link')) {
      expect(truth.decoys.map((it) => it.kind)).toContain(kind);
    }
  });

  test('has each noise that the introductions are to be found in', () => {
    const noises = new Set(truth.introductions.flatMap((it) => it.noises));
    for (const noise of [
      ...(['alias address', 'private address', 'wrong company', 'late logging', 'wrong date'] as const),
      ...(['no contact record', 'redacted', 'not logged', 'people in copy', 'neutral words'] as const),
    ]) {
      expect(noises).toContain(noise);
    }
  });

  test('keeps to the stated shares of redacted and late records, within four standard errors', () => {
    const mails = book.activities.filter((it) => it.kind === 'email');
    const near = (hits: number, all: number, share: number) =>
      expect(Math.abs(hits / all - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / all));
    near(
      count(mails, (it) => it.from === undefined),
      mails.length,
      SHARES.redacted,
    );
    const late = (it: (typeof book.activities)[number]) =>
      Date.parse(it.loggedAt) - Date.parse(it.occurredAt) >= 86_400_000;
    near(count(book.activities, late), book.activities.length, SHARES.lateLogging * (1 - SHARES.wrongDateOfLate));
  });

  test('shows nothing of the truth: a hidden mail names nobody, ids follow the dates, no row says what it is', () => {
    for (const it of book.activities) {
      if (it.kind === 'email' && it.from === undefined)
        expect([it.to, it.cc, it.subject, it.thread].filter((value) => value !== undefined)).toEqual([]);
    }
    expect([...book.activities].sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1)).map((it) => it.id)).toEqual(
      book.activities.map((it) => it.id),
    );
    const columns = new Set(book.activities.flatMap(Object.keys));
    expect([...columns].sort()).toEqual(
      'attendees cc contactIds direction from id kind loggedAt occurredAt subject thread to'.split(' '),
    );
  });

  test('points only at records that the book holds', () => {
    const accounts = new Set(book.accounts.map((it) => it.id));
    const contacts = new Set(book.contacts.map((it) => it.id));
    for (const it of truth.introductions) {
      expect(accounts).toContain(it.introducerAccountId);
      expect(accounts).toContain(it.prospectAccountId);
      for (const id of [it.introducerContactId, it.prospectContactId]) if (id) expect(contacts).toContain(id);
    }
    for (const it of book.activities) for (const id of it.contactIds) expect(contacts).toContain(id);
  });
});
