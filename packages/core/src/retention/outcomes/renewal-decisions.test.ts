import { describe, expect, it } from 'vitest';
import { anAccount, anOpportunity, anOrder, profile, recordsOf } from '../../../test/records.ts';
import type { Account, Opportunity } from '../../model/types.ts';
import { readDecisions, readOutcomes } from './read-decisions.ts';

const on = '2026-01-01';
const renewal = (closeOn: string, stage: 'signed' | 'gone' | 'talking', id = closeOn): Opportunity =>
  anOpportunity({ id: `opportunity:${id}`, type: 'renewal', stage, closeOn });
const bought = (closeOn: string): Opportunity =>
  anOpportunity({ id: `opportunity:new-${closeOn}`, stage: 'signed', closeOn });
const decide = (opportunities: readonly Opportunity[], account: Partial<Account> = {}) =>
  readDecisions(recordsOf({ account: anAccount(account), opportunities }), profile, on);

describe('contracts that are not in the CRM: a closed renewal opportunity decides', () => {
  it('won is kept, lost is lost, with a year as the term and no amounts', () => {
    expect(
      decide([bought('2023-03-01'), renewal('2024-03-01', 'signed'), renewal('2025-03-01', 'gone')]),
    ).toMatchObject([
      { model: 'contract', decidesOn: '2024-03-01', startsOn: '2023-03-02', outcome: 'kept', knownOn: '2024-05-01' },
      { decidesOn: '2025-03-01', horizonDays: 365, outcome: 'lost', annualBefore: null, reactivatedOn: null },
    ]);
  });

  it('two renewals closed within 45 days are one decision: won if one is', () => {
    expect(decide([renewal('2025-03-01', 'gone'), renewal('2025-04-15', 'signed')]).map((it) => it.outcome)).toEqual([
      'kept',
    ]);
    expect(decide([renewal('2025-03-01', 'gone'), renewal('2025-04-16', 'gone')])).toHaveLength(2);
  });

  it('a lost renewal that is won within the days of grace is late; after them it is a reactivation', () => {
    expect(decide([renewal('2025-03-01', 'gone'), bought('2025-05-01')])).toMatchObject([{ outcome: 'kept' }]);
    expect(decide([renewal('2025-03-01', 'gone'), bought('2025-05-02')])).toMatchObject([
      { outcome: 'lost', reactivatedOn: '2025-05-02' },
    ]);
  });

  it('pending until the days of grace are over', () => {
    expect(decide([renewal('2025-11-02', 'gone')])).toMatchObject([{ outcome: 'pending', knownOn: null }]);
    expect(decide([renewal('2025-11-01', 'gone')])).toMatchObject([{ outcome: 'lost', knownOn: '2026-01-01' }]);
  });

  it('a renewal that nobody closed is counted as left out', () => {
    const records = recordsOf({ opportunities: [renewal('2025-03-01', 'talking'), renewal('2024-03-01', 'signed')] });
    expect(readOutcomes(records, profile, on).leftOut).toEqual({ 'renewal still open': 1 });
  });
});

describe('an account that is marked churned', () => {
  it('is lost on that day when no lost renewal tells it; notice keeps its own day', () => {
    expect(decide([bought('2024-01-10')], { churnedOn: '2025-01-09', noticeGivenOn: '2024-11-30' })).toMatchObject([
      {
        decidesOn: '2025-01-09',
        outcome: 'lost',
        dates: { noticeOn: '2024-11-30', endOfTermOn: null, lastPaymentOn: null },
      },
    ]);
  });

  it('is one loss, not two, when the renewal was lost half a year around it', () => {
    expect(decide([bought('2024-01-10'), renewal('2024-12-20', 'gone')], { churnedOn: '2025-01-31' })).toHaveLength(1);
  });

  it('came back when something was won later', () => {
    expect(decide([bought('2023-01-10'), bought('2025-06-01')], { churnedOn: '2024-01-09' })).toMatchObject([
      { outcome: 'lost', reactivatedOn: '2025-06-01' },
    ]);
  });
});

describe('a renewal day on the account alone', () => {
  it('tells nothing of earlier terms: no decision, and the reason is counted', () => {
    const records = recordsOf({
      account: anAccount({ renewalOn: '2026-09-01' }),
      orders: [anOrder({ orderedOn: '2025-01-01' })],
    });
    expect(readOutcomes(records, profile, on)).toEqual({
      decisions: [],
      leftOut: { 'renewal day without history': 1 },
    });
  });

  it('an account that never bought anything has nothing to lose', () => {
    expect(readOutcomes(recordsOf(), profile, on)).toEqual({ decisions: [], leftOut: { 'nothing bought': 1 } });
  });
});
