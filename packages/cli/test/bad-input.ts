import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { folderState } from './folder-state.ts';
import { expectOneSentence } from './one-sentence.ts';
import { type Bench, openBench, setUp, succeed, type World } from './world.ts';

/** What the same mistakes look like on one CRM. */
export interface BadInputs {
  readonly open: () => Promise<World>;
  /** Environment with a credential that nobody gave out, and with one that cannot be one. */
  readonly wrongToken: Readonly<Record<string, string>>;
  readonly malformedToken: Readonly<Record<string, string>>;
  readonly noToken: Readonly<Record<string, string>>;
  /** What the message says when the CRM refuses the credential, when it is malformed, when there is none. */
  readonly refusal: RegExp;
  readonly malformed: RegExp;
  readonly absent: RegExp;
  /** A world whose user lacks a permission that scoring needs, and what the message must name. */
  readonly withoutPermission: () => Promise<World>;
  readonly permission: RegExp;
  /** A field of the org's own that is not there, as `options.fields.account.seatsUsed`. */
  readonly missingField: string;
  /** A world in which our score's field is there already, as text. */
  readonly withOtherType: () => Promise<World>;
  readonly scoreField: RegExp;
  /** A stage in use whose meaning is taken out of the profile. */
  readonly stage: string;
  readonly secretOption: string;
}

// biome-ignore lint/suspicious/noExplicitAny: a config on its way to being wrong
type Json = Record<string, any>;

