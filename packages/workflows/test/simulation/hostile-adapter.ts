import {
  type CrmAdapter,
  type CrmCapabilities,
  CrmError,
  type EntityCapability,
  type Gone,
  type Id,
  type Page,
  type ReadRequest,
  type Write,
  type WriteResult,
} from '@holdfast/core';
import { type AccountRow, byId, type HostileWorld, indexed, liveRows, passTime } from './hostile-world.ts';
import { writeAccount, writeTask } from './hostile-writes.ts';
import { liveALittle } from './people.ts';

/** What the simulation can switch while it runs. */
export interface Weather {
  storm: boolean;
  /** Throws `Killed` by chance: the process dies here. */
  readonly mayDie: () => void;
}

/** An adapter to the hostile world: every call may meet edits, faults, and the end of our process. */
export function hostileAdapter(world: HostileWorld, weather: Weather): CrmAdapter {
  return {
    capabilities: capabilitiesOf(world),
    check: async () => [],
    read: async (entity, request) => {
      meetTheWorld(world, weather, true);
      if (weather.storm) readFault(world);
      const page = readPage(world, entity, request, weather);
      weather.mayDie();
      return page as unknown as Page<typeof entity>;
    },
    write: async (entity, batch) => {
      meetTheWorld(world, weather, false);
      const results = writeBatch(world, weather, entity, batch);
      weather.mayDie();
      return results;
    },
    close: async () => {},
  };
}

function capabilitiesOf({ settings }: HostileWorld): CrmCapabilities {
  const { pageSize: size, lagMs, resolutionMs, deletions, batchSize } = settings;
  const base: EntityCapability = {
    changes: 'modified',
    pageSize: { all: size, changed: size, ids: size },
    indexLagMs: lagMs,
    clockResolutionMs: resolutionMs,
    deletions,
    missing: {},
  };
  return {
    crm: 'hostile',
    org: { id: '1', name: 'Hostile', edition: '', kind: 'sandbox', timeZone: 'UTC', currency: 'EUR' },
    read: {
      account: base,
      contactRole: { ...base, changes: 'sweep', of: 'account', deletions: 'sweep' },
      task: base,
    },
    unavailable: {},
    write: {
      account: { batchSize, fields: ['healthScore'], create: 'Accounts are not created.' },
      task: { batchSize, fields: ['subject'], create: true },
    },
    vocabulary: {
      lifecycles: [],
      pipelines: [],
      stages: [],
      opportunityTypes: [],
      opportunitySources: [],
      ticketStages: [],
      contractStatuses: [],
      orderStatuses: [],
    },
    budget: { limit: null, used: null },
  };
}

/** Between our re-read and our write nobody touches the field that we write: that gap is stated, not closed. */
function meetTheWorld(world: HostileWorld, weather: Weather, isRead: boolean): void {
  weather.mayDie();
  if (!weather.storm) {
    passTime(world, 1);
    return;
  }
  if (world.dice.chance(0.7)) passTime(world, world.dice.int(4));
  if (world.dice.chance(0.35)) liveALittle(world, isRead);
}

function readFault(world: HostileWorld): void {
  if (!world.dice.chance(world.settings.faults)) return;
  if (world.dice.chance(0.5)) throw new CrmError('rate-limit', 'Slow down.', { retryable: true, retryAfterMs: 20 });
  throw new CrmError('unavailable', 'No answer.', { retryable: true });
}

interface SimPage {
  readonly records: readonly object[];
  readonly rejects: readonly never[];
  readonly gone: readonly Gone[];
  readonly next: string | null;
  readonly servedAt: number | null;
}

function readPage(world: HostileWorld, entity: string, request: ReadRequest, weather: Weather): SimPage {
  const page = (records: readonly object[], gone: readonly Gone[] = [], next: string | null = null): SimPage => ({
    records,
    rejects: [],
    gone,
    next,
    servedAt: world.settings.tellsClock ? world.now : null,
  });
  if (request.kind === 'keys') return page(world.tasks.filter(({ key }) => request.keys.includes(key)));
  if (request.kind === 'ids')
    return entity === 'contactRole' ? page(rolesOf(world, request.ids)) : byIds(world, request.ids, page);
  // T12: an empty page that says it goes on; the position it names lies just after the cursor.
  if (weather.storm && world.dice.chance(0.05)) return page([], [], `${request.cursor ?? ''}!`);
  const isAfter = (id: Id) => request.cursor === null || id > request.cursor;
  if (request.kind === 'deleted') return deletedSince(world, request.since, isAfter, page);
  const found = (request.kind === 'all' ? liveRows(world).map((row) => row.record) : changedIn(world, request)).filter(
    ({ id }) => isAfter(id),
  );
  const served = found.slice(0, world.settings.pageSize);
  const merged = world.settings.deletions === 'sweep' ? served.flatMap(({ id }) => mergedInto(world, id)) : [];
  return page(served, merged, found.length > served.length ? (served.at(-1)?.id ?? null) : null);
}

