import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packages, withMutatedCopy } from './mutated-copy.ts';

const run = promisify(execFile);

/** What a run of the simulation says of itself. */
export interface Lived {
  readonly lived: number;
  readonly failing: { readonly seed: number; readonly violations: readonly string[] } | null;
  readonly ms: number;
}

const PARTS = ['core/src', 'core/package.json', 'workflows/src', 'workflows/test/simulation', 'workflows/package.json'];

/** Lives through `count` seeds from `from` on in a process of its own. */
export async function liveThrough(from: number, count: number, root = packages): Promise<Lived> {
  const script = join(root, 'workflows/test/simulation/run-simulation.ts');
  const args = ['--conditions=holdfast-source', '--no-warnings', script, String(from), String(count)];
  const { stdout } = await run(process.execPath, args, { cwd: root });
  return JSON.parse(stdout) as Lived;
}

/** The same on a copy of the sources with a patch applied; the copy is removed again. */
export function liveThroughMutant(patch: string, from: number, count: number): Promise<Lived> {
  return withMutatedCopy(patch, PARTS, (copy) => liveThrough(from, count, copy));
}
