import { hashedRandom } from '../../faults/seeded-random.ts';
import type { HubRecord, Version } from './record.ts';
import { insertSorted, lowerBound } from './sorted.ts';

/** What search sees of one object type: it lags behind the records, each version by its own delay. */
export interface SearchIndex {
  /** Records in order of id; `record.indexed` is what search sees of each. */
  readonly byId: HubRecord[];
  /** Versions by last modification. A version that its record no longer shows is stale and skipped. */
  byModified: Version[];
  readonly waiting: { readonly dueAt: number; readonly version: Version }[];
  /** Rises whenever an answer to a search may have changed. */
  revision: number;
}

/** An empty index. */
export function createSearchIndex(): SearchIndex {
  return { byId: [], byModified: [], waiting: [], revision: 0 };
}

/** How far the index may fall behind. */
export interface Lag {
  readonly indexLagMs: number;
  readonly seed: number;
}

/**
 * Hands a version committed at an instant to the index. It becomes visible after a delay between half the lag and the whole lag, drawn
 * from the seed, so that two records changed together may become visible apart and in the other order.
 */
export function submit(index: SearchIndex, version: Version, at: number, { indexLagMs: lagMs, seed }: Lag): void {
  if (lagMs <= 0) {
    show(index, version);
    return;
  }
  const delay = Math.ceil(lagMs * (0.5 + 0.5 * hashedRandom(seed, version.record.id, version.sequence)));
  insertSorted(index.waiting, { dueAt: at + delay, version }, (a, b) => a.dueAt - b.dueAt);
}

/** Makes everything visible that is due by now. */
export function catchUp(index: SearchIndex, now: number): void {
  let due = 0;
  while (due < index.waiting.length && (index.waiting[due]?.dueAt ?? Number.POSITIVE_INFINITY) <= now) due += 1;
  for (const { version } of index.waiting.splice(0, due)) show(index, version);
}

/** Puts many versions in at once, without delay: for seeding. */
export function load(index: SearchIndex, versions: readonly Version[]): void {
  for (const version of versions) {
    version.record.indexed = version;
    version.record.heard = version.sequence;
    index.byId.push(version.record);
    index.byModified.push(version);
  }
  index.byId.sort((a, b) => a.id - b.id);
  index.byModified.sort(byModification);
  index.revision += 1;
}

/** Forgets a record at once and for good, as after a merge or a privacy deletion. */
export function forget(index: SearchIndex, record: HubRecord): void {
  record.heard = Number.POSITIVE_INFINITY;
  hide(index, record);
}

function hide(index: SearchIndex, record: HubRecord): void {
  record.indexed = undefined;
  const at = lowerBound(index.byId, (other) => other.id < record.id);
  if (index.byId[at] === record) index.byId.splice(at, 1);
  index.revision += 1;
}

function show(index: SearchIndex, version: Version): void {
  const { record } = version;
  if (record.heard > version.sequence) return;
  record.heard = version.sequence;
  if (version.archivedAt !== undefined) {
    hide(index, record);
    return;
  }
  if (record.indexed === undefined) insertSorted(index.byId, record, (a, b) => a.id - b.id);
  record.indexed = version;
  insertSorted(index.byModified, version, byModification);
  index.revision += 1;
  if (index.byModified.length > 2 * index.byId.length + 1000) {
    index.byModified = index.byModified.filter((one) => one.record.indexed === one);
  }
}

/** Ties of the same millisecond come in no useful order, as in the real one: never by id. */
function byModification(a: Version, b: Version): number {
  return a.updatedAt - b.updatedAt || scatter(a.record.id) - scatter(b.record.id);
}

function scatter(id: number): number {
  return (Math.imul(id % 4294967296, 0x9e3779b1) >>> 0) % 1_000_003;
}
