import { describe, expect, it } from 'vitest';
import {
  buildStatements,
  clearFraud,
  holdCase,
  isDecisionLocked,
  mergeParties,
  moveReward,
  nextRewardState,
  openRewardBook,
  type RewardScreening,
  redecide,
  releaseCase,
  screenUnsettled,
  taxHintFor,
  upholdFraud,
} from '../../src/referral/rewards/index.ts';
import { recursUntil } from '../../src/referral/rewards/recurs-until.ts';
import { at, audit, decision, event, participant, program, rule, world } from './world.ts';

const PARTY = 'account:of-ann';

function openWorld(terms = program(), people = [participant('ann'), participant('bob')]) {
  const book = openRewardBook();
  return {
    book,
    ...world(book, terms, people),
    one: () => [...book.all()][0]!,
    net: (party = PARTY) => netOf(book, party),
  };
}

/** What the checks say of every reward of the book. */
function screen(book: ReturnType<typeof openRewardBook>, says: RewardScreening, on: number): void {
  const keys = [...book.all()].map((it) => it.key);
  screenUnsettled(book, keys, () => says, on);
}

function netOf(book: ReturnType<typeof openRewardBook>, party: string): number {
  return book.ledger.balancesOf(party)[0]?.net ?? 0;
}

describe('one reward from sale to payout', () => {
  it('hand calculation: 10 % of 1,234.56 is 123.46; held 30 days, payable, paid once', () => {
    const { book, give, advance, settle, one, net } = openWorld();
    const given = give('2026-02-01', { event: event('e1', '2026-02-01', 123_456) });
    expect(given.rewards).toHaveLength(1);
    expect(one()).toMatchObject({
      state: 'pending',
      amount: { minor: 12_346, currency: 'EUR' },
      key: 'p1/e1/r1/referrer/0',
    });
    advance('2026-02-01');
    expect(one()).toMatchObject({ state: 'held', place: 'held' });
    expect(advance('2026-03-02').rewards).toEqual([]);
    advance('2026-03-03');
    expect(one()).toMatchObject({ state: 'payable', place: 'payable', approvedBy: null });
    expect(advance('2026-03-03').transactions).toEqual([]);
    const first = settle('2026-03', '2026-03-31');
    expect(first).toMatchObject({
      refused: false,
      batch: { id: 'p1/2026-03', rows: [{ partyId: PARTY, payable: 12_346, netted: 0, paid: 12_346, held: 0 }] },
    });
    expect(one().state).toBe('paid');
    expect(net()).toBe(0);
    const again = settle('2026-03', '2026-03-31');
    expect(again).toMatchObject({
      batch: first.refused ? null : first.batch,
      changes: { transactions: [], rewards: [] },
    });
    expect(settle('2026-05', '2026-04-01')).toMatchObject({ refused: true, reason: 'future_event' });
    expect([...book.ledger.transactions()].map((it) => it.kind)).toEqual(['accrue', 'hold', 'release', 'pay']);
    expect(audit(book)).toEqual([]);
  });

  it('hand calculation: dollars at .9 of the day, rate kept with day and source', () => {
    const { give, one } = openWorld();
    give('2026-02-03', { event: event('e1', '2026-02-02', 0, { amount: { minor: 10_005, currency: 'USD' } }) });
    // 100.05 x .9 = 90.045, a half to the even cent: 90.04; a tenth: 9.004
    expect(one()).toMatchObject({
      amount: { minor: 900, currency: 'EUR' },
      rate: { value: 0.9, on: '2026-02-01', source: 'ECB' },
    });
  });

  it('bad input: each is one refusal, nothing is posted, and it may be given again when mended', () => {
    const { book, give } = openWorld();
    const yen = event('yen', '2026-02-02', 0, { amount: { minor: 5, currency: 'JPY' } });
    const given = give(
      '2026-02-03',
      { event: event('neg', '2026-02-01', -5) },
      { event: event('late', '2026-02-04', 5) },
      { event: yen },
      { event: event('draft', '2026-02-01', 5), program: program({ state: 'draft' }) },
      { event: event('none', '2026-02-01', null) },
    );
    expect(given.refused.map((it) => [it.key, it.reason])).toEqual([
      ['draft', 'program_not_active'],
      ['neg', 'negative_amount'],
      ['none', 'not_eligible_for_reward'],
      ['yen', 'no_rate'],
      ['late', 'future_event'],
    ]);
    expect(book.ledger.size()).toBe(0);
    expect(give('2026-02-05', { event: event('late', '2026-02-04', 50) }).rewards).toHaveLength(1);
  });

  it('both sides: separate rewards and states; the referred party gets credit, never cash', () => {
    const rules = [rule(), rule({ id: 'r2', beneficiary: 'referred', amount: { flat: 5_000 } })];
    const { book, give, advance } = openWorld(program({ rules, approvalAbove: 1 }));
    give('2026-02-01', { event: event('e1', '2026-02-01', 100_000) });
    advance('2026-03-10');
    expect(
      [...book.all()].map((it) => [it.beneficiary.partyId, it.kind, it.amount.minor, it.state, it.reason]),
    ).toEqual([
      [PARTY, 'cash', 10_000, 'held', 'needs_approval'],
      ['account:new', 'credit', 5_000, 'payable', 'accepted'],
    ]);
  });

  it('hand calculation: a split of 101.01 by 50, 30, 20 % gives 50.51, 30.30, 20.20', () => {
    const { book, give } = openWorld(program({ rules: [rule({ amount: { flat: 10_101 } })] }));
    give('2026-02-01', {
      event: event('e1', '2026-02-01', 1),
      decision: decision({ ann: 5_000, bob: 3_000, cy: 2_000 }),
    });
    expect([...book.all()].map((it) => it.amount.minor)).toEqual([5_051, 3_030, 2_020]);
  });

  it('tiers: the third won referral reaches 200; duration: invoices count for 3 months after the first', () => {
    const tiers = [{ fromWon: 3, amount: { flat: 20_000 } }];
    const invoices = rule({ id: 'r2', event: 'invoice_paid', amount: { flat: 100 }, durationMonths: 3 });
    const { book, give } = openWorld(program({ rules: [rule({ amount: { flat: 10_000 }, tiers }), invoices] }));
    for (const n of [1, 2, 3]) {
      give('2026-02-05', { event: event(`e${n}`, `2026-02-0${n}`, 1, { opportunityId: `opp:${n}` }) });
    }
    expect([...book.all()].map((it) => it.amount.minor)).toEqual([10_000, 10_000, 20_000]);
    for (const day of ['2026-02-10', '2026-05-10', '2026-05-11']) {
      give('2026-06-01', { event: event(day, day, 1, { type: 'invoice_paid' }) });
    }
    expect(book.ofCase('opp:1').map((it) => it.eventKey)).toEqual(['e1', '2026-02-10', '2026-05-10'].sort());
    expect(recursUntil(at('2026-01-31'), 1)).toBe(at('2026-02-28'));
    expect(recursUntil(at('2026-11-30T10:00:00Z'), 3)).toBe(at('2027-02-28T10:00:00Z'));
    expect(recursUntil(at('2028-01-31'), 1)).toBe(at('2028-02-29'));
    expect(recursUntil(at('2026-03-31'), 1)).toBe(at('2026-04-30'));
    expect(recursUntil(5, null)).toBeNull();
  });
});

