import { FEATURES } from './all-features.ts';
import type { DriverFacts, FactId } from './facts.ts';

/** Names what packed facts hold, in their order; it changes with the list of features. */
export const FEATURES_VERSION: string = FEATURES.map(({ id }) => id).join(' ');

/** Facts as numbers in the order of `FEATURES`, for keeping many of them; `NaN` stands for what is missing. */
export function packFacts(facts: DriverFacts): Float64Array {
  return Float64Array.from(FEATURES, ({ id }) => facts[id] ?? Number.NaN);
}

/**
 * The facts of numbers that were packed under a version of the features: those that are no features any more are left
 * out, later ones are missing.
 */
export function unpackFacts(version: string, values: ArrayLike<number>): DriverFacts {
  const facts: { -readonly [K in keyof DriverFacts]: DriverFacts[K] } = {};
  for (const { id, place } of placesOf(version)) {
    const value = values[place] ?? Number.NaN;
    facts[id] = Number.isNaN(value) ? null : value;
  }
  return facts;
}

interface Place {
  readonly id: FactId;
  readonly place: number;
}

/** A book's facts are all of one version: the last one asked for is remembered. */
let last: { readonly version: string; readonly places: readonly Place[] } = { version: '', places: [] };

function placesOf(version: string): readonly Place[] {
  if (last.version === version) return last.places;
  const ids = version.split(' ');
  const places = FEATURES.map(({ id }) => ({ id, place: ids.indexOf(id) })).filter(({ place }) => place >= 0);
  last = { version, places };
  return places;
}
