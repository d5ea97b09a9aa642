import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCoxData, writeCoxData } from './cox-data.ts';
import { runCoxph } from './run-coxph.ts';

/**
 * How fast this machine is right now: median seconds of five runs of R's `coxph()` (Efron, 100,000 rows of 10 columns) after a
 * warm-up; null without R. Limits in seconds are scaled by it (.59 s where they were set).
 */
export function coxphSeconds(): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-cox-'));
  try {
    writeCoxData(folder, makeCoxData(100_000, 10, 1));
    return runCoxph(folder, 100_000, 10, 5)?.coxph ?? null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
