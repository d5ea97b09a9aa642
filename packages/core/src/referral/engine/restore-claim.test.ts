import { describe, expect, it } from 'vitest';
import { act, balance, claim, opened, sale, stateOf, tick } from '../../../test/referral-journal.ts';
import type { ReferralEngine } from './open-engine.ts';

const referralId = 'main/contact:1>account:9';
const disqualify = (n: number) => act(n, { act: 'disqualify', referralId, why: 'so' });
const appeal = (n: number) =>
  act(n, { act: 'clear', referralId, check: 'disqualified', why: 'it was not so' }, 'owner:2');
const sold = [sale('opportunity_opened', 9, 20), sale('won', 9, 40, 200_000)];
const owed = (engine: ReferralEngine, n: number) => {
  const { pending = 0, held = 0, payable = 0 } = balance(engine, n) ?? {};
  return pending + held + payable;
};
const rewards = ({ state }: ReferralEngine) =>
  [...state.rewards.all()].map((it) => [it.participantId, it.state, it.amount.minor - it.reversed]);

describe('a disqualified claim whose appeal is won', () => {
  it('after the sale: it is won again, and its reward goes on as if nothing had been', () => {
    const engine = opened([claim(1, 9, 0), ...sold], [disqualify(50)], [tick(51)]);
    expect(stateOf(engine, 1, 9)).toBe('reversed');
    engine.take([appeal(79)]);
    engine.take([tick(80.5)]);
    expect([stateOf(engine, 1, 9), engine.state.refused]).toEqual(['won', []]);
    expect(rewards(engine)).toEqual([['contact:1', 'payable', 20_000]]);
    engine.take([tick(120)]);
    expect(rewards(engine)).toEqual([['contact:1', 'payable', 20_000]]);
  });

  it('before the sale: it stands where it stood, with what is left of its protection, and is credited', () => {
    const engine = opened([claim(1, 9, 0)], [disqualify(5)], [appeal(10)]);
    const until = engine.state.claims.get(referralId)?.protectedUntil;
    expect([stateOf(engine, 1, 9), until]).toEqual(['accepted', Date.parse('2026-04-01T00:00:00Z')]);
    engine.take(sold);
    expect([stateOf(engine, 1, 9), owed(engine, 1)]).toEqual(['won', 20_000]);
  });

  it('what was won while it was disqualified is caught up with', () => {
    const engine = opened([claim(1, 9, 0)], [disqualify(15)], sold, [appeal(44)]);
    expect([stateOf(engine, 1, 9), owed(engine, 1)]).toEqual(['won', 20_000]);
  });

  it('a rival who is protected by then stays so: both are weighed at the sale', () => {
    const engine = opened([claim(1, 9, 0)], [disqualify(5)], [claim(2, 9, 6)], [appeal(10)]);
    expect([stateOf(engine, 1, 9), stateOf(engine, 2, 9)]).toEqual(['accepted', 'accepted']);
    expect(engine.state.claims.get(referralId)?.protectedUntil).toBeNull();
    engine.take(sold);
    expect([owed(engine, 1), owed(engine, 2)]).toEqual([20_000, 0]);
  });

  it('another got the credit meanwhile: unapproved it goes back, approved it stays theirs', () => {
    const rival = claim(2, 9, 5, 'click');
    const won = [claim(1, 9, 0, 'click'), rival, ...sold];
    const open = opened(won, [disqualify(50)], [appeal(55)]);
    expect([owed(open, 1), owed(open, 2)]).toEqual([20_000, 0]);
    const approved = opened(won, [disqualify(50)], [tick(71)], [appeal(75)], [tick(76)], [tick(120)]);
    expect([owed(approved, 1), owed(approved, 2)]).toEqual([0, 20_000]);
    expect([...approved.state.proposals.keys()]).toEqual(['main opportunity:9']);
  });

  it('after the days to appeal, or where nobody disqualified it: refused with one sentence, nothing changes', () => {
    const engine = opened([claim(1, 9, 0), ...sold], [disqualify(50)], [tick(79)]);
    engine.take([appeal(80)]);
    expect(engine.state.refused).toMatchObject([{ reason: 'dispute_closed' }]);
    expect(engine.state.refused[0]?.detail).toBe('The 30 days to appeal against the disqualification are over.');
    expect(stateOf(engine, 1, 9)).toBe('reversed');
    const withdrawn = opened([claim(1, 9, 0)], [act(5, { act: 'withdraw', referralId, why: 'so' })], [appeal(6)]);
    expect(withdrawn.state.refused).toMatchObject([{ reason: 'illegal_transition' }]);
    expect(stateOf(withdrawn, 1, 9)).toBe('withdrawn');
  });
});
