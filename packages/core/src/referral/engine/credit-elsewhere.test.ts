import { describe, expect, it } from 'vitest';
import { act, balance, claim, day, opened, sale, stateOf, tick } from '../../../test/referral-journal.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import type { ReferralEngine } from './open-engine.ts';

const elsewhere = (n: number, since: number, why = 'The affiliate network was paid.'): ReferralEvent =>
  act(n, { act: 'credit_elsewhere', opportunityId: 'opportunity:9', since: day(since), why });
const sold = [sale('opportunity_opened', 9, 10), sale('won', 9, 40, 200_000)];
const decided = (engine: ReferralEngine) =>
  engine.state.decisions.get('opportunity:9')?.get('main')?.at(-1)?.candidates[0];

describe('another channel is credited with a sale', () => {
  it('before it is won: the referral is influence, nothing is given for it', () => {
    const engine = opened([claim(1, 9, 0)], [sold[0]!], [elsewhere(12, 11)], [sold[1]!]);
    expect(decided(engine)).toMatchObject({ credit: 'influenced', share: 0, reason: 'already_credited' });
    expect([stateOf(engine, 1, 9), balance(engine, 1)]).toEqual(['won', undefined]);
  });

  it('on a day before it was decided here, told later: decided again, what was given is taken back', () => {
    const engine = opened([claim(1, 9, 0), ...sold], [elsewhere(41, 39)]);
    expect(decided(engine)).toMatchObject({ credit: 'influenced', reason: 'already_credited' });
    expect(balance(engine, 1)).toMatchObject({ pending: 0, held: 0, payable: 0 });
  });

  it('after it was decided here: the first credit is not overridden', () => {
    const engine = opened([claim(1, 9, 0), ...sold], [elsewhere(50, 45)]);
    expect(decided(engine)).toMatchObject({ credit: 'sourced', share: 10_000 });
  });

  it('after a reward was approved: it stays, and what would be decided now is for a person to look at', () => {
    const engine = opened([claim(1, 9, 0), ...sold], [tick(71)], [elsewhere(72, 39)]);
    expect(balance(engine, 1)).toMatchObject({ payable: 20_000 });
    expect(engine.state.proposals.get('main opportunity:9')?.reason).toBe('already_credited');
  });

  it('refused: a sale that no claim is about, no reason, a day to come', () => {
    const engine = opened([claim(1, 9, 0), ...sold]);
    const refusal = (event: ReferralEvent) => {
      engine.take([event]);
      return engine.state.refused.at(-1)?.reason;
    };
    const other = act(42, { act: 'credit_elsewhere', opportunityId: 'opportunity:0', since: day(1), why: 'x' });
    expect(refusal(other)).toBe('illegal_transition');
    expect(refusal(elsewhere(43, 1, ' '))).toBe('why_missing');
    expect(refusal(elsewhere(44, 45))).toBe('future_event');
    expect(decided(engine)?.credit).toBe('sourced');
  });
});
