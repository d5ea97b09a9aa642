import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_ANSWERS } from '../src/demo/answers.ts';
import { DAILY_LIMITS } from './daily-limits.ts';
import { firstLine, type Measured, measured, startHelper } from './measured.ts';

type Crm = 'hubspot' | 'salesforce';
interface Step extends Measured {
  readonly json: {
    readonly calls?: readonly { readonly what: string; readonly calls: number; readonly minimum: number | null }[];
    readonly entities?: readonly { readonly entity: string; readonly records: number }[];
    readonly counts?: Readonly<Record<string, number>>;
    readonly minimum?: number;
    readonly scored?: number;
    readonly notScored?: number;
  };
}

const main = new URL('../dist/main.js', import.meta.url).pathname;
const say = (text: string) => process.stdout.write(`${text}\n`);

/** Measures a first run, a second apply and a pull after the writes on a sandbox in a process of its own. */
export async function benchCrm(crm: Crm, accounts: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  const server = startHelper('serve.ts', crm, String(accounts));
  try {
    const env = { ...process.env, ...environment(crm, await firstLine(server)) };
    const answers = join(folder, 'answers.json');
    writeFileSync(answers, JSON.stringify(DEMO_ANSWERS[crm]));
    const run = (args: readonly string[], sample = false) => holdfast(folder, env, args, sample);
    await run(['init', crm, '--yes', '--answers', answers]);
    await run(['install', '--apply']);
    await run(['trust', 'write']);
    const first = await run(['pull']);
    const idle = await run(['pull']);
    const scored = await run(['score']);
    const planned = await run(['plan']);
    const applied = await run(['apply']);
    const again = await run(['apply']);
    const later = await run(['pull']);
    const sampled = await run(['pull', '--full'], true);
    print(crm, accounts, { first, idle, scored, planned, applied, again, later, sampled });
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function environment(crm: Crm, origin: string): Record<string, string> {
  if (crm === 'hubspot') return { HUBSPOT_TOKEN: 'sandbox-token', HUBSPOT_BASE_URL: origin };
  return {
    SALESFORCE_LOGIN_URL: origin,
    SALESFORCE_CLIENT_ID: 'bench-client',
    SALESFORCE_CLIENT_SECRET: 'bench-secret',
  };
}

async function holdfast(
  folder: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  sample: boolean,
): Promise<Step> {
  const took = await measured(main, [...args, '--workspace', folder, '--json', '--quiet'], { env, sample });
  const json = JSON.parse(took.out) as Step['json'] & { readonly error?: { readonly message: string } };
  if (json.error) throw new Error(`${args.join(' ')}: ${json.error.message}`);
  return { ...took, json };
}

type Steps = Record<'first' | 'idle' | 'scored' | 'planned' | 'applied' | 'again' | 'later' | 'sampled', Step>;

function print(crm: Crm, accounts: number, steps: Steps): void {
  const { first, idle, scored, planned, applied, again, later, sampled } = steps;
  const records = recordsOf(first);
  const read = callsOf(first, 'read');
  const fixed = callsOf(first, 'connect').calls;
  const closing = closingCalls(crm, first);
  const writeCalls = (applied.json as { calls?: unknown }).calls as number;
  const quiet = callsOf(later, 'read');
  say(`\n${crm}, ${accounts} accounts, ${records} records`);
  say(
    `  first pull     ${read.calls - closing} calls, minimum ${read.minimum}, ratio ${ratio(read.calls - closing, read.minimum)}; fixed ${fixed + closing} (connect ${fixed}, to learn that a full page was the last ${closing})`,
  );
  say(`                 ${(records / first.seconds).toFixed(0)} records/s; peak ${mb(first.rssMb)}`);
  say(`  heap in a pull ${sampled.heapMb.toFixed(1)} MB at most after a forced collection a second`);
  const still = callsOf(idle, 'read');
  say(
    `  quiet pull     ${still.calls} calls with nothing changed, minimum ${still.minimum} (one a source); fixed ${callsOf(idle, 'connect').calls + still.calls - (still.minimum ?? 0)} (connect ${callsOf(idle, 'connect').calls}, lists of deletions ${still.calls - (still.minimum ?? 0)}); ${recordsOf(idle)} records read again in the overlap`,
  );
  say(
    `  score          ${(scored.json.scored ?? 0) + (scored.json.notScored ?? 0)} accounts, ${scored.seconds.toFixed(1)} s, peak ${mb(scored.rssMb)}`,
  );
  say(`  plan           ${planned.seconds.toFixed(1)} s, peak ${mb(planned.rssMb)}`);
  say(
    `  apply          ${applied.json.counts?.['written']} written, ${writeCalls} calls, minimum ${applied.json.minimum}, ratio ${ratio(writeCalls, applied.json.minimum ?? null)}; ${applied.seconds.toFixed(1)} s, peak ${mb(applied.rssMb)}`,
  );
  say(`  apply again    ${again.json.counts?.['written']} written`);
  say(
    `  pull after it  ${quiet.calls} calls to read ${recordsOf(later)} changed records and what belongs to them; fixed ${callsOf(later, 'connect').calls}`,
  );
  const firstTotal = read.calls + fixed + writeCalls;
  for (const { name, limit } of DAILY_LIMITS[crm]) {
    const share = (total: number) => `${((total / limit) * 100).toFixed(2)} %`;
    say(
      `    of ${name} (${limit} a day): first run ${share(firstTotal)}, the run after it ${share(quiet.calls + callsOf(later, 'connect').calls)}`,
    );
  }
}

const recordsOf = (step: Step) => (step.json.entities ?? []).reduce((sum, it) => sum + it.records, 0);

const callsOf = (step: Step, what: string) =>
  step.json.calls?.find((it) => it.what === what) ?? { calls: 0, minimum: null };

/** Salesforce is paged by key, 2,000 rows at a time: after a full page, one call more says that nothing follows. */
function closingCalls(crm: Crm, { json }: Step): number {
  if (crm !== 'salesforce') return 0;
  return (json.entities ?? []).filter(({ records }) => records > 0 && records % 2_000 === 0).length;
}

const mb = (size: number) => `${size.toFixed(0)} MB`;

function ratio(made: number, minimum: number | null): string {
  return minimum ? (made / minimum).toFixed(3) : '-';
}