describe('caps', () => {
  const cap = (
    scope: 'participant' | 'program' | 'opportunity',
    interval: 'month' | 'quarter' | 'year' | 'lifetime',
    minor: number,
  ) => rule({ amount: { flat: 1_000 }, caps: [{ scope, interval, minor }] });
  const sale = (n: number, day = '2026-02-01') => ({ event: event(`e${n}`, day, 1, { opportunityId: `opp:${n}` }) });

  it('50 claims at one instant: the first by key get 2,500, one is cut, none is more; any order, the same', () => {
    const amounts = (order: readonly number[]) => {
      const { book, give } = openWorld(program({ rules: [cap('program', 'lifetime', 2_500)] }));
      give('2026-02-01', ...order.map((n) => sale(100 + n)));
      return [...book.all()].map((it) => [it.key, it.amount.minor, it.state, it.reason]).sort();
    };
    const numbers = Array.from({ length: 50 }, (_, i) => i);
    const given = amounts(numbers);
    expect(given.slice(0, 4).map((it) => it.slice(1))).toEqual([
      [1_000, 'pending', 'accepted'],
      [1_000, 'pending', 'accepted'],
      [500, 'cap_limited', 'cap_reached'],
      [0, 'cap_limited', 'cap_reached'],
    ]);
    expect(amounts(numbers.toReversed())).toEqual(given);
  });

  it('a partial reward goes on; what a refund frees goes to later sales, never to the one that was cut', () => {
    const { book, give, advance } = openWorld(program({ rules: [cap('participant', 'lifetime', 1_500)] }));
    give('2026-02-01', sale(1), sale(2));
    advance('2026-02-01');
    expect(book.get('p1/e2/r1/referrer/0')).toMatchObject({
      state: 'held',
      reason: 'cap_reached',
      amount: { minor: 500 },
      asked: { minor: 1_000 },
    });
    give('2026-02-02', { event: event('c1', '2026-02-02', null, { type: 'cancelled', opportunityId: 'opp:1' }) });
    give('2026-02-03', sale(3, '2026-02-03'));
    expect([...book.all()].map((it) => [it.amount.minor, it.reversed])).toEqual([
      [1_000, 1_000],
      [500, 0],
      [1_000, 0],
    ]);
  });

  it('intervals: month, quarter and year of UTC begin anew; an opportunity has its own', () => {
    const total = (scope: 'participant' | 'opportunity', interval: 'month' | 'quarter' | 'year', same: boolean) => {
      const { book, give } = openWorld(program({ rules: [cap(scope, interval, 1_000)] }));
      const days = ['2026-01-31', '2026-02-01', '2026-04-01', '2027-01-01'];
      days.forEach((day, n) => {
        const opportunityId = same ? 'opp:1' : `opp:${n}`;
        give('2027-02-01', { event: event(day, day, 1, { opportunityId }) });
      });
      return [...book.all()].map((it) => it.amount.minor);
    };
    expect(total('participant', 'month', false)).toEqual([1_000, 1_000, 1_000, 1_000]);
    expect(total('participant', 'quarter', false)).toEqual([1_000, 0, 1_000, 1_000]);
    expect(total('participant', 'year', false)).toEqual([1_000, 0, 0, 1_000]);
    expect(total('opportunity', 'year', false)).toEqual([1_000, 1_000, 1_000, 1_000]);
    expect(total('opportunity', 'year', true)).toEqual([1_000, 0, 0, 1_000]);
  });

  it('the budget counts all rules of the program', () => {
    const rules = [rule({ amount: { flat: 700 } }), rule({ id: 'r2', amount: { flat: 700 } })];
    const { book, give } = openWorld(program({ rules, budget: { minor: 1_000, interval: 'month' } }));
    give('2026-03-01', sale(1, '2026-02-28'), sale(2, '2026-03-01'));
    expect([...book.all()].map((it) => it.amount.minor)).toEqual([700, 300, 700, 300]);
  });
});

