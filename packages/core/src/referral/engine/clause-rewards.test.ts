import { describe, expect, it } from 'vitest';
import { act, at, claim, person, program, sale, tick } from '../../../test/referral-journal.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { openReferralEngine } from './open-engine.ts';

/** 70.00 where a contract promised it, in place of 10 %. */
const terms = {
  ...program,
  rules: [...program.rules, { ...program.rules[0]!, id: 'promised', amount: { flat: 7_000 }, priority: 0, caps: [] }],
};
const clauses = (n: number, said: object | null = {}): ReferralEvent => ({
  ...{ key: `clauses ${n}`, ...at(n), kind: 'clauses' },
  clauses:
    said === null
      ? []
      : [
          {
            clause: {
              ...{
                id: 'c1',
                contractId: 'contract:1',
                accountId: 'account:1',
                programId: 'main',
                due: [],
                permits: [],
              },
              ...{ kind: 'introductions', count: 1, fromOn: '2026-01-01', untilOn: '2026-12-31', waivedOn: null },
              ...{ rewardRuleId: 'promised', ...said },
            },
            timeZone: 'UTC',
          },
        ],
});
const given = (...batches: readonly (readonly ReferralEvent[])[]) => {
  const engine = openReferralEngine({ programs: [terms], rates: [] });
  engine.take([1, 2, 3].map(person));
  for (const batch of batches) engine.take(batch);
  return [...engine.state.rewards.all()]
    .filter((it) => it.state !== 'canceled')
    .map((it) => `${it.participantId} ${it.ruleId} ${it.amount.minor}`)
    .sort();
};
const both = [claim(1, 8, 1), claim(1, 9, 2)];
const won = (n: number) => [sale('opportunity_opened', n, 20), sale('won', n, 30, 100_000)];
const USUAL = 'contact:1 won 10000';
const PROMISED = 'contact:1 promised 7000';

describe("a claim that fulfils a contract's clause is rewarded by the clause's rule", () => {
  it('as many as are promised, the earliest introductions first, whichever sale is won first', () => {
    expect(given([clauses(0)], both, won(9))).toEqual([USUAL]);
    expect(given([clauses(0)], both, won(9), won(8))).toEqual([PROMISED, USUAL]);
    expect(given([clauses(0, { count: 2 })], both, won(9), won(8))).toEqual([PROMISED, PROMISED]);
    expect(given(both, won(8))).toEqual([USUAL]);
  });

  it.each([
    ['of another program', { programId: 'other' }],
    ['of another account', { accountId: 'account:2' }],
    ['that ended before the introduction', { untilOn: '2026-01-01' }],
    ['that was given up before the sale', { waivedOn: '2026-01-20' }],
    ['with a rule that the program has no more', { rewardRuleId: 'gone' }],
    ['that another list took the place of', null],
  ])('a clause %s: the usual reward', (_, said) => {
    expect(given([clauses(0)], [clauses(1, said)], both, won(8))).toEqual([USUAL]);
  });

  it('given up after the sale, or of an account that was merged since: it counts', () => {
    expect(given([clauses(0, { waivedOn: '2026-03-01' })], both, won(8))).toEqual([PROMISED]);
    const merge: ReferralEvent = { key: 'm', ...at(3), kind: 'merge', loserId: 'account:1', survivorId: 'account:3' };
    expect(given([clauses(0)], both, [merge], won(8))).toEqual([PROMISED]);
  });

  it('a clause that comes or goes after the reward gives nothing twice, and takes nothing back', () => {
    const again = act(40, {
      ...{ act: 'override', programId: 'main', opportunityId: 'opportunity:8', role: 'manager', approvedBy: null },
      ...{ referralId: 'main/contact:1>account:8', why: 'seen' },
    });
    expect(given(both, won(8), [clauses(35)], [again])).toEqual([USUAL]);
    expect(given([clauses(0)], both, won(8), [clauses(35, null)], [again], [tick(90)])).toEqual([PROMISED]);
  });

  it('taken again, or its batch in another order: the same', () => {
    const all = [...both, ...won(8), ...won(9), clauses(0)];
    expect(given(all)).toEqual([PROMISED, USUAL]);
    expect(given(all.toReversed())).toEqual([PROMISED, USUAL]);
    expect(given(all, all, [clauses(0)])).toEqual([PROMISED, USUAL]);
  });
});
