import { describe, expect, test } from 'vitest';
import type { DriverFacts } from '../../features/facts.ts';
import { scoreRisk } from '../score-risk.ts';
import { movementSince } from './movement-since.ts';
import { weighingModel } from './weighing-model.ts';

const before: DriverFacts = { daysSinceTouch: 20, openUrgentTickets: 0, seatsUsedShare: 0.9, npsLast: null };
const after: DriverFacts = { daysSinceTouch: 27, openUrgentTickets: 2, seatsUsedShare: 0.5, npsLast: null };

describe('movement since a run that kept facts and log-odds, by hand calculation', () => {
  const model = weighingModel('contract');

  test('a weighing model says the log-odds of the score itself', () => {
    const score = scoreRisk({ ...after, model: 'contract' });
    expect(model.weigh(after).logOdds).toBeCloseTo(score.logOdds, 12);
    expect([model.version, model.evidence]).toEqual([score.modelVersion, score.evidence]);
  });

  test('the same model: nothing is its part, and the sum is the whole', () => {
    const kept = { facts: before, logOdds: 99, version: model.version, evidence: model.evidence };
    const moved = movementSince(kept, { facts: after, model }, 7);
    expect([moved.model, moved.modelVersion, moved.judgedBy]).toEqual([0, null, 'earlier']);
    expect(moved.inputs + moved.time).toBeCloseTo(moved.total, 12);
    expect(moved.drivers.map(({ feature }) => feature).sort()).toEqual(['openUrgentTickets', 'seatsUsedShare']);
  });

  test('a model that is no longer kept: its part is what the later one says of the old facts less what was said then', () => {
    const then = -3.25;
    const kept = { facts: before, logOdds: then, version: 'long gone', evidence: 'fitted' as const };
    const moved = movementSince(kept, { facts: after, model }, 7);
    expect(moved.model).toBeCloseTo(model.weigh(before).logOdds - then, 12);
    expect(moved.total).toBeCloseTo(model.weigh(after).logOdds - then, 12);
    expect(moved.inputs + moved.model + moved.time).toBeCloseTo(moved.total, 12);
    expect(moved.evidence).toEqual({ from: 'fitted', to: 'points only' });
    expect([moved.modelVersion?.from, moved.judgedBy]).toEqual(['long gone', 'later']);
  });
});
