import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROPERTY_RUNS } from '../../../test/property-runs.ts';
import {
  act,
  program as aProgram,
  at,
  person,
  claim as plainClaim,
  sale,
  tick,
} from '../../../test/referral-journal.ts';
import { DAY_MS } from '../../model/dates.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { Program } from '../entities/program.ts';
import type { KnownAtClaim, ReferralEvent } from '../entities/referral-event.ts';
import { openReferralEngine } from './open-engine.ts';
import { signalsAbout } from './screen-reward.ts';

const START = at(0).occurredAt;
/** 100.00 for a sale, without a holding period. */
const program = (set: Partial<Program> = {}, policy: Partial<Program['policy']> = {}): Program => ({
  ...{ ...aProgram, holdingDays: 0, rules: aProgram.rules.map((it) => ({ ...it, caps: [] })) },
  ...{ ...set, policy: { ...aProgram.policy, ...policy } },
});
const inProgram = (event: ReferralEvent, programId: string): ReferralEvent => {
  const key = `${event.key} ${programId}`;
  if (event.kind === 'claim') return { ...event, key, claim: { ...event.claim, programId } };
  return event.kind === 'participant' ? { ...event, key, participant: { ...event.participant, programId } } : event;
};
const claim = (by: number, on: number, n: number, known: Partial<KnownAtClaim> = {}, programId = 'main') => {
  const event = inProgram(plainClaim(by, on, n), programId);
  return event.kind === 'claim' ? { ...event, known: { ...event.known, ...known } } : event;
};
const sold = (on: number, n: number) => [sale('opportunity_opened', on, n), sale('won', on, n + 1, 100_000)];
const signal = (set: Partial<FraudSignal>): FraudSignal => ({
  ...{ check: 'same_group', action: 'review', severity: 'medium', explanation: '', evidence: {}, appeal: '' },
  ...{ raisedAt: START, expiresAt: START + 900 * DAY_MS, failed: false, about: 'claim' },
  ...set,
});
const opened = (programs: readonly Program[], ...batches: readonly (readonly ReferralEvent[])[]) => {
  const engine = openReferralEngine({ programs, rates: [] });
  engine.take(programs.flatMap(({ id }) => [1, 2, 3, 4].map((n) => inProgram(person(n), id))));
  for (const batch of batches) engine.take(batch);
  const { state } = engine;
  return {
    ...{ engine, state },
    stateOf: (id: string) => state.claims.get(id)?.state,
    found: (id: string) => signalsAbout(state, id).map((it) => `${it.check} ${it.action}`),
    rewards: () => [...state.rewards.all()].map((it) => [it.participantId, it.state, it.holds[0] ?? it.reason]),
  };
};
const id = (by: number, on: number, programId = 'main') => `${programId}/contact:${by}>account:${on}`;
const clear = (n: number, by: number, on: number, check: string) =>
  act(n, { act: 'clear', referralId: id(by, on), check, why: 'looked at' });

describe('checks whose facts are in the journal', () => {
  it('a loop over two programs is looked at by a person; cleared and confirmed, it stands', () => {
    const programs = [program(), program({ id: 'other' })];
    const it = opened(programs, [claim(2, 1, 0, {}, 'other')], [claim(1, 2, 5)]);
    expect([it.found(id(1, 2)), it.stateOf(id(1, 2))]).toEqual([['loop review'], 'under_review']);
    it.engine.take([act(6, { act: 'confirm', referralId: id(1, 2), why: 'two houses' })]);
    expect(it.stateOf(id(1, 2))).toBe('accepted');
  });

  it('a loop within a program stays refused, whatever a person lifts', () => {
    const it = opened([program()], [claim(2, 1, 0), claim(1, 2, 5)]);
    expect([it.found(id(1, 2)), it.stateOf(id(1, 2))]).toEqual([['loop block'], 'rejected']);
    it.engine.take([clear(6, 1, 2, 'loop')]);
    expect(it.stateOf(id(1, 2))).toBe('rejected');
  });

  it('too many open claims: refused, and taken up again in its old place once the check is lifted', () => {
    const it = opened([program({}, { openClaimsPerParticipant: 1 })], [claim(1, 8, 0), claim(1, 9, 2)]);
    expect([it.found(id(1, 9)), it.stateOf(id(1, 9))]).toEqual([['claim_squatting block'], 'rejected']);
    it.engine.take([claim(2, 9, 3), clear(5, 1, 9, 'claim_squatting')]);
    // somebody else was taken meanwhile, with equal evidence: a duplicate, for a dispute to settle
    expect([it.stateOf(id(2, 9)), it.stateOf(id(1, 9))]).toEqual(['accepted', 'duplicate']);
    const alone = opened([program({}, { openClaimsPerParticipant: 1 })], [claim(1, 8, 0), claim(1, 9, 2)]);
    alone.engine.take([clear(5, 1, 9, 'claim_squatting')]);
    expect(alone.state.claims.get(id(1, 9))).toMatchObject({ state: 'accepted', claimedAt: at(2).occurredAt });
  });

  it('six claims within an hour: the same signals in one batch, in six, and in six turned round within a batch', () => {
    const claims = [0, 1, 2, 3, 4, 5].map((n) => claim(1, 10 + n, 5 + n / 1000));
    const said = (batches: readonly (readonly ReferralEvent[])[]) => {
      const it = opened([program()], ...batches);
      return claims.map((_, n) => it.found(id(1, 10 + n)));
    };
    const expected = [[], [], [], [], [], ['velocity hold']];
    for (const batches of [[claims], claims.map((it) => [it]), [[...claims].reverse()]])
      expect(said(batches)).toEqual(expected);
  });
});

