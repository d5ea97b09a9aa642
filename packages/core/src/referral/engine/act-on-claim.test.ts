import { describe, expect, it } from 'vitest';
import {
  act,
  at,
  balance,
  claim,
  day,
  opened,
  person,
  program,
  sale,
  stateOf,
  tick,
} from '../../../test/referral-journal.ts';
import type { PersonsAct, ReferralEvent } from '../entities/referral-event.ts';
import type { Payee } from '../rewards/index.ts';
import { openReferralEngine, type ReferralEngine } from './open-engine.ts';

const idOf = (by: number, on: number) => `main/contact:${by}>account:${on}`;
const historyOf = (engine: ReferralEngine, by: number, on: number) =>
  engine.state.claims.get(idOf(by, on))?.history.map((it) => it.event);
const onClaim = (does: 'withdraw' | 'disqualify' | 'confirm', by: number, on: number, n: number): ReferralEvent =>
  act(n, { act: does, referralId: idOf(by, on), why: 'so' } satisfies PersonsAct);
/** Introduced on one day, claimed on a later one. */
const late = (by: number, on: number, introduced: number, n: number): ReferralEvent => ({
  ...claim(by, on, introduced),
  ...at(n),
});
const reviewed = (event: ReferralEvent): ReferralEvent => {
  if (event.kind !== 'claim') return event;
  const signal = { check: 'test', action: 'review', severity: 'low', explanation: 'Look.', evidence: {} } as const;
  const signals = [{ ...signal, raisedAt: day(0), expiresAt: day(400), appeal: 'Ask.', failed: false }];
  return { ...event, known: { ...event.known, signals } };
};
const sold = [sale('opportunity_opened', 9, 20), sale('won', 9, 40, 200_000)];
const owed = (engine: ReferralEngine, n: number) => {
  const { pending = 0, held = 0, payable = 0 } = balance(engine, n) ?? {};
  return pending + held + payable;
};

describe('the rival of a contested claim', () => {
  it('bug: it was not stored, since it is the new claim that is contested and not the rival', () => {
    const engine = opened([claim(1, 9, 10, 'code'), late(2, 9, 5, 15)]);
    expect([stateOf(engine, 1, 9), stateOf(engine, 2, 9)]).toEqual(['accepted', 'contested']);
    expect(historyOf(engine, 1, 9)).toEqual(['submit', 'accept', 'contest']);
  });

  it('bug: nor where a claim that waited contests with better evidence for an earlier day', () => {
    const engine = opened([claim(1, 9, 10, 'click'), claim(1, 9, 11, 'code'), claim(2, 9, 12, 'activity')]);
    expect(stateOf(engine, 2, 9)).toBe('queued');
    engine.take([late(2, 9, 5, 15)]);
    expect(stateOf(engine, 2, 9)).toBe('contested');
    expect(historyOf(engine, 1, 9)?.at(-1)).toBe('contest');
  });

  it('bug: nor where a person cleared the claim after its review', () => {
    const engine = opened([claim(1, 9, 10, 'code'), reviewed(late(2, 9, 5, 15))]);
    expect([stateOf(engine, 2, 9), historyOf(engine, 1, 9)]).toEqual(['under_review', ['submit', 'accept']]);
    engine.take([onClaim('confirm', 2, 9, 16)]);
    expect([stateOf(engine, 2, 9), historyOf(engine, 1, 9)]).toEqual(['contested', ['submit', 'accept', 'contest']]);
  });
});

describe('a claim that a person cleared after its review', () => {
  it('bug: the sale that came in between was not caught up with', () => {
    const engine = opened([reviewed(claim(2, 9, 0)), ...sold]);
    expect([stateOf(engine, 2, 9), owed(engine, 2)]).toEqual(['under_review', 0]);
    engine.take([onClaim('confirm', 2, 9, 45)]);
    expect([stateOf(engine, 2, 9), owed(engine, 2)]).toEqual(['won', 20_000]);
  });

  it('bug: it made a loop while nobody had cleared it; cleared, it is refused where it closes one by then', () => {
    const engine = opened([reviewed(claim(1, 2, 0)), claim(2, 1, 5)]);
    expect([stateOf(engine, 1, 2), stateOf(engine, 2, 1)]).toEqual(['under_review', 'accepted']);
    engine.take([onClaim('confirm', 1, 2, 6)]);
    expect(engine.state.refused).toMatchObject([{ reason: 'loop' }]);
    expect(stateOf(engine, 1, 2)).toBe('rejected');
    const other = opened([reviewed(claim(1, 2, 0))], [onClaim('confirm', 1, 2, 3)], [claim(2, 1, 5)]);
    expect(other.state.refused).toMatchObject([{ reason: 'loop' }]);
  });
});

