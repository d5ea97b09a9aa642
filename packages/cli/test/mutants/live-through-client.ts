import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packages, withMutatedCopy } from '../../../workflows/test/mutants/mutated-copy.ts';
import type { Tally } from '../simulation/tally.ts';

const run = promisify(execFile);

/** What a run of the simulation through a real client says of itself. */
export interface LivedThroughClient {
  readonly lived: number;
  readonly failing: {
    readonly seed: number;
    readonly violations: readonly string[];
    readonly trace: readonly string[];
  } | null;
  readonly ms: number;
  readonly tally: Tally;
}

/** How a case of the conformance suite ended; `null` when it passed. */
export interface CaseResult {
  readonly id: string;
  readonly failure: string | null;
}

export type ClientName = 'hubspot' | 'salesforce';

const PARTS = [
  ...['core', 'hubspot', 'salesforce', 'workflows', 'sandbox', 'testkit', 'cli'].map((name) => `${name}/package.json`),
  ...['core', 'hubspot', 'salesforce', 'workflows', 'sandbox', 'testkit'].map((name) => `${name}/src`),
  ...['hubspot/test', 'salesforce/test', 'workflows/test/simulation', 'cli/test/simulation', 'cli/test/mutants'],
];

/** Lives through `count` seeds from `from` on with one client, in a process of its own. */
export async function liveThroughClient(
  crm: ClientName,
  from: number,
  count: number,
  root = packages,
): Promise<LivedThroughClient> {
  const numbers = [String(from), String(count)];
  return (await runScript(root, 'simulation/run-simulation.ts', [crm, ...numbers])) as LivedThroughClient;
}

/** The same on a copy of the sources with a patch applied, and where the seeds see nothing, the named conformance cases. */
export function tryMutant(
  patch: string,
  crm: ClientName,
  count: number,
  cases: readonly string[],
): Promise<{ readonly seeds: LivedThroughClient; readonly cases: readonly CaseResult[] }> {
  return withMutatedCopy(patch, PARTS, async (root) => {
    const seeds = await liveThroughClient(crm, 0, count, root);
    if (seeds.failing !== null || cases.length === 0) return { seeds, cases: [] };
    return { seeds, cases: (await runScript(root, 'mutants/run-cases.ts', [crm, ...cases])) as readonly CaseResult[] };
  });
}

async function runScript(root: string, script: string, args: readonly string[]): Promise<unknown> {
  const command = ['--conditions=holdfast-source', '--no-warnings', join(root, 'cli/test', script), ...args];
  const { stdout } = await run(process.execPath, command, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout);
}
