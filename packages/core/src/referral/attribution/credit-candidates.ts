import type { AttributionCandidate } from '../entities/attribution-decision.ts';
import type { AttributionPolicy } from '../entities/attribution-policy.ts';
import { isStronger } from '../entities/evidence-class.ts';
import type { ReasonCode } from '../entities/reason-code.ts';
import type { Candidate } from './judge-candidate.ts';
import { shareOut } from './share-out.ts';

export interface Credited {
  readonly candidates: readonly AttributionCandidate[];
  readonly reason: ReasonCode;
}

/**
 * Credits ranked candidates: the first that can be `sourced` has it whole, or with `split` the first few by the policy's
 * weights. A participant counts once. Who loses is kept as `influenced` and told why; under `sourced_vs_influenced`
 * only who came after the opening is. Where nobody is sourced, the first influenced has the share if influence is paid.
 */
export function creditCandidates(ranked: readonly Candidate[], policy: AttributionPolicy): Credited {
  const firsts = onePerParticipant(ranked);
  const eligible = firsts.filter((it) => it.mostly === 'sourced');
  const count = policy.model === 'split' ? Math.min(policy.splitWeights.length, eligible.length) : 1;
  // who waits behind a protected claim shares nothing with it
  const waits = eligible[0]?.waits ?? false;
  const winners = eligible.slice(0, count).filter((it) => it.waits === waits);
  const paid = winners.length > 0 || !policy.paysInfluence ? winners : firsts.filter(isInfluenced).slice(0, 1);
  const shares = shareOut(paid.map((_, place) => (policy.model === 'split' ? (policy.splitWeights[place] ?? 0) : 1)));
  const won = winReason(winners, eligible[winners.length]);
  const candidates = ranked.map((it): AttributionCandidate => {
    const place = paid.indexOf(it);
    const share = place < 0 ? 0 : (shares[place] ?? 0);
    return { ...shown(it), ...creditOf(it, winners, won, firsts.includes(it), policy), share };
  });
  return { candidates, reason: won ?? candidates[0]?.reason ?? 'not_eligible_for_reward' };
}

function isInfluenced({ mostly }: Candidate): boolean {
  return mostly === 'influenced';
}

function onePerParticipant(ranked: readonly Candidate[]): readonly Candidate[] {
  const met = new Set<string>();
  return ranked.filter(({ claim }) => !met.has(claim.participantId) && met.add(claim.participantId));
}

function shown({ claim, evidence, introducedAt }: Candidate) {
  return { referralId: claim.id, participantId: claim.participantId, evidence, introducedAt };
}

function winReason(winners: readonly Candidate[], next: Candidate | undefined): ReasonCode | null {
  const [first, second] = winners;
  if (first === undefined) return null;
  if (second !== undefined) return 'split';
  const isAhead = next === undefined || next.waits !== first.waits || isStronger(first.evidence, next.evidence);
  return isAhead ? 'best_evidence' : 'first_of_equals';
}

function creditOf(
  it: Candidate,
  winners: readonly Candidate[],
  won: ReasonCode | null,
  isFirst: boolean,
  { model }: AttributionPolicy,
): Pick<AttributionCandidate, 'credit' | 'reason'> {
  if (winners.includes(it) && won) return { credit: 'sourced', reason: won };
  if (it.mostly !== 'sourced') return { credit: it.mostly, reason: it.reason };
  if (!isFirst || model === 'sourced_vs_influenced') return { credit: 'none', reason: 'beaten' };
  const waited = it.claim.state === 'queued' && !winners.some((winner) => winner.waits);
  return { credit: 'influenced', reason: waited ? 'waits_behind_claim' : 'beaten' };
}
