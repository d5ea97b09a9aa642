import { describe, expect, it } from 'vitest';
import { at, balance, claim, opened, sale, tick } from '../../../test/referral-journal.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import type { ReferralEngine } from './open-engine.ts';

/** A second sale of account 9, under an id of its own. */
const second = (event: ReferralEvent): ReferralEvent => {
  if (event.kind !== 'progress') return event;
  const key = `second ${event.key}`;
  return { ...event, key, progress: { ...event.progress, key, opportunityId: 'opportunity:99' } };
};
const sold = [sale('opportunity_opened', 9, 10), sale('won', 9, 40, 200_000)];
const soldTwice = [...sold, second(sale('opportunity_opened', 9, 12)), second(sale('won', 9, 50, 100_000))];
const merge = (n: number, loserId = 'opportunity:99', survivorId = 'opportunity:9'): ReferralEvent => ({
  ...{ key: `merge ${loserId}>${survivorId}`, ...at(n), kind: 'merge', loserId, survivorId },
});
const owed = (engine: ReferralEngine, n: number) => {
  const { pending = 0, held = 0, payable = 0 } = balance(engine, n) ?? {};
  return pending + held + payable;
};
const decisions = (engine: ReferralEngine) => engine.state.decisions.get('opportunity:9')?.get('main') ?? [];
const told = (engine: ReferralEngine) => decisions(engine).map((it) => [it.version, it.opportunityId, it.locked]);

describe('two decided sales become one', () => {
  it('bug: the decisions of the lost one were dropped; both histories are kept, and what was won twice is paid once', () => {
    const engine = opened([claim(1, 9, 0), ...soldTwice]);
    expect(owed(engine, 1)).toBe(30_000);
    engine.take([merge(55)]);
    expect(told(engine)).toEqual([
      [1, 'opportunity:9', false],
      [2, 'opportunity:99', false],
      [3, 'opportunity:9', false],
    ]);
    expect(decisions(engine).at(-1)?.mergeId).toBe('merge opportunity:99>opportunity:9');
    expect([...engine.state.sales.keys(), ...engine.state.decisions.keys()]).toEqual([
      'opportunity:9',
      'opportunity:9',
    ]);
    expect(owed(engine, 1)).toBe(20_000);
    expect([...engine.state.rewards.all()].map((it) => [it.state, it.reason])).toEqual([
      ['pending', 'accepted'],
      ['canceled', 'merged'],
    ]);
    const size = engine.state.rewards.ledger.size();
    engine.take([merge(55), { ...merge(56), key: 'again' }]);
    expect(engine.state.rewards.ledger.size()).toBe(size);
  });

  it('the lost one was approved, the other not: the approved one stands, the other ends, a person looks', () => {
    const engine = opened([claim(1, 9, 0), ...soldTwice], [tick(71)], [merge(72, 'opportunity:9', 'opportunity:99')]);
    expect(balance(engine, 1)).toMatchObject({ payable: 20_000, held: 0, pending: 0 });
    const history = engine.state.decisions.get('opportunity:99')?.get('main');
    expect(history?.map((it) => [it.opportunityId, it.locked])).toEqual([
      ['opportunity:9', false],
      ['opportunity:99', false],
      ['opportunity:9', true],
      ['opportunity:99', true],
    ]);
    expect(engine.state.proposals.has('main opportunity:99')).toBe(true);
    engine.take([tick(100)]);
    expect(owed(engine, 1)).toBe(20_000);
  });

  it('both were approved: nothing is taken back by itself, a person looks', () => {
    const engine = opened([claim(1, 9, 0), ...soldTwice], [tick(90)], [merge(91)]);
    expect(balance(engine, 1)).toMatchObject({ payable: 30_000, receivable: 0 });
    expect(engine.state.proposals.has('main opportunity:9')).toBe(true);
  });

  it('bug: a late claim after the merge decides the one sale again, and nothing is given twice', () => {
    const engine = opened([claim(1, 9, 0, 'click'), ...soldTwice], [merge(55)]);
    engine.take([{ ...claim(2, 9, 1), ...at(60) }]);
    expect([owed(engine, 1), owed(engine, 2)]).toEqual([0, 20_000]);
  });

  it('bug: the hold of a dispute on the lost one was never lifted', () => {
    const opportunityId = 'opportunity:99';
    const why = { why: 'mine', referralId: 'main/contact:2>account:9' };
    const dispute = { act: 'dispute', programId: 'main', opportunityId, ...why } as const;
    const opening: ReferralEvent = { key: 'dispute', ...at(56), kind: 'act', by: 'owner:1', does: dispute };
    const ruling: ReferralEvent = {
      ...{ key: 'rule', ...at(60), kind: 'act', by: 'owner:2' },
      does: { ...dispute, act: 'rule', referralId: null },
    };
    const history = [claim(1, 9, 0, 'click'), claim(2, 9, 1, 'click'), ...soldTwice];
    const engine = opened(history, [opening], [merge(58)], [ruling], [tick(75)]);
    expect(engine.state.refused).toEqual([]);
    expect(balance(engine, 1)).toMatchObject({ held: 0, payable: 20_000 });
  });
});

it('bug: what a check found was lost when a merge gave the claim another id', () => {
  const signal = { check: 'test', action: 'hold', severity: 'low', explanation: 'Look.', evidence: {} } as const;
  const signals = [{ ...signal, raisedAt: 0, expiresAt: at(900).occurredAt, appeal: 'Ask.', failed: false }];
  const held = claim(1, 9, 0);
  const known = held.kind === 'claim' && { ...held.known, signals };
  const engine = opened([{ ...held, known } as ReferralEvent], [merge(5, 'account:9', 'account:7')], soldTwice, [
    tick(99),
  ]);
  expect(balance(engine, 1)).toMatchObject({ payable: 0, held: 30_000 });
});
