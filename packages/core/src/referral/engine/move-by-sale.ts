import { DAY_MS, type Instant } from '../../model/dates.ts';
import { isCreditable } from '../claims/clocks.ts';
import { isRefused, moveClaim, recordStep } from '../claims/move-claim.ts';
import { claimEventOf, isRunning, TRANSITIONS } from '../claims/transitions.ts';
import type { QualifyingEvent } from '../entities/qualifying-event.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { decideSale } from './decide-sale.ts';
import {
  claimsOn,
  type EngineState,
  programOf,
  putClaim,
  refuseEvent,
  type SaleFacts,
  salesOf,
} from './engine-state.ts';
import { rewardAgain } from './reward-event.ts';

/**
 * A sale that was taken back is won after all: claims that went with it are open again, within their credit window (rule 3);
 * those that a person ended stay so.
 */
export function reopenTakenBack(state: EngineState, event: QualifyingEvent): void {
  if (event.again !== true) return;
  for (const claim of claimsOn(state, event.subjectId)) {
    const last = claim.history.findLast((it) => it.event !== 'merge');
    const program = programOf(state, claim.programId);
    const isTakenBack = claim.state === 'reversed' && last?.event === 'reverse';
    if (!program || !isTakenBack || claim.opportunityId !== event.opportunityId) continue;
    if (!isCreditable(claim, event.occurredAt)) continue;
    const at = Math.max(last.at, event.occurredAt);
    const step = { event: 'reopen', at, actor: event.key, reason: 'progressed' } as const;
    putClaim(state, recordStep(claim, 'reopened', step, program.policy.version));
  }
}

/** Moves a claim by what happened to its party; one that is not meant, or cannot take the step, stays as it is. */
export function moveBySale(state: EngineState, claim: ReferralClaim, event: QualifyingEvent): void {
  const name = claimEventOf(event.type);
  const program = programOf(state, claim.programId);
  if (!isMeant(claim, event) || name === null || !program || TRANSITIONS[claim.state][name] === undefined) return;
  const moved = moveClaim(claim, { event: name, at: event.occurredAt, actor: event.key }, program.policy);
  if (!isRefused(moved)) {
    const follows = isRunning(moved.state) || moved.opportunityId === null;
    putClaim(state, follows && event.opportunityId !== null ? { ...moved, opportunityId: event.opportunityId } : moved);
  } else if (isRunning(claim.state)) refuseEvent(state, event.key, moved);
}

/**
 * A claim that came after what happened to its party: it takes that too, and sales that were won are decided again with
 * it among the candidates. `taken`: keys of what it took before it was taken out.
 */
export function catchUp(
  state: EngineState,
  claimId: string,
  subjectId: string,
  taken: ReadonlySet<string> = NONE,
): void {
  for (const saleId of salesOf(state, subjectId)) {
    const sale = state.sales.get(saleId);
    if (!sale) continue;
    decideSale(state, sale);
    follow(state, claimId, sale, taken);
    if (sale.won !== null) rewardAgain(state, saleId);
  }
}

/** Claims that came to the party of a sale by a merge take what happened before; those that have it stay as they are. */
export function followSale(state: EngineState, sale: SaleFacts): void {
  for (const { id } of claimsOn(state, sale.subjectId)) follow(state, id, sale);
}

const NONE: ReadonlySet<string> = /* @__PURE__ */ new Set();

function follow(state: EngineState, claimId: string, sale: SaleFacts, taken = NONE): void {
  const { events } = sale;
  const own = state.claims.get(claimId);
  if (own?.leavesPast && wasOver(sale, own.introducedAt)) return;
  const again = events.findLastIndex((it) => it.again === true);
  for (const [place, event] of events.entries()) {
    // what took it back, and what that took back, is over
    if (place < again && (event.type === 'won' || event.type === 'cancelled')) continue;
    const claim = taken.has(event.key) ? undefined : state.claims.get(claimId);
    if (claim) moveBySale(state, claim, event);
  }
}

/** Whether a sale had ended, won or lost, on a day before an instant, and nobody opened it since. */
function wasOver({ events }: SaleFacts, at: Instant): boolean {
  const last = events.findLast(({ type }) => type === 'opportunity_opened' || type === 'won' || type === 'lost');
  return last !== undefined && last.type !== 'opportunity_opened' && last.occurredAt + DAY_MS <= at;
}

/** A claim follows one sale; another of the same party moves it only where it lost that one, or has none yet. */
function isMeant({ opportunityId, credit, programId }: ReferralClaim, event: QualifyingEvent): boolean {
  if (event.programId !== undefined && event.programId !== programId) return false;
  if (event.type === 'won' && credit === 'none') return false;
  if (event.type === 'opportunity_opened' || opportunityId === null || event.opportunityId === null) return true;
  return opportunityId === event.opportunityId;
}