describe('refunds (rule 7)', () => {
  it('hand calculation: 10 % of 999.99 is 100.00; refunds of a third each take 33.33, 33.34, 33.33', () => {
    const { book, give, advance, one } = openWorld();
    give('2026-02-01', { event: event('e1', '2026-02-01', 99_999) });
    advance('2026-02-01');
    const taken = [1, 2, 3].map((n) => {
      const before = one().reversed;
      give('2026-02-02', { event: event(`f${n}`, '2026-02-02', 33_333, { type: 'refunded' }) });
      return one().reversed - before;
    });
    expect(taken).toEqual([3_333, 3_334, 3_333]);
    expect(one().state).toBe('canceled');
    expect(audit(book)).toEqual([]);
  });

  it('after payment it is owed, carried forward and netted at the next payout; the statement adds up', () => {
    const { book, give, advance, settle, net, one } = openWorld();
    give('2026-02-01', { event: event('e1', '2026-02-01', 100_000) });
    advance('2026-03-05');
    settle('2026-03', '2026-03-06');
    give('2026-04-01', { event: event('f1', '2026-04-01', 40_000, { type: 'refunded' }) });
    expect(net()).toBe(-4_000);
    expect(one()).toMatchObject({ state: 'paid', reversed: 4_000, clawedBack: 4_000 });
    give('2026-04-02', { event: event('e2', '2026-04-02', 70_000, { opportunityId: 'opp:2' }) });
    advance('2026-05-05');
    expect(settle('2026-05', '2026-05-06')).toMatchObject({
      batch: { rows: [{ payable: 7_000, netted: 4_000, paid: 3_000, held: 0 }] },
    });
    expect(net()).toBe(0);
    expect(book.ledger.balancesOf(PARTY)).toMatchObject([{ payable: 0, receivable: 0 }]);
    expect(book.get('p1/e2/r1/referrer/0')).toMatchObject({ state: 'paid', settled: 7_000 });
    expect(buildStatements(book.ledger, at('2026-04-01'), at('2026-05-01'))).toEqual([
      {
        partyId: PARTY,
        currency: 'EUR',
        opening: 0,
        accrued: 7_000,
        reversed: 4_000,
        paid: 0,
        adjusted: 0,
        closing: 3_000,
        pending: 7_000,
        held: 0,
        payable: 0,
        receivable: 4_000,
      },
    ]);
    expect(buildStatements(book.ledger, at('2026-05-01'), at('2026-06-01'), PARTY)).toMatchObject([
      { opening: 3_000, accrued: 0, reversed: 0, paid: 3_000, closing: 0 },
    ]);
    expect(audit(book)).toEqual([]);
  });

  it('an applied benefit goes to review: a person takes it back or lets it stand', () => {
    for (const step of ['reverse', 'fulfil'] as const) {
      const { book, give, advance, settle, one, net } = openWorld(program({ rules: [rule({ kind: 'credit' })] }));
      give('2026-02-01', { event: event('e1', '2026-02-01', 100_000) });
      advance('2026-03-05');
      expect(settle('2026-03', '2026-03-06')).toMatchObject({ batch: { rows: [{ method: 'benefit', paid: 10_000 }] } });
      expect(one().state).toBe('fulfilled');
      give('2026-04-01', { event: event('f1', '2026-04-01', 50_000, { type: 'refunded' }) });
      expect(one()).toMatchObject({
        state: 'review_required',
        reason: 'benefit_applied',
        owedBack: 5_000,
        reversed: 0,
      });
      expect(net()).toBe(0);
      expect(
        moveReward(book, one().key, { step: 'approve', at: at('2026-04-02'), by: 'owner:1' }).refused,
      ).toHaveLength(1);
      moveReward(book, one().key, { step, at: at('2026-04-02'), by: 'owner:1' });
      expect([one().state, net()]).toEqual(['fulfilled', step === 'reverse' ? -5_000 : 0]);
      give('2026-04-03', { event: event('f2', '2026-04-03', 50_000, { type: 'refunded' }) });
      expect(one()).toMatchObject({ state: 'review_required', owedBack: 5_000 });
      expect(audit(book)).toEqual([]);
    }
  });

  it('a refund that two programs take is one: half of the sale takes half of each reward', () => {
    const { book, give } = openWorld();
    const both = (key: string, on: string, minor: number, more: object = {}) =>
      [program(), program({ id: 'p2' })].map((it) => ({ event: event(key, on, minor, more), program: it }));
    give('2026-02-01', ...both('e1', '2026-02-01', 100_000));
    give('2026-02-03', ...both('f1', '2026-02-03', 50_000, { type: 'refunded' }));
    expect([...book.all()].map((it) => [it.key, it.reversed])).toEqual([
      ['p1/e1/r1/referrer/0', 5_000],
      ['p2/e1/r1/referrer/0', 5_000],
    ]);
    expect(audit(book)).toEqual([]);
  });

  it('a refund of no known amount waits for a person; one that came before its sale is kept for it', () => {
    const { give, advance, one } = openWorld();
    give('2026-02-03', { event: event('f1', '2026-02-03', 50_000, { type: 'refunded' }), decision: null });
    give('2026-02-04', { event: event('e1', '2026-02-01', 100_000) });
    expect(one()).toMatchObject({ reversed: 5_000, amount: { minor: 10_000 } });
    advance('2026-02-04');
    give('2026-02-05', { event: event('f2', '2026-02-05', null, { type: 'refunded' }) });
    expect(one()).toMatchObject({ state: 'review_required', reason: 'refunded', reversed: 5_000 });
  });

  it('invoices are refunded latest first, or the one that is named; a later sale is not touched', () => {
    const invoice = rule({ event: 'invoice_paid' });
    const { book, give } = openWorld(program({ rules: [invoice] }));
    const paid = (n: number) => ({ event: event(`i${n}`, `2026-0${n}-01`, 10_000, { type: 'invoice_paid' as const }) });
    give('2026-04-01', paid(2), paid(3));
    give('2026-04-02', { event: event('f1', '2026-04-02', 15_000, { type: 'refunded' }) });
    give('2026-05-02', paid(5));
    const reversed = () => [2, 3, 5].map((n) => book.get(`p1/i${n}/r1/referrer/0`)?.reversed);
    expect(reversed()).toEqual([500, 1_000, 0]);
    give('2026-05-03', { event: event('f2', '2026-05-03', 2_000, { type: 'refunded', refundsKey: 'i2' }) });
    expect(reversed()).toEqual([700, 1_000, 0]);
  });
});

