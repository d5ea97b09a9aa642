import {
  DEFAULT_PROGRAM,
  type EngineOptions,
  openReferralEngine,
  type ReferralEngine,
  type ReferralEvent,
} from '@holdfast/core';
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
