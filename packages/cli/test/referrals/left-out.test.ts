import { afterEach, describe, expect, test } from 'vitest';
import { aProgram } from './a-program.ts';
import { CRMS, openStage, type Stage } from './stage.ts';

const GIVEN = { accounts: { newco: {}, lateco: {} }, people: { ned: { of: 'newco', since: 0, by: 'ada' } } };
const EUR = { currency: 'EUR' };

interface Problems {
  readonly problems: readonly { readonly code: string; readonly message: string; readonly severity: string }[];
}

describe.each(CRMS)('a wrong file beside the workspace on %s', (crm) => {
  let stage: Stage | null = null;
  afterEach(async () => {
    await stage?.close();
    stage = null;
  });

  const open = async () => {
    stage = await openStage(crm, GIVEN, { programs: [aProgram({ holdingDays: 60 })] });
    const { hands, goTo, pull, call } = stage;
    goTo(20);
    hands.openSale({ id: 'deal', of: 'newco', opened: 20 });
    hands.closeSale('deal', 'won', 20);
    goTo(21);
    await pull();
    await call('referrals', {}, 'list');
    return stage;
  };

  test.each<readonly [string, string, (stage: Stage) => void, RegExp]>([
    ['a program', 'bad_program', ({ file }) => file('programs/other.json', { id: 'other' }), /other\.json, /],
    ['the clauses', 'bad_clauses', ({ file }) => file('programs/clauses.json', [{}]), /clauses\.json, /],
    [
      'a currency that rewards forbid',
      'bad_program',
      ({ program }) => program(aProgram(EUR)),
      /has given rewards in USD/,
    ],
  ])('%s: scores go on, said once; of referrals nothing is taken, planned or written', async (_, code, spoil, says) => {
    const { call, hands, goTo, pull, refused, trace, world, program, file, look } = await open();
    spoil(stage!);
    hands.addPerson({ id: 'late', of: 'lateco', since: 22, by: 'bea' });
    goTo(22);
    await pull();
    const [journal] = JSON.parse(trace());
    const began = world.emulator.journal.length;
    for (const command of ['score', 'report', 'plan', 'run', 'check']) {
      const { exitCode, text, json } = await call(command);
      const said = text.split('\n').filter((it) => says.test(it));
      expect([command, exitCode, said]).toEqual([command, 1, [expect.stringContaining(`Refused (${code})`)]]);
      if (command === 'plan') continue;
      const [problem, ...more] = (json as Problems).problems.filter((it) => it.code === 'referrals-left-out');
      expect([problem?.severity, more]).toEqual([command === 'check' ? 'error' : 'warning', []]);
    }
    expect(JSON.parse(trace())[0]).toEqual(journal);
    const written = world.emulator.journal.slice(began).filter(({ by }) => by === 'api');
    expect(JSON.stringify(written)).toMatch(/holdfast_health_score/i);
    expect(JSON.stringify(written)).not.toMatch(/referral/i);
    expect(await refused('list')).toMatchObject({ exitCode: 2, code, message: expect.stringMatching(says) });
    program(aProgram({ holdingDays: 60 }));
    file('programs/clauses.json', []);
    const mended = await call('run');
    expect([mended.exitCode, mended.text]).toEqual([0, expect.not.stringContaining('Refused')]);
    expect((await look()).claims).toEqual({ 'friends/ada>newco': 'won sourced', 'friends/bea>lateco': 'accepted' });
  });
});
