import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const packages = fileURLToPath(new URL('../../..', import.meta.url));

/** What a run of the simulation says of itself. */
export interface Lived {
  readonly lived: number;
  readonly failing: { readonly seed: number; readonly violations: readonly string[] } | null;
  readonly ms: number;
}

/** Lives through `count` seeds from `from` on in a process of its own. */
export async function liveThrough(from: number, count: number, root = packages): Promise<Lived> {
  const script = join(root, 'workflows/test/simulation/run-simulation.ts');
  const args = ['--conditions=holdfast-source', '--no-warnings', script, String(from), String(count)];
  const { stdout } = await run(process.execPath, args, { cwd: root });
  return JSON.parse(stdout) as Lived;
}

/** The same on a copy of the sources with a patch applied; the copy is removed again. */
export async function liveThroughMutant(patch: string, from: number, count: number): Promise<Lived> {
  const copy = mkdtempSync(join(tmpdir(), 'holdfast-mutant-'));
  try {
    copySources(copy);
    await run('git', ['apply', '--whitespace=nowarn', patch], {
      cwd: copy,
      env: { ...process.env, GIT_DIR: '/nonexistent' },
    });
    return await liveThrough(from, count, join(copy, 'packages'));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function copySources(copy: string): void {
  for (const part of [
    'core/src',
    'core/package.json',
    'workflows/src',
    'workflows/test/simulation',
    'workflows/package.json',
  ]) {
    const target = join(copy, 'packages', part);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(packages, part), target, { recursive: true });
  }
  const modules = join(copy, 'packages/node_modules');
  mkdirSync(join(modules, '@holdfast'), { recursive: true });
  symlinkSync(join(copy, 'packages/core'), join(modules, '@holdfast/core'));
  symlinkSync(join(packages, 'core/node_modules/zod'), join(modules, 'zod'));
}
