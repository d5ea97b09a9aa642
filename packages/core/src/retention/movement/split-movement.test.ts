import { describe, expect, test } from 'vitest';
import type { DriverFacts, FactId } from '../../features/facts.ts';
import { ageFacts } from './age-facts.ts';
import { splitMovement, type WeighingModel } from './split-movement.ts';

/** Log-odds that are a plain sum of weight times value. */
const linear = (version: string, base: number, weights: Partial<Record<FactId, number>>): WeighingModel => ({
  version,
  evidence: version === 'two' ? 'fitted' : 'points only',
  weigh: (facts) => {
    const parts = new Map<FactId, number>();
    for (const [id, weight] of Object.entries(weights) as [FactId, number][]) {
      const value = facts[id];
      if (value !== null && value !== undefined) parts.set(id, weight * value);
    }
    return { logOdds: [...parts.values()].reduce((sum, it) => sum + it, base), parts };
  },
});
const one = linear('one', -2, { daysSinceTouch: 0.01, openUrgentTickets: 0.5, tenureDays: -0.001 });
const two = linear('two', -1.5, { daysSinceTouch: 0.02, openUrgentTickets: 0.25, tenureDays: -0.001 });

describe('movement of a score, by hand calculation', () => {
  const before: DriverFacts = { daysSinceTouch: 10, openUrgentTickets: 0, tenureDays: 100 };

  test('nothing happened in a week: all of it is time', () => {
    const after = { daysSinceTouch: 17, openUrgentTickets: 0, tenureDays: 107 };
    const moved = splitMovement({ facts: before, model: one }, { facts: after, model: one }, 7);
    expect(moved.time).toBeCloseTo(0.07 - 0.007, 12);
    expect([moved.inputs, moved.model, moved.evidence]).toEqual([0, 0, null]);
    expect(moved.drivers).toEqual([]);
  });

  test('a ticket and a touch are inputs, each named; the strongest comes first', () => {
    const after = { daysSinceTouch: 2, openUrgentTickets: 1, tenureDays: 107 };
    const moved = splitMovement({ facts: before, model: one }, { facts: after, model: one }, 7);
    expect(moved.drivers.map(({ feature }) => feature)).toEqual(['openUrgentTickets', 'daysSinceTouch']);
    expect(moved.drivers[1]?.logOdds).toBeCloseTo(-0.15, 12);
    expect(moved.inputs).toBeCloseTo(0.5 - 0.15, 12);
  });

  test('other weights are the model, told apart from what happened; the label changes on a line of its own', () => {
    const after = { daysSinceTouch: 17, openUrgentTickets: 1, tenureDays: 107 };
    const moved = splitMovement({ facts: before, model: one }, { facts: after, model: two }, 7);
    expect(moved.inputs).toBeCloseTo(0.5, 12);
    expect(moved.model).toBeCloseTo(-1.5 + 0.34 + 0.25 - 0.107 - (-2 + 0.17 + 0.5 - 0.107), 12);
    expect(moved.inputs + moved.model + moved.time).toBeCloseTo(moved.total, 12);
    expect(moved.evidence).toEqual({ from: 'points only', to: 'fitted' });
  });

  test('a fact that goes missing is an input', () => {
    const after = { daysSinceTouch: 17, openUrgentTickets: null, tenureDays: 107 };
    const start = { ...before, openUrgentTickets: 2 };
    const moved = splitMovement({ facts: start, model: one }, { facts: after, model: one }, 7);
    expect(moved.drivers).toEqual([{ feature: 'openUrgentTickets', logOdds: -1 }]);
  });
});

test('the calendar ages what is open and what is past, and brings the decision nearer', () => {
  expect(
    ageFacts(
      { daysToDecision: 40, oldestOpenTicketDays: 0, npsAgeDays: 5, daysSinceTouch: null, openUrgentTickets: 3 },
      10,
    ),
  ).toEqual({
    daysToDecision: 30,
    oldestOpenTicketDays: 0,
    npsAgeDays: 15,
    daysSinceTouch: null,
    openUrgentTickets: 3,
  });
  expect(ageFacts({ oldestOpenTicketDays: 12 }, 10)).toEqual({ oldestOpenTicketDays: 22 });
});
