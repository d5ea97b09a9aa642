import { describe, expect, test } from 'vitest';
import type { AccountFacts } from '../features/facts.ts';
import { confidenceOf } from './confidence.ts';
import type { Decision } from './outcomes/decision.ts';
import { fitRetention } from './posterior/fit-retention.ts';
import type { FittedRetention } from './posterior/fitted-retention.ts';
import { scoreRisk } from './score-risk.ts';
import { CONTRACT_CARD } from './scorecards.ts';
import { openDecisionRows } from './training/open-decision-rows.ts';

const decision: Decision = {
  ...{ accountId: '', model: 'contract', decidesOn: '2025-06-15', startsOn: '2024-07-01', endsOn: '2025-06-30' },
  ...{ horizonDays: 365, outcome: 'kept', knownOn: '2025-08-30', cause: null, reactivatedOn: null },
  dates: { noticeOn: null, endOfTermOn: null, lastPaymentOn: null },
  ...{ annualBefore: null, annualAfter: null },
};

/** 600 outcomes, a tenth lost: all know the tickets, 19 know the last NPS, 20 our own view, and none the notice. */
function fitted(): FittedRetention {
  const rows = openDecisionRows(CONTRACT_CARD);
  for (let i = 0; i < 600; i += 1) {
    const facts: AccountFacts = {
      openUrgentTickets: i % 4 === 0 ? 1 : 0,
      ...(i < 19 && { npsLast: 5, npsAgeDays: 10 }),
      ...(i < 20 && { managerView: 0 }),
    };
    const outcome = i % 10 === 0 ? 'lost' : 'kept';
    const seen = { cutoffOn: '2025-05-01', ownerId: null, recencyDays: 10 };
    rows.add(facts, { ...decision, accountId: `account:${i}`, outcome }, seen);
  }
  const fit = fitRetention(rows.finish(), CONTRACT_CARD, { fittedOn: '2026-01-31' });
  if (!fit.fitted) throw new Error(fit.message);
  return fit;
}

describe('drivers whose column outcomes have not known', () => {
  const loss = fitted();
  const score = (facts: AccountFacts) =>
    scoreRisk({ model: 'contract', ...facts }, { models: { contract: { loss, proved: true } } });

  test('the fit tells how many outcomes knew each column', () => {
    const known = (feature: string) => loss.drivers.find((it) => it.feature === feature)?.known;
    expect(['openUrgentTickets', 'npsLast', 'managerView', 'noticeGiven'].map(known)).toEqual([600, 19, 20, 0]);
  });

  test('they are assumed by name, in the drivers and in the reasons; those that 20 outcomes knew are not', () => {
    const { drivers, reasons } = score({
      noticeGiven: 1,
      openUrgentTickets: 3,
      npsLast: 2,
      npsAgeDays: 1,
      managerView: 1,
    });
    const assumed = drivers.filter((it) => it.assumed).map((it) => it.feature);
    expect([...assumed].sort()).toEqual(['noticeGiven', 'npsLast']);
    expect(drivers.find((it) => it.feature === 'noticeGiven')?.logOdds).toBe(5);
    expect(reasons).toMatch(/^\+ Notice given: yes, odds x 148 \(assumed\)$/m);
    expect(reasons).not.toMatch(/^. (Open urgent tickets|Our own view).*\(assumed\)$/m);
  });

  test('points alone: the headline says it of all of them, so no single one is marked', () => {
    const { drivers, reasons } = scoreRisk({ model: 'contract', noticeGiven: 1 });
    expect(drivers.some((it) => it.assumed)).toBe(false);
    expect(reasons).not.toContain('(assumed)');
  });

  test('a model that was kept before this was told is believed', () => {
    const older = { ...loss, drivers: loss.drivers.map(({ known: _, ...rest }) => rest) };
    const { drivers } = scoreRisk(
      { model: 'contract', noticeGiven: 1 },
      { models: { contract: { loss: older, proved: true } } },
    );
    expect(drivers.some((it) => it.assumed)).toBe(false);
  });

  test('confidence is never high where the leading driver, or the one named as the reason, is assumed', () => {
    const narrow = [0.9, 0.95] as const;
    const lead = (...drivers: NonNullable<Parameters<typeof confidenceOf>[3]>) =>
      confidenceOf(true, narrow, 0.9, drivers);
    expect(lead({ logOdds: 2 }, { logOdds: 1, assumed: true })).toBe('high');
    expect(lead({ logOdds: 5, assumed: true }, { logOdds: 1 })).toBe('medium');
    expect(lead({ logOdds: -2 }, { logOdds: 1, assumed: true })).toBe('medium');
    expect(confidenceOf(false, narrow, 0.9, [{ logOdds: 5, assumed: true }])).toBe('low');
  });

  test('a score that would be of high confidence is of medium, because of the notice that no outcome knew', () => {
    const sure = (set: Partial<FittedRetention['drivers'][number]>) => {
      const drivers = loss.drivers.map((it) =>
        it.feature === 'noticeGiven' ? { ...it, ...set } : { ...it, known: 600 },
      );
      const fit = { ...loss, drivers, covariance: loss.covariance.map(() => 0) };
      const all = Object.fromEntries(CONTRACT_CARD.rows.map((row) => [row.feature, row.from]));
      const facts: AccountFacts = { ...all, model: 'contract', noticeGiven: 1 };
      return scoreRisk(facts, { models: { contract: { loss: fit, proved: true } } }).confidence;
    };
    expect(sure({ known: 600 })).toBe('high');
    expect(sure({ known: 0 })).toBe('medium');
  });
});
