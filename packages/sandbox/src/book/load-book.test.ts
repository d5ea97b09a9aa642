import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Book, BookAccount } from './book.ts';
import { BookError } from './book-error.ts';
import { generateBook } from './generate-book.ts';
import { loadBook } from './load-book.ts';
import { saveBook } from './save-book.ts';
import { saveTruth } from './save-truth.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'book-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = '2026-01-05T09:00:00Z';
const accountHeader = 'id,name,type,createdAt,updatedAt';
const accounts = `${accountHeader}\nA1,Acme,customer,${at},${at}\n`;
const write = (files: Readonly<Record<string, string | Uint8Array>>) => {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
};
const errorOf = (files: Readonly<Record<string, string | Uint8Array>>): BookError => {
  write(files);
  try {
    loadBook(folder);
  } catch (error) {
    if (error instanceof BookError) return error;
    throw error;
  }
  throw new Error('the book was loaded');
};

const emptyBook: Book = {
  owners: [],
  accounts: [],
  contacts: [],
  opportunities: [],
  opportunityLines: [],
  contracts: [],
  orders: [],
  orderLines: [],
  tickets: [],
  activities: [],
  surveys: [],
  usage: [],
  referrals: [],
};

describe('a book folder is read', () => {
  test('one file is a book; columns in any order, quoted line breaks, a byte order mark, CRLF and blank lines are read', () => {
    const text = `\uFEFFname,id,type,updatedAt,createdAt,employees\r\n"Acme, ""the""\nfirst",A1,customer,${at},${at},\r\n\r\nBeta,A2,test,${at},${at},7\r\n`;
    write({ 'accounts.csv': text, 'notes.txt': 'not a table' });
    const dates = { createdAt: at, updatedAt: at };
    expect(loadBook(folder)).toEqual({
      ...emptyBook,
      accounts: [
        { name: 'Acme, "the"\nfirst', id: 'A1', type: 'customer', ...dates },
        { name: 'Beta', id: 'A2', type: 'test', employees: 7, ...dates },
      ],
    });
  });

  test('lists, numbers, yes-no and days become values', () => {
    write({
      'accounts.csv': `${accounts}A2,Beta,prospect,${at},${at}\n`,
      'contacts.csv': `id,accountId,otherAccountIds,createdAt,updatedAt\nC1,A1,A2;A1,${at},${at}\n`,
      'contracts.csv': `id,accountId,status,startsOn,endsOn,autoRenews,annualValue,createdAt,updatedAt\nK1,A1,active,2026-01-05,2027-01-04,true,1200.50,${at},${at}\n`,
    });
    const book = loadBook(folder);
    expect(book.contacts[0]?.otherAccountIds).toEqual(['A2', 'A1']);
    expect(book.contracts[0]).toMatchObject({ autoRenews: true, annualValue: 1200.5, endsOn: '2027-01-04' });
  });
});

