import { afterEach, describe, expect, test } from 'vitest';
import { aProgram } from './a-program.ts';
import { CRMS, openStage, type Stage } from './stage.ts';

const [usual] = aProgram().rules;
/** Promised in a contract: 2,500.00 for an introduction, in place of the usual reward. */
const promised = { ...usual!, id: 'promised', amount: { flat: 250_000 }, priority: -1 };
const PROGRAM = aProgram({ rules: [usual!, promised], holdingDays: 60 });

const GIVEN = {
  accounts: { newco: {}, oldco: {}, bigco: {} },
  people: {
    ned: { of: 'newco', since: 0, by: 'ada' },
    olga: { of: 'oldco', since: 1, by: 'ada' },
    ben: { of: 'bigco', since: 0, by: 'bea' },
  },
};

describe.each(CRMS)("a contract's clause with a reward of its own on %s", (crm) => {
  let stage: Stage | null = null;
  afterEach(async () => {
    await stage?.close();
    stage = null;
  });

  const open = async () => {
    stage = await openStage(crm, GIVEN, { programs: [PROGRAM] });
    const { idOf, file } = stage;
    const clause = {
      ...{ id: 'clause-1', contractId: 'contract:1', accountId: idOf('adaco'), programId: 'friends' },
      ...{ kind: 'introductions', count: 1, fromOn: '2026-01-01', untilOn: '2026-12-31', rewardRuleId: 'promised' },
    };
    const clauses = (...given: readonly object[]) => void file('programs/clauses.json', given);
    return { ...stage, clause, clauses };
  };
  const win = ({ hands, goTo }: Stage, day: number, ...accounts: readonly string[]) => {
    goTo(day);
    for (const of of accounts) {
      hands.openSale({ id: `${of}-sale`, of, opened: day });
      hands.closeSale(`${of}-sale`, 'won', day);
    }
    goTo(day + 1);
  };

  test('the introductions that it commits to earn its reward, what is beyond them and of others the usual one', async () => {
    const { clause, clauses, pull, look, call, referrals } = await open();
    clauses(clause);
    win(stage!, 20, 'newco', 'oldco', 'bigco');
    await pull();
    expect((await look()).rewards).toEqual(['adaco USD 100000 held', 'adaco USD 250000 held', 'beaco USD 100000 held']);
    expect((await call('referrals', {}, 'list')).text).toMatch(/ 2 of 1 .* promised$/m);
    expect(await referrals('list')).toMatchObject({ clauses: [{ clause: { rewardRuleId: 'promised' } }] });
  });

  test('the file changes afterwards: what was given stays as it was, and nothing is given twice', async () => {
    const { clause, clauses, pull, look } = await open();
    win(stage!, 20, 'newco');
    await pull();
    const before = (await look()).rewards;
    expect(before).toEqual(['adaco USD 100000 held']);
    const again = (of: string) =>
      stage!.referrals('decide', `${of}-sale`, { to: `friends/ada>${of}`, role: 'manager', why: 'seen' });
    clauses({ ...clause, count: 2 });
    await again('newco');
    expect((await look()).rewards).toEqual(before);
    win(stage!, 22, 'oldco');
    await pull();
    const both = ['adaco USD 100000 held', 'adaco USD 250000 held'];
    expect((await look()).rewards).toEqual(both);
    clauses();
    await again('oldco');
    expect((await look()).rewards).toEqual(both);
  });

  test('a rule that is not there, or a reward for a reference call: refused with what there is', async () => {
    const { clause, clauses, refused, trace } = await open();
    const before = trace();
    for (const [wrong, says] of [
      [
        { rewardRuleId: 'promisd' },
        `the program "friends" has no rule "promisd" for the referrer (it has ${usual!.id}, promised)`,
      ],
      [{ kind: 'reference_calls' }, 'is for introductions: nothing else is rewarded'],
    ] as const) {
      clauses({ ...clause, ...wrong });
      const message = expect.stringContaining(says);
      expect(await refused('list')).toMatchObject({ exitCode: 2, code: 'bad_clauses', message });
    }
    expect(trace()).toBe(before);
  });
});
