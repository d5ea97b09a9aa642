/** A stream of numbers that depends on its seed alone, with the draws that the generator needs. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** A whole number, both ends included. */
  whole(low: number, high: number): number;
  chance(probability: number): boolean;
  /** One element of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** Roughly normal, mean 0 and standard deviation 1, between -6 and 6. */
  normal(): number;
}

/**
 * Seeds a stream by number and name, so that one account's draws do not move another's.
 * The generator is Chris Doty-Humphrey's sfc32 (PractRand, public domain).
 */
export function seededRandom(seed: number, stream: string): Random {
  const next = sfc32(hash(`${seed}/${stream}`));
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    whole: (low, high) => low + Math.floor((high - low + 1) * next()),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    normal: () => sumOfTwelve(next) - 6,
  };
}

function sfc32(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, counter] = state;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

/** Four words of FNV-1a with different starts: near seeds must not give near streams. */
function hash(text: string): [number, number, number, number] {
  const words: [number, number, number, number] = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    for (let word = 0; word < 4; word += 1) words[word] = Math.imul(words[word]! ^ (code + word), 0x01000193);
  }
  return words;
}

/** Adding uniforms needs no logarithm or cosine, whose last digit engines may round differently. */
function sumOfTwelve(next: () => number): number {
  let sum = 0;
  for (let i = 0; i < 12; i += 1) sum += next();
  return sum;
}
