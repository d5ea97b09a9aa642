import { simulate } from './simulate.ts';

/**
 * Lives through a range of seeds and prints one line of JSON: `node run-simulation.ts FROM COUNT [PATIENCE]`. Stops at
 * the first seed that fails, or after PATIENCE milliseconds.
 */
const [from = 0, count = 1000, patience = Number.POSITIVE_INFINITY] = process.argv.slice(2).map(Number);
const startedAt = performance.now();
let lived = 0;
let failing: { readonly seed: number; readonly violations: readonly string[] } | null = null;
while (lived < count && failing === null && performance.now() - startedAt < patience) {
  const seed = from + lived;
  const violations = await simulate(seed).catch((error: unknown) => [`threw ${String(error)}`]);
  if (violations.length > 0) failing = { seed, violations };
  lived += 1;
}
console.log(JSON.stringify({ lived, failing, ms: Math.round(performance.now() - startedAt) }));