/** Registers one test per bad input for a CRM: one clear sentence, exit code 1 or 2, nothing half-written. */
export function describeBadInputs(crm: 'hubspot' | 'salesforce', given: BadInputs): void {
  describe(`${crm}: bad input`, () => {
    let world: World;
    let ready: Bench;
    let bench: Bench;

    beforeAll(async () => {
      world = await given.open();
      ready = openBench(world.env);
      await setUp(world, ready);
      await succeed(ready, 'run', '--attended');
    }, 120_000);
    afterAll(async () => {
      ready.remove();
      await world.close();
    });
    beforeEach(() => {
      bench = openBench(world.env);
      cpSync(ready.folder, bench.folder, { recursive: true });
    });
    afterEach(() => bench.remove());

    const config = () => join(bench.folder, 'holdfast.config.json');
    const editConfig = (edit: (config: Json) => void) => {
      const content = JSON.parse(readFileSync(config(), 'utf8')) as Json;
      edit(content);
      writeFileSync(config(), JSON.stringify(content));
    };
    /** Runs a command that must change nothing in the folder nor in the CRM. */
    const refused = async (args: readonly string[], env = world.env) => {
      const [before, journal] = [folderState(bench.folder), world.emulator.journal.length];
      const other = openBench(env);
      const { exitCode, stdout, stderr } = await other.run(...args, '--workspace', bench.folder);
      other.remove();
      expect(folderState(bench.folder)).toEqual(before);
      expect(world.emulator.journal.length).toBe(journal);
      return { exitCode, stdout, stderr };
    };

    test.each(['check', 'pull', 'run', 'apply', 'install'])('wrong token: %s', async (command) => {
      expectOneSentence(await refused([command], { ...world.env, ...given.wrongToken }), 1, given.refusal);
    });

    test('wrong token: init writes no config', async () => {
      rmSync(config());
      const ended = await refused(['init', crm, '--yes'], { ...world.env, ...given.wrongToken });
      expectOneSentence(ended, 1, given.refusal);
      expect(existsSync(config())).toBe(false);
    });

    test('malformed token', async () => {
      expectOneSentence(await refused(['run'], { ...world.env, ...given.malformedToken }), 1, given.malformed);
    });

    test('no token at all', async () => {
      expectOneSentence(await refused(['run'], given.noToken), 1, given.absent);
    });

    test('missing permission: what is lacking is named', async () => {
      const poor = await given.withoutPermission();
      try {
        const ended = await refused(['run'], poor.env);
        expectOneSentence(ended, 1, given.permission);
      } finally {
        await poor.close();
      }
    });

    test('missing field: the config names one that the org does not have', async () => {
      editConfig(({ options }) => {
        options.fields.account = { ...options.fields.account, seatsUsed: given.missingField };
      });
      expectOneSentence(await refused(['run']), 1, given.missingField, 'account.seatsUsed', 'holdfast check');
      const checked = await bench.run('check');
      expect(checked.exitCode).toBe(1);
      expect(checked.stdout).toContain(given.missingField);
    });

    test('field of another type: install refuses and says how they differ', async () => {
      const other = await given.withOtherType();
      const fresh = openBench(other.env);
      try {
        await setUp(other, fresh, 'observe');
        const journal = other.emulator.journal.length;
        const { exitCode, stdout, stderr } = await fresh.run('install', '--apply');
        expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
        expect(stdout.match(/^Refused: .*$/gm)).toHaveLength(1);
        expect(stdout).toMatch(given.scoreField);
        expect(other.emulator.journal.length).toBe(journal);
      } finally {
        fresh.remove();
        await other.close();
      }
    });

    test('unmapped stage: check and score name it and end with 1', async () => {
      editConfig(({ profile }) => {
        delete profile.opportunities.stages[given.stage];
      });
      for (const command of ['check', 'score']) {
        const { exitCode, stdout, stderr } = await bench.run(command);
        expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
        expect(stdout).toContain(given.stage.slice(given.stage.indexOf('/') + 1));
      }
    });

    test('unmapped stage: a run that may write reports it and writes nothing', async () => {
      editConfig((config) => {
        config.stage = 'write';
        delete config.profile.opportunities.stages[given.stage];
      });
      const written = () => world.emulator.journal.filter(({ by }) => by === 'api').length;
      const before = written();
      const { exitCode, stdout, stderr } = await bench.run('run');
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
      expect(stdout).toContain('Nothing was written');
      expect(written()).toBe(before);
    });

    test.each(['run', 'score', 'plan', 'report', 'explain x'])('no book confirmed: %s', async (line) => {
      editConfig(({ profile }) => {
        profile.confirmedAt = null;
      });
      expectOneSentence(await refused(line.split(' ')), 1, `holdfast init ${crm}`);
    });

    test('a plan of another org', async () => {
      const { stdout } = await bench.run('plan', '--json');
      const { file } = JSON.parse(stdout) as { file: string };
      const plan = { ...JSON.parse(readFileSync(file, 'utf8')), orgId: '999' };
      writeFileSync(join(bench.folder, 'other.json'), JSON.stringify(plan));
      expectOneSentence(await refused(['apply', '--plan', join(bench.folder, 'other.json')]), 1, '999', /plan/);
    });

    test('a plan that is none, and one with a field that Holdfast does not own', async () => {
      const { stdout } = await bench.run('plan', '--json');
      const { file } = JSON.parse(stdout) as { file: string };
      const plan = JSON.parse(readFileSync(file, 'utf8')) as Json;
      const write = { key: 'x', target: { id: 'x:1' }, set: { ownerId: '7' } };
      const strange = join(bench.folder, 'strange.json');
      const planned = { entity: 'account', write, before: {}, label: 'X', why: 'x' };
      for (const content of ['{', '{}', JSON.stringify({ ...plan, writes: [planned] })]) {
        writeFileSync(strange, content);
        expectOneSentence(await refused(['apply', '--plan', strange]), 1, 'holdfast plan');
      }
      expectOneSentence(await refused(['apply', '--plan', `${strange}.none`]), 1, 'holdfast plan');
    });

    test('the profile of another org: nothing is read or written', async () => {
      editConfig(({ profile }) => {
        profile.orgId = '424242';
      });
      for (const command of ['run', 'pull', 'apply']) expectOneSentence(await refused([command]), 1, '424242');
    });

    test('two runs at once: the second is refused while the first works, and the first ends well', async () => {
      editConfig(({ options }) => {
        options.timeoutMs = 3000;
      });
      const busy = new Promise<void>((resolve) => {
        let held = false;
        world.suffer({
          next: () => {
            if (held) return undefined;
            held = true;
            resolve();
            return 'hang';
          },
        });
      });
      const first = bench.start('run', '--attended');
      await busy;
      const second = await bench.run('pull');
      const { exitCode, stderr } = await first.ended;
      expectOneSentence(second, 1, 'Another run', 'Wait for it to end');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    });

    test('a damaged store', async () => {
      for (const file of ['store.db-wal', 'store.db-shm'])
        rmSync(join(bench.folder, '.holdfast', file), { force: true });
      writeFileSync(
        join(bench.folder, '.holdfast', 'store.db'),
        'not a database, but long enough to be looked at'.repeat(200),
      );
      for (const command of ['pull', 'score'])
        expectOneSentence(await refused([command]), 1, 'store.db', /move it away and pull again/);
    });

    test('a damaged file of an earlier run', async () => {
      const { stdout } = await bench.run('pull', '--json');
      const { runId } = JSON.parse(stdout) as { runId: string };
      writeFileSync(join(bench.folder, '.holdfast', 'runs', runId, 'run.json'), '{"asOf":');
      expectOneSentence(await refused(['score']), 1, 'run.json', 'holdfast pull');
    });

    test('a damaged config, an unknown key, an unknown CRM', async () => {
      writeFileSync(config(), '{"crm": ');
      expectOneSentence(await refused(['run']), 1, 'holdfast.config.json', 'holdfast init');
      writeFileSync(config(), JSON.stringify({ crm, colour: 'red' }));
      expectOneSentence(await refused(['run']), 1, 'holdfast.config.json', 'colour');
      writeFileSync(config(), JSON.stringify({ crm: 'abacus' }));
      expectOneSentence(await refused(['run']), 2, 'abacus', 'hubspot, salesforce');
    });

    test('a secret in the config is refused without being repeated', async () => {
      editConfig(({ options }) => {
        options[given.secretOption] = 'hush-hush-5678';
      });
      const ended = await refused(['run']);
      expectOneSentence(ended, 1, given.secretOption, 'environment');
      expect(ended.stderr).not.toContain('hush-hush');
    });

    test('--json: a failure is one object on stdout with code and message', async () => {
      const { exitCode, stdout, stderr } = await refused(['run', '--json'], { ...world.env, ...given.wrongToken });
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
      expect(JSON.parse(stdout)).toEqual({ error: { code: 'auth', message: expect.stringMatching(/^[^\n]+\.$/) } });
    });

    test('read-only folder: the workspace lies below a regular file, or is one', async () => {
      const file = join(bench.folder, 'a-file');
      writeFileSync(file, '');
      const below = openBench(world.env);
      const ended = await below.run('init', crm, '--yes', '--workspace', join(file, 'ws'));
      expectOneSentence(ended, 1, /a-file/, 'choose another');
      rmSync(join(bench.folder, '.holdfast'), { recursive: true });
      writeFileSync(join(bench.folder, '.holdfast'), '');
      expectOneSentence(await refused(['run']), 1, '.holdfast', /permission|choose another/);
      below.remove();
    });

    test('read-only folder: what would be written lies where a folder is', async () => {
      mkdirSync(join(bench.folder, 'holdfast.config.json.new'));
      expectOneSentence(await refused(['trust', 'observe']), 1, 'holdfast.config.json.new');
      expectOneSentence(await refused(['report', '--out', join(bench.folder, 'none', 'x.html')]), 1, 'x.html');
    });
  });
}
