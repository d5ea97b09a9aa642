import {
  type AccountRecords,
  EMPTY_CHECKPOINT,
  type Entities,
  type EntityName,
  type Gone,
  type Id,
  type Instant,
  type ReferralEvent,
  type SyncAdvance,
  type SyncCheckpoint,
} from '@holdfast/core';
import { isForgotten, isGone, isStored, type Tombstone } from '../../src/store/commit-rules.ts';
import { superseded } from '../../src/store/kept-snapshots.ts';
import { otherOrg } from '../../src/store/other-org.ts';
import { objectOf, ownerKey, RELATIONS, type RecordKeys, recordKeys, UNMOURNED } from '../../src/store/record-keys.ts';
import { mapReferences } from '../../src/store/record-references.ts';
import type { ScoreSnapshot, SnapshotRun } from '../../src/store/score-snapshot.ts';
import { storableOutcome } from '../../src/store/sqlite/write-journal.ts';
import type { LeaseHolder, OpenIntent, Store, StoredReject, StoredRun, StoredWrite } from '../../src/store/store.ts';
import { WorkspaceError } from '../../src/workspace/workspace-error.ts';

type AnyRecord = Entities[EntityName];
interface Row extends RecordKeys {
  readonly record: AnyRecord;
  readonly json: string;
  readonly seen: number;
  readonly changed: number;
}
type MutableWrite = { -readonly [K in keyof StoredWrite]: StoredWrite[K] } & { runId: string; target: string };

interface KeptSnapshots {
  readonly run: SnapshotRun;
  readonly rows: Map<Id, ScoreSnapshot>;
  complete: boolean;
}

