export { createRandom, type Random } from './create-random.ts';
export { drawBeta, drawGamma } from './draws.ts';
