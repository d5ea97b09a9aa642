/**
 * What a run costs on each sandbox at 1,000, 10,000 and 100,000 accounts: calls against the minimum, records a second,
 * peak memory; and what share of each tier's daily limit a first and a daily run take. `npm run bench [-- 1000 10000]`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_ANSWERS } from '../src/demo/answers.ts';
import { DAILY_LIMITS } from './daily-limits.ts';

const here = new URL('.', import.meta.url).pathname;
const flags = ['--conditions=holdfast-source', '--disable-warning=ExperimentalWarning'];
const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0);

interface Step {
  readonly seconds: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly json: {
    readonly calls?: readonly { readonly what: string; readonly calls: number; readonly minimum: number | null }[];
    readonly entities?: readonly { readonly entity: string; readonly records: number }[];
    readonly counts?: Readonly<Record<string, number>>;
    readonly minimum?: number;
    readonly scored?: number;
  };
}

for (const crm of ['hubspot', 'salesforce'] as const) {
  for (const accounts of sizes.length > 0 ? sizes : [1_000, 10_000, 100_000]) await measure(crm, accounts);
}

async function measure(crm: 'hubspot' | 'salesforce', accounts: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  const server = spawn(process.execPath, [...flags, join(here, 'serve.ts'), crm, String(accounts)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const env = { ...process.env, ...environment(crm, await firstLine(server)) };
    const answers = join(folder, 'answers.json');
    writeFileSync(answers, JSON.stringify(DEMO_ANSWERS[crm]));
    const run = (...args: string[]) => holdfast(folder, env, args);
    await run('init', crm, '--yes', '--answers', answers);
    await run('install', '--apply');
    await run('trust', 'write');
    const first = await run('pull');
    const scored = await run('score');
    await run('plan');
    const applied = await run('apply');
    const again = await run('apply');
    const daily = await run('pull');
    print(crm, accounts, { first, scored, applied, again, daily });
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function environment(crm: string, origin: string): Record<string, string> {
  if (crm === 'hubspot') return { HUBSPOT_TOKEN: 'sandbox-token', HUBSPOT_BASE_URL: origin };
  return {
    SALESFORCE_LOGIN_URL: origin,
    SALESFORCE_CLIENT_ID: 'bench-client',
    SALESFORCE_CLIENT_SECRET: 'bench-secret',
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
    child.stdout?.once('data', (chunk) => resolve(String(chunk).trim()));
  });
}

async function holdfast(folder: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Step> {
  const peak = join(folder, 'peak.json');
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...flags,
      '--expose-gc',
      '--import',
      join(here, 'peak.ts'),
      join(here, '../src/main.ts'),
      ...args,
      '--workspace',
      folder,
      '--json',
      '--quiet',
    ],
    { env: { ...env, HOLDFAST_BENCH_PEAK: peak }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  await new Promise((resolve) => child.once('close', resolve));
  const json = JSON.parse(out) as Step['json'] & { readonly error?: { readonly message: string } };
  if (json.error) throw new Error(`${args.join(' ')}: ${json.error.message}`);
  return {
    seconds: (performance.now() - start) / 1000,
    ...(JSON.parse(readFileSync(peak, 'utf8')) as { rssMb: number; heapMb: number }),
    json,
  };
}

function print(
  crm: 'hubspot' | 'salesforce',
  accounts: number,
  steps: Record<'first' | 'scored' | 'applied' | 'again' | 'daily', Step>,
): void {
  const { first, scored, applied, again, daily } = steps;
  const records = (first.json.entities ?? []).reduce((sum, it) => sum + it.records, 0);
  const calls = (step: Step, what: string) =>
    step.json.calls?.find((it) => it.what === what) ?? { calls: 0, minimum: null };
  const read = calls(first, 'read');
  const writeCalls = (applied.json as { calls?: unknown }).calls as number;
  const say = (text: string) => process.stdout.write(`${text}\n`);
  say(`\n${crm}, ${accounts} accounts, ${records} records`);
  say(
    `  first pull   ${read.calls} calls, minimum ${read.minimum}, ratio ${ratio(read.calls, read.minimum)}; fixed ${calls(first, 'connect').calls}; ${Math.round(records / first.seconds)} records/s; peak ${first.rssMb.toFixed(0)} MB, heap ${first.heapMb.toFixed(0)} MB`,
  );
  say(
    `  score        ${scored.json.scored} accounts, ${scored.seconds.toFixed(1)} s, peak ${scored.rssMb.toFixed(0)} MB`,
  );
  say(
    `  apply        ${applied.json.counts?.['written']} written, ${writeCalls} calls, minimum ${applied.json.minimum}, ratio ${ratio(writeCalls, applied.json.minimum ?? null)}; peak ${applied.rssMb.toFixed(0)} MB`,
  );
  say(`  apply again  ${again.json.counts?.['written']} written`);
  const quiet = calls(daily, 'read');
  say(`  daily pull   ${quiet.calls} calls, minimum ${quiet.minimum}; fixed ${calls(daily, 'connect').calls}`);
  for (const { name, limit } of DAILY_LIMITS[crm]) {
    const share = (total: number) => `${((total / limit) * 100).toFixed(2)} %`;
    const firstTotal = read.calls + calls(first, 'connect').calls + writeCalls;
    say(
      `    of ${name} (${limit} a day): first run ${share(firstTotal)}, daily run ${share(quiet.calls + calls(daily, 'connect').calls)}`,
    );
  }
}

function ratio(made: number, minimum: number | null): string {
  return minimum ? (made / minimum).toFixed(3) : '-';
}
