import { isRefused, moveClaim } from '../claims/move-claim.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { indexTombstones } from '../privacy/tombstone.ts';
import { type EngineState, programOf, putClaim } from './engine-state.ts';

/**
 * Somebody was erased: `eraseParty` has taken them out of what the journal says before, the claims that it names end here,
 * and the tombstones tell the person again. A claim that is over, or was won, stays as it is.
 */
export function takeErasure(state: EngineState, event: Extract<ReferralEvent, { readonly kind: 'erase' }>): void {
  const { occurredAt: at, key: actor, partyId, withdrawn, tombstones } = event;
  state.erased.add(partyId);
  const known = state.erasedUntil.get(partyId) ?? Number.NEGATIVE_INFINITY;
  state.erasedUntil.set(partyId, Math.max(known, ...tombstones.map((it) => it.expiresAt)));
  indexTombstones(tombstones, state.tombstones);
  for (const id of withdrawn) {
    const claim = state.claims.get(id);
    const program = claim && programOf(state, claim.programId);
    if (!program || claim.state === 'won' || claim.state === 'retained') continue;
    const moved = moveClaim(claim, { event: 'withdraw', at, actor, reason: 'erased' }, program.policy);
    if (!isRefused(moved)) putClaim(state, moved);
  }
}
