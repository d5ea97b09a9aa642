import { writeSync } from 'node:fs';
import { simulate } from './simulate.ts';
import { emptyTally } from './tally.ts';

/**
 * Lives through a range of seeds with one client and prints one line of JSON: `node run-simulation.ts CRM FROM COUNT
 * [PATIENCE]`. Stops at the first seed that fails, or after PATIENCE milliseconds.
 */
const [crm = '', ...numbers] = process.argv.slice(2);
const [from = 0, count = 100, patience = Number.POSITIVE_INFINITY] = numbers.map(Number);
if (crm !== 'hubspot' && crm !== 'salesforce') throw new TypeError('Name the CRM: hubspot or salesforce.');
const startedAt = performance.now();
const tally = emptyTally();
let trace: string[] = [];
let seed = from;

function report(failing: { readonly seed: number; readonly violations: readonly string[] } | null): void {
  const ms = Math.round(performance.now() - startedAt);
  writeSync(1, `${JSON.stringify({ lived: tally.seeds, failing: failing && { ...failing, trace }, ms, tally })}\n`);
  // what dead runs still wait for keeps no process alive
  process.exit(0);
}

// nothing left to wait for, and yet not at the end: a run waits for an answer that nobody will give
process.on('beforeExit', () => report({ seed, violations: ['hangs'] }));
for (; seed < from + count && performance.now() - startedAt < patience; seed += 1) {
  trace = [];
  const { violations } = await simulate(crm, seed, tally, trace);
  if (violations.length > 0) report({ seed, violations });
}
report(null);