describe('who gets it (rule 8)', () => {
  const cash = rule({ kind: 'cash', amount: { flat: 5_000 } });
  const got = (person: Parameters<typeof participant>[1], giftCapPerYear?: number) => {
    const terms = program({ rules: [cash], ...(giftCapPerYear !== undefined && { giftCapPerYear }) });
    const { book, give } = openWorld(terms, [participant('ann', person)]);
    for (const n of [1, 2])
      give('2026-02-03', { event: event(`e${n}`, `2026-02-0${n}`, 1, { opportunityId: `opp:${n}` }) });
    return [...book.all()].map((it) => [it.beneficiary.partyId, it.kind, it.amount.minor, it.state]);
  };

  it('the account as credit by default; personal cash needs permission, a yearly cap and an open segment', () => {
    const credit = [PARTY, 'credit', 5_000, 'pending'];
    expect(got({ role: 'customer' }, 8_000)).toEqual([credit, credit]);
    expect(got({ role: 'customer', employerPermission: true })).toEqual([credit, credit]);
    expect(got({ role: 'customer', employerPermission: true, segment: 'public_sector' }, 8_000)).toEqual([
      credit,
      credit,
    ]);
    expect(got({ role: 'customer', employerPermission: true, segment: 'health_care' }, 8_000)).toEqual([
      credit,
      credit,
    ]);
    expect(got({ role: 'customer', employerPermission: true }, 8_000)).toEqual([
      ['ann', 'cash', 5_000, 'pending'],
      ['ann', 'cash', 3_000, 'cap_limited'],
    ]);
    expect(got({ role: 'customer', accountId: null })[0]).toEqual(['ann', 'credit', 5_000, 'review_required']);
  });

  it('an account manager gets recognition only, and it posts nothing', () => {
    expect(got({ role: 'account_manager' })).toEqual([
      ['ann', 'recognition', 0, 'pending'],
      ['ann', 'recognition', 0, 'pending'],
    ]);
    const rules = [cash, rule({ id: 'am', beneficiary: 'account_manager', kind: 'recognition' })];
    const { book, give, advance } = openWorld(program({ rules }));
    give('2026-02-01', { event: event('e1', '2026-02-01', 1), accountManagerId: 'owner:7' });
    advance('2026-03-05');
    expect(book.get('p1/e1/am/account_manager/0')).toMatchObject({ state: 'fulfilled', amount: { minor: 0 } });
    expect(book.ledger.balancesOf('owner:7')).toEqual([]);
  });

  it('who left before the sale gets nothing; an invited one waits, and the reward expires', () => {
    expect(got({ status: 'left', statusSince: at('2026-01-31') })).toEqual([]);
    const { give, advance, one, net } = openWorld(program({ rules: [rule({ expiresAfterDays: 60 })] }), [
      participant('ann', { status: 'invited' }),
    ]);
    give('2026-02-01', { event: event('e1', '2026-02-01', 100_000) });
    advance('2026-03-20');
    expect(one()).toMatchObject({ state: 'held', reason: 'participant_not_active' });
    advance('2026-04-02');
    expect([one().state, one().reason, net()]).toEqual(['expired', 'reward_expired', 0]);
  });
});

