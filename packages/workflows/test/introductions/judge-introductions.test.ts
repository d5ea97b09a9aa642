import { findIntroductions } from '@holdfast/core';
import { generateIntroductions } from '@holdfast/sandbox';
import { describe, expect, test } from 'vitest';
import { judgeIntroductions } from './judge-introductions.ts';
import { ALL_SHOWN, sourceOfBook } from './source-of-book.ts';

/** Never before looked at; the bench takes 10,000 introductions from 101 on. */
const { book, truth } = generateIntroductions({ seed: 501, introductions: 600 });
const asOf = Date.parse(book.asOf);
const report = findIntroductions(sourceOfBook(book), asOf);

describe('introductions of a generated book, a sixteenth of what the bench judges', () => {
  const judged = judgeIntroductions([{ book, truth, report }]);

  test('finds at least 98 of 100 that left evidence (bench: Wilson lower bound .99)', () => {
    expect(judged.all.leftEvidence).toBeGreaterThan(450);
    expect(judged.all.share).toBeGreaterThanOrEqual(0.98);
  });

  test('of what is credited without a question at least 98 of 100 are right (bench: .99)', () => {
    expect(judged.credited.count).toBeGreaterThan(450);
    expect(judged.credited.precision).toBeGreaterThanOrEqual(0.98);
  });

  test('asks about at most 7 of 100 (bench: 5)', () => {
    expect(judged.questions.share).toBeLessThanOrEqual(0.07);
  });

  test('names every difference from the truth', () => {
    const kinds = (kind: string) => judged.differences.filter((it) => it.kind === kind).length;
    expect(kinds('missed')).toBe(judged.all.leftEvidence - judged.all.found);
    expect(kinds('credited wrongly')).toBe(judged.credited.count - judged.credited.right);
    expect(kinds('asked in vain')).toBe(judged.questions.count - judged.questions.right);
  });
});

describe('a portal that does not show the participants of mails', () => {
  const hidden = findIntroductions(sourceOfBook(book, { ...ALL_SHOWN, mailParticipants: false }), asOf);

  test('says that mail is unavailable and how many it could not read, and credits nothing from it', () => {
    const mails = book.activities.filter((it) => it.kind === 'email').length;
    expect(hidden.sources.mail).toEqual({ state: 'unavailable', read: 0, hidden: mails });
    const kinds = new Map(book.activities.map((it) => [it.id, it.kind]));
    const used = hidden.introductions.flatMap((it) => it.sourceIds.map((id) => kinds.get(id)));
    expect(used).not.toContain('email');
  });

  test('still finds every introduction that both confirmed or somebody linked', () => {
    const { byEvidence } = judgeIntroductions([{ book, truth, report: hidden }]);
    expect(byEvidence['confirmed']?.share).toBe(1);
    expect(byEvidence['recorded']?.share).toBe(1);
  });
});
