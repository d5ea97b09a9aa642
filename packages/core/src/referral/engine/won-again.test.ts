import { describe, expect, it } from 'vitest';
import { act, balance, claim, opened, sale, stateOf, tick } from '../../../test/referral-journal.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import type { ReferralEngine } from './open-engine.ts';

const won = [claim(1, 9, 0), sale('opportunity_opened', 9, 20), sale('won', 9, 40, 200_000)];
/** Won on an earlier day than the one on which it was seen. */
const again = (n: number, seen: number, minor = 200_000): ReferralEvent => {
  const said = sale('won', 9, n, minor);
  if (said.kind !== 'progress') throw new TypeError('No progress.');
  const recordedAt = sale('won', 9, seen).recordedAt;
  const key = `${said.key} again`;
  return { ...said, key, recordedAt, progress: { ...said.progress, key, recordedAt, again: true } };
};
const owed = (engine: ReferralEngine, n: number) => {
  const { pending = 0, held = 0, payable = 0, receivable = 0 } = balance(engine, n) ?? {};
  return pending + held + payable - receivable;
};

describe('a sale that was lost after all and is won again', () => {
  it('the claim is won again, and the win that stands is rewarded once', () => {
    const engine = opened(won, [sale('cancelled', 9, 50)], [tick(51)]);
    expect([stateOf(engine, 1, 9), owed(engine, 1)]).toEqual(['reversed', 0]);
    engine.take([again(45, 60)]);
    expect([stateOf(engine, 1, 9), owed(engine, 1), engine.state.refused]).toEqual(['won', 20_000, []]);
    engine.take([tick(61), again(45, 62)]);
    engine.take([tick(90)]);
    expect(owed(engine, 1)).toBe(20_000);
  });

  it('paid before it was taken back: what is owed is met by the second reward', () => {
    const payee = { country: 'AT', taxFormOn: null, sanctions: 'clear' } as const;
    const settle = (n: number, period: string): ReferralEvent => ({
      ...{ ...tick(n), key: `settle ${period}`, kind: 'settle', programId: 'main', period, by: 'owner:1' },
      payees: { 'account:1': payee },
    });
    const engine = opened(won, [tick(71)], [settle(72, '2026-03')]);
    expect([...engine.state.rewards.all()].map((it) => it.state)).toEqual(['fulfilled']);
    engine.take([sale('cancelled', 9, 80)]);
    const key = [...engine.state.rewards.all()][0]?.key ?? '';
    engine.take([act(81, { act: 'reject', rewardKey: key, why: 'taken back' })]);
    expect(owed(engine, 1)).toBe(-20_000);
    engine.take([again(75, 90), tick(91)]);
    expect(owed(engine, 1)).toBe(0);
  });

  it('lost a second time it is taken back a second time', () => {
    const engine = opened(won, [sale('cancelled', 9, 50)], [again(45, 60)], [sale('cancelled', 9, 70)]);
    expect([stateOf(engine, 1, 9), owed(engine, 1)]).toEqual(['reversed', 0]);
  });

  it('a claim that a person ended stays so, and one whose credit window is over', () => {
    const end = act(45, { act: 'withdraw', referralId: 'main/contact:1>account:9', why: 'so' });
    const ended = opened(won, [end], [sale('cancelled', 9, 50)], [again(45, 60)]);
    expect([stateOf(ended, 1, 9), owed(ended, 1)]).toEqual(['reversed', 0]);
    const late = opened(won, [sale('cancelled', 9, 50)], [again(366, 370)]);
    expect([stateOf(late, 1, 9), owed(late, 1)]).toEqual(['reversed', 0]);
  });

  it('a merge takes it through nothing a second time', () => {
    const merge: ReferralEvent = {
      ...tick(70),
      key: 'm',
      kind: 'merge',
      loserId: 'account:9',
      survivorId: 'account:7',
    };
    const engine = opened(won, [sale('cancelled', 9, 50)], [again(45, 60)], [merge]);
    const steps = engine.state.claims.get('main/contact:1>account:7')?.history.map((it) => it.event);
    expect(steps?.filter((it) => it === 'reverse' || it === 'reopen')).toEqual(['reverse', 'reopen']);
    expect([stateOf(engine, 1, 7), owed(engine, 1)]).toEqual(['won', 20_000]);
  });
});