describe('approval, holds, fraud', () => {
  const started = (terms = program()) => {
    const it = openWorld(terms);
    it.give('2026-02-01', { event: event('e1', '2026-02-01', 100_000) });
    it.advance('2026-02-01');
    return it;
  };

  it('above the limit it waits for a person, who may approve before it is due; then the decision is locked', () => {
    const { book, advance, one } = started(program({ approvalAbove: 9_999 }));
    expect(isDecisionLocked(book, 'opp:1')).toBe(false);
    moveReward(book, one().key, { step: 'approve', at: at('2026-02-10'), by: 'owner:1' });
    expect(one()).toMatchObject({ state: 'approved', place: 'held', approvedBy: 'owner:1' });
    expect(isDecisionLocked(book, 'opp:1')).toBe(true);
    advance('2026-03-05');
    expect(one().state).toBe('payable');
    expect([...book.ledger.transactions()].map((it) => it.kind)).toEqual(['accrue', 'hold', 'approve']);
  });

  it('steps that the table does not know are refused and change nothing', () => {
    const { book, one } = started();
    const before = one();
    for (const step of ['fulfil', 'reverse'] as const) {
      const { refused } = moveReward(book, before.key, { step, at: at('2026-02-02'), by: 'owner:1' });
      expect(refused).toMatchObject([{ refused: true, reason: 'illegal_transition' }]);
    }
    expect(moveReward(book, 'nope', { step: 'approve', at: 1, by: 'x' }).refused[0]?.reason).toBe('unknown_reward');
    expect(one()).toEqual(before);
    expect(nextRewardState('paid', 'cancel')).toMatchObject({ refused: true });
    expect(nextRewardState('paid', 'reverse')).toBe('reversed');
  });

  it('a dispute holds the case, also what was payable, and its end lets it go on', () => {
    const { book, advance, settle, one } = started();
    advance('2026-03-05');
    holdCase(book, 'opp:1', at('2026-03-06'));
    expect(one()).toMatchObject({ state: 'held', place: 'held', holds: ['dispute_open'] });
    advance('2026-03-07');
    expect(settle('2026-03', '2026-03-08')).toMatchObject({ batch: { rows: [] } });
    releaseCase(book, 'opp:1', at('2026-03-20'));
    advance('2026-03-20');
    expect(one().state).toBe('payable');
    expect(audit(book)).toEqual([]);
  });

  it('a dispute and a check hold beside each other: lifting one leaves the other, and nobody approves over a dispute', () => {
    const { book, advance, one } = started();
    screen(book, { reward: 'held', rewardReason: 'fraud_check', cash: true }, at('2026-02-02'));
    holdCase(book, 'opp:1', at('2026-02-03'));
    expect(
      moveReward(book, one().key, { step: 'approve', at: at('2026-02-04'), by: 'owner:1' }).refused[0]?.reason,
    ).toBe('dispute_open');
    releaseCase(book, 'opp:1', at('2026-02-05'));
    advance('2026-03-05');
    expect(one()).toMatchObject({ state: 'held', reason: 'fraud_check', holds: ['fraud_check'] });
    screen(book, { reward: 'proceeds', rewardReason: null, cash: true }, at('2026-03-06'));
    advance('2026-03-06');
    expect(one()).toMatchObject({ state: 'payable', reason: 'accepted', holds: [] });
  });

  it('checks: a failed one sends the reward to review, a wait keeps it pending, a block gives none', () => {
    const screened = (
      reward: 'waits' | 'review_required' | 'held' | 'blocked',
      rewardReason: 'fraud_check' | 'check_failed',
    ) => {
      const it = openWorld();
      it.give('2026-02-01', {
        event: event('e1', '2026-02-01', 100_000),
        screening: { reward, rewardReason, cash: true },
      });
      it.advance('2026-03-05');
      return it;
    };
    expect(screened('review_required', 'check_failed').one()).toMatchObject({
      state: 'review_required',
      reason: 'check_failed',
    });
    expect(screened('held', 'fraud_check').one()).toMatchObject({ state: 'held', holds: ['fraud_check'] });
    expect([...screened('blocked', 'fraud_check').book.all()]).toEqual([]);
    const waiting = screened('waits', 'fraud_check');
    expect(waiting.one().state).toBe('pending');
    screen(waiting.book, { reward: 'proceeds', rewardReason: null, cash: true }, at('2026-03-06'));
    waiting.advance('2026-03-06');
    expect(waiting.one().state).toBe('payable');
  });

  it('first-decision lock: upheld fraud cancels after the appeal period and bars later rewards of the case', () => {
    const terms = program({ rules: [rule({ event: 'invoice_paid' })] });
    const it = openWorld(terms);
    const invoice = (n: number) => ({
      event: event(`i${n}`, `2026-0${n}-01`, 100_000, { type: 'invoice_paid' as const }),
    });
    it.give('2026-02-01', invoice(2));
    upholdFraud(it.book, 'p1/i2/r1/referrer/0', at('2026-02-15'), 30);
    it.give('2026-03-01', invoice(3));
    expect([...it.book.all()].map((one) => one.state)).toEqual(['review_required', 'review_required']);
    it.advance('2026-03-17');
    expect(it.book.get('p1/i2/r1/referrer/0')).toMatchObject({ state: 'canceled', reason: 'fraud_upheld' });
    expect(it.give('2026-04-01', invoice(4)).refused).toMatchObject([{ reason: 'fraud_upheld' }]);
    expect(clearFraud(it.book, 'p1/i2/r1/referrer/0', at('2026-04-01')).refused).toHaveLength(1);
  });

  it('an appeal that was won in time lets the reward go on', () => {
    const { book, advance, one } = started();
    upholdFraud(book, one().key, at('2026-02-15'), 30);
    clearFraud(book, one().key, at('2026-02-20'));
    advance('2026-04-01');
    expect(one().state).toBe('payable');
    expect(audit(book)).toEqual([]);
  });
});

