import { describe, expect, it } from 'vitest';
import { anAccount, at, eur } from '../../test/records.ts';
import { scoreAccount } from '../actions/score-account.ts';
import type { AccountFacts } from '../features/facts.ts';
import { accountLine } from './account-line.ts';
import { buildReport, type ReportScope } from './build-report.ts';

const neutral = { openUrgentTickets: 0, escalations90: 0, overdueLines: 0, ownerMissing: 0, managerView: 0 };
const line = (id: string, facts: AccountFacts, set: Parameters<typeof anAccount>[0] = {}) =>
  accountLine({ account: anAccount({ id, name: id, ...set }) }, { facts, score: scoreAccount(facts) });
const contract = { model: 'contract' as const, ...neutral };

const lines = [
  line('a', { ...contract, recurring: eur(1000), daysToDecision: 100 }),
  line(
    'b',
    { ...contract, recurring: eur(1000), noticeGiven: 1, daysToDecision: 50 },
    { healthBand: 'healthy', healthScore: 80 },
  ),
  line('c', { ...contract, recurring: eur(9000), daysToDecision: 400 }),
  line('d', { ...contract }),
  line('e', {}),
];
const scope = { asOf: at('2026-06-01'), currency: 'EUR', outsideBook: 7, leftOut: 1, referrals: null };
const report = buildReport({ ...scope, lines });

describe('the one horizon of a year', () => {
  const within = (facts: AccountFacts) => {
    const { churnProbability, lossInYear } = line('x', facts);
    return { p: churnProbability, year: lossInYear };
  };

  it('a contract is lost at its decision or not at all; all of the chance counts where the day is not known', () => {
    const threeYears = { ...contract, termDays: 1095 };
    const last = within({ ...threeYears, daysToDecision: 365 });
    expect(last.year).toBeCloseTo(last.p, 12);
    expect(within({ ...threeYears, daysToDecision: 366 }).year).toBe(0);
    const unknown = within(threeYears);
    expect(unknown.year).toBe(unknown.p);
  });

  it('by hand: a term of 30 days decides on days 10, 40, ... 340, twelve times in the year: 1 - (1 - p)^12', () => {
    const { p, year } = within({ ...contract, termDays: 30, daysToDecision: 10 });
    expect(year).toBeCloseTo(1 - (1 - p) ** 12, 12);
  });

  it('orders are scaled; the shipped base rate of 11 % a year comes back from its 90 days', () => {
    const { p, year } = within({ model: 'orders', ...neutral });
    expect(year).toBeCloseTo(1 - (1 - p) ** (365 / 90), 12);
    expect(year).toBeCloseTo(0.11, 12);
  });
});

describe('what the report rests on', () => {
  it('a model that outcomes have hardly moved is learned, not assumed, whatever its label', () => {
    const decided = { ...lines[0]!, evidence: 'points only' as const, decisions: 21 };
    const of = (all: typeof lines) => {
      const { basis, notes } = buildReport({ ...scope, lines: all });
      return { basis, first: notes[0] };
    };
    expect(of([decided]).basis).toEqual({ assumed: 0, learned: 1, proved: 0 });
    expect(of([decided]).first).toMatch(/^Learned from outcomes of this book/);
    expect(of([{ ...decided, decisions: 0 }]).basis).toEqual({ assumed: 1, learned: 0, proved: 0 });
  });
});

describe('what the last accuracy cards said', () => {
  const notes = (cards?: ReportScope['cards']) => buildReport({ ...scope, lines, ...(cards && { cards }) }).notes;

  it('none was made: not yet held against outcomes', () => {
    expect(notes()[0]).toContain('assumptions, not yet held against outcomes.');
    expect(notes().join()).not.toContain('ccuracy card');
  });

  it('what each said and when, and which kind of account has none', () => {
    const said = notes({ contract: { verdict: 'losses-missing', on: '2026-05-02' } });
    expect(said[0]).toMatch(/are assumptions\. Order accounts by it/);
    expect(said).toContain('Accuracy card of 2026-05-02, contract accounts: losses missing.');
    // line e is the only one that is not of the contract model
    expect(said).toContain('No accuracy card yet: order-based accounts.');
  });
});

describe('the report', () => {
  it('counts the book and sums value and risk; without a value an account is beside the sum', () => {
    expect(report).toMatchObject({ inBook: 6, outsideBook: 7, leftOut: 1, withoutValue: 2, horizonDays: 365 });
    expect(report.recurring).toEqual(eur(11_000));
    // a: 1,000 x 0.11 = 110.00; b: logit -2.0907 + 5 = 2.9093, p = 0.94829 -> 948.29; c: decides later, 0.
    expect(report.atRisk?.minor).toBeGreaterThan(105_800);
    expect(report.atRisk?.minor).toBeLessThan(105_860);
  });

  it('the interval by luck alone: 1.6449 x sqrt(sum p (1 - p) V^2)', () => {
    // .11 x .89 = .0979; .94829 x .05171 = .04904; sum .14694 x 1,000^2; sqrt = 383.33; x 1.6449 = 630.54
    const [low, high] = report.atRiskInterval ?? [eur(0), eur(0)];
    expect(Math.abs(high.minor - low.minor - 2 * 63_054)).toBeLessThan(100);
  });

  it('lists the largest risks first, never an account that is not scored', () => {
    expect(report.topAtRisk.map((it) => it.id)).toEqual(['b', 'a', 'c']);
    expect(report.topAtRisk[0]).toMatchObject({ mainReason: 'contract', band: 'at_risk' });
  });

  it('shows bands, reasons, coverage per feature, movement and its notes', () => {
    expect(report.bands.map((it) => [it.band, it.accounts])).toEqual([
      ['healthy', 3],
      ['watch', 0],
      ['at_risk', 1],
      ['not_scored', 1],
    ]);
    expect(report.reasons).toEqual([
      { reason: 'missing_data', accounts: 4 },
      { reason: 'contract', accounts: 1 },
    ]);
    // noticeGiven is a row of the contract model only: four accounts, known for one.
    expect(report.coverage.find((it) => it.feature === 'noticeGiven')).toMatchObject({ known: 1, of: 4 });
    expect(report.coverage.find((it) => it.feature === 'openUrgentTickets')).toMatchObject({ known: 4, of: 5 });
    expect(report.movement).toEqual([
      { id: 'b', name: 'b', from: 'healthy', to: 'at_risk', fromScore: 80, toScore: 2 },
    ]);
    expect(report.notes[0]).toContain('assumptions');
  });
});
