import { linkEnds, linkKey, type ReferralLink } from '@holdfast/core';
import { followMerges } from './follow-merges.ts';
import type { Store } from './store.ts';

/** What it takes to tell the links of others from our own. */
export type LinkStore = Pick<Store, 'records' | 'writesOf' | 'resolve'>;

/** What the journal of writes knows of links between two people, by the people as they are now. */
export interface OwnLinks {
  /** Keys of links that are our own, or may be: the CRM keeps no mark on them. */
  readonly ours: ReadonlySet<string>;
  /** Keys of links that were made, or found made: whatever became of them, they are not made again. */
  readonly settled: ReadonlySet<string>;
}

/**
 * Reads which links we made. A write whose outcome nobody knows may have made one, so what stands there counts as ours;
 * after we took one away, what stands there is somebody else's.
 */
export async function readOwnLinks(store: Pick<Store, 'writesOf' | 'resolve'>): Promise<OwnLinks> {
  const [ours, settled] = [new Set<string>(), new Set<string>()];
  for (const { key: planned, write, intent, outcome } of await store.writesOf('referralLink')) {
    const ends = linkEnds(planned);
    const [moved] = ends === null ? [] : await followMerges(store, [ends]);
    if (moved === undefined) continue;
    const key = linkKey(moved);
    const isKnown = outcome?.status === 'written' || outcome?.status === 'unchanged';
    if (isKnown) settled.add(key);
    if (write.archive && isKnown) ours.delete(key);
    else if (!write.archive && intent !== null && outcome?.status !== 'failed') ours.add(key);
  }
  return { ours, settled };
}

/** The links that others made. Our own prove nothing: they are what we concluded. */
export async function* othersLinks(store: LinkStore): AsyncIterable<ReferralLink> {
  const { ours } = await readOwnLinks(store);
  for await (const it of store.records('referralLink')) if (!ours.has(linkKey(it))) yield it;
}
