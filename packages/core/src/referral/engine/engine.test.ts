import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROPERTY_RUNS } from '../../../test/property-runs.ts';
import { histories } from '../../../test/referral-histories.ts';
import { act, at, balance, claim, day, opened, sale, stateOf, tick } from '../../../test/referral-journal.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import type { ReferralEngine } from './open-engine.ts';

/** Everything that an engine says, as text. */
const picture = ({ state }: ReferralEngine) =>
  JSON.stringify([
    [...state.claims.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    [...state.decisions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, it]) => [id, [...it]]),
    [...state.rewards.ledger.transactions()],
    [...state.rewards.all()].sort((a, b) => (a.key < b.key ? -1 : 1)),
  ]);

describe('from claim to credit', () => {
  const won = [claim(1, 9, 0), sale('opportunity_opened', 9, 10), sale('won', 9, 40, 200_000)];

  it('accepted, opportunity, won: 10 % of 2,000.00 = 200.00, held for 30 days, then payable', () => {
    const engine = opened(won);
    expect(stateOf(engine, 1, 9)).toBe('won');
    expect(engine.state.refused).toEqual([]);
    engine.take([tick(69)]);
    expect(balance(engine, 1)).toMatchObject({ held: 20_000, payable: 0 });
    engine.take([tick(71)]);
    expect(balance(engine, 1)).toMatchObject({ held: 0, payable: 20_000 });
    const history = engine.state.decisions.get('opportunity:9')?.get('main');
    expect(history?.map((it) => it.locked)).toEqual([false, true]);
  });

  it('a cap of 500.00 a year clamps the second reward: 10 % of 4,000.00 = 400.00 becomes 300.00', () => {
    const second = [claim(1, 8, 0), sale('opportunity_opened', 8, 11), sale('won', 8, 41, 400_000)];
    const engine = opened([...won, ...second]);
    expect(balance(engine, 1)!.pending + balance(engine, 1)!.held).toBe(50_000);
  });

  it('refunded by half before it is paid: half is left; cancelled: nothing, and the claim is reversed', () => {
    const engine = opened(won, [sale('refunded', 9, 50, 100_000)]);
    expect(balance(engine, 1)!.pending + balance(engine, 1)!.held).toBe(10_000);
    engine.take([sale('cancelled', 9, 51)]);
    expect(balance(engine, 1)?.held ?? 0).toBe(0);
    expect(stateOf(engine, 1, 9)).toBe('reversed');
  });

  it('new evidence for a claim that was won takes no place among the open ones: its reward goes on', () => {
    const open = Array.from({ length: 20 }, (_, n) => claim(1, 20 + n, 41));
    const engine = opened(won, open, [claim(1, 9, 42, 'code')], [tick(43)]);
    expect(balance(engine, 1)).toMatchObject({ held: 20_000 });
    expect([...engine.state.rewards.all()].map((it) => [it.state, it.reason])).toEqual([['held', 'accepted']]);
  });

  it('a loop is refused: 2 was led in by 1, and cannot have introduced 1', () => {
    const engine = opened([claim(1, 2, 0), claim(2, 1, 5)]);
    expect(stateOf(engine, 1, 2)).toBe('accepted');
    expect(engine.state.refused).toMatchObject([{ reason: 'loop' }]);
  });

  it('a lapsed claim lets the next one in, and that one is credited', () => {
    const engine = opened([claim(1, 9, 0, 'code'), claim(2, 9, 5)], [tick(91)]);
    expect([stateOf(engine, 1, 9), stateOf(engine, 2, 9)]).toEqual(['expired', 'accepted']);
    // 2 introduced on day 5: an opportunity may follow within 90 days of it
    engine.take([sale('opportunity_opened', 9, 94), sale('won', 9, 120, 100_000)]);
    expect(balance(engine, 2)!.pending + balance(engine, 2)!.held).toBe(10_000);
  });

  it('lost, then a new opportunity within the credit window: credited, however long ago the introduction was', () => {
    const second = (type: 'opportunity_opened' | 'won', n: number, minor: number | null = null): ReferralEvent => {
      const said = sale(type, 9, n, minor);
      if (said.kind !== 'progress') throw new TypeError('No progress.');
      return { ...said, progress: { ...said.progress, opportunityId: 'opportunity:10' } };
    };
    const lost = [claim(1, 9, 0), sale('opportunity_opened', 9, 10), sale('lost', 9, 20)];
    const engine = opened(lost, [second('opportunity_opened', 210)]);
    expect(stateOf(engine, 1, 9)).toBe('reopened');
    engine.take([second('won', 220, 100_000), tick(221)]);
    expect(stateOf(engine, 1, 9)).toBe('won');
    expect(balance(engine, 1)!.pending + balance(engine, 1)!.held).toBe(10_000);
    const late = opened(lost, [second('opportunity_opened', 360)], [second('won', 370, 100_000), tick(371)]);
    expect(balance(late, 1)).toBeUndefined();
    expect(late.state.decisions.get('opportunity:10')?.get('main')?.[0]?.reason).toBe('credit_window_passed');
  });

  it('a dispute holds the reward, the ruling turns it over to the other claimant', () => {
    const rival = claim(2, 9, 5, 'click');
    const engine = opened([won[0]!, rival, ...won.slice(1)]);
    const { opportunityId } = { opportunityId: 'opportunity:9' };
    const referralId = 'main/contact:2>account:9';
    engine.take([act(45, { act: 'dispute', programId: 'main', opportunityId, referralId, why: 'I introduced them' })]);
    engine.take([tick(80)]);
    expect(balance(engine, 1)).toMatchObject({ held: 20_000, payable: 0 });
    engine.take([act(81, { act: 'rule', programId: 'main', opportunityId, referralId, why: 'heard both' }, 'owner:2')]);
    expect(engine.state.refused).toMatchObject([{ reason: 'earlier_claim_protected' }]);
    expect(balance(engine, 1)).toMatchObject({ held: 0, pending: 0 });
    expect(balance(engine, 2)!.pending + balance(engine, 2)!.held).toBe(20_000);
  });

  it('a claim that comes after the sale, for an introduction before it: decided again, the stronger evidence is credited', () => {
    // By click: nobody is kept out. 2 introduced on day 1, the mail was logged only after the sale.
    const engine = opened([claim(1, 9, 0, 'click'), ...won.slice(1)]);
    expect(balance(engine, 1)!.pending + balance(engine, 1)!.held).toBe(20_000);
    const late = claim(2, 9, 1);
    engine.take([{ ...late, occurredAt: day(45), recordedAt: day(45) }]);
    expect(stateOf(engine, 2, 9)).toBe('won');
    expect(balance(engine, 1)!.pending + balance(engine, 1)!.held).toBe(0);
    expect(balance(engine, 2)!.pending + balance(engine, 2)!.held).toBe(20_000);
    expect(
      engine.state.decisions
        .get('opportunity:9')
        ?.get('main')
        ?.map((it) => it.version),
    ).toEqual([1, 2]);
  });

  it('two accounts merged: the claim, the sale and the balance stand on the one that is left', () => {
    const merge: ReferralEvent = {
      key: 'merge 1',
      ...at(60),
      kind: 'merge',
      loserId: 'account:9',
      survivorId: 'account:7',
    };
    const engine = opened(won, [merge], [merge]);
    expect(stateOf(engine, 1, 9)).toBeUndefined();
    expect(stateOf(engine, 1, 7)).toBe('won');
    const advocate: ReferralEvent = {
      key: 'merge 2',
      ...at(61),
      kind: 'merge',
      loserId: 'account:1',
      survivorId: 'account:3',
    };
    engine.take([advocate]);
    expect(balance(engine, 3)!.pending + balance(engine, 3)!.held).toBe(20_000);
    engine.take([tick(71)]);
    expect(balance(engine, 3)).toMatchObject({ payable: 20_000 });
  });
});

