import type { Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { EntityName } from '../model/types.ts';
import { type BulkImport, findBulkImports } from './bulk-imports.ts';
import type { AccountRecords } from './slice.ts';

/** What can be said of the past of a book. */
export interface AsOfKnowledge {
  /** From this instant on the records of an entity show what the company knew; an entity left out never does. */
  readonly recordedSince: { readonly [E in EntityName]?: Instant };
  readonly imports: readonly BulkImport[];
  /** When another account was last merged into this one: what it held before is not known. */
  readonly mergedAt: ReadonlyMap<Id, Instant>;
}

/** Reads the book once, account by account; memory holds one number a record. */
export interface KnowledgeReading {
  readonly add: (records: AccountRecords) => void;
  readonly finish: (mergedAt?: ReadonlyMap<Id, Instant>) => AsOfKnowledge;
}

const LISTS = {
  opportunity: 'opportunities',
  contract: 'contracts',
  order: 'orders',
  orderLine: 'orderLines',
  ticket: 'tickets',
  activity: 'activities',
  surveyResponse: 'surveys',
  usage: 'usage',
} as const satisfies { readonly [E in EntityName]?: keyof AccountRecords };
const ENTITIES = Object.keys(LISTS) as (keyof typeof LISTS)[];

/** More records than this share without a time of recording, and the entity's past is not known at all. */
const MAX_UNDATED = 0.05;

/**
 * Finds from when on each entity's records may be believed: its first record, or its last bulk import, after which the
 * CRM grew record by record. Records without `createdAt` cannot be dated; where they are more than one in twenty the
 * entity is left out.
 */
export function readKnowledge(): KnowledgeReading {
  const columns = new Map<EntityName, { times: Float64Array; count: number; undated: number }>();
  const note = (entity: EntityName, createdAt: Instant | null) => {
    const column = columns.get(entity) ?? { times: new Float64Array(256), count: 0, undated: 0 };
    columns.set(entity, column);
    if (createdAt === null) {
      column.undated += 1;
      return;
    }
    if (column.count === column.times.length) {
      const larger = new Float64Array(2 * column.count);
      larger.set(column.times);
      column.times = larger;
    }
    column.times[column.count] = createdAt;
    column.count += 1;
  };
  return {
    add: (records) => {
      note('account', records.account.createdAt);
      for (const entity of ENTITIES) for (const it of records[LISTS[entity]]) note(entity, it.createdAt);
    },
    finish: (mergedAt = new Map()) => {
      const recordedSince: { [E in EntityName]?: Instant } = {};
      const imports: BulkImport[] = [];
      for (const [entity, { times, count, undated }] of columns) {
        if (count === 0 || undated > MAX_UNDATED * (count + undated)) continue;
        const dated = times.subarray(0, count);
        const found = findBulkImports(entity, dated);
        imports.push(...found);
        recordedSince[entity] = Math.max(dated[0]!, found.at(-1)?.at ?? Number.NEGATIVE_INFINITY);
      }
      return { recordedSince, imports, mergedAt };
    },
  };
}

/** The entities whose records show what the company knew at an instant. */
export function heldAt({ recordedSince }: AsOfKnowledge, asOf: Instant): ReadonlySet<EntityName> {
  const entities = Object.keys(recordedSince) as EntityName[];
  return new Set(entities.filter((entity) => (recordedSince[entity] ?? Number.POSITIVE_INFINITY) <= asOf));
}
