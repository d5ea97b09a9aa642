import { describe, expect, it } from 'vitest';
import { act, at, balance, claim, opened, person, program, sale, tick } from '../../../test/referral-journal.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { openReferralEngine, type ReferralEngine } from './open-engine.ts';

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
    // ruled on day 60: to be appealed within 30 days
    expect(balance(engine, 1)).toMatchObject({ held: 20_000, payable: 0 });
    engine.take([tick(91)]);
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

describe('bug: decisions, rewards and disputes spoke of a claim by the id that it had before a merge', () => {
  const sides = [
    ['who refers', 'contact:1', 'contact:3', 'main/contact:3>account:9'],
    ['the party', 'account:9', 'account:7', 'main/contact:1>account:7'],
  ] as const;
  it.each(sides)(
    '%s was merged after the approval: nothing is to be looked at, and a person can decide on it',
    (...of) => {
      const [, loserId, survivorId, referralId] = of;
      const engine = opened([claim(1, 9, 0), ...sold], [tick(90)], [merge(91, loserId, survivorId)]);
      expect(engine.state.refused).toEqual([]);
      expect([...engine.state.proposals]).toEqual([]);
      expect(decisions(engine).map((it) => it.candidates[0]?.referralId)).toEqual([referralId, referralId]);
      expect([...engine.state.rewards.all()].map((it) => it.referralId)).toEqual([referralId]);
      const override = {
        programId: 'main',
        opportunityId: 'opportunity:9',
        role: 'manager',
        approvedBy: 'owner:2',
        why: 'so',
      };
      engine.take([act(92, { act: 'override', ...override, referralId })]);
      expect(engine.state.refused).toEqual([]);
      expect(owed(engine, 1)).toBe(20_000);
    },
  );

  it('both sides of a split become one person: one candidate with both shares, paid once', () => {
    const split = { ...program, policy: { ...program.policy, model: 'split' } } as const;
    const engine = openReferralEngine({ programs: [split], rates: [] });
    engine.take([1, 2].map(person));
    engine.take([claim(1, 9, 0), claim(2, 9, 1), ...sold]);
    engine.take([merge(50, 'contact:2', 'contact:1')]);
    engine.take([tick(51)]);
    expect(
      decisions(engine)
        .at(-1)
        ?.candidates.map((it) => [it.participantId, it.share]),
    ).toEqual([['contact:1', 10_000]]);
    expect(owed(engine, 1) + owed(engine, 2)).toBe(20_000);
  });
});

describe('two who refer become one', () => {
  const says = (n: number, who: number, status: 'suspended' | 'active'): ReferralEvent => {
    const event = person(who) as Extract<ReferralEvent, { readonly kind: 'participant' }>;
    const participant = { ...event.participant, status, statusSince: at(n).occurredAt };
    return { key: `said ${n}`, ...at(n), kind: 'participant', by: 'owner:1', participant };
  };
  it.each([
    ['the one that is left', 'contact:1', 'contact:3'],
    ['the one that goes', 'contact:3', 'contact:1'],
  ])('bug: who was suspended was active again; what was said last stands (%s was)', (_, survivorId, loserId) => {
    const engine = opened([says(3, 1, 'suspended')], [merge(5, loserId, survivorId)]);
    expect(engine.state.participants.get(`main ${survivorId}`)).toMatchObject({
      ...{ id: survivorId, accountId: survivorId.replace('contact', 'account') },
      ...{ status: 'suspended', statusSince: at(3).occurredAt, past: [{ status: 'active', since: at(-9).occurredAt }] },
    });
    engine.take([says(6, Number(survivorId.slice(-1)), 'active')]);
    expect(engine.state.participants.get(`main ${survivorId}`)?.status).toBe('active');
  });
});

it('a person names a claim by the id from before a merge: it is ruled, overridden and approved all the same', () => {
  const rival = claim(2, 9, 5, 'click');
  const old = 'main/contact:2>account:9';
  const engine = opened([claim(1, 9, 0, 'click'), rival, ...sold], [tick(71)], [merge(72, 'account:9', 'account:7')]);
  const on = { programId: 'main', opportunityId: 'opportunity:9', why: 'so' };
  engine.take([
    act(73, { ...on, act: 'override', referralId: old, role: 'manager', approvedBy: 'owner:2' }),
    act(74, { act: 'disqualify', referralId: 'main/contact:1>account:9', why: 'so' }),
  ]);
  expect(engine.state.refused).toEqual([]);
  expect([owed(engine, 1), owed(engine, 2)]).toEqual([0, 20_000]);
  expect(engine.state.claims.get('main/contact:1>account:7')?.state).toBe('reversed');
});
