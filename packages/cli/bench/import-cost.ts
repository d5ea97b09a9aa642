import { spawnSync } from 'node:child_process';
import { median } from './median.ts';

const PAIRS = 15;

/** What importing a built module costs over an empty process, in milliseconds: the median of 15 pairs, taken in turn. */
export function importCost(file: string): number {
  const script = `await import(${JSON.stringify(file)});`;
  const costs = Array.from({ length: PAIRS }, () => {
    const empty = timed('');
    return timed(script) - empty;
  });
  return median(costs);
}

function timed(script: string): number {
  const start = performance.now();
  const done = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
  if (done.status !== 0) throw new Error(`node ended with ${done.status}`);
  return performance.now() - start;
}