it('a merge carries who led to whom: 1 led to 2, 2 became 3, so 3 cannot have introduced 1', () => {
  const merge: ReferralEvent = { key: 'merge', ...at(3), kind: 'merge', loserId: 'account:2', survivorId: 'account:3' };
  const engine = opened([claim(1, 2, 0)], [merge], [claim(3, 1, 5)]);
  expect(engine.state.refused).toMatchObject([{ reason: 'loop' }]);
});

const RUNS = { numRuns: PROPERTY_RUNS };

describe('any history', () => {
  it('balances per currency; no key pays twice; caps hold; liabilities less receivables are the balance', () => {
    fc.assert(
      fc.property(histories, (batches) => {
        const { state } = opened(...batches);
        const { ledger } = state.rewards;
        const keys = new Set<string>();
        const parties = new Map<string, number>();
        for (const { key, postings } of ledger.transactions()) {
          expect(keys.has(key)).toBe(false);
          keys.add(key);
          expect(postings.reduce((sum, it) => sum + it.money.minor, 0)).toBe(0);
          for (const { account, money } of postings) {
            if (account.kind === 'expense' || account.kind === 'clearing' || account.kind === 'fx') continue;
            parties.set(account.of, (parties.get(account.of) ?? 0) - money.minor);
          }
        }
        for (const [id, sum] of parties) {
          const { pending, held, payable, receivable } = ledger.balancesOf(id)[0] ?? {
            pending: 0,
            held: 0,
            payable: 0,
            receivable: 0,
          };
          expect(pending + held + payable - receivable).toBe(sum);
        }
        const given = new Map<string, number>();
        for (const it of state.rewards.all()) {
          const cap = `${it.participantId} ${new Date(it.earnedAt).getUTCFullYear()}`;
          given.set(cap, (given.get(cap) ?? 0) + it.amount.minor - it.reversed);
        }
        const wasMerged = state.mergedInto.size > 0 || [...state.disputes].length > 0;
        if (!wasMerged) for (const sum of given.values()) expect(sum).toBeLessThanOrEqual(50_000);
      }),
      RUNS,
    );
  });

  it('replaying any prefix twice, or a batch in another order, gives the same', () => {
    fc.assert(
      fc.property(histories, fc.nat(), fc.infiniteStream(fc.nat()), (batches, cut, stream) => {
        const whole = picture(opened(...batches));
        const prefix = batches.slice(0, cut % (batches.length + 1));
        expect(picture(opened(...prefix, ...prefix, ...batches))).toBe(whole);
        const shuffled = batches.map((batch) => {
          const places = new Map(batch.map((it) => [it, stream.next().value as number]));
          return [...batch].sort((a, b) => places.get(a)! - places.get(b)!);
        });
        expect(picture(opened(...shuffled))).toBe(whole);
      }),
      RUNS,
    );
  });
});
