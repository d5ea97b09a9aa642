/**
 * Every check of the project, one after the other, with one true closing line: `N passed, N failed`.
 * Each gate counts as one; the test run counts each of its tests.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), 'holdfast-gates-'));
const witness = join(scratch, 'witness.ndjson');
let passed = 0;
let failed = 0;
let skipped = 0;

function run(command: string, args: readonly string[]): boolean {
  const env = {
    ...process.env,
    PATH: `${root}node_modules/.bin:${process.env['PATH'] ?? ''}`,
    NO_PROXY: '127.0.0.1,localhost',
    HOLDFAST_SANDBOX_WITNESS: witness,
  };
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0;
}

function gate(name: string, command: string, args: readonly string[]): boolean {
  const start = Date.now();
  const ok = run(command, args);
  if (ok) passed += 1;
  else failed += 1;
  process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)\n`);
  return ok;
}

function tests(config: string): void {
  const report = join(scratch, `${config}.json`);
  const ok = run('vitest', [
    'run',
    '--config',
    `.config/${config}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8')) as Record<
      'numPassedTests' | 'numFailedTests' | 'numPendingTests',
      number
    >;
    passed += counts.numPassedTests;
    failed += counts.numFailedTests;
    skipped += counts.numPendingTests;
    if (!ok && counts.numFailedTests === 0) failed += 1;
  } catch {
    failed += 1;
  }
}

const packages = readdirSync(join(root, 'packages'));
gate('types', 'tsc', ['-p', 'tsconfig.base.json', '--noEmit']);
gate('lint and format', 'biome', ['check', '--config-path=.biome.json', '.']);
gate('house rules', 'eslint', ['-c', '.config/eslint.config.js', 'packages', 'examples']);
gate('architecture', 'depcruise', ['--config', '.config/dependency-cruiser.cjs', '--output-type', 'err', 'packages']);
gate('generated pages', 'node', ['--conditions=holdfast-source', '.config/docs.ts', '--check']);
gate('unused code', 'knip', ['--config', '.config/knip.json']);
if (gate('build', 'node', ['.config/build.ts'])) {
  for (const name of packages) {
    gate(`package shape: ${name}`, 'publint', ['--strict', `packages/${name}`]);
    if (name !== 'cli')
      gate(`package types: ${name}`, 'attw', ['--pack', `packages/${name}`, '--quiet', '--profile', 'node16']);
  }
  gate('size', 'size-limit', []);
}
tests('vitest.config.ts');
tests('vitest.browser.config.ts');
gate('only our own fields were written', 'node', ['--conditions=holdfast-source', '.config/check-writes.ts', witness]);
rmSync(scratch, { recursive: true, force: true });
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exit(failed === 0 ? 0 : 1);
