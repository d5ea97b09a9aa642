import { CrmError, parseId, type Write, type WriteResult } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { KEY_PROPERTY } from '../read/keys.ts';
import { REFERRAL_OBJECT_NAME } from '../referral-links.ts';
import type { Session } from '../session.ts';
import { archiveOwn } from './archive-own.ts';
import { linkReferrals } from './link-referrals.ts';
import { writtenProperties } from './properties.ts';
import { updateRecords } from './update.ts';
import { externalKey, upsertByKey } from './upsert.ts';

type ReferralWrite = Write<'referral'>;
type Outcome = readonly (readonly [ReferralWrite, WriteResult])[];

/**
 * Makes referrals on their key, changes them by id, archives them. The links are associations, made after the record:
 * one that is lost leaves a record whose link reads as empty, so that the next plan completes it.
 */
export async function writeReferrals(
  session: Session,
  writes: readonly ReferralWrite[],
  call: CallOptions,
): Promise<readonly WriteResult[]> {
  const refused = new Map(writes.flatMap((write) => withError(write, refusalOf(session, write))));
  const sound = writes.filter((write) => !refused.has(write));
  const archived = sound.filter(({ archive }) => archive === true);
  const kept = sound.filter(({ archive }) => archive !== true);
  const keyed = kept.filter(({ target }) => 'externalKey' in target);
  const byId = kept.filter(({ target }) => 'id' in target);
  const results = new Map<Write, WriteResult>([
    ...refused,
    ...(await archiveOwn(session, REFERRAL_OBJECT_NAME, archived, call)),
    ...(await linked(session, keyed, await upsert(session, keyed, call), call)),
    ...(await linked(session, byId, await updateRecords(session, 'referral', byId, call), call)),
  ]);
  return writes.map(
    (write) => results.get(write) ?? { key: write.key, status: 'unprocessed', reason: 'HubSpot said nothing of it.' },
  );
}

/** HubSpot keeps a number, which its pages show in the portal's currency: another one is refused, never converted. */
function refusalOf(session: Session, { set, links }: ReferralWrite): CrmError | null {
  if (links && links.length > 0)
    return new CrmError('invalid', 'The links of a referral are fields of it: put them into the values to set.');
  const { rewardAmount } = set;
  if (!rewardAmount || rewardAmount.currency === session.codec.currency) return null;
  return new CrmError(
    'invalid',
    `A reward in ${rewardAmount.currency} cannot be shown in this portal, which counts in ${session.codec.currency}: leave its amount out.`,
  );
}

function withError(write: ReferralWrite, error: CrmError | null): Outcome {
  return error === null ? [] : [[write, { key: write.key, status: 'failed', error }]];
}

function upsert(session: Session, writes: readonly ReferralWrite[], call: CallOptions) {
  if (writes.length === 0) return Promise.resolve([]);
  const properties = new Map<string, Record<string, string>>();
  for (const write of writes) {
    const key = externalKey(write);
    properties.set(key, { ...properties.get(key), ...writtenProperties(session, 'referral', write) });
  }
  const inputs = [...properties].map(([key, values]) => ({
    ...{ id: key, idProperty: KEY_PROPERTY, objectWriteTraceId: key },
    properties: values,
  }));
  return upsertByKey(session, REFERRAL_OBJECT_NAME, inputs, writes, call);
}

/** The results once the links are as wanted too. */
async function linked(
  session: Session,
  writes: readonly ReferralWrite[],
  results: readonly WriteResult[],
  call: CallOptions,
): Promise<Outcome> {
  const wanted = writes.flatMap(({ set }, index) => {
    const result = results[index];
    return result?.status === 'written' ? [{ id: parseId(result.id).nativeId, set }] : [];
  });
  const failed = await linkReferrals(session, wanted, call);
  return writes.flatMap((write, index): Outcome => {
    const result = results[index];
    if (result === undefined) return [];
    const error = result.status === 'written' ? failed.get(parseId(result.id).nativeId) : undefined;
    return [[write, error === undefined ? result : { key: write.key, status: 'failed', error }]];
  });
}
