import type { Instant } from '@holdfast/core';
import { instant } from '../codecs.ts';
import { asArray, asObject } from '../json.ts';

/** Versions that HubSpot keeps of a property at most (its documentation: 20; of contacts 45). */
export const VERSIONS_KEPT = 20;

/** One value that a property took on. */
export interface PropertyVersion {
  readonly at: Instant;
  readonly value: unknown;
}

/** The versions of one property of a raw record, oldest first; one without a readable time is left out. */
export function versionsOf(raw: unknown, name: string): readonly PropertyVersion[] {
  const versions = asArray(asObject(asObject(raw)['propertiesWithHistory'])[name]).map(asObject);
  return versions
    .flatMap(({ timestamp, value }) => {
      const at = instantOf(timestamp);
      return at === null ? [] : [{ at, value }];
    })
    .reverse()
    .sort((a, b) => a.at - b.at);
}

/** Times come as ISO texts here; milliseconds have been seen too. */
function instantOf(raw: unknown): Instant | null {
  try {
    return instant.decode(raw, { currency: '', timeZone: 'UTC' });
  } catch {
    return null;
  }
}
