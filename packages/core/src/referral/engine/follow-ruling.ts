import type { ReferralState } from '../../model/types.ts';
import type { DecisionHistory } from '../attribution/decision-history.ts';
import { isRefused, moveClaim } from '../claims/move-claim.ts';
import type { ClaimEvent } from '../claims/transitions.ts';
import { type EngineState, programOf, putClaim } from './engine-state.ts';

/** What leads to `won` where the sale alone does not: a person has set aside what kept the claim out. */
const WAYS: Partial<Record<ReferralState, readonly ClaimEvent[]>> = {
  ...{ duplicate: ['resubmit', 'accept'], rejected: ['resubmit', 'accept'] },
  ...{ submitted: ['accept'], under_review: ['accept'], queued: ['promote'] },
};

/** Whom a person credits with a won sale has won it, whatever kept the claim out until then; what has ended for good stays. */
export function followRuling(state: EngineState, history: DecisionHistory, actor: string): void {
  const last = history.at(-1);
  const sale = last && state.sales.get(last.opportunityId);
  const policy = last && programOf(state, last.programId)?.policy;
  if (!last || !sale?.won || !policy) return;
  const { reason, decidedAt } = last;
  for (const { referralId, share } of last.candidates) {
    let claim = state.claims.get(referralId);
    if (!claim || share === 0 || claim.state === 'won' || claim.state === 'retained') continue;
    for (const event of [...(WAYS[claim.state] ?? []), 'won'] as const) {
      // a sale of the same day may lie some hours before the introduction: whoever ruled has seen both
      const at = event === 'won' ? Math.max(sale.won.occurredAt, claim.introducedAt) : decidedAt;
      const moved = moveClaim(claim, { event, at, actor, reason }, policy);
      if (isRefused(moved)) break;
      claim = moved;
    }
    if (claim.state === 'won') putClaim(state, { ...claim, opportunityId: sale.id });
  }
}
