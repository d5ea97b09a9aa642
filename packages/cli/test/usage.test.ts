import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../src/commands.ts';
import { folderState } from './folder-state.ts';
import { expectOneSentence } from './one-sentence.ts';
import { runCommand } from './run-command.ts';
import { type Bench, openBench } from './world.ts';

let bench: Bench;
beforeAll(() => {
  bench = openBench({});
});
afterAll(() => bench.remove());

describe('wrong usage ends with 2 and one sentence, and leaves nothing behind', () => {
  const cases: readonly (readonly [title: string, line: string, says: string | RegExp])[] = [
    ['unknown command', 'plam', "Unknown command 'plam' (did you mean plan?)"],
    ['unknown option of a command', 'score --colour', "'--colour'"],
    ['unknown option before the command', '--colour score', "'--colour'"],
    ['missing argument', 'explain', 'account'],
    ['too many arguments', 'score one two', 'score'],
    ['option without its value', 'report --out', '--out'],
    ['a number that is none', 'demo --accounts many', '--accounts must be a whole number'],
    ['a number out of bounds', 'sandbox hubspot --port 70000', '--port must be a whole number'],
    ['a CRM without a sandbox', 'sandbox abacus', 'choose hubspot or salesforce'],
    ['a CRM that is not known', 'init abacus', 'choose one of hubspot, salesforce'],
    ['no CRM said', 'init', 'holdfast init hubspot'],
    ['a tier that does not exist', 'sandbox hubspot --tier golden', 'choose one of'],
    ['a kind of schedule that does not exist', 'schedule hourly', 'choose cron, github or container'],
  ];
  test.each(cases)('%s: holdfast %s', async (_title, line, says) => {
    const command = line.split(' ');
    const ended = await runCommand(command, { cwd: bench.folder });
    expectOneSentence(ended, 2, says);
    expect(folderState(bench.folder)).toEqual({});
  });

  test('with --json it is one object on stdout', async () => {
    const { exitCode, stdout, stderr } = await runCommand(['plam', '--json'], { cwd: bench.folder });
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ error: { code: 'usage', message: expect.stringContaining("'plam'") } });
  });
});

test('no config yet: every command that needs one says what to run first', async () => {
  for (const line of [
    'check',
    'pull',
    'score',
    'plan',
    'apply',
    'run',
    'report',
    'undo x',
    'forget contact:1',
    'explain x',
  ]) {
    expectOneSentence(await bench.run(...line.split(' ')), 1, 'holdfast init');
  }
  expect(folderState(bench.folder)).toEqual({});
});

describe('help', () => {
  test('no arguments: the same help as --help, exit code 0', async () => {
    const [bare, asked] = [await runCommand([]), await runCommand(['--help'])];
    expect(bare).toEqual(asked);
    expect(bare).toMatchObject({ exitCode: 0, stderr: '' });
    for (const { name } of COMMANDS) expect(bare.stdout).toContain(`\n  ${name} `);
  });

  test.each(COMMANDS.map(({ name, example }) => [name, example] as const))(
    '%s --help has an example',
    async (name, example) => {
      const { exitCode, stdout, stderr } = await runCommand([name, '--help']);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toContain(example);
      expect(stdout).toContain('--json');
    },
  );

  test('--version', async () => {
    expect(await runCommand(['--version'])).toEqual({ exitCode: 0, stdout: '0.1.0\n', stderr: '' });
  });
});

describe('malformed CSV: holdfast sandbox --book', () => {
  const book = (files: Readonly<Record<string, string>>) => {
    const folder = mkdtempSync(join(bench.folder, 'book-'));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return folder;
  };
  const header = 'id,name,type,createdAt,updatedAt';
  const row = 'a-1,Acme,customer,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z';
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    [
      'a value that is none',
      { 'accounts.csv': `${header}\n${row.replace('customer', 'friend')}\n` },
      ['accounts.csv', 'line 2', 'type'],
    ],
    ['an open quote', { 'accounts.csv': `${header}\n"a-1,Acme\n` }, ['accounts.csv']],
    ['a missing column', { 'accounts.csv': `id,name\na-1,Acme\n` }, ['accounts.csv', 'type']],
    ['a misspelt file', { 'acounts.csv': `${header}\n` }, ['acounts.csv']],
    ['a link to nowhere', { 'accounts.csv': `${header},parentId\n${row},a-9\n` }, ['accounts.csv', 'a-9']],
  ];
  test.each(cases)('%s', async (_title, files, says) => {
    expectOneSentence(await runCommand(['sandbox', 'hubspot', '--book', book(files)]), 1, ...says);
  });

  test('a folder that is not there', async () => {
    expectOneSentence(await runCommand(['sandbox', 'hubspot', '--book', join(bench.folder, 'none')]), 1, 'none');
  });
});

test.each(['hubspot', 'salesforce'])('port in use: holdfast sandbox %s', async (crm) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const ended = await runCommand(['sandbox', crm, '--accounts', '5', '--port', String(port)]);
  server.close();
  expectOneSentence(ended, 1, 'in use', /another/);
});

describe('Node 20', () => {
  const system = ['/usr/bin/node', '/usr/local/bin/node'].find(
    (path) => spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.startsWith('v20.') === true,
  );

  test.skipIf(system === undefined)(
    'is refused before anything else is loaded (needs a Node 20 on this machine)',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'holdfast-node20-'));
      for (const name of ['main', 'node-version']) {
        const source = readFileSync(new URL(`../src/${name}.ts`, import.meta.url), 'utf8');
        writeFileSync(join(folder, `${name}.mjs`), stripTypeScriptTypes(source).replaceAll(".ts'", ".mjs'"));
      }
      writeFileSync(join(folder, 'program.mjs'), "throw new Error('must not be loaded');");
      const { status, stdout, stderr } = spawnSync(String(system), [join(folder, 'main.mjs'), 'run'], {
        encoding: 'utf8',
      });
      rmSync(folder, { recursive: true });
      expectOneSentence({ exitCode: status, stdout, stderr }, 2, 'needs Node 22.20', 'install a current Node');
    },
  );
});

describe('read-only folder', () => {
  const nobody = 65_534;
  const canBeNobody =
    process.getuid?.() === 0 &&
    spawnSync(
      process.execPath,
      ['-e', 'require("fs").readdirSync(process.argv[1])', new URL('../src', import.meta.url).pathname],
      {
        uid: nobody,
      },
    ).status === 0;
  const asRoot = process.getuid?.() === 0;

  test.skipIf(asRoot && !canBeNobody)('no right to write (as another user when the tests run as root)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-readonly-'));
    mkdirSync(join(folder, 'ws'));
    writeFileSync(join(folder, 'ws', 'holdfast.config.json'), '{"crm": "hubspot"}');
    chmodSync(join(folder, 'ws'), 0o555);
    chmodSync(folder, 0o755);
    const ended = await runCommand(['score', '--workspace', join(folder, 'ws')], asRoot ? { uid: nobody } : {});
    expectOneSentence(ended, 1, 'cannot be written', /permission/);
    chmodSync(join(folder, 'ws'), 0o755);
    rmSync(folder, { recursive: true });
  });
});
