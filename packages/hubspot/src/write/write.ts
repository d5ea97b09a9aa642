import { CrmError, type WritableEntity, type Write, type WriteResult } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import type { Session } from '../session.ts';
import { writeLinks } from './link-people.ts';
import { writeOwnActivities } from './own-activities.ts';
import { writeReferrals } from './referrals.ts';
import { refusal } from './refusal.ts';
import { updateRecords } from './update.ts';

/** HubSpot's most for one batch. */
const BATCH_WRITE = 100;

/** One batch of writes to one entity; one result per write, in the same order. */
export async function writeBatch<E extends WritableEntity>(
  session: Session,
  entity: E,
  batch: readonly Write<E>[],
  signal: AbortSignal | undefined,
): Promise<readonly WriteResult[]> {
  const capability = session.capabilities.write[entity];
  if (capability === undefined) throw new CrmError('invalid', `${entity} cannot be written in this portal.`);
  if (batch.length > BATCH_WRITE)
    throw new CrmError('invalid', `At most ${BATCH_WRITE} records can be written at once.`);
  const writes = batch as readonly Write[];
  const refused = new Map(writes.flatMap((write, index) => withReason(index, refusal(entity, write, capability))));
  const accepted = writes.flatMap((write, index) => (refused.has(index) ? [] : [{ write, index }]));
  const call: CallOptions = { purpose: 'write', signal };
  const toSend = accepted.map(({ write }) => write);
  const results =
    entity === 'task' || entity === 'note'
      ? await writeOwnActivities(session, entity, toSend, call)
      : entity === 'referral'
        ? await writeReferrals(session, toSend as readonly Write<'referral'>[], call)
        : entity === 'referralLink'
          ? await writeLinks(session, toSend as readonly Write<'referralLink'>[], call)
          : await updateRecords(session, entity, toSend, call);
  const byIndex = new Map(accepted.map(({ index }, position) => [index, results[position]]));
  return writes.map(({ key }, index) => {
    const error = refused.get(index);
    if (error !== undefined) return { key, status: 'failed', error };
    return byIndex.get(index) ?? { key, status: 'unprocessed', reason: 'HubSpot said nothing of this record.' };
  });
}

function withReason(index: number, error: CrmError | null): readonly [number, CrmError][] {
  return error === null ? [] : [[index, error]];
}