describe('a book saved is the book loaded', () => {
  test('a generated book, with its truth beside it', () => {
    const { book, truth } = generateBook({ accounts: 150, seed: 4, asOf: '2026-06-30T12:00:00Z' });
    saveBook(book, folder);
    saveTruth(truth, folder);
    expect(loadBook(folder)).toEqual(book);
    const lines = readFileSync(join(folder, 'truth.csv'), 'utf8').trimEnd().split('\n');
    const named = new Set([
      ...truth.accounts.map((one) => one.accountId),
      ...truth.introductions.map((one) => one.introducedAccountId),
    ]);
    expect(lines.length).toBe(named.size + 1);
    const verdicts = readFileSync(join(folder, 'truth-referrals.csv'), 'utf8').trimEnd().split('\n');
    expect(verdicts.length).toBe(book.referrals.length + 1);
  });

  test('any text and any number come back the same', () => {
    const text = fc.string({
      minLength: 1,
      unit: fc.oneof(
        fc.constantFrom('"', ',', '\n', '\r', ';', ' ', '\uFEFF', '=', "'"),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
    });
    const account = fc.record<BookAccount>(
      {
        id: fc.uuid(),
        name: text,
        type: fc.constantFrom('customer', 'prospect', 'partner', 'test'),
        industry: text,
        employees: fc.nat(),
        annualRevenue: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
        createdAt: fc.constant(at),
        updatedAt: fc.constant(at),
      },
      { requiredKeys: ['id', 'name', 'type', 'createdAt', 'updatedAt'] },
    );
    fc.assert(
      fc.property(fc.uniqueArray(account, { selector: (one) => one.id, maxLength: 5 }), (rows) => {
        saveBook({ ...emptyBook, accounts: rows }, folder);
        expect(loadBook(folder).accounts).toEqual(rows);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  test('saving over an earlier book leaves nothing of it behind', () => {
    saveBook(generateBook({ accounts: 20, seed: 1, asOf: at }).book, folder);
    saveBook(emptyBook, folder);
    expect(loadBook(folder)).toEqual(emptyBook);
  });

  test('an empty text is refused, for it would come back as missing', () => {
    const row = { id: 'A1', name: '', type: 'customer', createdAt: at, updatedAt: at } as const;
    expect(() => saveBook({ ...emptyBook, accounts: [row] }, folder)).toThrow('leave it out');
  });
});

describe('what is wrong is named with file, line, column and the next step', () => {
  test('a folder that is not there', () => {
    expect(() => loadBook(join(folder, 'none'))).toThrow(/none: the folder cannot be read \(ENOENT\)\. Give the path/);
  });

  test('a folder without a file of a book', () => {
    expect(errorOf({ 'readme.txt': 'hello' }).message).toContain("Add at least one: a book's files are owners.csv");
  });

  test('a misspelt file', () => {
    const error = errorOf({ 'accounts.csv': accounts, 'acounts.csv': accounts });
    expect(error).toMatchObject({ file: 'acounts.csv' });
    expect(error.message).toContain('Rename or move it');
  });

  test('a folder in the place of a file', () => {
    mkdirSync(join(folder, 'accounts.csv'));
    expect(errorOf({}).message).toContain('accounts.csv: the file cannot be read (EISDIR)');
  });

  test('a file in another encoding', () => {
    const bytes = Buffer.from(accounts.replace('Acme', 'M\u00fcller'), 'latin1');
    expect(errorOf({ 'accounts.csv': bytes }).message).toBe(
      'accounts.csv: the file is not UTF-8. Save it again as "CSV UTF-8".',
    );
  });

  test.each([
    ['an empty file', '', undefined, undefined, 'Begin it with a header: id,name,type'],
    [
      'a quote that is not closed',
      `${accounts}A2,"Beta,customer,${at},${at}\nA3,C,test,${at},${at}\n`,
      3,
      undefined,
      'quote inside it twice',
    ],
    ['a quote in the middle', `${accountHeader}\nA1,"Ac"me,customer,${at},${at}\n`, 2, undefined, 'malformed'],
    ['semicolons', accounts.replaceAll(',', ';'), 1, undefined, 'Save it again with commas'],
    ['an unknown column', accounts.replace('name', 'nmae'), 1, 'nmae', 'the columns are id, name'],
    ['a column there twice', accounts.replace('name', 'id'), 1, 'id', 'Remove one of them'],
    [
      'a missing required column',
      `id,name,createdAt,updatedAt\nA1,Acme,${at},${at}\n`,
      1,
      'type',
      'required are id, name, type',
    ],
    ['a cell too few', `${accountHeader}\nA1,Acme,customer,${at}\n`, 2, undefined, 'as many cells as the header'],
    [
      'a required cell that is empty',
      `${accountHeader}\n\nA1,,customer,${at},${at}\n`,
      3,
      'name',
      'the column is required',
    ],
    ['a word not allowed', accounts.replace('customer', 'client'), 2, 'type', 'Write one of customer, prospect'],
    ['a date in words', accounts.replace(at, '5 January 2026'), 2, 'createdAt', '"5 January 2026" is no instant'],
    ['a day that does not exist', accounts.replace(at, '2026-02-30T09:00:00Z'), 2, 'createdAt', '2026-01-31T09:30:00Z'],
    ['an instant without zone', accounts.replace(at, '2026-01-05T09:00:00'), 2, 'createdAt', 'Write it in UTC'],
    [
      'an id used twice',
      `${accounts}"A\n1",B,test,${at},${at}\nA1,C,test,${at},${at}\n`,
      5,
      'id',
      '"A1" is on line 2 already',
    ],
  ])('%s', (_, text, line, column, words) => {
    const error = errorOf({ 'accounts.csv': text });
    expect(error).toMatchObject({ name: 'BookError', file: 'accounts.csv', line, column });
    expect(error.message).toContain(words);
  });

  test.each([
    ['a number with a thousands mark', '"1,200"', 'is no number'],
    ['a number out of range', '-1', 'is out of range'],
    ['a share for a count', '1.5', 'is no whole number'],
    ['a number too large', '1e999', 'is'],
  ])('%s', (_, cell, words) => {
    const error = errorOf({ 'accounts.csv': `${accountHeader},employees\nA1,Acme,customer,${at},${at},${cell}\n` });
    expect(error).toMatchObject({ line: 2, column: 'employees' });
    expect(error.message).toContain(words);
    expect(error.message).toContain('Write a whole number of at least 0');
  });

  test('a link to no row', () => {
    const contacts = `id,accountId,createdAt,updatedAt\nC1,A1,${at},${at}\nC2,A9,${at},${at}\n`;
    const error = errorOf({ 'accounts.csv': accounts, 'contacts.csv': contacts });
    expect(error.message).toBe(
      'contacts.csv, line 3, column accountId: "A9" is the id of no row in accounts.csv. Add that row to accounts.csv, or correct the id, or leave the cell empty.',
    );
  });

  test('one link of a list to no row', () => {
    const contacts = `id,otherAccountIds,createdAt,updatedAt\nC1,A1;A7,${at},${at}\n`;
    expect(errorOf({ 'accounts.csv': accounts, 'contacts.csv': contacts }).message).toContain('otherAccountIds: "A7"');
  });

  test('a link into a file that is not there', () => {
    const usage = `accountId,periodOn,recordedAt\nA1,2026-01-01,${at}\n`;
    expect(errorOf({ 'usage.csv': usage }).message).toBe(
      'usage.csv, line 2, column accountId: "A1" is the id of no row in accounts.csv. Add accounts.csv, which is not there.',
    );
  });

  test('two rows of use for one account and period', () => {
    const usage = `accountId,periodOn,recordedAt\nA1,2026-01-01,${at}\nA1,2026-01-01,${at}\n`;
    expect(errorOf({ 'accounts.csv': accounts, 'usage.csv': usage })).toMatchObject({
      line: 3,
      column: 'accountId + periodOn',
    });
  });
});