describe('what stands against a reward', () => {
  it('of a shared credit each one for themselves: one is held, the other is paid', () => {
    const shared = program({}, { model: 'split', splitWeights: [5_000, 5_000], protectionDays: 60 });
    const held = {
      signals: [signal({ check: 'velocity', action: 'flag' }), signal({ action: 'hold', about: 'reward' })],
    };
    const it = opened([shared], [claim(1, 9, 0, held), claim(2, 9, 70), ...sold(9, 80), tick(90)]);
    expect(it.rewards()).toEqual([
      ['contact:1', 'held', 'fraud_check'],
      ['contact:2', 'payable', 'accepted'],
    ]);
  });

  it('waits for the second customer, and goes on with the day on which there is one', () => {
    const waiting = program({ checkSettings: { limits: { activeCustomers: 2 } } });
    const it = opened([waiting], [claim(1, 8, 0), claim(1, 9, 0), ...sold(8, 10), tick(20)]);
    expect([it.rewards(), it.found(id(1, 8))]).toEqual([
      [['contact:1', 'pending', 'accepted']],
      ['minimum_customers wait'],
    ]);
    it.engine.take([...sold(9, 30), tick(40)]);
    expect(it.rewards().map(([, state]) => state)).toEqual(['payable', 'payable']);
    expect(it.found(id(1, 8))).toEqual([]);
  });

  it('an expired signal holds nothing any more', () => {
    const held = { signals: [signal({ action: 'hold', about: 'reward', expiresAt: at(50).occurredAt })] };
    const it = opened([program()], [claim(1, 9, 0, held), ...sold(9, 10), tick(49.999)]);
    expect(it.rewards()).toEqual([['contact:1', 'held', 'fraud_check']]);
    it.engine.take([tick(50)]);
    expect(it.rewards()).toEqual([['contact:1', 'payable', 'accepted']]);
  });

  it('a merge takes along what was found and what was lifted; one who was entered twice is no second holder', () => {
    const hash = [{ kind: 'email', hash: '#ida' }] as const;
    const known = { signals: [signal({ action: 'hold', about: 'reward' })], identities: hash };
    const it = opened([program()], [claim(1, 9, 0, known), claim(2, 8, 1, { identities: hash })]);
    expect(it.found(id(2, 8))).toEqual(['duplicate_participant hold']);
    it.engine.take([clear(2, 1, 9, 'same_group')]);
    it.engine.take([{ key: 'm1', ...at(3), kind: 'merge', loserId: 'account:9', survivorId: 'account:7' }]);
    it.engine.take([{ key: 'm2', ...at(4), kind: 'merge', loserId: 'contact:2', survivorId: 'contact:1' }]);
    expect(signalsAbout(it.state, id(1, 7))).toMatchObject([{ check: 'same_group', cleared: { by: 'owner:1' } }]);
    it.engine.take([...sold(7, 10), ...sold(8, 10), tick(30)]);
    expect(it.rewards().map(([, state]) => state)).toEqual(['payable', 'payable']);
  });
});

