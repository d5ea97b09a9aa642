import { describe, expect, it } from 'vitest';
import { act, at, balance, claim, opened, sale, stateOf, tick } from '../../../test/referral-journal.ts';

const opportunityId = 'opportunity:9';
const referralId = 'main/contact:2>account:9';
const on = { programId: 'main', opportunityId, why: 'I introduced them' } as const;
/** 1 introduced and sold for 2,000.00 on day 40, 2 says otherwise on day 45 and is believed on day 50. */
const ruled = () =>
  opened(
    [claim(1, 9, 0), claim(2, 9, 5, 'click'), sale('opportunity_opened', 9, 10), sale('won', 9, 40, 200_000)],
    [act(45, { act: 'dispute', ...on, referralId })],
    [act(50, { act: 'rule', ...on, referralId }, 'owner:2')],
  );

describe('rewards of a disputed sale', () => {
  it('what a ruling gives to the other claimant waits too until it can no longer be appealed', () => {
    const engine = ruled();
    engine.take([tick(79)]);
    expect(balance(engine, 2)).toMatchObject({ held: 20_000, payable: 0 });
    engine.take([tick(81)]);
    expect(balance(engine, 2)).toMatchObject({ held: 0, payable: 20_000 });
  });

  it('whoever is ruled to have the sale has won it, though their claim was a duplicate', () => {
    const engine = opened(
      [claim(1, 9, 0), claim(2, 9, 5, 'code'), sale('opportunity_opened', 9, 10), sale('won', 9, 40, 200_000)],
      [act(45, { act: 'dispute', ...on, referralId })],
    );
    expect(stateOf(engine, 2, 9)).toBe('duplicate');
    engine.take([act(50, { act: 'rule', ...on, referralId }, 'owner:2')]);
    expect(engine.state.claims.get(referralId)).toMatchObject({ state: 'won', credit: 'sourced', opportunityId });
    engine.take([sale('cancelled', 9, 55)]);
    expect(stateOf(engine, 2, 9)).toBe('reversed');
  });

  it('also where the introduction was written down some hours after the sale', () => {
    const engine = opened(
      [claim(1, 9, 0), sale('opportunity_opened', 9, 10), claim(2, 9, 40.1, 'code'), sale('won', 9, 40, 200_000)],
      [act(45, { act: 'dispute', ...on, referralId })],
      [act(50, { act: 'rule', ...on, referralId }, 'owner:2')],
    );
    expect(stateOf(engine, 2, 9)).toBe('won');
  });

  it('appealed: nothing is payable to either side before the appeal is ruled, then to one of them', () => {
    const engine = ruled();
    engine.take([act(60, { act: 'appeal', ...on })]);
    engine.take([tick(90)]);
    expect([balance(engine, 1)?.payable, balance(engine, 2)?.payable]).toEqual([0, 0]);
    engine.take([act(91, { act: 'rule', ...on, referralId: 'main/contact:1>account:9' }, 'owner:3'), tick(92)]);
    expect([balance(engine, 1), balance(engine, 2)]).toMatchObject([{ payable: 20_000 }, { held: 0, payable: 0 }]);
  });
});

describe('a claim that came after the first approval had locked the decision', () => {
  const won = [claim(1, 9, 0, 'click'), sale('opportunity_opened', 9, 10), sale('won', 9, 40, 200_000)];
  const rewardKey = 'main/won 9 40/won/referrer/0';
  const late = () =>
    opened(won, [tick(41)], [act(50, { act: 'approve', rewardKey, why: '' })], [{ ...claim(2, 9, 1), ...at(52) }]);

  it('is not credited by itself, but by a ruling', () => {
    const engine = late();
    expect([balance(engine, 1)?.net, balance(engine, 2)]).toEqual([20_000, undefined]);
    engine.take([act(55, { act: 'dispute', ...on, referralId })]);
    engine.take([act(56, { act: 'rule', ...on, referralId }, 'owner:2'), tick(90)]);
    expect(engine.state.refused).toEqual([]);
    expect([balance(engine, 1)?.net, balance(engine, 2)?.payable]).toEqual([0, 20_000]);
  });

  it('is credited by a person who may, with a second one', () => {
    const engine = late();
    engine.take([act(55, { act: 'override', ...on, referralId, role: 'manager', approvedBy: 'owner:2' })]);
    expect(engine.state.refused).toEqual([]);
    expect([balance(engine, 1)?.net, balance(engine, 2)?.net]).toEqual([0, 20_000]);
  });
});
