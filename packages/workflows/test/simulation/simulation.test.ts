import { expect, it } from 'vitest';
import { liveThrough } from '../mutants/live-through.ts';

/**
 * HOLDFAST_SEEDS sets how many worlds are lived through, and HOLDFAST_FIRST_SEED the first of them; two processes share
 * them. The default is the number that the project promises.
 */
const seeds = Number(process.env['HOLDFAST_SEEDS'] ?? 100_000);
const first = Number(process.env['HOLDFAST_FIRST_SEED'] ?? 0);

it(`${seeds} hostile worlds: after things settle nothing is stale, missing, written twice, lost or a false conflict`, async () => {
  const half = Math.ceil(seeds / 2);
  const halves = await Promise.all([liveThrough(first, half), liveThrough(first + half, seeds - half)]);
  const failing = halves.find((lived) => lived.failing !== null)?.failing ?? null;
  expect(failing).toBeNull();
  expect(halves.reduce((sum, { lived }) => sum + lived, 0)).toBe(seeds);
}, 600_000);