describe('another decision, merges', () => {
  const ruled = (shares: Record<string, number>) => decision(shares, { version: 2, reason: 'ruled' });

  it('locked without a ruling; with one the loser owes, the winner is given, and again changes nothing', () => {
    const { book, give, advance, settle, net, rewardOptions } = openWorld();
    const sale = { event: event('e1', '2026-02-01', 100_000), program: program() };
    give('2026-02-01', sale);
    advance('2026-03-05');
    settle('2026-03', '2026-03-06');
    const plain = decision({ bob: 10_000 }, { version: 2 });
    expect(redecide(book, [{ ...sale, decision: plain }], rewardOptions('2026-03-07')).refused).toMatchObject([
      { reason: 'decision_locked' },
    ]);
    for (const day of ['2026-03-07', '2026-03-08'])
      redecide(book, [{ ...sale, decision: ruled({ bob: 10_000 }) }], rewardOptions(day));
    give('2026-03-09', { ...sale, decision: ruled({ bob: 10_000 }) });
    expect([net(), net('account:of-bob')]).toEqual([-10_000, 10_000]);
    expect([...book.all()].map((it) => [it.key, it.state])).toEqual([
      ['p1/e1/r1/referrer/0', 'reversed'],
      ['p1/e1/r1/referrer/0/v2', 'pending'],
    ]);
    expect(audit(book)).toEqual([]);
  });

  it('deciding again gives nothing twice: not what was rejected or refunded, nor what a check has blocked', () => {
    for (const end of ['rejected', 'cancelled', 'blocked'] as const) {
      const { book, give, one, net, rewardOptions } = openWorld();
      const screening = { reward: end === 'blocked' ? 'blocked' : 'proceeds', rewardReason: null, cash: true } as const;
      const sale = { event: event('e1', '2026-02-01', 100_000), program: program(), screening };
      give('2026-02-01', sale);
      if (end === 'rejected') moveReward(book, one().key, { step: 'cancel', at: at('2026-02-02'), by: 'owner:1' });
      if (end === 'cancelled') give('2026-02-02', { event: event('c1', '2026-02-02', null, { type: 'cancelled' }) });
      redecide(book, [{ ...sale, decision: decision({ ann: 10_000 }, { version: 2 }) }], rewardOptions('2026-02-03'));
      expect([net(), [...book.all()].length]).toEqual([0, end === 'blocked' ? 0 : 1]);
    }
  });

  it('an appeal that gives it back to the first gives a new reward, once', () => {
    const { book, give, net, rewardOptions } = openWorld();
    const sale = { event: event('e1', '2026-02-01', 100_000), program: program() };
    give('2026-02-01', sale);
    for (const [version, who] of [
      [2, 'bob'],
      [3, 'ann'],
      [3, 'ann'],
    ] as const) {
      const made = decision({ [who]: 10_000 }, { version });
      redecide(book, [{ ...sale, decision: made }], rewardOptions('2026-02-03'));
    }
    expect([net(), net('account:of-bob')]).toEqual([10_000, 0]);
    expect([...book.all()].map((it) => it.key.slice('p1/e1/r1/referrer/'.length))).toEqual(['0', '0/v2', '0/v3']);
  });

  it('whoever keeps their share keeps their reward', () => {
    const { book, give, rewardOptions } = openWorld();
    const sale = { event: event('e1', '2026-02-01', 100_000), program: program() };
    give('2026-02-01', { ...sale, decision: decision({ ann: 6_000, bob: 4_000 }) });
    redecide(
      book,
      [{ ...sale, decision: decision({ ann: 6_000, cy: 4_000 }, { version: 2 }) }],
      rewardOptions('2026-02-02'),
    );
    expect([...book.all()].map((it) => [it.participantId, it.amount.minor - it.reversed])).toEqual([
      ['ann', 6_000],
      ['bob', 0],
      ['cy', 4_000],
    ]);
  });

  it('a merge moves balances, caps and the year total, takes nothing back, and is idempotent', () => {
    const capped = rule({
      amount: { flat: 1_000 },
      caps: [{ scope: 'participant', interval: 'lifetime', minor: 1_500 }],
    });
    const { book, give, net } = openWorld(program({ rules: [capped] }));
    give('2026-02-01', { event: event('e1', '2026-02-01', 1), decision: decision({ bob: 10_000 }) });
    const merge = { key: 'm1', loserId: 'account:of-bob', survivorId: PARTY };
    mergeParties(book, merge, at('2026-02-02'));
    expect(mergeParties(book, merge, at('2026-02-03')).transactions).toEqual([]);
    mergeParties(book, { key: 'm2', loserId: 'bob', survivorId: 'ann' }, at('2026-02-03'));
    expect([net(), net('account:of-bob')]).toEqual([1_000, 0]);
    give('2026-02-04', { event: event('e2', '2026-02-04', 1, { opportunityId: 'opp:2' }) });
    expect([...book.all()].map((it) => it.amount.minor)).toEqual([1_000, 500]);
    expect(buildStatements(book.ledger, at('2026-02-02'), at('2026-02-04'), PARTY)).toMatchObject([
      { opening: 0, adjusted: 1_000, closing: 1_000 },
    ]);
    expect(audit(book)).toEqual([]);
  });
});