describe('a claim that a person ends after the sale', () => {
  const won = [claim(1, 9, 0), ...sold];

  it('bug: withdrawn, its reward stayed; now it is cancelled', () => {
    const engine = opened(won, [tick(50)], [onClaim('withdraw', 1, 9, 51)]);
    expect(stateOf(engine, 1, 9)).toBe('reversed');
    expect(owed(engine, 1)).toBe(0);
    expect([...engine.state.rewards.all()]).toMatchObject([{ state: 'canceled', reason: 'withdrawn' }]);
    engine.take([tick(200)]);
    expect(owed(engine, 1)).toBe(0);
  });

  it('withdrawn before anything was approved: the next claimant is credited', () => {
    const engine = opened([claim(1, 9, 0, 'click'), claim(2, 9, 1, 'click'), ...sold], [onClaim('withdraw', 1, 9, 45)]);
    expect([owed(engine, 1), owed(engine, 2)]).toEqual([0, 20_000]);
  });

  it('withdrawn after an approval: the decision is locked, nobody else is credited, a person is asked', () => {
    const rivals = [claim(1, 9, 0, 'click'), claim(2, 9, 1, 'click'), ...sold];
    const engine = opened(rivals, [tick(71)], [onClaim('withdraw', 1, 9, 72)]);
    expect([owed(engine, 1), owed(engine, 2)]).toEqual([0, 0]);
    const history = engine.state.decisions.get('opportunity:9')?.get('main');
    expect(history?.at(-1)).toMatchObject({ locked: true, version: 2 });
    expect(engine.state.proposals.get('main opportunity:9')?.candidates[0]?.participantId).toBe('contact:2');
    expect(engine.state.refused).toEqual([]);
  });

  it('bug: disqualified, its reward stayed; now it waits for the 30 days of an appeal and is taken back for fraud', () => {
    const engine = opened(won, [onClaim('disqualify', 1, 9, 51)], [tick(80)]);
    expect([...engine.state.rewards.all()]).toMatchObject([{ state: 'review_required', reason: 'fraud_upheld' }]);
    engine.take([tick(81)]);
    expect([...engine.state.rewards.all()]).toMatchObject([{ state: 'canceled', reason: 'fraud_upheld' }]);
    expect([stateOf(engine, 1, 9), owed(engine, 1)]).toEqual(['reversed', 0]);
  });

  it('disqualified: the next claimant is credited, and the one who was gets nothing for what follows', () => {
    const rivals = [claim(1, 9, 0, 'click'), claim(2, 9, 1, 'click'), ...sold];
    const engine = opened(rivals, [onClaim('disqualify', 1, 9, 51)], [tick(90)], [sale('cancelled', 9, 95)]);
    expect([owed(engine, 1), owed(engine, 2)]).toEqual([0, 0]);
    expect([...engine.state.rewards.all()].map((it) => [it.participantId, it.state, it.reason])).toEqual([
      ['contact:1', 'canceled', 'fraud_upheld'],
      ['contact:2', 'canceled', 'refunded'],
    ]);
  });

  const cash = { ...program, rules: program.rules.map((it) => ({ ...it, kind: 'cash' as const })) };
  const partner = person(1);
  const paid = (kind: 'cash' | 'credit') => {
    const engine = openReferralEngine({ programs: [kind === 'cash' ? cash : program], rates: [] });
    const who = partner.kind === 'participant' && { ...partner.participant, role: 'partner' as const };
    const payee: Payee = { country: 'AT', taxFormOn: null, sanctions: 'clear' };
    engine.take([{ ...partner, participant: who } as ReferralEvent, ...won]);
    engine.take([tick(71)]);
    const settle = { programId: 'main', period: '2026-03', by: 'owner:1', payees: { 'account:1': payee } };
    engine.take([{ key: 'settle', ...at(72), kind: 'settle', ...settle }]);
    return engine;
  };

  it('withdrawn after it was paid: 200.00 are owed back; a benefit that was applied waits for a person', () => {
    const engine = paid('cash');
    expect([...engine.state.rewards.all()]).toMatchObject([{ state: 'paid', settled: 20_000 }]);
    engine.take([onClaim('withdraw', 1, 9, 75)]);
    expect(balance(engine, 1)).toMatchObject({ payable: 0, receivable: 20_000, net: -20_000 });
    const applied = paid('credit');
    applied.take([onClaim('withdraw', 1, 9, 75)]);
    expect([...applied.state.rewards.all()]).toMatchObject([{ state: 'review_required', reason: 'benefit_applied' }]);
  });

  it('disqualified after it was paid: owed back when the time to appeal has passed, and not before', () => {
    const engine = paid('cash');
    engine.take([onClaim('disqualify', 1, 9, 75)]);
    engine.take([tick(104)]);
    expect(balance(engine, 1)?.receivable).toBe(0);
    engine.take([tick(105)]);
    expect(balance(engine, 1)?.receivable).toBe(20_000);
  });
});
