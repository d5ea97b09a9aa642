/** A stream of pseudo-random numbers: the same seed gives the same stream on every machine. */
export interface Random {
  /** Evenly between 0 and 1, never 0 and never 1; 52 bits. */
  readonly uniform: () => number;
  /** A whole number from 0 to `count` - 1. */
  readonly below: (count: number) => number;
  /** Standard normal. */
  readonly normal: () => number;
}

/**
 * A stream from a numeric seed (any finite number; its 64 bits count).
 *
 * Source: sfc32 by Doty-Humphrey (PractRand 2010), 128 bits of state, passes PractRand and BigCrush; normal draws by
 * Marsaglia's polar method (Marsaglia and Bray 1964). Not for secrets.
 *
 * @example createRandom(7).uniform() === createRandom(7).uniform() // true
 */
export function createRandom(seed: number): Random {
  const next = sfc32(seed);
  const uniform = () => ((next() >>> 6) * 67_108_864 + (next() >>> 6) + 0.5) / 4_503_599_627_370_496;
  let spare: number | undefined;
  const normal = () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  };
  return { uniform, normal, below: (count) => Math.floor(uniform() * count) };
}

/** 32 random bits at a time. */
function sfc32(seed: number): () => number {
  const [low = 0, high = 0] = new Uint32Array(new Float64Array([seed]).buffer);
  let a = low;
  let b = high;
  let c = 0x9e3779b9;
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let k = 0; k < 20; k++) next();
  return next;
}
