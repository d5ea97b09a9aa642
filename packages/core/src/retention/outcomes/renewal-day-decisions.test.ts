import { describe, expect, it } from 'vitest';
import { anAccount, at, eur, profile, recordsOf } from '../../../test/records.ts';
import type { Account } from '../../model/types.ts';
import type { FieldHistory } from '../../snapshot/field-history.ts';
import { readOutcomes } from './read-decisions.ts';

type Entry = readonly [since: string, value: unknown];

/** A history of the account's fields, each value with the day on which it was entered. */
function historyOf(fields: Readonly<Record<string, readonly Entry[]>>): FieldHistory {
  return {
    valueAt: (_id, field, asOf) => {
      const entered = fields[field]?.filter(([since]) => at(since) <= asOf).at(-1);
      return entered ? { known: true, value: entered[1] } : { known: false };
    },
  };
}

const on = '2026-01-01';
const account = (set: Partial<Account> = {}) =>
  anAccount({ createdAt: at('2022-01-10'), renewalOn: '2026-06-30', ...set });
const read = (renewalOn: readonly Entry[], set: Partial<Account> = {}, recurring: readonly Entry[] = []) =>
  readOutcomes(recordsOf({ account: account(set) }), profile, on, { history: historyOf({ renewalOn, recurring }) });

describe('a renewal day on the account, with its history', () => {
  it('a day that was moved on is kept; at a lower amount contracted', () => {
    const moves: Entry[] = [
      ['2022-01-10', '2023-06-30'],
      ['2023-06-20', '2024-06-30'],
      ['2024-07-20', '2026-06-30'],
    ];
    const amounts: Entry[] = [
      ['2022-01-10', eur(1_000)],
      ['2024-07-20', eur(800)],
    ];
    expect(read(moves, {}, amounts).decisions).toMatchObject([
      {
        decidesOn: '2023-06-30',
        outcome: 'kept',
        knownOn: '2023-08-30',
        annualBefore: eur(1_000),
        annualAfter: eur(1_000),
      },
      { startsOn: '2023-06-30', endsOn: '2024-06-30', horizonDays: 366, outcome: 'contracted', annualAfter: eur(800) },
    ]);
  });

  it('a day that passed is a loss where the account was marked churned', () => {
    const told = read([['2022-01-10', '2025-03-31']], {
      renewalOn: '2025-03-31',
      churnedOn: '2025-04-10',
      noticeGivenOn: '2025-01-15',
    });
    expect(told.decisions).toMatchObject([
      { outcome: 'lost', knownOn: '2025-05-31', dates: { noticeOn: '2025-01-15', endOfTermOn: '2025-03-31' } },
    ]);
  });

  it('or its recurring amount set to 0', () => {
    const amounts: Entry[] = [
      ['2022-01-10', eur(500)],
      ['2025-04-20', eur(0)],
    ];
    expect(read([['2022-01-10', '2025-03-31']], { renewalOn: '2025-03-31' }, amounts).decisions).toMatchObject([
      { outcome: 'lost', annualBefore: eur(500), annualAfter: eur(0) },
    ]);
  });

  it('moved on long after the days of grace: lost, and came back', () => {
    const moves: Entry[] = [
      ['2022-01-10', '2024-03-31'],
      ['2025-02-10', '2026-06-30'],
    ];
    expect(read(moves).decisions).toMatchObject([{ outcome: 'lost', reactivatedOn: '2025-02-28' }]);
  });

  it('a correction by up to 45 days is no renewal', () => {
    const moves: Entry[] = [
      ['2022-01-10', '2024-03-31'],
      ['2023-12-10', '2024-05-15'],
      ['2024-05-10', '2026-06-30'],
    ];
    expect(read(moves).decisions.map((it) => it.endsOn)).toEqual(['2024-05-15']);
  });

  it('pending in the days of grace; a day that nobody touched is left out and counted', () => {
    expect(read([['2022-01-10', '2025-12-15']], { renewalOn: '2025-12-15' }).decisions).toMatchObject([
      { outcome: 'pending', knownOn: null },
    ]);
    expect(read([['2022-01-10', '2025-03-31']], { renewalOn: '2025-03-31' })).toEqual({
      decisions: [],
      leftOut: { 'renewal still open': 1 },
    });
  });

  it('without any history of the day nothing is told', () => {
    expect(read([])).toEqual({ decisions: [], leftOut: { 'renewal day without history': 1 } });
  });
});
