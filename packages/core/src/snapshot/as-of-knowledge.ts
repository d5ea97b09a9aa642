import { type CalendarDay, DAY_MS, dayNumber, type Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { EntityName } from '../model/types.ts';
import { type BulkImport, findBulkImports } from './bulk-imports.ts';
import type { AccountRecords } from './slice.ts';

/** What can be said of the past of a book. */
export interface AsOfKnowledge {
  /** From this instant on the records of an entity show what the company knew; an entity left out never does. */
  readonly recordedSince: { readonly [E in EntityName]?: Instant };
  /** How far back the events of an entity reach by their own dates: features that count over a window need all of it. */
  readonly reachesBackTo: { readonly [E in EntityName]?: Instant };
  readonly imports: readonly BulkImport[];
  /** When another account was last merged into this one: what it held before is not known. */
  readonly mergedAt: ReadonlyMap<Id, Instant>;
}

/** Reads the book once, account by account; memory holds two numbers a record. */
export interface KnowledgeReading {
  readonly add: (records: AccountRecords) => void;
  readonly finish: (mergedAt?: ReadonlyMap<Id, Instant>) => AsOfKnowledge;
}

/** More records than this share without a time of recording, and the entity's past is not known at all. */
const MAX_UNDATED = 0.05;
/** A few records may be older than the book that they stand in: tests, back-dated ones. */
const EARLIEST_SHARE = 0.005;

/**
 * Finds from when on each entity's records may be believed: its first records (the earliest half percent is not counted),
 * or its last bulk import, after which the CRM grew record by record. Records without `createdAt` cannot be dated; where
 * they are more than one in twenty the entity is left out.
 */
export function readKnowledge(): KnowledgeReading {
  const columns = new Map<EntityName, Column>();
  const columnOf = (entity: EntityName) => {
    const column = columns.get(entity) ?? { recorded: times(), occurred: times(), records: 0 };
    columns.set(entity, column);
    return column;
  };
  const note = (entity: EntityName, createdAt: Instant | null, occurredAt: Instant | null) => {
    const column = columnOf(entity);
    column.records += 1;
    if (createdAt !== null) column.recorded.push(createdAt);
    if (occurredAt !== null) column.occurred.push(occurredAt);
  };
  return {
    add: (records) => {
      note('account', records.account.createdAt, null);
      for (const it of records.opportunities) note('opportunity', it.createdAt, null);
      for (const it of records.contracts) note('contract', it.createdAt, null);
      for (const it of records.orders) note('order', it.createdAt, startOf(it.orderedOn));
      for (const it of records.orderLines) note('orderLine', it.createdAt, null);
      for (const it of records.tickets) note('ticket', it.createdAt, it.openedAt);
      for (const it of records.activities) note('activity', it.createdAt, it.occurredAt);
      for (const it of records.surveys) note('surveyResponse', it.createdAt, it.respondedAt);
      for (const it of records.usage) note('usage', it.createdAt, startOf(it.periodOn));
    },
    finish: (mergedAt = new Map()) => {
      const recordedSince: { [E in EntityName]?: Instant } = {};
      const reachesBackTo: { [E in EntityName]?: Instant } = {};
      const imports: BulkImport[] = [];
      for (const [entity, column] of columns) {
        const [recorded, occurred] = [column.recorded.finish(), column.occurred.finish()];
        if (recorded.length < (1 - MAX_UNDATED) * column.records) continue;
        const found = findBulkImports(entity, recorded);
        imports.push(...found);
        recordedSince[entity] = Math.max(earliest(recorded), found.at(-1)?.at ?? Number.NEGATIVE_INFINITY);
        if (occurred.length > 0) reachesBackTo[entity] = earliest(occurred.sort());
      }
      return { recordedSince, reachesBackTo, imports, mergedAt };
    },
  };
}

interface Column {
  readonly recorded: ReturnType<typeof times>;
  readonly occurred: ReturnType<typeof times>;
  records: number;
}

/** Instants as they come, eight bytes each. */
function times() {
  let [values, count] = [new Float64Array(64), 0];
  return {
    push: (at: Instant) => {
      if (count === values.length) {
        const larger = new Float64Array(2 * count);
        larger.set(values);
        values = larger;
      }
      values[count] = at;
      count += 1;
    },
    finish: () => values.subarray(0, count),
  };
}

const startOf = (day: CalendarDay | null): Instant | null => (day === null ? null : dayNumber(day) * DAY_MS);

const earliest = (sorted: Float64Array): Instant => sorted[Math.floor(EARLIEST_SHARE * sorted.length)]!;

/** The entities whose records show what the company knew at an instant. */
export function heldAt({ recordedSince }: AsOfKnowledge, asOf: Instant): ReadonlySet<EntityName> {
  const entities = Object.keys(recordedSince) as EntityName[];
  return new Set(entities.filter((entity) => (recordedSince[entity] ?? Number.POSITIVE_INFINITY) <= asOf));
}
