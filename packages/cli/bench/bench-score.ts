import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstLine, type Measured, measured, startHelper } from './measured.ts';

const script = new URL('./score-store.ts', import.meta.url).pathname;
const DAY_MS = 86_400_000;

interface Scored extends Measured {
  readonly cpuSeconds: number;
  readonly inBook: number;
  readonly planned: number;
  /** Of the largest risks, those whose movement since the run before is told. */
  readonly moved: number;
  /** Of every file of the run. */
  readonly hashes: string;
}

/**
 * Scores stored books with their activities, which no CRM was needed for: with fitted models, a run's files, its
 * snapshots and the plan; a second run tells movements. Prints time, peak memory of the whole process, how time grows
 * from a tenth of the book to all of it, and whether two threads left the same bytes as one.
 */
export async function benchScore(accounts: number, activities: number): Promise<void> {
  const small = await scoreBooks(accounts / 10, activities / 10);
  const large = await scoreBooks(accounts, activities);
  const growth = large.cpuSeconds / small.cpuSeconds;
  say(`  ten times the book takes ${growth.toFixed(1)} times the processor time (10 is linear)`);
}

async function scoreBooks(accounts: number, activities: number): Promise<Scored> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    const file = join(folder, 'store.db');
    const filler = startHelper('fill-store.ts', file, String(accounts), String(activities));
    const { asOf, records } = JSON.parse(await firstLine(filler)) as { asOf: number; records: number };
    say(`\nscoring from the store: ${accounts} accounts, ${activities} activities, ${records} records in all`);
    const first = await score(file, asOf, folder, 1);
    tell('first run, one thread', first, accounts);
    const later = asOf + 7 * DAY_MS;
    const one = await score(file, later, folder, 1);
    tell('a week later, one thread', one, accounts);
    const two = await score(file, later, folder, 2);
    tell('the same, two threads', two, accounts);
    say(`  ${one.moved} of the 20 largest risks with their movement; two threads leave ${sameOrNot(one, two)}`);
    return first;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const sameOrNot = (one: Scored, two: Scored) => (one.hashes === two.hashes ? 'the same bytes' : 'OTHER BYTES');

async function score(file: string, at: number, folder: string, workers: 1 | 2): Promise<Scored> {
  const it = await measured(script, [file, String(at), join(folder, 'workspace'), String(workers)]);
  const { folder: files, ...figures } = JSON.parse(it.out) as Scored & { readonly folder: string };
  const hashes: string[] = [];
  for (const name of readdirSync(files).sort()) hashes.push(`${name} ${await hashOf(join(files, name))}`);
  return { ...it, ...figures, hashes: hashes.join('\n') };
}

function tell(what: string, { seconds, cpuSeconds, inBook, planned, rssMb, heapMb }: Scored, accounts: number): void {
  const speed = `${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of processor), ${(accounts / seconds).toFixed(0)} accounts/s`;
  const memory = `peak ${rssMb.toFixed(0)} MB, heap at the end ${heapMb.toFixed(0)} MB`;
  say(`  ${what}: ${speed}; ${inBook} in the book, ${planned} writes planned; ${memory}`);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
