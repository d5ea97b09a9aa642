import { CrmError, linkEnds, parseId, type Write, type WriteResult } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { itemError } from '../errors.ts';
import { hubspotObject } from '../objects.ts';
import { readLinks } from '../read/links.ts';
import { pairId } from '../read/relations.ts';
import { itemErrors } from '../requests.ts';
import type { Session } from '../session.ts';
import { madePairs } from './made-pairs.ts';

type LinkWrite = Write<'referralLink'>;

/** Two contacts by HubSpot's own ids: who was referred, and who referred. */
interface Pair {
  readonly write: LinkWrite;
  readonly from: string;
  readonly to: string;
}

const { path } = hubspotObject('contact');
/** The plain link between two contacts, which stands beside every label (HubSpot's table of built-in types). */
const PLAIN = 449;

/**
 * Ties who was referred to who referred: by the portal's label where the subscription has labels, else by the plain link,
 * which does not say who is who. Taken away is only what we made: where a person has put a label of their own on the
 * pair since, the pair stays and ours goes.
 */
export async function writeLinks(
  session: Session,
  writes: readonly LinkWrite[],
  call: CallOptions,
): Promise<readonly WriteResult[]> {
  const pairs = writes.flatMap((write) => pairOf(write) ?? []);
  const failed = new Map<Write, CrmError>();
  for (const write of writes) if (!pairs.some((pair) => pair.write === write)) failed.set(write, notAPair());
  const away = pairs.filter(({ write }) => write.archive === true);
  const wanted = pairs.filter(({ write }) => write.archive !== true);
  for (const [write, error] of await tie(session, wanted, call)) failed.set(write, error);
  await untie(session, away, call);
  const byWrite = new Map(pairs.map((pair) => [pair.write, pair]));
  return writes.map((write): WriteResult => {
    const { key } = write;
    const error = failed.get(write);
    if (error !== undefined) return { key, status: 'failed', error };
    const { from = '', to = '' } = byWrite.get(write) ?? {};
    return { key, status: 'written', id: pairId('contact', 'contact', from, to) };
  });
}

function pairOf(write: LinkWrite): Pair | null {
  const ends = linkEnds('externalKey' in write.target ? write.target.externalKey : '');
  if (ends === null) return null;
  const [from, to] = [parseId(ends.referredId), parseId(ends.referrerId)];
  if (from.object !== 'contact' || to.object !== 'contact' || from.nativeId === to.nativeId) return null;
  return { write, from: from.nativeId, to: to.nativeId };
}

function notAPair(): CrmError {
  return new CrmError('invalid', 'A link ties one contact of HubSpot to another, by the ids of both: make a new plan.');
}

async function tie(
  session: Session,
  pairs: readonly Pair[],
  call: CallOptions,
): Promise<readonly (readonly [Write, CrmError])[]> {
  if (pairs.length === 0) return [];
  const typeId = session.hasLabels ? session.referralTypeId : null;
  const inputs = pairs.map(({ from, to }) => ({ _from: { id: from }, to: { id: to } }));
  const types = [{ associationCategory: 'USER_DEFINED' as never, associationTypeId: typeId ?? 0 }];
  const reply = await session.client.call(call, { writes: true, batch: true }, ({ crm }) =>
    typeId === null
      ? crm.associations.v4.batchApi.createDefault(path, path, { inputs })
      : crm.associations.v4.batchApi.create(path, path, { inputs: inputs.map((it) => ({ ...it, types })) }),
  );
  const [error] = itemErrors(reply);
  if (error === undefined) return [];
  const made = madePairs(reply);
  return pairs.filter(({ from, to }) => !made.has(`${from} ${to}`)).map(({ write }) => [write, itemError(error)]);
}

async function untie(session: Session, pairs: readonly Pair[], call: CallOptions): Promise<void> {
  if (pairs.length === 0) return;
  const ids = [...new Set(pairs.map(({ from }) => from))];
  const held = await readLinks(session.client, 'contact', 'contact', ids, call);
  const typesOf = ({ from, to }: Pair) => held.get(from)?.find(({ id }) => id === to)?.types ?? [];
  const isOurs = (type: unknown) => type === PLAIN || type === session.referralTypeId;
  const whole = pairs.filter((pair) => typesOf(pair).length > 0 && typesOf(pair).every(isOurs));
  const labelled = pairs.filter(
    (pair) =>
      !whole.includes(pair) && session.referralTypeId !== null && typesOf(pair).includes(session.referralTypeId),
  );
  if (whole.length > 0) {
    const inputs = whole.map(({ from, to }) => ({ _from: { id: from }, to: [{ id: to }] }));
    await session.client.call(call, { writes: true, batch: true }, ({ crm }) =>
      crm.associations.v4.batchApi.archive(path, path, { inputs }),
    );
  }
  if (labelled.length === 0) return;
  const types = [{ associationCategory: 'USER_DEFINED' as never, associationTypeId: session.referralTypeId ?? 0 }];
  const inputs = labelled.map(({ from, to }) => ({ _from: { id: from }, to: { id: to }, types }));
  await session.client.call(call, { writes: true, batch: true }, ({ crm }) =>
    crm.associations.v4.batchApi.archiveLabels(path, path, { inputs }),
  );
}
