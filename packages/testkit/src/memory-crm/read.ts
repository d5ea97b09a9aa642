import type { Entities, EntityName, Gone, Id, Instant, Page, ReadRequest } from '@holdfast/core';
import { CrmError } from '@holdfast/core';
import { isCreated } from './capabilities.ts';
import { isRelation, keyOf } from './links.ts';
import { type MemoryState, servedTable } from './state.ts';
import { type Row, settleIndex, type Table } from './table.ts';

/** One page of an entity, as the org shows it now. */
export function readPage<E extends EntityName>(state: MemoryState, entity: E, request: ReadRequest): Page<E> {
  const table = servedTable(state, entity);
  switch (request.kind) {
    case 'all':
      return readAll(state, table, request.cursor);
    case 'changed':
      return readChanged(state, table, request.since, request.until, request.cursor);
    case 'ids':
      return entity === 'contactRole' ? readRolesOf(state, table, request.ids) : readIds(state, table, request.ids);
    case 'keys':
      return readKeys(state, table, request.keys);
    case 'deleted':
      return readDeleted(state, table, request.since, request.cursor);
  }
}

/** The page as it is, without its records and yet with somewhere to go on: what some CRMs answer now and then. */
export function emptyPage<E extends EntityName>(state: MemoryState, entity: E, request: ReadRequest): Page<E> | null {
  const first = { all: 'all:-1', changed: 'changed:-Infinity:-1', deleted: 'deleted:-1' } as const;
  if (request.kind === 'ids' || request.kind === 'keys') return null;
  return serve(state, servedTable(state, entity), [], request.cursor ?? first[request.kind]);
}

function readAll<E extends EntityName>(state: MemoryState, table: Table<E>, cursor: string | null): Page<E> {
  if (table.entity === 'contactRole') throw new CrmError('invalid', 'Contact roles are read by the ids of accounts.');
  const [after] = parseCursor(cursor, 'all', 1);
  const size = state.settings.pageSize;
  const found: Row<E>[] = [];
  for (let seq = after + 1; seq < table.rows.length && found.length <= size; seq += 1) {
    const row = table.rows[seq]!;
    if (!row.removed) found.push(row);
  }
  const served = found.slice(0, size);
  return serve(state, table, served, found.length > size ? `all:${served.at(-1)!.seq}` : null);
}

function readChanged<E extends EntityName>(
  state: MemoryState,
  table: Table<E>,
  since: Instant,
  until: Instant,
  cursor: string | null,
): Page<E> {
  if (isRelation(table.entity))
    throw new CrmError('invalid', `${table.entity} has no time of change; read whole sets.`);
  const [afterAt, afterSeq] = parseCursor(cursor, 'changed', 2);
  settleIndex(table, state.settings.clock.now());
  const found = table.rows.filter((row) => {
    const at = row.indexed?.updatedAt;
    if (at === undefined || at === null || at < since || at >= until) return false;
    return at > afterAt || (at === afterAt && row.seq > afterSeq);
  });
  found.sort((a, b) => a.indexed!.updatedAt! - b.indexed!.updatedAt! || a.seq - b.seq);
  const served = found.slice(0, state.settings.pageSize);
  const last = served.at(-1);
  const next = last && found.length > served.length ? `changed:${last.indexed!.updatedAt}:${last.seq}` : null;
  return serve(state, table, served, next, (row) => row.indexed!);
}

function readIds<E extends EntityName>(state: MemoryState, table: Table<E>, ids: readonly Id[]): Page<E> {
  refuseMany(state, ids);
  const gone: Gone[] = [];
  const live: Row<E>[] = [];
  for (const id of new Set(ids)) {
    const row = table.byId.get(id);
    if (row && !row.removed) live.push(row);
    else gone.push({ id, at: row?.removed?.at ?? null, mergedInto: row ? lastSurvivor(table, row) : null });
  }
  return { ...serve(state, table, live, null), gone };
}