/** A store in memory for the simulation: the same rules as the real one, a thousand times as fast, no slices. */
export function createMemoryStore(): Store {
  const tables = new Map<EntityName, Map<Id, Row>>();
  const tombstones = new Map<Id, Tombstone>();
  const checkpoints = new Map<EntityName, SyncCheckpoint>();
  const runs = new Map<string, StoredRun>();
  const snapshotsOf = new Map<Instant, KeptSnapshots>();
  const writes: MutableWrite[] = [];
  const forgotten = new Set<Id>();
  let rejects: (StoredReject & { readonly seen: number })[] = [];
  let org: readonly [string, string] | null = null;
  let holder: LeaseHolder | null = null;
  let keyMark: number | null = null;
  let sequence = 0;

  const table = (entity: EntityName): Map<Id, Row> => {
    const known = tables.get(entity) ?? new Map<Id, Row>();
    tables.set(entity, known);
    return known;
  };
  const resolve = (id: Id): Id => tombstones.get(id)?.mergedInto ?? id;
  const assertLease = () => {
    if (!holder) throw new WorkspaceError('lease-lost', 'No lease.');
  };

  const upsert = (entity: EntityName, record: AnyRecord, keepNewer: boolean) => {
    if (isForgotten(entity, record, forgotten)) return;
    const kept = forgotten.size === 0 ? record : mapReferences(record, (id) => (forgotten.has(id) ? null : id));
    if (kept !== record && RELATIONS.includes(entity)) return;
    const rows = table(entity);
    const stored = rows.get(record.id);
    const tombstone = tombstones.get(record.id) ?? null;
    if (!isStored(record.updatedAt, stored?.record.updatedAt ?? null, tombstone, keepNewer)) {
      if (stored) rows.set(record.id, { ...stored, seen: sequence });
      return;
    }
    if (tombstone) tombstones.delete(record.id);
    const json = JSON.stringify(kept);
    if (stored?.json === json) {
      rows.set(record.id, { ...stored, seen: sequence });
      return;
    }
    const { homeId, linkId } = recordKeys(entity, kept);
    rows.set(record.id, {
      record: kept,
      json,
      seen: sequence,
      changed: sequence,
      homeId: homeId === null ? null : resolve(homeId),
      linkId: linkId === null ? null : resolve(linkId),
    });
  };

  const dropRelations = (id: Id) => {
    for (const entity of RELATIONS) {
      const rows = table(entity);
      for (const [key, row] of rows) if (row.homeId === id || row.linkId === id) rows.delete(key);
    }
  };

  const dropHistory = (id: Id) => {
    const rows = table('fieldChange');
    for (const [key, row] of rows) if (row.homeId === id) rows.delete(key);
  };

  const takeAway = (entity: EntityName, gone: Gone) => {
    const stored = table(entity).get(gone.id);
    if (!isGone(gone.at, stored?.record.updatedAt ?? null)) return;
    const survivor = gone.mergedInto === null ? null : resolve(gone.mergedInto);
    if (survivor === gone.id) return;
    table(entity).delete(gone.id);
    dropHistory(gone.id);
    const known = tombstones.get(gone.id);
    const mergedInto = survivor ?? known?.mergedInto ?? null;
    tombstones.set(gone.id, { at: gone.at ?? known?.at ?? null, mergedInto });
    if (survivor === null) {
      if (mergedInto === null) dropRelations(gone.id);
      return;
    }
    for (const [id, tombstone] of tombstones) {
      if (tombstone.mergedInto === gone.id) tombstones.set(id, { ...tombstone, mergedInto: survivor });
    }
    const kept = table(entity).get(survivor);
    if (kept) table(entity).set(survivor, { ...kept, changed: sequence });
    for (const [name, rows] of tables) {
      for (const [id, row] of rows) {
        const homeId = row.homeId === gone.id ? survivor : row.homeId;
        const linkId = row.linkId === gone.id ? survivor : row.linkId;
        if (homeId !== row.homeId || linkId !== row.linkId) {
          tables.get(name)?.set(id, { ...row, homeId, linkId, changed: sequence });
        }
      }
    }
  };

  const sweep = (entity: EntityName, mark: number) => {
    rejects = rejects.filter((reject) => reject.entity !== entity || reject.seen > mark);
    for (const [id, row] of table(entity)) {
      if (row.seen > mark) continue;
      table(entity).delete(id);
      if (UNMOURNED.includes(entity)) continue;
      dropHistory(id);
      if (!tombstones.has(id)) tombstones.set(id, { at: null, mergedInto: null });
      if (resolve(id) === id) dropRelations(id);
    }
  };

  const commitPage = async <E extends EntityName>(entity: E, { checkpoint, effects }: SyncAdvance<E>) => {
    assertLease();
    sequence += 1;
    for (const record of effects.upsert) upsert(entity, record, effects.keepNewer);
    for (const id of effects.seen) {
      const row = table(entity).get(id);
      if (row) table(entity).set(id, { ...row, seen: sequence });
    }
    if (rejects.length > 0 || effects.rejects.length > 0) {
      const read = new Set<Id | null>([...effects.upsert, ...effects.rejects].map(({ id }) => id));
      rejects = rejects.filter((reject) => reject.entity !== entity || !read.has(reject.id));
      rejects.push(...effects.rejects.map((reject) => ({ ...reject, entity, seen: sequence })));
    }
    if (effects.replace) {
      const owners = new Set(effects.replace.owners);
      const key = ownerKey(entity, effects.replace.of);
      for (const [id, row] of table(entity)) {
        const owner = row[key];
        if (owner !== null && owners.has(owner) && row.seen < sequence) table(entity).delete(id);
      }
    }
    for (const gone of effects.gone) takeAway(effects.goneEntity, gone);
    if (effects.sweep !== null) sweep(entity, effects.sweep);
    checkpoints.set(entity, checkpoint);
  };

  const journal: (readonly ReferralEvent[])[] = [];
  const sortedIds = (entity: EntityName) => [...table(entity).keys()].sort();
  const findWrite = (runId: string, entity: string, key: string) =>
    writes.find((write) => write.runId === runId && write.entity === entity && write.key === key);
  const isOpen = (write: StoredWrite) => write.outcome === null || write.outcome.status === 'unprocessed';

  return {
    acquire: async (next) => {
      if (holder) throw new WorkspaceError('locked', 'Another run.');
      holder = next;
    },
    release: async () => {
      holder = null;
    },
    bindOrg: async (crm, orgId) => {
      if (org && (org[0] !== crm || org[1] !== orgId)) throw otherOrg(org[0], org[1], crm, orgId);
      org = [crm, orgId];
    },
    keyMark: async () => keyMark,
    bindKey: async (mark) => {
      keyMark = mark;
    },
    mark: async () => sequence,
    checkpoint: async (entity) => checkpoints.get(entity) ?? EMPTY_CHECKPOINT,
    commitPage,
    countUnseen: async (entity, mark) => [...table(entity).values()].filter((row) => row.seen <= mark).length,
    ids: async (entity, { after, limit, changedSince }) => {
      const rows = table(entity);
      const found = sortedIds(entity).filter((id) => {
        const isAfter = after === null || id > after;
        return isAfter && (changedSince === null || (rows.get(id)?.changed ?? 0) > changedSince);
      });
      return found.slice(0, limit);
    },
    countByObject: async (entity) => {
      const counts: Record<string, number> = {};
      for (const id of table(entity).keys()) counts[objectOf(id)] = (counts[objectOf(id)] ?? 0) + 1;
      return counts;
    },
    get: async <E extends EntityName>(entity: E, id: Id) =>
      (table(entity).get(id)?.record ?? null) as Entities[E] | null,
    records: async function* <E extends EntityName>(entity: E) {
      for (const id of sortedIds(entity)) {
        const row = table(entity).get(id);
        if (row) yield mapReferences(row.record as Entities[E], resolve);
      }
    },
    resolve: async (id) => resolve(id),
    fieldChanges: async () => {
      throw new TypeError('The simulation reads no slices.');
    },
    slices: (): AsyncIterable<AccountRecords> => {
      throw new TypeError('The simulation reads no slices.');
    },
    tombstones: () => {
      throw new TypeError('The simulation reads no slices.');
    },
    rejects: async () => rejects.map(({ entity, id, issues }) => ({ entity, id, issues })),
    saveRun: async (run) => {
      assertLease();
      runs.set(run.id, run);
    },
    run: async (id) => runs.get(id) ?? null,
    runs: async () => [...runs.values()].reverse(),
    noteIntents: async (runId, noted) => {
      assertLease();
      for (const write of noted) {
        const known = findWrite(runId, write.entity, write.key);
        const target = 'id' in write.write.target ? write.write.target.id : write.write.target.externalKey;
        if (known) Object.assign(known, { intent: write.intent, outcome: null });
        else writes.push({ ...write, runId, target, outcome: null });
      }
    },
    noteOutcomes: async (runId, entity, outcomes) => {
      assertLease();
      for (const outcome of outcomes) {
        const known = findWrite(runId, entity, outcome.key);
        const stored = storableOutcome(outcome);
        const { key } = outcome;
        const write = { key, target: { externalKey: key }, set: {} };
        if (known) known.outcome = stored;
        else writes.push({ runId, target: '', key, entity, write, before: {}, intent: null, outcome: stored });
      }
    },
    writes: async (runId) =>
      writes
        .filter((write) => write.runId === runId)
        .map(({ key, entity, write, before, intent, outcome }) => ({ key, entity, write, before, intent, outcome })),
    writesOf: async (entity) =>
      writes.flatMap(({ runId, target: _, ...write }) => {
        const run = runs.get(runId);
        return run && write.entity === entity ? [{ ...write, startedAt: run.startedAt }] : [];
      }),
    openIntents: async (planId): Promise<readonly OpenIntent[]> =>
      writes.flatMap((write, place) => {
        if (runs.get(write.runId)?.planId !== planId || write.intent === null || !isOpen(write)) return [];
        const isSettled = writes
          .slice(place + 1)
          .some((later) => later.entity === write.entity && later.key === write.key && !isOpen(later));
        return isSettled ? [] : [{ entity: write.entity, intent: write.intent }];
      }),
    saveSnapshots: async (run, rows) => {
      assertLease();
      const known = snapshotsOf.get(run.at);
      const kept = known?.run.runId === run.runId ? known : { run, complete: false, rows: new Map() };
      for (const row of rows) kept.rows.set(row.accountId, row);
      snapshotsOf.set(run.at, kept);
    },
    completeSnapshots: async (at) => {
      assertLease();
      const run = snapshotsOf.get(at);
      if (run) run.complete = true;
      for (const [key, { complete }] of snapshotsOf) if (!complete) snapshotsOf.delete(key);
      for (const old of superseded([...snapshotsOf.keys()].sort((a, b) => a - b))) snapshotsOf.delete(old);
    },
    snapshotRunBefore: async (at) => {
      const before = [...snapshotsOf.values()].filter((it) => it.complete && it.run.at < at);
      return before.sort((a, b) => b.run.at - a.run.at)[0]?.run ?? null;
    },
    snapshots: async (at, { from, limit }) =>
      [...(snapshotsOf.get(at)?.rows.values() ?? [])]
        .filter(({ accountId }) => accountId >= from)
        .sort((a, b) => (a.accountId < b.accountId ? -1 : 1))
        .slice(0, limit),
    appendReferralEvents: async (events) => {
      assertLease();
      const known = new Set(journal.flat().map(({ key }) => key));
      const fresh = events.filter(({ key }) => !known.has(key));
      if (fresh.length > 0) journal.push(fresh);
      return fresh.length;
    },
    rewriteReferralEvents: async (rewrite, added = []) => {
      assertLease();
      const next = journal.map((batch) => batch.map((it) => ({ it, now: rewrite(it) })));
      const count = next.flat().filter(({ it, now }) => it !== now).length;
      const kept = next.map((batch) => batch.flatMap(({ now }) => now ?? [])).filter((batch) => batch.length > 0);
      const known = new Set(kept.flat().map(({ key }) => key));
      const fresh = added.filter(({ key }) => !known.has(key));
      journal.splice(0, journal.length, ...kept, ...(fresh.length > 0 ? [fresh] : []));
      return count + fresh.length;
    },
    referralBatches: async function* () {
      yield* journal;
    },
    purge: async (before: Instant) => {
      const old = [...snapshotsOf].filter(([at]) => at < before);
      for (const [at] of old) snapshotsOf.delete(at);
      return old.reduce((count, [, { rows }]) => count + rows.size, 0);
    },
    forget: async (id, erase = (text) => text, keys = []) => {
      for (const one of [id, ...keys]) forgotten.add(one);
      let count = 0;
      for (const one of [id, ...keys]) {
        count += Number(table('contact').delete(one)) + Number(table('lead').delete(one));
        dropRelations(one);
      }
      const erased = <T>(value: T): T => {
        const text = JSON.stringify(value);
        const next = erase(text);
        count += next === text ? 0 : 1;
        return next === text ? value : (JSON.parse(next) as T);
      };
      const nobody = (one: Id) => (forgotten.has(one) ? null : one);
      for (const rows of tables.values())
        for (const [key, row] of rows) rows.set(key, erased({ ...row, record: mapReferences(row.record, nobody) }));
      writes.forEach((write, place) => void writes.splice(place, 1, erased(write)));
      return count;
    },
    close: async () => {},
  };
}
