import { convert } from '../../ledger/index.ts';
import { dayInZone } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { checkEvent } from '../claims/check-event.ts';
import { isRefused, moveClaim } from '../claims/move-claim.ts';
import { claimEventOf, isRunning, TRANSITIONS } from '../claims/transitions.ts';
import type { QualifyingEvent } from '../entities/qualifying-event.ts';
import type { Refusal } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { decideSale } from './decide-sale.ts';
import {
  claimsOn,
  type EngineState,
  programOf,
  putClaim,
  refuseEvent,
  resolveId,
  type SaleFacts,
} from './engine-state.ts';
import { rewardEvent } from './reward-event.ts';
import { runClaimClocks } from './run-clocks.ts';

/** Takes what the CRM says happened to a party: claims move, a sale is decided, rewards are given or taken back. */
export function takeProgress(state: EngineState, said: QualifyingEvent): void {
  const event = repoint(state, said);
  const refusal = checkProgress(state, event);
  if (refusal) {
    refuseEvent(state, event.key, refusal);
    return;
  }
  runClaimClocks(state, event.subjectId, event.occurredAt);
  const sale = noteSale(state, event);
  if (event.type === 'won' && sale) decideSale(state, sale);
  for (const claim of claimsOn(state, event.subjectId)) if (isMeant(claim, event)) step(state, claim, event);
  rewardEvent(state, event);
}

function repoint(state: EngineState, event: QualifyingEvent): QualifyingEvent {
  const { subjectId, opportunityId } = event;
  const sale = opportunityId === null ? null : resolveId(state, opportunityId);
  return { ...event, subjectId: resolveId(state, subjectId), opportunityId: sale };
}

/** Every program in which the party was claimed must be able to use it. */
function checkProgress(state: EngineState, event: QualifyingEvent): Refusal | null {
  const on = dayInZone(event.occurredAt, 'UTC');
  const programs = claimsOn(state, event.subjectId).flatMap((it) => programOf(state, it.programId)?.currency ?? []);
  for (const currency of new Set([...programs.sort(), event.amount?.currency ?? ''])) {
    const hasRate = (from: string) => !convert({ minor: 0, currency: from }, currency, on, state.options.rates).refused;
    const refusal = checkEvent(event, state.now, currency, hasRate);
    if (refusal) return refusal;
  }
  return null;
}

function noteSale(state: EngineState, event: QualifyingEvent): SaleFacts | null {
  if (event.opportunityId === null) return null;
  const known = state.sales.get(event.opportunityId) ?? newSale(event.opportunityId, event.subjectId);
  const won = event.type === 'won' ? event : event.type === 'cancelled' ? null : known.won;
  const openedAt = event.type === 'opportunity_opened' ? event.occurredAt : known.openedAt;
  const sale = { ...known, subjectId: event.subjectId, openedAt, won, events: [...known.events, event] };
  state.sales.set(sale.id, sale);
  return sale;
}

function newSale(id: Id, subjectId: Id): SaleFacts {
  return { id, subjectId, openedAt: null, won: null, events: [] };
}

/** A claim follows one sale; another of the same party moves it only where it lost that one, or has none yet. */
function isMeant({ opportunityId, credit }: ReferralClaim, event: QualifyingEvent): boolean {
  if (event.type === 'won' && credit === 'none') return false;
  if (event.type === 'opportunity_opened' || opportunityId === null || event.opportunityId === null) return true;
  return opportunityId === event.opportunityId;
}

function step(state: EngineState, claim: ReferralClaim, event: QualifyingEvent): void {
  const name = claimEventOf(event.type);
  const program = programOf(state, claim.programId);
  if (name === null || !program || TRANSITIONS[claim.state][name] === undefined) return;
  const moved = moveClaim(claim, { event: name, at: event.occurredAt, actor: event.key }, program.policy);
  if (!isRefused(moved)) {
    const follows = isRunning(moved.state) || moved.opportunityId === null;
    putClaim(state, follows && event.opportunityId !== null ? { ...moved, opportunityId: event.opportunityId } : moved);
  } else if (isRunning(claim.state)) refuseEvent(state, event.key, moved);
}
