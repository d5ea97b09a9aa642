import { describe, expect, it } from 'vitest';
import { type aPolicy, aProgram } from '../../../test/referral-records.ts';
import { DAY_MS } from '../../model/dates.ts';
import { NO_RELATION } from '../claims/existing-relation.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { Program } from '../entities/program.ts';
import type { QualifyingType } from '../entities/qualifying-event.ts';
import type { KnownAtClaim, PersonsAct, ReferralEvent } from '../entities/referral-event.ts';
import type { RewardRule } from '../entities/reward-rule.ts';
import { openReferralEngine } from './open-engine.ts';
import { signalsAbout } from './screen-reward.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const at = (n: number) => ({ occurredAt: START + n * DAY_MS, recordedAt: START + n * DAY_MS });
const rule: RewardRule = {
  ...{ id: 'won', version: '1', event: 'won', beneficiary: 'referrer', kind: 'credit', tiers: [], caps: [] },
  ...{ amount: { flat: 10_000 }, durationMonths: 0, priority: 1, startsOn: '2020-01-01', endsOn: null },
  expiresAfterDays: null,
};
const program = (set: Partial<Program> = {}, policy: Parameters<typeof aPolicy>[0] = {}): Program =>
  aProgram(
    { ...{ id: 'main', startsOn: '2020-01-01', rules: [rule], holdingDays: 0 }, ...set },
    { openClaimsPerParticipant: 20, ...policy },
  );
const person = (n: number, programId = 'main'): ReferralEvent => ({
  ...{ key: `person ${programId} ${n}`, ...at(-9), kind: 'participant' },
  participant: {
    ...{ id: `contact:${n}`, programId, accountId: `account:${n}`, role: 'customer', status: 'active' },
    ...{ statusSince: START - 9 * DAY_MS, termsVersion: 'terms-1', employerPermission: false, segment: 'private' },
    ...{ country: 'AT', taxFormOn: null },
  },
});
const claim = (
  by: number,
  on: number,
  n: number,
  known: Partial<KnownAtClaim> = {},
  programId = 'main',
): ReferralEvent => ({
  ...{ key: `claim ${programId} ${by}>${on}`, ...at(n), kind: 'claim' },
  claim: {
    ...{ programId, participantId: `contact:${by}`, referrerAccountId: `account:${by}`, subjectId: `account:${on}` },
    ...{ referredContactId: null, opportunityId: null, introducedAt: at(n).occurredAt },
    ...{ consent: 'introduced_in_person', code: null },
    touch: {
      ...{ key: `touch ${programId} ${by}>${on}`, participantId: `contact:${by}`, subjectId: `account:${on}` },
      ...{ evidence: 'activity', ...at(n), sourceId: null },
    },
  },
  known: { relation: NO_RELATION, signals: [], isErased: false, ...known },
});
const step = (type: QualifyingType, on: number, n: number): ReferralEvent => ({
  ...{ key: `${type} ${on}`, ...at(n), kind: 'progress' },
  progress: {
    ...{ key: `${type} ${on}`, type, subjectId: `account:${on}`, opportunityId: `opportunity:${on}`, ...at(n) },
    amount: type === 'won' ? { minor: 100_000, currency: 'EUR' } : null,
  },
});
const sold = (on: number, n: number) => [step('opportunity_opened', on, n), step('won', on, n + 1)];
const act = (n: number, does: PersonsAct): ReferralEvent => ({
  ...{ key: `act ${n}`, ...at(n), kind: 'act', by: 'owner:1', does },
});
const tick = (n: number): ReferralEvent => ({ key: `day ${n}`, ...at(n), kind: 'day' });
const signal = (set: Partial<FraudSignal>): FraudSignal => ({
  ...{ check: 'same_group', action: 'review', severity: 'medium', explanation: '', evidence: {}, appeal: '' },
  ...{ raisedAt: START, expiresAt: START + 900 * DAY_MS, failed: false, about: 'claim' },
  ...set,
});
const opened = (programs: readonly Program[], ...batches: readonly (readonly ReferralEvent[])[]) => {
  const engine = openReferralEngine({ programs, rates: [] });
  engine.take(programs.flatMap(({ id }) => [1, 2, 3, 4].map((n) => person(n, id))));
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
    const shared = program({}, { model: 'split', splitWeights: [5_000, 5_000] });
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