describe('any history with checks in it', () => {
  const AT_CLAIM = ['same_group review', 'self_same_domain block', 'risky_email flag', 'owner_or_employee block_cash'];
  const found = fc.constantFrom(...AT_CLAIM, 'velocity hold').map((text) => {
    const [check = '', action = ''] = text.split(' ');
    const about = check === 'owner_or_employee' || check === 'velocity' ? 'reward' : 'claim';
    return signal({ check, about, action: action as FraudSignal['action'], failed: false });
  });
  const known = fc.record({
    signals: fc.uniqueArray(found, { maxLength: 2, selector: (it) => it.check }),
    identities: fc.constantFrom([], [{ kind: 'email', hash: '#a' } as const]),
  });
  const people = fc.integer({ min: 1, max: 4 });
  const party = fc.integer({ min: 7, max: 9 });
  const when = fc.integer({ min: 0, max: 60 });
  const checks = fc.constantFrom(...AT_CLAIM.map((it) => it.split(' ')[0] ?? ''), 'velocity', 'duplicate_participant');
  const event: fc.Arbitrary<ReferralEvent> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(people, party, when, known).map(([by, on, n, it]) => {
        const said = it.signals.map(({ check }) => check).join('+');
        return { ...claim(by, on, n, it), key: `claim ${by}>${on} ${n} ${said} ${it.identities.length}` };
      }),
    },
    { weight: 3, arbitrary: fc.tuple(party, when).map(([on, n]) => sale('won', on, n, 100_000)) },
    fc.tuple(party, when).map(([on, n]) => sale('cancelled', on, n)),
    fc
      .tuple(people, party, when, checks)
      .map(([by, on, n, check]) => ({ ...clear(n, by, on, check), key: `c${n}${by}${on}${check}` })),
    fc.tuple(people, party, when).map(([by, on, n]) => ({
      ...act(n, { act: 'confirm', referralId: id(by, on), why: 'so' }),
      key: `confirm ${n} ${by}>${on}`,
    })),
    when.map(tick),
  );
  const batches = fc.array(fc.array(event, { maxLength: 12 }), { maxLength: 4 });
  const picture = ({ state }: ReturnType<typeof opened>) =>
    JSON.stringify([
      [...state.claims.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      [...state.claims.keys()].sort().map((it) => signalsAbout(state, it)),
      [...state.rewards.all()].sort((a, b) => (a.key < b.key ? -1 : 1)),
      [...state.rewards.ledger.transactions()],
    ]);

  it('batches turned round and prefixes taken twice give the same claims, signals, rewards and ledger', () => {
    fc.assert(
      fc.property(batches, fc.nat(3), (all, twice) => {
        const first = picture(opened([program()], ...all));
        const turned = all.map((it) => [...it].reverse());
        expect(picture(opened([program()], ...turned))).toBe(first);
        expect(picture(opened([program()], ...all.slice(0, twice), ...all))).toBe(first);
      }),
      { numRuns: PROPERTY_RUNS },
    );
  });

  it('nothing is payable against a live hold or review; what a person approved stays approved; the ledger balances', () => {
    fc.assert(
      fc.property(batches, (all) => {
        const it = opened([program()], ...all, [tick(100)]);
        const { rewards, claims } = it.state;
        for (const reward of rewards.all()) {
          const live = signalsAbout(it.state, reward.referralId).filter(({ cleared, failed }) => !cleared && !failed);
          const stops = live.some(({ action }) => action === 'hold' || action === 'review' || action === 'block');
          if (claims.has(reward.referralId) && stops) expect(reward.state).not.toBe('payable');
        }
        for (const { postings } of rewards.ledger.transactions())
          expect(postings.reduce((sum, { money }) => sum + money.minor, 0)).toBe(0);
        const keys = [...rewards.all()].map(({ key }) => key);
        for (const key of keys)
          rewards.get(key)?.state === 'held' &&
            it.engine.take([act(101, { act: 'approve', rewardKey: key, why: 'so' })]);
        it.engine.take([tick(110)]);
        const [approved] = [...rewards.all()].filter(({ approvedBy }) => approvedBy !== null);
        if (approved) expect(['payable', 'fulfilled', 'reversed', 'canceled']).toContain(approved.state);
      }),
      { numRuns: PROPERTY_RUNS },
    );
  });
});