function readRolesOf<E extends EntityName>(state: MemoryState, table: Table<E>, ids: readonly Id[]): Page<E> {
  refuseMany(state, ids);
  const accounts = new Set(ids);
  const rows = table.rows.filter(
    (row) => !row.removed && accounts.has((row.record as unknown as { readonly accountId: Id }).accountId),
  );
  return serve(state, table, rows, null);
}

function readKeys<E extends EntityName>(state: MemoryState, table: Table<E>, keys: readonly string[]): Page<E> {
  if (!isCreated(table.entity))
    throw new CrmError('invalid', 'Only tasks, notes, referrals and links between two people carry our key.');
  refuseMany(state, keys);
  const wanted = new Set<unknown>(keys);
  const rows = table.rows.filter((row) => !row.removed && wanted.has(keyOf(row.record)));
  return serve(state, table, rows, null);
}

function readDeleted<E extends EntityName>(
  state: MemoryState,
  table: Table<E>,
  since: Instant,
  cursor: string | null,
): Page<E> {
  if (state.settings.deletions === 'sweep' || isRelation(table.entity)) {
    throw new CrmError('invalid', `Deletions of ${table.entity} cannot be asked for; read whole sets.`);
  }
  const [after] = parseCursor(cursor, 'deleted', 1);
  const places = [...table.graveyard.entries()].filter(
    ([place, { removed }]) => place > after && removed?.place === place && removed.at >= since,
  );
  const served = places.slice(0, state.settings.pageSize);
  const gone = served.map(([, row]) => ({ id: row.id, at: row.removed!.at, mergedInto: lastSurvivor(table, row) }));
  const next = places.length > served.length ? `deleted:${served.at(-1)![0]}` : null;
  return { ...serve(state, table, [], next), gone };
}

/** Follows merges of merges to the record that still stands, or stood last. */
function lastSurvivor<E extends EntityName>(table: Table<E>, row: Row<E>): Id | null {
  let survivor = row.removed?.mergedInto ?? null;
  for (;;) {
    const further = survivor === null ? null : (table.byId.get(survivor)?.removed?.mergedInto ?? null);
    if (further === null) return survivor;
    survivor = further;
  }
}

const currentOf = <E extends EntityName>(row: Row<E>): Entities[E] => row.record;

/** Serves the rows; a raw value that does not fit makes its row a reject, a field that the org lacks reads as `null`. */
function serve<E extends EntityName>(
  state: MemoryState,
  table: Table<E>,
  rows: readonly Row<E>[],
  next: string | null,
  version: (row: Row<E>) => Entities[E] = currentOf,
): Page<E> {
  const missing = Object.keys(state.settings.missing[table.entity] ?? {});
  const lacking = Object.fromEntries(missing.map((field) => [field, null]));
  const fitting = rows.filter((row) => !row.corrupt);
  const rejects = rows
    .filter((row) => row.corrupt)
    .map(({ id }) => ({ id, issues: ['A field holds no valid value.'] }));
  const records = fitting.map((row) => (missing.length === 0 ? version(row) : { ...version(row), ...lacking }));
  return { records, rejects, gone: [], next, servedAt: state.settings.clock.now() };
}

function refuseMany(state: MemoryState, wanted: readonly string[]): void {
  const most = state.settings.pageSize;
  if (wanted.length > most) throw new CrmError('invalid', `At most ${most} can be asked for at once; ask in parts.`);
}

/** The numbers in a cursor of this kind; a first page starts before everything. */
function parseCursor(cursor: string | null, kind: ReadRequest['kind'], count: number): readonly [number, number] {
  if (cursor === null) return [count === 2 ? Number.NEGATIVE_INFINITY : -1, -1];
  const [name, ...parts] = cursor.split(':');
  const [first = Number.NaN, second = -1] = parts.map(Number);
  if (name !== kind || parts.length !== count || Number.isNaN(first) || Number.isNaN(second)) {
    throw new CrmError('invalid', 'This cursor is not one of this read; start the read again.');
  }
  return [first, second];
}
