import { CrmError, type Link, parseId } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { itemError } from '../errors.ts';
import { asId, asObject } from '../json.ts';
import { hubspotObject, OBJECTS } from '../objects.ts';
import { itemErrors, resultsOf } from '../requests.ts';
import type { Session } from '../session.ts';

interface Pair {
  readonly from: string;
  readonly to: string;
}

/** From an object of ours on timelines to any other. */
type Ends = readonly [mine: 'task' | 'note', object: string];

/**
 * Ties records of ours on timelines to others by the default link of each pair; tying again changes nothing. Returns the errors by the record's id;
 * one that is not in it has all its links. Rejects only when the credentials fail or the signal fires.
 */
export async function linkActivities(
  session: Session,
  mine: 'task' | 'note',
  wanted: readonly { readonly id: string; readonly links: readonly Link[] }[],
  call: CallOptions,
): Promise<ReadonlyMap<string, CrmError>> {
  const byObject = new Map<string, Pair[]>();
  for (const { id, links } of wanted) {
    for (const link of links) {
      const { object, nativeId } = parseId(link.id);
      byObject.set(object, [...(byObject.get(object) ?? []), { from: id, to: nativeId }]);
    }
  }
  const failed = new Map<string, CrmError>();
  for (const [object, pairs] of byObject) await linkPairs(session, [mine, object], pairs, failed, call);
  return failed;
}

/** Halves what was refused as a whole until the culprit stands alone. */
async function linkPairs(
  session: Session,
  ends: Ends,
  pairs: readonly Pair[],
  failed: Map<string, CrmError>,
  call: CallOptions,
): Promise<void> {
  try {
    const made = await sendLinks(session, ends, pairs, call);
    for (const pair of pairs) {
      const error = made(pair);
      if (error !== null) failed.set(pair.from, error);
    }
  } catch (error) {
    if (!(error instanceof CrmError) || error.code === 'auth') throw error;
    if (error.splittable && pairs.length > 1) {
      const middle = Math.ceil(pairs.length / 2);
      await linkPairs(session, ends, pairs.slice(0, middle), failed, call);
      await linkPairs(session, ends, pairs.slice(middle), failed, call);
      return;
    }
    for (const pair of pairs) failed.set(pair.from, error);
  }
}

async function sendLinks(
  session: Session,
  [mine, object]: Ends,
  pairs: readonly Pair[],
  call: CallOptions,
): Promise<(pair: Pair) => CrmError | null> {
  const inputs = pairs.map(({ from, to }) => ({ _from: { id: from }, to: { id: to } }));
  const reply = await session.client.call(call, { writes: true, batch: true }, ({ crm }) =>
    crm.associations.v4.batchApi.createDefault(OBJECTS[mine].path, hubspotObject(object).path, { inputs }),
  );
  const made = new Set(
    resultsOf(reply).map((raw) => {
      const { from, to } = asObject(raw);
      return `${asId(asObject(from)['id'])} ${asId(asObject(to)['id'])}`;
    }),
  );
  const [error] = itemErrors(reply);
  const missing = error === undefined ? unlinked() : itemError(error);
  return (pair) => (made.has(`${pair.from} ${pair.to}`) ? null : missing);
}

function unlinked(): CrmError {
  return new CrmError('unavailable', 'HubSpot did not confirm a link of what was made: try again.', {
    retryable: true,
  });
}
