import type { EntityName, Id, Link, WritableEntity, Write, WriteResult } from '@holdfast/core';
import { CrmError, linkEnds } from '@holdfast/core';
import { entitySchemas } from '@holdfast/core/model';
import type { EnteredRecord } from '../conformance/harness.ts';
import { isCreated, memoryCapabilities, NO_TASK_KEY } from './capabilities.ts';
import { create, edit, link, remove } from './edits.ts';
import { keyOf } from './links.ts';
import { type MemoryState, servedTable, tableOf } from './state.ts';
import type { Row } from './table.ts';

/** Carries out one batch; each write is judged before anything of it is done. */
export function writeBatch<E extends WritableEntity>(
  state: MemoryState,
  entity: E,
  batch: readonly Write<E>[],
): readonly WriteResult[] {
  servedTable(state, entity);
  const { batchSize, batchErrors } = state.settings;
  if (batch.length > batchSize) throw new CrmError('invalid', `A batch holds at most ${batchSize} writes; split it.`);
  if (batchErrors === 'whole-batch') refuseWhole(state, entity, batch);
  return batch.map((write) => {
    const error = judge(state, entity, write);
    return error ? { key: write.key, status: 'failed', error } : carryOut(state, entity, write);
  });
}

function refuseWhole<E extends WritableEntity>(state: MemoryState, entity: E, batch: readonly Write<E>[]): void {
  const error = batch.map((write) => judge(state, entity, write)).find((found) => found !== null);
  if (!error) return;
  if (batch.length === 1) return;
  throw new CrmError('invalid', 'One write of the batch is not valid, so none was done; split it to find which.', {
    splittable: true,
    cause: error,
  });
}

/** Why a write cannot be done; `null` when it can. */
function judge<E extends WritableEntity>(state: MemoryState, entity: E, write: Write<E>): CrmError | null {
  const found = findTarget(state, entity, write);
  if (!isCreated(entity)) {
    if ('externalKey' in write.target) return new CrmError('invalid', `A ${entity} is written by its id.`);
    if (write.archive) return new CrmError('invalid', `A ${entity} is a person's record and is never archived.`);
  }
  if (write.archive) return found ? null : goneError(entity);
  if (!found && !('externalKey' in write.target)) return goneError(entity);
  if (found?.refused) return new CrmError('invalid', `A rule of this org refuses the change to this ${entity}.`);
  if (!found && entity === 'task' && !state.settings.uniqueTaskKey) return new CrmError('permission', NO_TASK_KEY);
  if (entity === 'referralLink' && !areBothThere(state, askedKey(write))) return goneError('contact');
  return judgeValues(state, entity, write.set) ?? judgeLinks(state, write.links ?? []);
}

function judgeValues(state: MemoryState, entity: WritableEntity, set: object): CrmError | null {
  const writable = memoryCapabilities(state.settings).write[entity]?.fields ?? [];
  const shape: Readonly<Record<string, { safeParse(value: unknown): { success: boolean } }>> =
    entitySchemas[entity].shape;
  for (const [field, value] of Object.entries(set)) {
    if (value === undefined) continue;
    if (!writable.includes(field))
      return new CrmError('invalid', `The field ${field} of ${entity} is not ours to write.`);
    if (!shape[field]?.safeParse(value).success) {
      return new CrmError('invalid', `The value for ${field} of ${entity} does not fit the field.`);
    }
  }
  return null;
}

function judgeLinks(state: MemoryState, links: readonly Link[]): CrmError | null {
  const lost = links.find(({ to, id }) => !live(state, to, id));
  return lost ? new CrmError('not-found', `The ${lost.to} to link to is gone; read it again.`) : null;
}

function make<E extends WritableEntity>(state: MemoryState, entity: E, write: Write<E>, set: object): Id {
  const key = askedKey(write);
  const ends = entity === 'referralLink' ? linkEnds(key ?? '') : null;
  if (ends === null) return create(state, entity, { ...set, key } as unknown as EnteredRecord<E>);
  return link(state, 'referralLink', ends.referrerId, ends.referredId);
}

function carryOut<E extends WritableEntity>(state: MemoryState, entity: E, write: Write<E>): WriteResult {
  const found = findTarget(state, entity, write);
  if (write.archive && found) {
    if (!found.removed) remove(state, entity, found.id);
    return { key: write.key, status: 'written', id: found.id };
  }
  const set = Object.fromEntries(Object.entries(write.set).filter(([, value]) => value !== undefined));
  const id = found ? found.id : make(state, entity, write, set);
  if (found) edit(state, entity, found, set as EnteredRecord<E>);
  if (!found && write.links && state.faults.take(['link-lost'])) {
    const error = new CrmError('unavailable', 'The record is made and its link is not; write it again.', {
      retryable: true,
    });
    return { key: write.key, status: 'failed', error };
  }
  for (const link of write.links ?? []) setLink(state, entity, id, link);
  return { key: write.key, status: 'written', id };
}

/** A link for which the record has no field is kept nowhere. */
function setLink<E extends WritableEntity>(state: MemoryState, entity: E, id: Id, { to, id: end }: Link): void {
  const row = tableOf(state, entity).byId.get(id);
  if (row && `${to}Id` in row.record) edit(state, entity, row, { [`${to}Id`]: end } as unknown as EnteredRecord<E>);
}

/** The live row that a write is about; for an archive also one that is archived already. */
function findTarget<E extends WritableEntity>(state: MemoryState, entity: E, write: Write<E>): Row<E> | null {
  const { rows, byId } = tableOf(state, entity);
  const key = askedKey(write);
  const candidates =
    'id' in write.target ? [byId.get(write.target.id)] : rows.filter((row) => keyOf(row.record) === key);
  const found = candidates.find((row) => row && !row.removed) ?? (write.archive ? candidates.at(-1) : undefined);
  return found ?? null;
}

function askedKey(write: Write): string | null {
  return 'externalKey' in write.target ? write.target.externalKey : null;
}

function live(state: MemoryState, entity: EntityName, id: Id): boolean {
  const row = tableOf(state, entity).byId.get(id);
  return row !== undefined && !row.removed;
}

function areBothThere(state: MemoryState, key: string | null): boolean {
  const ends = linkEnds(key ?? '');
  return ends !== null && live(state, 'contact', ends.referredId) && live(state, 'contact', ends.referrerId);
}

function goneError(entity: EntityName): CrmError {
  return new CrmError('not-found', `This ${entity} is not there any more; read it again.`);
}
