import type { Instant } from '../../model/dates.ts';
import type { AttributionDecision } from '../entities/attribution-decision.ts';
import type { Program } from '../entities/program.ts';
import type { Refusal } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { type DecisionContext, decide } from './decide.ts';
import type { WonOpportunity } from './judge-candidate.ts';

/** What is known beside one program: since when it comes after the others for this party; before all time unless said. */
interface ProgramsContext extends DecisionContext {
  readonly addedOver?: (programId: string) => Instant;
}

/**
 * Decides a sale that several programs match: the one of the highest priority with somebody to credit takes it; others
 * only where both are stackable. A program that was added while claims on the party stood under others comes after these. One decision per program with claims on the party, the chosen first; a program that was
 * skipped has its candidates on record with the reason. Ties of priority go to the lower program id.
 */
export function decidePrograms(
  sale: WonOpportunity,
  claims: readonly ReferralClaim[],
  programs: readonly Program[],
  context: ProgramsContext,
): readonly AttributionDecision[] | Refusal {
  const decided: { readonly program: Program; readonly decision: AttributionDecision }[] = [];
  const matching = programs.filter((program) =>
    claims.some((it) => it.programId === program.id && sale.subjectIds.includes(it.subjectId)),
  );
  for (const program of matching.sort(byPriority(context))) {
    const decision = decide(sale, claims, program, context);
    if ('refused' in decision) return decision;
    decided.push({ program, decision });
  }
  const credits = (credit: string) =>
    decided.find(({ decision }) => decision.candidates.some((it) => it.credit === credit));
  const chosen = credits('sourced') ?? credits('influenced') ?? decided[0];
  if (chosen === undefined) return [];
  const rest = decided.filter((it) => it !== chosen);
  const stacks = ({ program }: { readonly program: Program }) => program.stackable && chosen.program.stackable;
  return [chosen.decision, ...rest.map((it) => (stacks(it) ? it.decision : skip(it.decision)))];
}

function byPriority({ addedOver = () => Number.NEGATIVE_INFINITY }: ProgramsContext) {
  return (a: Program, b: Program): number => {
    const [x, y] = [addedOver(a.id), addedOver(b.id)];
    return x !== y ? x - y : b.priority - a.priority || (a.id < b.id ? -1 : 1);
  };
}

function skip(decision: AttributionDecision): AttributionDecision {
  const candidates = decision.candidates.map((it) =>
    it.credit === 'none' ? it : { ...it, credit: 'none' as const, share: 0, reason: 'other_program' as const },
  );
  return { ...decision, candidates, reason: 'other_program' };
}
