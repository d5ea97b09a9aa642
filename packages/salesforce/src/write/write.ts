import { CrmError, type WritableEntity, type Write, type WriteResult } from '@holdfast/core';
import type { Session } from '../session.ts';
import { BATCH_SIZE } from './fields.ts';
import { writeRecords } from './records.ts';
import { writeReferrals } from './referrals.ts';
import { writeTasks } from './tasks.ts';

/** Writes one batch: one result per write, same order. */
export async function write<E extends WritableEntity>(
  session: Session,
  entity: E,
  batch: readonly Write<E>[],
  signal?: AbortSignal,
): Promise<readonly WriteResult[]> {
  if (batch.length > BATCH_SIZE)
    throw new CrmError('invalid', `At most ${BATCH_SIZE} records can be written at once: split the batch.`);
  if (batch.length === 0) return [];
  if (entity === 'task' || entity === 'note')
    return writeTasks(session, entity, batch as readonly Write<'task' | 'note'>[], signal);
  if (entity === 'referral') return writeReferrals(session, batch as readonly Write<'referral'>[], signal);
  return writeRecords(session, entity, batch, signal);
}
