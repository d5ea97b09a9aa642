import type { Instant } from '../../model/dates.ts';
import type { AttributionDecision } from '../entities/attribution-decision.ts';
import type { Program } from '../entities/program.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { creditCandidates } from './credit-candidates.ts';
import { type Candidate, type Judging, judgeCandidate, type WonOpportunity } from './judge-candidate.ts';
import { rankCandidates } from './rank-candidates.ts';

/** What is known at the conversion. */
export interface DecisionContext extends Omit<Judging, 'policy'> {
  readonly asOf: Instant;
  /** When another channel (a paid ad, an affiliate) was credited with this sale or the one that it renews. */
  readonly creditedElsewhereAt: Instant | null;
  /** When the sale was first decided on here; `null`: this is the first time. */
  readonly firstDecidedAt: Instant | null;
}

/**
 * Decides who is credited with a sale in one program (pure, deterministic, whatever the order of claims and touches):
 * eligibility, then what the policy's model looks at, then the claim's id. Every claim of the program on the party comes
 * out as a candidate with its credit, share and reason. Refused: a sale in the future, won before it was opened, or of a
 * negative amount. The version is 1; `recordDecision` numbers it.
 */
export function decide(
  sale: WonOpportunity,
  claims: readonly ReferralClaim[],
  program: Program,
  context: DecisionContext,
): AttributionDecision | Refusal {
  if (sale.wonAt > context.asOf) return refuse('future_event');
  if (sale.wonAt < sale.openedAt) return refuse('clock_backwards');
  if (sale.amount !== null && sale.amount.minor < 0) return refuse('negative_amount');
  const { policy } = program;
  const judging = { ...context, policy };
  const candidates = claims
    .filter((it) => it.programId === program.id && sale.subjectIds.includes(it.subjectId))
    .map((it) => yieldToOthers(judgeCandidate(it, sale, judging), context));
  const { candidates: credited, reason } = creditCandidates(rankCandidates(candidates, policy.model), policy);
  return {
    opportunityId: sale.id,
    version: 1,
    programId: program.id,
    policyVersion: policy.version,
    decidedAt: context.asOf,
    candidates: credited,
    reason,
    override: null,
    locked: false,
  };
}

/** A sale that another channel was credited with before stays its: the first credit is never overridden silently. */
function yieldToOthers(
  candidate: Candidate,
  { creditedElsewhereAt, firstDecidedAt, asOf }: DecisionContext,
): Candidate {
  const isTaken = creditedElsewhereAt !== null && creditedElsewhereAt <= (firstDecidedAt ?? asOf);
  if (!isTaken || candidate.mostly !== 'sourced') return candidate;
  return { ...candidate, mostly: 'influenced', reason: 'already_credited' };
}
