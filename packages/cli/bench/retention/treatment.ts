/**
 * Acting on a score: every quarter the top fifth is acted on with a 40 % effect, and the score is fitted again, told of the
 * treatment or not. Pools 200 seeds (or as many as the first argument says) of each world. Prints one JSON object.
 */
import { type PooledTreatment, poolTreatment } from '../../../core/test/treatment/pool-treatment.ts';
import type { TreatmentWorld } from '../../../core/test/treatment/simulate-treatment.ts';

const SEEDS = Number(process.argv[2] ?? 200);
const WORLD = { perQuarter: 250, quiet: 4, acting: 12, effect: 0.4, effectOn: 'probability', holdOut: 0 } as const;

const WORLDS: readonly (readonly [task: string, world: Omit<TreatmentWorld, 'seed'>, limit: string])[] = [
  ['told, 40 % off the probability', { ...WORLD, told: true }, 'untreated slope .9 to 1.1'],
  ['not told, 40 % off the probability', { ...WORLD, told: false }, 'none: what forgetting looks like'],
  ['told, 40 % off the odds', { ...WORLD, effectOn: 'odds', told: true }, 'untreated slope .9 to 1.1'],
  ['not told, 40 % off the odds', { ...WORLD, effectOn: 'odds', told: false }, 'none'],
  ['told, a tenth of the fifth left alone', { ...WORLD, holdOut: 0.1, told: true }, 'untreated slope .9 to 1.1'],
  ['told, one quarter before acting begins', { ...WORLD, quiet: 1, told: true }, 'none: little untreated history'],
  ['nobody acts', { ...WORLD, effect: 0, told: true }, 'none: the slope that the prior alone leaves'],
];

function report([task, world, limit]: (typeof WORLDS)[number]) {
  const start = performance.now();
  const pooled: PooledTreatment = poolTreatment(world, SEEDS);
  const seconds = (performance.now() - start) / 1000;
  return {
    ...{ task: `${task}, ${SEEDS} seeds`, firstSeconds: seconds, medianSeconds: seconds },
    ...{ peakMB: process.resourceUsage().maxRSS / 1024, peer: null, peerSeconds: null, ratio: null, limit },
    figures: pooled,
  };
}

process.stdout.write(`${JSON.stringify({ name: 'treatment', rows: WORLDS.map(report) })}\n`);