function changedIn(world: HostileWorld, request: Extract<ReadRequest, { readonly kind: 'changed' }>) {
  const shown = [...world.accounts.values()].sort(byId).map((row) => indexed(world, row));
  return shown
    .filter((record) => record !== null)
    .filter(({ updatedAt }) => updatedAt >= request.since && updatedAt < request.until);
}

function rolesOf(world: HostileWorld, ids: readonly Id[]): readonly object[] {
  return ids.flatMap((accountId) =>
    [...(world.roles.get(accountId) ?? [])].map((contactId) => ({
      id: `role:${accountId}+${contactId}`,
      createdAt: null,
      updatedAt: null,
      accountId,
      contactId,
      role: null,
      isPrimary: false,
    })),
  );
}

function byIds(
  world: HostileWorld,
  ids: readonly Id[],
  page: (records: readonly object[], gone: readonly Gone[]) => SimPage,
): SimPage {
  const rows = ids.map((id) => world.accounts.get(id)).filter((row) => row !== undefined);
  return page(
    rows.filter((row) => row.gone === null).map((row) => row.record),
    rows.filter((row) => row.gone !== null).map(goneOf),
  );
}

function deletedSince(
  world: HostileWorld,
  since: number,
  isAfter: (id: Id) => boolean,
  page: (records: readonly object[], gone: readonly Gone[], next: string | null) => SimPage,
): SimPage {
  const rows = [...world.accounts.values()].sort(byId);
  const found = rows.filter(
    ({ gone, record }) => gone !== null && gone.visibleAt <= world.now && gone.at >= since && isAfter(record.id),
  );
  const served = found.slice(0, world.settings.pageSize);
  return page([], served.map(goneOf), found.length > served.length ? (served.at(-1)?.record.id ?? null) : null);
}

function goneOf({ record, gone }: AccountRow): Gone {
  return { id: record.id, at: gone?.at ?? null, mergedInto: gone?.mergedInto ?? null };
}

/** A survivor carries the ids that went into it, and those of earlier survivors. */
function mergedInto(world: HostileWorld, survivor: Id): readonly Gone[] {
  const direct = [...world.accounts.values()].filter(({ gone }) => gone?.mergedInto === survivor);
  return direct.flatMap(({ record }) => [
    ...mergedInto(world, record.id),
    { id: record.id, at: null, mergedInto: survivor },
  ]);
}

type WriteFault = 'refused' | 'lost-before' | 'lost-after' | 'half' | 'late';

function writeBatch(world: HostileWorld, weather: Weather, entity: string, batch: readonly Write[]): WriteResult[] {
  const { dice, settings } = world;
  const fault = weather.storm && dice.chance(settings.faults * 2) ? drawWriteFault(world) : null;
  if (fault === 'refused') throw new CrmError('rate-limit', 'Slow down.', { retryable: true, retryAfterMs: 20 });
  if (fault === 'lost-before') throw noAnswer();
  const isPoisoned = (write: Write) => 'id' in write.target && world.accounts.get(write.target.id)?.poisoned === true;
  if (settings.refusesWhole && batch.some(isPoisoned)) throw new CrmError('invalid', 'No.', { splittable: true });
  const carriedOut = fault === 'half' ? batch.slice(0, Math.ceil(batch.length / 2)) : batch;
  const results = carriedOut.map((write): WriteResult => {
    if (isPoisoned(write)) return { key: write.key, status: 'failed', error: new CrmError('invalid', 'No.') };
    if (weather.storm && dice.chance(settings.faults / 2)) return skipped(write.key, dice.chance(0.5));
    return entity === 'task'
      ? writeTask(world, write, weather.storm)
      : writeAccount(world, write, fault === 'late' ? settings.lagMs + 3 : 0);
  });
  if (fault !== null) throw noAnswer();
  return results;
}

function drawWriteFault(world: HostileWorld): WriteFault {
  return world.dice.pick(['refused', 'lost-before', 'lost-after', 'half', 'late']);
}

function skipped(key: string, asLock: boolean): WriteResult {
  if (!asLock) return { key, status: 'unprocessed', reason: 'Not attempted.' };
  return { key, status: 'failed', error: new CrmError('conflict', 'The row is locked.', { retryable: true }) };
}

function noAnswer(): CrmError {
  return new CrmError('unavailable', 'No answer.', { retryable: true, outcomeUnknown: true });
}
