import { buildSlice, type FieldHistory, NO_HISTORY, readKnowledge, rebuildSlice } from '@holdfast/core';
import { createRandom } from '@holdfast/core/stats';
import { generateHonestBook } from '@holdfast/sandbox';
import { describe, expect, test } from 'vitest';
import { openPastComparison } from './compare-past.ts';
import { historyOfLog } from './history-of-log.ts';
import { HONEST_PROFILE } from './honest-profile.ts';
import { HONEST_AS_OF, mergesOf } from './honest-rows.ts';
import { recordsOfBook } from './records-of-book.ts';

const PAIRS = 1000;
const made = generateHonestBook({
  ...{ accounts: 400, seed: 11, asOf: HONEST_AS_OF },
  honest: { canary: true, merges: 0.1, backDated: 0.1, attainableFrom: '9999-01-01' },
});
const records = [...recordsOfBook(made.book)];
const reading = readKnowledge();
for (const it of records) reading.add(it);
const knowledge = reading.finish(mergesOf(made));

/** Rebuilds accounts at random instants of the last 36 months until 1,000 pairs could be rebuilt. */
function rebuildPairs(history: FieldHistory) {
  const random = createRandom(7);
  const comparison = openPastComparison(made);
  const refused: Record<string, number> = {};
  for (let pairs = 0; pairs < PAIRS; ) {
    const account = records[Math.floor(random.uniform() * records.length)]!;
    const asOf = Math.floor(Date.parse(HONEST_AS_OF) - random.uniform() * 1095 * 86_400_000);
    const past = rebuildSlice(account, HONEST_PROFILE, asOf, knowledge, history);
    if (past.rebuilt) {
      comparison.compare(past.slice, account);
      pairs += 1;
    } else refused[past.reason] = (refused[past.reason] ?? 0) + 1;
  }
  return { ...comparison.tally, refused };
}

describe('as-of honesty: 1,000 random accounts and instants against the change log of the sandbox', () => {
  const without = rebuildPairs(NO_HISTORY);
  const withHistory = rebuildPairs(historyOfLog(made.book, made.log));

  test('without field history: every field as it was held, or unknown; wrong = 0', () => {
    expect(without.wrong).toEqual([]);
    expect(without.right).toBeGreaterThan(100_000);
    expect(without.unknown).toBeGreaterThan(1000);
    expect(without.refused['before a merge']).toBeGreaterThan(0);
  });

  test('with the history of every field: wrong = 0, and far less is unknown', () => {
    expect(withHistory.wrong).toEqual([]);
    expect(withHistory.unknown).toBeLessThan(without.unknown / 4);
  });

  test('the comparison can fail: today’s values cut off by their own dates are wrong in many places', () => {
    const comparison = openPastComparison(made);
    for (const account of records)
      comparison.compare(buildSlice(account, HONEST_PROFILE, Date.parse('2025-03-15T00:00:00Z')), account);
    expect(comparison.tally.wrong.length).toBeGreaterThan(100);
  });
});
