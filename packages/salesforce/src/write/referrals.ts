import { CrmError, type Write, type WriteResult } from '@holdfast/core';
import { idParts } from '../id-parts.ts';
import { KEY_FIELD } from '../owned-name.ts';
import { recordId } from '../record-id.ts';
import { REFERRAL } from '../referral-object.ts';
import type { Session } from '../session.ts';
import { archiveOwn } from './archive.ts';
import { foreignAmount } from './currencies.ts';
import { amountsOf, encodeFields } from './fields.ts';
import { WRITE_HEADERS } from './records.ts';
import { collectionRows, refused, resultOf } from './results.ts';
import { sendOnce } from './send-once.ts';

type ReferralWrite = Write<'referral'>;
type Encoded = Readonly<Record<string, unknown>>;

/**
 * Makes referrals, upserted on their key so that one is made once however often it is sent, changes them by id, and
 * archives them. Links are lookups, fields of the record like any other: all of it exists or none.
 */
export async function writeReferrals(
  session: Session,
  batch: readonly ReferralWrite[],
  signal?: AbortSignal,
): Promise<readonly WriteResult[]> {
  const outcomes = new Map<ReferralWrite, WriteResult>();
  const carryOut = async (writes: readonly ReferralWrite[], act: typeof upsert) => {
    if (writes.length === 0) return;
    for (const [index, result] of (await act(session, writes, signal)).entries())
      outcomes.set(writes[index] as ReferralWrite, result);
  };
  const isKeyed = ({ target }: ReferralWrite) => 'externalKey' in target;
  const kept = batch.filter(({ archive }) => !archive);
  await carryOut(kept.filter(isKeyed), upsert);
  await carryOut(
    kept.filter((write) => !isKeyed(write)),
    update,
  );
  await carryOut(
    batch.filter(({ archive }) => archive),
    (_, writes) => archiveOwn(session, 'referral', writes, signal),
  );
  return batch.map((write) => outcomes.get(write) as WriteResult);
}

function upsert(
  session: Session,
  batch: readonly ReferralWrite[],
  signal?: AbortSignal,
): Promise<readonly WriteResult[]> {
  return sendOnce(
    batch,
    (write) => ({ [KEY_FIELD]: keyOf(write), ...encode(session, write) }),
    (record: Encoded) => String(record[KEY_FIELD]),
    (records, writes) =>
      send(writes, () =>
        session.client.call({ purpose: 'write', signal, writes: true }, (connection) =>
          connection.upsert(REFERRAL, [...records], KEY_FIELD, { allOrNone: false, headers: WRITE_HEADERS }),
        ),
      ),
    refused,
  );
}

function update(
  session: Session,
  batch: readonly ReferralWrite[],
  signal?: AbortSignal,
): Promise<readonly WriteResult[]> {
  return sendOnce(
    batch,
    (write) => ({ Id: idOf(write), ...encode(session, write) }),
    ({ Id }) => Id,
    (records, writes) =>
      send(writes, () =>
        session.client.call({ purpose: 'write', signal, writes: true }, (connection) =>
          connection.update(REFERRAL, [...records], { allOrNone: false, headers: WRITE_HEADERS }),
        ),
      ),
    refused,
  );
}

async function send(writes: readonly ReferralWrite[], call: () => Promise<unknown>): Promise<readonly WriteResult[]> {
  const rows = collectionRows(await call(), writes.length);
  return rows.map((row, index) => resultOf(writes[index] as Write, row, REFERRAL));
}

/** An amount is in the currency that the record names; where the org has one only, in that. */
function encode(session: Session, write: ReferralWrite): Encoded {
  const create = session.capabilities.write.referral?.create ?? 'This org has no object for referrals';
  if (create !== true) throw new CrmError('permission', `${create}.`);
  if (write.links && write.links.length > 0)
    throw new CrmError('invalid', 'The links of a referral are fields of it: put them into the values to set.');
  const [amount] = amountsOf(write as Write);
  const foreign = foreignAmount(session, write, session.org.multiCurrency ? amount?.currency : undefined);
  if (foreign) throw foreign;
  const currency = session.org.multiCurrency && amount ? { CurrencyIsoCode: amount.currency } : {};
  return { ...encodeFields(session, 'referral', write), ...currency };
}

function keyOf({ target }: ReferralWrite): string {
  const key = 'externalKey' in target ? target.externalKey : '';
  if (key === '' || key.length > 255) throw new CrmError('invalid', 'The key of a referral has 1 to 255 characters.');
  return key;
}

function idOf({ target }: ReferralWrite): string {
  const { object, nativeId } = idParts('id' in target ? target.id : '');
  const id = recordId(nativeId);
  if (object !== REFERRAL || id === null)
    throw new CrmError('invalid', `The id is not one of ${REFERRAL}: make a new plan.`);
  return id;
}
