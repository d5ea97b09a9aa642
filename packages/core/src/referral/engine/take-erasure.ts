import type { ReferralEvent } from '../entities/referral-event.ts';
import { type EngineState, putClaim } from './engine-state.ts';

/** Whoever was erased is referred no longer: open claims end, and no person is named in them. */
export function takeErasure(state: EngineState, event: Extract<ReferralEvent, { readonly kind: 'erase' }>): void {
  const { partyId, occurredAt: at, key } = event;
  for (const claim of [...state.claims.values()]) {
    const isReferred = claim.subjectId === partyId || claim.referredContactId === partyId;
    if (!isReferred && claim.participantId !== partyId) continue;
    const isOver = ['withdrawn', 'reversed', 'rejected', 'duplicate', 'disqualified', 'won', 'retained'];
    const to = isOver.includes(claim.state) ? claim.state : 'withdrawn';
    const step = { from: claim.state, to, event: 'erase', at, actor: key, reason: 'erased' as const };
    const history = [...claim.history, { ...step, policyVersion: claim.policyVersion }];
    putClaim(state, { ...claim, referredContactId: isReferred ? null : claim.referredContactId, state: to, history });
  }
}
