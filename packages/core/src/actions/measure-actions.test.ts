import { describe, expect, it } from 'vitest';
import { at } from '../../test/records.ts';
import type { Decision } from '../retention/outcomes/decision.ts';
import { type ActionCandidate, type DrawnArm, drawArms, keyAccountsFrom } from './draw-arms.ts';
import { holdOutReach, measureActions } from './measure-actions.ts';

const design = { share: 0.25, seed: 'org', at: at('2026-01-01'), exempt: { fromValue: null, accountIds: [] } };
const candidate = (n: number, set: Partial<ActionCandidate> = {}): ActionCandidate => ({
  ...{ accountId: `account:${n}`, segment: 'small', probability: 0.3, amount: 1_000 },
  ...{ proposed: 'openUrgentTickets', assumedDrop: 0.1 },
  ...set,
});
const many = (n: number, set: Partial<ActionCandidate> = {}) => Array.from({ length: n }, (_, i) => candidate(i, set));
const counts = (arms: readonly DrawnArm[]) =>
  (['treat', 'hold-out', 'exempt'] as const).map((arm) => arms.filter((it) => it.arm === arm).length);

describe('drawing arms', () => {
  it('the share of each stratum, and what stood about each account on that day', () => {
    const arms = drawArms(many(400), design, []);
    expect(counts(arms)).toEqual([300, 100, 0]);
    expect(arms[0]).toMatchObject({ proposed: 'openUrgentTickets', probability: 0.3, assumedDrop: 0.1 });
  });

  it('strata tell segments apart and keep no text of theirs', () => {
    const arms = drawArms(
      [candidate(1), candidate(2, { segment: 'large' }), candidate(3, { segment: null })],
      design,
      [],
    );
    expect(new Set(arms.map((it) => it.stratum)).size).toBe(3);
    expect(arms.map((it) => it.stratum).join()).not.toMatch(/small|large/);
  });

  it('the same book drawn again gives nothing new; new accounts are drawn beside the old', () => {
    const first = drawArms(many(40), design, []);
    expect(drawArms(many(40), design, first)).toEqual([]);
    const second = drawArms(many(44), design, first);
    expect(second.map((it) => it.accountId).sort()).toEqual(['account:40', 'account:41', 'account:42', 'account:43']);
  });

  it('key accounts are exempt by amount and by name', () => {
    const exempt = { fromValue: 5_000, accountIds: ['account:1'] };
    const candidates = [candidate(1), candidate(2, { amount: 5_000 }), candidate(3, { amount: null })];
    const arms = drawArms(candidates, { ...design, exempt }, []);
    expect(arms.filter((it) => it.arm === 'exempt').map((it) => it.accountId)).toEqual(['account:1', 'account:2']);
  });

  it('hand calculation: a twentieth of the book are key accounts unless the profile says from which amount', () => {
    const amounts = Array.from({ length: 40 }, (_, i) => i + 1);
    expect(keyAccountsFrom(amounts, undefined)).toBe(39);
    expect(keyAccountsFrom(amounts, 7)).toBe(7);
    expect([keyAccountsFrom([5], undefined), keyAccountsFrom([], undefined)]).toEqual([5, null]);
  });
});

const arm = (n: number, of: DrawnArm['arm'], proposed = 'openUrgentTickets'): DrawnArm => ({
  ...{ accountId: `account:${n}`, stratum: 'small', arm: of, propensity: 0.5, assignedAt: at('2026-01-01') },
  ...{ proposed, probability: 0.1, assumedDrop: 0.05 },
});
const decided = (n: number, outcome: Decision['outcome']): Decision =>
  ({ accountId: `account:${n}`, decidesOn: '2026-03-31', outcome }) as Decision;

describe('what acting did', () => {
  it('Fleiss 1981: .10 against .05 takes 435 accounts in each arm', () => {
    const reach = holdOutReach([arm(1, 'treat'), arm(2, 'hold-out'), arm(3, 'exempt')]);
    expect(reach).toMatchObject({ baseRate: 0.1, assumedEffect: 0.05, drawn: { treated: 1, heldOut: 1 } });
    expect(reach?.needed).toEqual({ treated: 435, heldOut: 435 });
    expect(reach?.more).toEqual({ treated: 434, heldOut: 434 });
    expect(reach?.detectable.value).toBeNull();
    expect(holdOutReach([arm(1, 'exempt')])).toBeNull();
  });

  it('hand calculation: 1 of 4 acted on is lost and 3 of 4 left alone: 50 points; hundreds more are needed', () => {
    const arms = Array.from({ length: 9 }, (_, i) =>
      arm(i, i < 4 ? 'treat' : 'hold-out', i % 2 ? 'npsLast' : 'usageTrend'),
    );
    const outcomes = ['lost', 'kept', 'kept', 'kept', 'lost', 'lost', 'lost', 'kept', 'pending'] as const;
    const decisions = outcomes.map((it, i) => decided(i, it));
    const { effect, byDriver, record, moreOutcomes } = measureActions(arms, [], decisions, 'UTC');
    expect(effect).toMatchObject({ measured: true, treated: { n: 4, lost: 1 }, heldOut: { n: 4, lost: 3 } });
    expect(effect.measured && effect.difference).toBeCloseTo(0.5, 12);
    expect(record.pending).toBe(1);
    // Even numbers were proposed for one driver: 0 lost, 2 kept against 4 and 6 lost.
    expect(byDriver.usageTrend).toMatchObject({ treated: { n: 2, lost: 1 }, heldOut: { n: 2, lost: 2 } });
    expect(byDriver.npsLast).toMatchObject({ treated: { n: 2, lost: 0 }, heldOut: { n: 2, lost: 1 } });
    // .10 against .05 asks for 435 each at equal arms (Fleiss 1981); 4 of 9 treated asks for a little more held out.
    expect(moreOutcomes?.heldOut).toBeGreaterThan(431);
    expect(moreOutcomes?.treated).toBeLessThan(431);
  });

  it('no outcome in both arms: no effect, and the reason', () => {
    const { effect } = measureActions([arm(1, 'treat'), arm(2, 'hold-out')], [], [decided(1, 'kept')], 'UTC');
    expect(effect).toEqual({ measured: false, reason: 'no stratum has outcomes in both arms' });
  });
});
