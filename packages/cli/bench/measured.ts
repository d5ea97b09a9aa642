import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a process took; memory in MB. */
export interface Measured {
  readonly seconds: number;
  readonly rssMb: number;
  /** The largest heap after a forced collection: sampled every second where asked for, else at the end. */
  readonly heapMb: number;
  /** What the process printed. */
  readonly out: string;
}

const here = new URL('.', import.meta.url).pathname;
const QUIET = '--disable-warning=ExperimentalWarning';
/** Runs our own TypeScript instead of what was built: for what serves and fills, never for what is measured. */
const FROM_SOURCE = ['--conditions=holdfast-source', QUIET];

/** Starts a file of this folder from source. */
export function startHelper(file: string, ...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...FROM_SOURCE, join(here, file), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The first line that a process prints. */
export async function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`a helper of the bench ended with ${code}`)));
    child.stdout?.once('data', (chunk) => resolve(String(chunk).trim()));
  });
}

/** Runs a script with its memory watched. `sample`: collect every second to see the true heap, which keeps memory lower than it is. */
export async function measured(
  script: string,
  args: readonly string[],
  { env = process.env, sample = false }: { readonly env?: NodeJS.ProcessEnv; readonly sample?: boolean } = {},
): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-peak-'));
  const peak = join(folder, 'peak.json');
  const start = performance.now();
  const flags = [QUIET, '--expose-gc', '--import', join(here, 'peak.ts')];
  const child = spawn(process.execPath, [...flags, script, ...args], {
    env: { ...env, HOLDFAST_BENCH_PEAK: peak, ...(sample && { HOLDFAST_BENCH_SAMPLE: '1' }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  await new Promise((resolve) => child.once('close', resolve));
  const seconds = (performance.now() - start) / 1000;
  const memory = JSON.parse(readFileSync(peak, 'utf8')) as Pick<Measured, 'rssMb' | 'heapMb'>;
  rmSync(folder, { recursive: true, force: true });
  return { seconds, ...memory, out };
}
