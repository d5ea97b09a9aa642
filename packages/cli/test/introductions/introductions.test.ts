import { findIntroductions } from '@holdfast/core';
import { wilson } from '@holdfast/core/stats';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Judged, judgeIntroductions } from '../../../workflows/test/introductions/judge-introductions.ts';
import { sourceOfBook } from '../../../workflows/test/introductions/source-of-book.ts';
import { type ReadThrough, readThrough } from './read-through.ts';

describe.each(['hubspot', 'salesforce'] as const)('300 introductions in a %s org, read by the real adapter', (crm) => {
  let read: ReadThrough;
  let judged: Judged;
  beforeAll(async () => {
    read = await readThrough(crm, { seed: 601, introductions: 300 });
    judged = judgeIntroductions([read]);
    const { byNoise: _, differences, ...figures } = judged;
    process.stdout.write(`${crm}: ${JSON.stringify({ ...figures, differences: differences.length })}\n`);
  }, 120_000);

  test('finds at least 98 of 100 that left evidence there (bench: Wilson lower bound .99)', () => {
    expect(judged.all.leftEvidence).toBeGreaterThan(200);
    expect(judged.all.share).toBeGreaterThanOrEqual(0.98);
    expect(judged.all.wilsonLow).toBe(wilson(judged.all.found, judged.all.leftEvidence).low);
  });

  test('of what is credited without a question at least 98 of 100 are right', () => {
    expect(judged.credited.count).toBeGreaterThan(200);
    expect(judged.credited.precision).toBeGreaterThanOrEqual(0.98);
  });

  test('on the way through the org and the store hardly anything is lost of what the matcher finds in the book', () => {
    const { book, truth } = read;
    const report = findIntroductions(sourceOfBook(book), Date.parse(book.asOf));
    const direct = judgeIntroductions([{ book, truth, report }]);
    expect(judged.all.found).toBeGreaterThanOrEqual(direct.all.found - 1);
    expect(judged.all.credited).toBeGreaterThanOrEqual(direct.all.credited - 2);
  });

  test('finds all that both confirmed, in the fields that people fill in', () => {
    expect(judged.byEvidence['confirmed']?.leftEvidence).toBeGreaterThan(10);
    expect(judged.byEvidence['confirmed']?.share).toBe(1);
  });

  test('asks about at most 8 of 100', () => {
    expect(judged.questions.share).toBeLessThanOrEqual(0.08);
    expect(read.found.toConfirm).toHaveLength(judged.questions.count);
  });

  test('hands over touches of what is credited by mail, meeting or word of both, and nothing else', () => {
    const credited = read.found.report.introductions.filter(
      ({ standing, evidence }) => standing === 'credited_automatically' && evidence !== 'recorded',
    );
    expect(new Set(read.found.touches.map((it) => it.key)).size).toBe(credited.length);
    expect(read.found.unavailable).toEqual({});
  });

  test('keeps nobody’s address, name or subject in what is stored of mails and meetings', () => {
    expect(read.stored).not.toMatch(/@|\.example|[Ii]ntro\b|freemail/);
    for (const { name } of read.book.contacts.slice(0, 200)) expect(read.stored).not.toContain(name.split(' ')[1]);
  });
});

describe.each(['hubspot', 'salesforce'] as const)('a %s org that shows no mail participants', (crm) => {
  let read: ReadThrough;
  beforeAll(async () => {
    read = await readThrough(crm, { seed: 603, introductions: 120, hidesMails: true });
  }, 120_000);

  test('is told as unavailable with the reason, and nothing is credited from mails', () => {
    expect(Object.keys(read.found.unavailable)).toEqual(['mail']);
    expect(read.found.unavailable.mail).toMatch(crm === 'hubspot' ? /sales-email-read/ : /no mails as records/);
    expect(read.report.sources.mail).toMatchObject({ state: 'unavailable', read: 0 });
    expect(read.stored).not.toMatch(/EmailMessage|email:/);
  });

  test('still finds what both confirmed or somebody linked', () => {
    const { byEvidence } = judgeIntroductions([read]);
    expect(byEvidence['confirmed']?.share).toBe(1);
    expect(byEvidence['recorded']?.share).toBe(1);
  });
});