describe('tax hints and settlement', () => {
  it('Pub. L. 119-21, 70433: 600 dollars to the end of 2025, 2,000 after; other countries have no hint', () => {
    expect(taxHintFor('US', '2025-12-31')?.threshold).toBe(60_000);
    expect(taxHintFor('US', '2026-01-01')?.threshold).toBe(200_000);
    expect(taxHintFor('US', '2026-01-01')?.note).toContain('Not legal advice');
    expect(taxHintFor('DE', '2026-01-01')).toBeNull();
  });

  const dollars = program({ currency: 'USD', rules: [rule({ amount: { flat: 150_000 } })], holdingDays: 0 });
  const usd = () => {
    const it = openWorld(dollars);
    it.payees.set(PARTY, { country: 'US', taxFormOn: null, sanctions: 'clear' });
    return it;
  };

  it('no form, no payout (rule 8); with `above`, only what lies above the threshold of the year waits', () => {
    const strict = usd();
    strict.give('2026-02-01', { event: event('e1', '2026-02-01', 1) });
    strict.advance('2026-02-01');
    expect(strict.settle('2026-02', '2026-02-28')).toMatchObject({
      batch: { rows: [{ payable: 150_000, paid: 0, held: 150_000, reason: 'tax_form_missing', paidThisYear: 0 }] },
    });
    const it = usd();
    for (const month of ['2026-02', '2026-03']) {
      it.give(`${month}-01`, { event: event(month, `${month}-01`, 1, { opportunityId: month }) });
      it.advance(`${month}-01`);
      it.settle(month, `${month}-20`, { withoutForm: 'above' });
    }
    expect(it.book.batch('p1/2026-03')?.rows).toMatchObject([
      { payable: 150_000, paid: 50_000, held: 100_000, reason: 'tax_form_missing', paidThisYear: 200_000 },
    ]);
    it.payees.set(PARTY, { country: 'US', taxFormOn: '2026-04-01', sanctions: 'clear' });
    expect(it.settle('2026-04', '2026-04-20')).toMatchObject({
      batch: { rows: [{ paid: 100_000, paidThisYear: 300_000, reason: null }] },
    });
    expect(audit(it.book)).toEqual([]);
  });

  it('unknown residence and an unclear sanctions check hold all', () => {
    for (const [payee, reason] of [
      [{ country: null, taxFormOn: '2026-01-01', sanctions: 'clear' }, 'residence_unknown'],
      [{ country: 'DE', taxFormOn: null, sanctions: 'unknown' }, 'sanctions_unchecked'],
      [{ country: 'DE', taxFormOn: null, sanctions: 'match' }, 'sanctions_unchecked'],
    ] as const) {
      const it = usd();
      it.payees.set(PARTY, payee);
      it.give('2026-02-01', { event: event('e1', '2026-02-01', 1) });
      it.advance('2026-02-01');
      expect(it.settle('2026-02', '2026-02-28')).toMatchObject({
        batch: { rows: [{ paid: 0, held: 150_000, reason }] },
      });
    }
    const { give, advance, one } = openWorld(program(), [participant('ann', { country: null })]);
    give('2026-02-01', { event: event('e1', '2026-02-01', 100_000) });
    advance('2026-03-05');
    expect(one()).toMatchObject({ state: 'held', reason: 'residence_unknown' });
  });
});
