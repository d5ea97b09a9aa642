import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstLine, measured, startHelper } from './measured.ts';

const script = new URL('./score-store.ts', import.meta.url).pathname;

/** Scores a stored book with its activities, which no CRM was needed for, and prints time and memory. */
export async function benchScore(accounts: number, activities: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    const file = join(folder, 'store.db');
    const filler = startHelper('fill-store.ts', file, String(accounts), String(activities));
    const { asOf, records } = JSON.parse(await firstLine(filler)) as { asOf: number; records: number };
    const { rssMb, heapMb, out } = await measured(script, [file, String(asOf)]);
    const { seconds, inBook, bands } = JSON.parse(out) as {
      seconds: number;
      inBook: number;
      bands: Record<string, number>;
    };
    const scored = inBook - (bands['not_scored'] ?? 0);
    process.stdout.write(
      `\nscoring from the store: ${accounts} accounts, ${activities} activities, ${records} records in all\n` +
        `  ${seconds.toFixed(1)} s, ${(accounts / seconds).toFixed(0)} accounts/s (${inBook} in the book, ${scored} with a score); peak ${rssMb.toFixed(0)} MB, heap at the end ${heapMb.toFixed(0)} MB\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
