import { CrmError, type WritableEntity, type Write, type WriteResult } from '@holdfast/core';
import { idParts } from '../id-parts.ts';
import { recordId } from '../record-id.ts';
import type { Session } from '../session.ts';
import { foreignAmount, recordCurrencies } from './currencies.ts';
import { encodeFields, OBJECTS } from './fields.ts';
import { collectionRows, refused, resultOf } from './results.ts';
import { sendOnce } from './send-once.ts';

/** Without it, an update may run assignment and territory rules again and change owners (REST "headers_autoassign"). */
export const WRITE_HEADERS = { 'Sforce-Auto-Assign': 'FALSE' } as const;

/** Updates records that people own, by their ids; one call, each record for itself. */
export async function writeRecords<E extends WritableEntity>(
  session: Session,
  entity: E,
  batch: readonly Write<E>[],
  signal?: AbortSignal,
): Promise<readonly WriteResult[]> {
  const currencies = await recordCurrencies(session, OBJECTS[entity], batch, signal);
  return sendOnce(
    batch,
    (write) => encodeRecord(session, entity, write, currencies),
    (record) => record.Id,
    async (records, writes) => {
      const answer = await session.client.call({ purpose: 'write', signal, writes: true }, (connection) =>
        connection.update(OBJECTS[entity], [...records], { allOrNone: false, headers: WRITE_HEADERS }),
      );
      const rows = collectionRows(answer, records.length);
      return rows.map((row, index) => resultOf(writes[index] as Write<WritableEntity>, row, OBJECTS[entity]));
    },
    refused,
  );
}

function encodeRecord<E extends WritableEntity>(
  session: Session,
  entity: E,
  write: Write<E>,
  currencies: ReadonlyMap<string, string>,
): { readonly Id: string } & Record<string, unknown> {
  if (!('id' in write.target))
    throw new CrmError('invalid', `A person owns this ${entity}: it is written by its id, not by a key of ours.`);
  if (write.archive)
    throw new CrmError('invalid', `Holdfast archives only what it made: this ${entity} is a person's.`);
  if (write.links && write.links.length > 0)
    throw new CrmError('invalid', `Holdfast links only what it made: this ${entity} is a person's.`);
  const { object, nativeId } = idParts(write.target.id);
  const id = recordId(nativeId);
  if (object !== OBJECTS[entity] || id === null)
    throw new CrmError('invalid', `The id is not one of ${OBJECTS[entity]}: make a new plan.`);
  const foreign = foreignAmount(session, write, currencies.get(id));
  if (foreign) throw foreign;
  return { Id: id, ...encodeFields(session, entity, write) };
}
