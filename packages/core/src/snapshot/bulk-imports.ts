import type { Instant } from '../model/dates.ts';
import type { EntityName } from '../model/types.ts';

/** Many records of an entity that came into the CRM within seconds: their `createdAt` is the day of the import. */
export interface BulkImport {
  readonly entity: EntityName;
  /** When the import ended. */
  readonly at: Instant;
  readonly records: number;
  /** Of all the entity's records, 0 to 1. */
  readonly share: number;
}

/** So many records within ten seconds are no person's work. */
const DENSE = 50;
const BUCKET_MS = 10_000;
/** An import of less than this does not make what was recorded before it a wrong picture. */
const MIN_SHARE = 0.2;

/**
 * The bulk imports among the creation times of an entity's records, oldest first: runs of ten-second stretches with at
 * least 50 records each (one empty stretch may lie between) that hold at least a fifth of all records together. Sorts
 * the array in place.
 */
export function findBulkImports(entity: EntityName, createdAt: Float64Array): readonly BulkImport[] {
  createdAt.sort();
  const imports: BulkImport[] = [];
  let [records, lastDense, endedAt] = [0, Number.NEGATIVE_INFINITY, 0];
  const close = () => {
    const share = records / createdAt.length;
    if (records > 0 && share >= MIN_SHARE) imports.push({ entity, at: endedAt, records, share });
    records = 0;
  };
  for (let first = 0; first < createdAt.length; ) {
    const bucket = Math.floor(createdAt[first]! / BUCKET_MS);
    let next = first;
    while (next < createdAt.length && Math.floor(createdAt[next]! / BUCKET_MS) === bucket) next += 1;
    if (next - first >= DENSE) {
      if (bucket - lastDense > 2) close();
      records += next - first;
      lastDense = bucket;
      endedAt = createdAt[next - 1]!;
    }
    first = next;
  }
  close();
  return imports;
}
