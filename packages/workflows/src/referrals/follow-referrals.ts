import {
  type BookReading,
  type Instant,
  type KeptReferralRows,
  namedParties,
  type OrgProfile,
  type ReferralEngine,
  type ReferralEvent,
  readBookEvents,
  readReferralRows,
} from '@holdfast/core';
import { feedRows } from '../score/feed-rows.ts';
import type { Store } from '../store/store.ts';
import { takeReferralEvents } from './open-referrals.ts';

export interface FollowReferralsOptions extends Pick<BookReading, 'touches' | 'known'> {
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

/** Takes into the journal what the pulled CRM says of referrals. Run again on the same pull it adds nothing. */
export async function followReferrals(
  store: Store,
  engine: ReferralEngine,
  options: FollowReferralsOptions,
): Promise<FollowedReferrals> {
  const reading = readReferralRows(options.profile, namedParties(engine.state));
  await feedRows(store, [reading], options.signal);
  return followRows(store, engine, reading.finish(), options);
}

/**
 * The same from rows that were read already, the journal's `namedParties` among them: merges first, then claims and sales
 * of every active program, then the day.
 */
export async function followRows(
  store: Store,
  engine: ReferralEngine,
  rows: KeptReferralRows,
  { profile, asOf, touches, known }: FollowReferralsOptions,
): Promise<FollowedReferrals> {
  const before = engine.state.refused.length;
  let taken = await takeReferralEvents(store, engine, await mergeEvents(store, asOf));
  const won = new Set([...engine.state.sales.values()].filter((it) => it.won !== null).map(({ id }) => id));
  for (const program of engine.state.options.programs) {
    if (program.state !== 'active') continue;
    const claims = [...engine.state.claims.values()].filter((it) => it.programId === program.id);
    const claimed = new Set(claims.map((it) => it.subjectId));
    const reading = { profile, program, asOf, won, claimed, ...(touches && { touches }), ...(known && { known }) };
    taken += await takeReferralEvents(store, engine, readBookEvents(rows, reading));
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
