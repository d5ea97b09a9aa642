import { CrmError, linkEnds, type Page, parseId, type ReferralLink } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import type { Session } from '../session.ts';
import { BATCH_READ } from './ids.ts';
import { readLinks } from './links.ts';
import { referralLinkOf } from './relations.ts';

/**
 * Of the given pairs of people those that are tied, by whatever label or none: a tie that stands already is somebody's
 * own. Keys are those of core's `linkKey`; one that names no two contacts finds nothing.
 */
export async function readLinkedPairs(
  session: Session,
  keys: readonly string[],
  call: CallOptions,
): Promise<Page<'referralLink'>> {
  if (keys.length > BATCH_READ) throw new CrmError('invalid', `At most ${BATCH_READ} pairs can be read at once.`);
  const pairs = [...new Set(keys)].flatMap((key) => {
    const ends = linkEnds(key);
    return ends === null ? [] : [[parseId(ends.referredId).nativeId, parseId(ends.referrerId).nativeId] as const];
  });
  const held = await readLinks(session.client, 'contact', 'contact', [...new Set(pairs.map(([from]) => from))], call);
  const records = pairs.flatMap(([from, to]): ReferralLink[] =>
    held.get(from)?.some(({ id }) => id === to) ? [referralLinkOf(from, to)] : [],
  );
  return { records, rejects: [], gone: [], next: null, servedAt: null };
}
