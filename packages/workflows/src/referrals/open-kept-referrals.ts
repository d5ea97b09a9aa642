import {
  dueForDeletion,
  type Instant,
  journalFacts,
  PRIVACY_POLICY,
  type ReferralClaim,
  type ReferralEngine,
} from '@holdfast/core';
import type { Store } from '../store/store.ts';
import { openReferrals, type ReferralOptions } from './open-referrals.ts';

/**
 * Opens the referrals of a workspace for a run that writes: what nobody needs any longer by an instant (claims by hand
 * that came to nothing, touches that led to nothing, tombstones whose time is over) leaves the journal first. What the CRM tells with each pull stays as
 * long as the CRM tells it. A run that dies in between is made good by the next one.
 */
export async function openKeptReferrals(
  store: Pick<Store, 'referralBatches' | 'rewriteReferralEvents'>,
  options: ReferralOptions,
  asOf: Instant,
): Promise<ReferralEngine> {
  const engine = await openReferrals(store, options);
  const programs = [...engine.state.options.programs];
  const due = dueForDeletion(journalFacts(engine.state), asOf, programs, PRIVACY_POLICY, isReadAgain);
  if (!due.isAny) return engine;
  await store.rewriteReferralEvents(due.rewriting());
  return openReferrals(store, options);
}

/** Whether a reading of the CRM brought a claim, and so would bring it again; what is submitted by hand is said once. */
function isReadAgain({ history }: ReferralClaim): boolean {
  return history.some((it) => it.event === 'submit' && !it.actor.startsWith('submitted '));
}
