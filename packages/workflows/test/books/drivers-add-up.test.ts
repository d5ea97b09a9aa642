import {
  type AccountFacts,
  type Challenger,
  challengerParts,
  challengerRisks,
  contribution,
  fitChallenger,
  type ScoredAccount,
} from '@holdfast/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { CARDS, type ScoredBookOfRecords, scoreGeneratedBook } from './score-generated-book.ts';

const SEED = 77;
/** The honest book has contracts only; orders come from the usual one. */
const BOOKS = [
  { kind: 'honest', model: 'contract', accounts: 2_000 },
  { kind: 'usual', model: 'orders', accounts: 600 },
] as const;

/** How many swings each fact lies from neutral; `NaN`: missing. */
const swingsOf = ({ score, facts }: ScoredAccount): readonly number[] =>
  CARDS[score.model].rows.map((row) => contribution(row, facts as AccountFacts)?.swings ?? Number.NaN);

const largest = (values: readonly number[]) => values.reduce((most, it) => Math.max(most, Math.abs(it)), 0);

describe.each(BOOKS)('a generated book ($kind, $accounts accounts)', ({ kind, model, accounts }) => {
  let book: ScoredBookOfRecords;
  beforeAll(() => {
    book = scoreGeneratedBook(kind, SEED, accounts);
  });

  it('its model is fitted on its own outcomes, and every customer is scored by it', () => {
    const count = (it: string) => book.scored.filter(({ score }) => score.model === it).length;
    console.log(
      `${kind}: ${count('contract')} contract and ${count('orders')} orders accounts scored; fitted on ${book.rows.contract.count} and ${book.rows.orders.count} decisions`,
    );
    expect(count(model)).toBeGreaterThan(accounts / 10);
    expect(book.fits[model].evidence).not.toBe('points only');
    expect(book.scored.every(({ score }) => score.evidence === book.fits[score.model].evidence)).toBe(true);
  });

  it('base and drivers add up to the log-odds, and these are the chance, within 1e-9', () => {
    const gaps = book.scored.map(({ score }) => {
      const sum = [...score.drivers].reverse().reduce((total, it) => total + it.logOdds, 0) + score.baseLogOdds;
      return Math.max(Math.abs(sum - score.logOdds), Math.abs(1 / (1 + Math.exp(-sum)) - score.churnProbability));
    });
    console.log(`${kind}: largest gap ${largest(gaps).toExponential(1)} over ${gaps.length} accounts`);
    expect(largest(gaps)).toBeLessThan(1e-9);
  });

  it('each driver is its weight times its distance from the reference, by hand from the kept model', () => {
    const gaps = book.scored.flatMap((scored) => {
      const swings = swingsOf(scored);
      const shown = new Map(scored.score.drivers.map((it) => [it.feature, it.logOdds]));
      return book.fits[scored.score.model].drivers.map(({ feature, weight, reference, missing }, j) => {
        const byHand = Number.isNaN(swings[j]) ? missing : weight * (swings[j]! - reference);
        return (shown.get(feature) ?? 0) - byHand;
      });
    });
    expect(gaps.length).toBeGreaterThan(20 * book.scored.length);
    expect(largest(gaps)).toBeLessThan(1e-9);
  });

  it('the challenger’s parts add up to its log-odds within 1e-9', () => {
    const challenger = challengerOf(book, model);
    expect(challenger.drivers.some((it) => it.values.length > 1)).toBe(true);
    const gaps = book.scored
      .filter(({ score }) => score.model === model)
      .map((scored) => {
        const swings = swingsOf(scored);
        const parts = challengerParts(challenger, swings);
        const sum = [...parts].reverse().reduce((total, it) => total + it.logOdds, 0) + challenger.intercept;
        const byHand = swings.reduce((total, it, j) => total + stepByHand(challenger, j, it), challenger.intercept);
        const chance = challengerRisks(challenger, Float64Array.from(swings))[0]!;
        return Math.max(Math.abs(sum - byHand), Math.abs(sum - Math.log(chance / (1 - chance))));
      });
    console.log(`${kind}, challenger: largest gap ${largest(gaps).toExponential(1)} over ${gaps.length} accounts`);
    expect(largest(gaps)).toBeLessThan(1e-9);
  });

  it('the same seed and config give the same bytes twice: rows, models, scores with their drivers, challenger', () => {
    const [once, again] = [scoreGeneratedBook(kind, SEED, 400), scoreGeneratedBook(kind, SEED, 400)];
    expect(once.scored.length).toBeGreaterThan(100);
    expect(JSON.stringify(again.scored) === JSON.stringify(once.scored)).toBe(true);
    expect(JSON.stringify(again.fits) === JSON.stringify(once.fits)).toBe(true);
    const bytes = ({ rows }: ScoredBookOfRecords) => Buffer.from(rows[model].swings.slice().buffer);
    expect(bytes(again).equals(bytes(once))).toBe(true);
    const [first, second] = [challengerOf(once, model), challengerOf(again, model)];
    expect(JSON.stringify(first) === JSON.stringify(second)).toBe(true);
  });
});

/** A challenger from fewer outcomes than the product asks for; it is never promoted here. */
function challengerOf(book: ScoredBookOfRecords, model: 'contract' | 'orders'): Challenger {
  const { swings: x, lost, weight, account: cluster, drivers: names } = book.rows[model];
  const fit = fitChallenger({ x, lost, weight, cluster, names }, { minOutcomes: 20, maxRounds: 60 });
  if (!fit.fitted) throw new Error(fit.message);
  return fit;
}

/** The step of a value: as many cuts as are at most the value lie before it. */
function stepByHand({ drivers }: Challenger, j: number, value: number): number {
  const { cuts, values, missing } = drivers[j]!;
  return Number.isNaN(value) ? missing : values[[...cuts].filter((cut) => cut <= value).length]!;
}
