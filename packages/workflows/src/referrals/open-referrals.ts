import {
  DEFAULT_PROGRAM,
  type EngineOptions,
  type Instant,
  type OrgProfile,
  openReferralEngine,
  type ReferralEngine,
  type ReferralEvent,
  readBookEvents,
  readReferralRows,
} from '@holdfast/core';
import { feedRows } from '../score/feed-rows.ts';
import type { Store } from '../store/store.ts';

/** What a workspace's referrals are worked out with; without a program the default one follows and credits claims. */
export type ReferralOptions = Partial<EngineOptions>;

/** Opens the referrals of a workspace: the whole journal, taken again batch by batch. */
export async function openReferrals(store: Store, options: ReferralOptions = {}): Promise<ReferralEngine> {
  const programs = options.programs && options.programs.length > 0 ? options.programs : [DEFAULT_PROGRAM];
  const engine = openReferralEngine({ rates: [], ...options, programs });
  for await (const batch of store.referralBatches()) engine.take(batch);
  return engine;
}

/**
 * Writes events into the journal and takes them: in this order, so that a run that dies in between is made good by the
 * next one, which takes them from the journal. Answers how many were new.
 */
export async function takeReferralEvents(
  store: Store,
  engine: ReferralEngine,
  events: readonly ReferralEvent[],
): Promise<number> {
  const fresh = [...new Map(events.map((it) => [it.key, it])).values()].filter(
    ({ key }) => !engine.state.seen.has(key),
  );
  if (fresh.length === 0) return 0;
  await store.appendReferralEvents(fresh);
  engine.take(fresh);
  return fresh.length;
}

export interface FollowReferralsOptions {
  readonly profile: OrgProfile;
  /** The instant of the pull. */
  readonly asOf: Instant;
  readonly signal?: AbortSignal;
}

/** What following the CRM brought. */
export interface FollowedReferrals {
  /** Events that the journal did not have. */
  readonly taken: number;
  /** Of these, how many were refused; the engine says which and why. */
  readonly refused: number;
}

/**
 * Takes into the journal what the pulled CRM says: merges first, then claims and sales of every active program, then the
 * day. Run again on the same pull it adds nothing.
 */
export async function followReferrals(
  store: Store,
  engine: ReferralEngine,
  { profile, asOf, signal }: FollowReferralsOptions,
): Promise<FollowedReferrals> {
  const before = engine.state.refused.length;
  let taken = await takeReferralEvents(store, engine, await mergeEvents(store, asOf));
  const reading = readReferralRows(profile);
  await feedRows(store, [reading], signal);
  const rows = reading.finish();
  const won = new Set([...engine.state.sales.values()].filter((it) => it.won !== null).map(({ id }) => id));
  for (const program of engine.state.options.programs) {
    if (program.state !== 'active') continue;
    taken += await takeReferralEvents(store, engine, readBookEvents(rows, { profile, program, asOf, won }));
  }
  const day: ReferralEvent = { key: `day ${asOf}`, occurredAt: asOf, recordedAt: asOf, kind: 'day' };
  taken += await takeReferralEvents(store, engine, [day]);
  return { taken, refused: engine.state.refused.length - before };
}

async function mergeEvents(store: Store, asOf: Instant): Promise<readonly ReferralEvent[]> {
  const entities = ['account', 'contact', 'opportunity'] as const;
  const gone = await Promise.all(entities.map((it) => store.tombstones(it)));
  return gone.flat().flatMap(({ id, at, mergedInto, notedAt }): ReferralEvent[] => {
    if (mergedInto === null || notedAt > asOf) return [];
    const occurredAt = Math.min(at ?? notedAt, asOf);
    const key = `merge ${id}>${mergedInto}`;
    return [{ key, occurredAt, recordedAt: asOf, kind: 'merge', loserId: id, survivorId: mergedInto }];
  });
}
