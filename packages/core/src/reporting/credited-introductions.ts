import type { Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { ReferralState } from '../model/types.ts';
import type { ReferralEngine } from '../referral/engine/index.ts';
import type { AttributionCandidate, AttributionDecision } from '../referral/entities/index.ts';
import type { ReferralType } from '../referral/value/index.ts';

/** An introduction that a sale was decided for. */
export interface CreditedIntroduction {
  readonly referralId: string;
  readonly programId: string;
  readonly participantId: Id;
  readonly referrerId: Id;
  readonly subjectId: Id;
  readonly opportunityId: Id;
  /** `one`: it was sourced; `two`: nobody was, and this one comes first of those that influenced it. */
  readonly type: ReferralType;
  /** Basis points of the party's value: of the decision for `one`, the whole for `two`. */
  readonly share: number;
  readonly introducedAt: Instant;
  readonly wonAt: Instant;
  readonly state: ReferralState;
}

type State = Pick<ReferralEngine['state'], 'claims' | 'decisions' | 'sales'>;

/**
 * The introductions behind the sales that were won, by the decisions as they stand: of each party and program its first
 * sale, since that is what the introduction led to; by time of the sale. A claim that was erased is left out.
 */
export function creditedIntroductions({ claims, decisions, sales }: State): readonly CreditedIntroduction[] {
  const found: CreditedIntroduction[] = [];
  for (const [opportunityId, byProgram] of decisions) {
    const wonAt = sales.get(opportunityId)?.won?.occurredAt;
    if (wonAt === undefined) continue;
    for (const [programId, history] of byProgram) {
      for (const { type, share, referralId } of creditOf(history.at(-1))) {
        const claim = claims.get(referralId);
        if (!claim) continue;
        const { participantId, referrerAccountId, subjectId, introducedAt, state } = claim;
        const referrerId = referrerAccountId ?? participantId;
        const who = { referralId, programId, participantId, referrerId, subjectId, opportunityId };
        found.push({ ...who, type, share, introducedAt, wonAt, state });
      }
    }
  }
  const name = (it: CreditedIntroduction) => `${it.opportunityId}\n${it.referralId}`;
  found.sort((a, b) => a.wonAt - b.wonAt || (name(a) < name(b) ? -1 : 1));
  return firstSales(found);
}

function creditOf(decision: AttributionDecision | undefined) {
  const candidates: readonly AttributionCandidate[] = decision?.candidates ?? [];
  const sourced = candidates.filter((it) => it.credit === 'sourced' && it.share > 0);
  if (sourced.length > 0) return sourced.map(({ referralId, share }) => ({ referralId, share, type: 'one' as const }));
  const first = candidates.find((it) => it.credit === 'influenced');
  return first ? [{ referralId: first.referralId, share: 10_000, type: 'two' as const }] : [];
}

function firstSales(found: readonly CreditedIntroduction[]): readonly CreditedIntroduction[] {
  const first = new Map<string, Id>();
  return found.filter(({ programId, subjectId, opportunityId }) => {
    const party = `${programId}\n${subjectId}`;
    if (!first.has(party)) first.set(party, opportunityId);
    return first.get(party) === opportunityId;
  });
}
