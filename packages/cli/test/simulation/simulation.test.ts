import { describe, expect, it } from 'vitest';
import { liveThroughClient } from '../mutants/live-through-client.ts';
import { addTallies, formatTally } from './tally.ts';

/**
 * HOLDFAST_CLIENT_SEEDS sets how many seeds are lived through with each client, and HOLDFAST_FIRST_SEED the first of
 * them; two processes share them. The default is the number that the project promises.
 */
const seeds = Number(process.env['HOLDFAST_CLIENT_SEEDS'] ?? 1_000);
const first = Number(process.env['HOLDFAST_FIRST_SEED'] ?? 0);

describe('the whole way through the real clients', () => {
  it.each(['hubspot', 'salesforce'] as const)(
    `%s, ${seeds} hostile seeds: after things settle nothing is stale, missing, written twice, lost or a false conflict`,
    async (crm) => {
      const startedAt = performance.now();
      const half = Math.ceil(seeds / 2);
      const halves = await Promise.all([
        liveThroughClient(crm, first, half),
        liveThroughClient(crm, first + half, seeds - half),
      ]);
      const ms = performance.now() - startedAt;
      const tally = addTallies(halves.map((lived) => lived.tally));
      console.log(`${crm}: ${formatTally(tally, ms)}`);
      const failing = halves.find((lived) => lived.failing !== null)?.failing ?? null;
      if (failing) console.log([`${crm}, seed ${failing.seed}`, ...failing.violations, ...failing.trace].join('\n'));
      expect(failing?.violations ?? []).toEqual([]);
      expect(tally.seeds).toBe(seeds);
      expect(tally.mostCalls).toBeLessThanOrEqual(60);
      for (const happened of [tally.faults, tally.kills, tally.people]) expect(happened).not.toEqual({});
    },
    600_000,
  );
});
