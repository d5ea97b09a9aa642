import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const FOLDER = new URL('./retention/', import.meta.url).pathname;

/** What one bench of the retention models prints: one object, its rows beside their peers of the same run. */
interface Printed {
  readonly name: string;
  readonly rows: readonly {
    readonly task: string;
    readonly firstSeconds: number | null;
    readonly medianSeconds: number | null;
    readonly peakMB: number | null;
    readonly peer: string | null;
    readonly peerSeconds: number | null;
    readonly ratio: number | null;
    readonly limit: string;
    readonly figures: Readonly<Record<string, unknown>>;
  }[];
}

/** Runs the benches of the retention models one after the other, each in a process of its own, and prints their rows. */
export function benchRetention(only: readonly string[]): void {
  const names = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -3));
  for (const name of names) if (only.length === 0 || only.includes(name)) print(name);
}

function print(name: string): void {
  const flags = ['--conditions=holdfast-source', '--disable-warning=ExperimentalWarning'];
  const done = spawnSync(process.execPath, [...flags, `${FOLDER}${name}.ts`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status !== 0) throw new Error(`The bench ${name} ended with ${done.status}.`);
  const { rows } = JSON.parse(done.stdout) as Printed;
  process.stdout.write(`\n${name}\n`);
  for (const row of rows) process.stdout.write(`  ${lineOf(row)}\n`);
}

function lineOf(row: Printed['rows'][number]): string {
  const seconds = (value: number | null) => (value === null ? '-' : `${value.toPrecision(3)} s`);
  const timed =
    row.medianSeconds === null ? '' : `median ${seconds(row.medianSeconds)} (first ${seconds(row.firstSeconds)})`;
  const peer = row.peer === null ? '' : `${row.peer} ${seconds(row.peerSeconds)}`;
  const ratio = row.ratio === null ? '' : `ratio ${row.ratio.toFixed(2)}`;
  const peak = row.peakMB === null ? '' : `peak ${row.peakMB.toFixed(0)} MB`;
  const parts = [timed, peer, ratio, row.limit && `limit: ${row.limit}`, peak, JSON.stringify(row.figures ?? {})];
  return `${row.task}: ${parts.filter((part) => part !== '').join('; ')}`;
}
