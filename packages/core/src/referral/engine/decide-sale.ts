import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { decidePrograms } from '../attribution/decide-programs.ts';
import { applyDecision, type DecisionHistory, recordDecision } from '../attribution/decision-history.ts';
import { NO_RELATION } from '../claims/existing-relation.ts';
import type { AttributionDecision } from '../entities/attribution-decision.ts';
import { addedOver } from './added-programs.ts';
import {
  claimsOn,
  type EngineState,
  participantOf,
  programsOf,
  putClaim,
  refuseEvent,
  type SaleFacts,
} from './engine-state.ts';
import { noteSaleChange } from './what-changed.ts';

/**
 * Decides a won sale in every program with claims on its party, or decides it again: a new version where it says
 * something else, a proposal for a person where the decision is locked or was made by a person.
 */
export function decideSale(state: EngineState, sale: SaleFacts, mergeId?: string): void {
  if (sale.won === null) return;
  const claims = claimsOn(state, sale.subjectId);
  if (claims.length === 0) return;
  const histories = state.decisions.get(sale.id) ?? new Map<string, DecisionHistory>();
  const { occurredAt, amount, key } = sale.won;
  const openedAt = sale.openedAt ?? occurredAt;
  const won = { id: sale.id, subjectIds: [sale.subjectId], openedAt, wonAt: occurredAt, amount };
  const decided = decidePrograms(won, claims, programsOf(state), {
    asOf: state.now,
    participant: (id, programId) => participantOf(state, id, programId),
    touches: state.touches.of(
      sale.subjectId,
      claims.map((it) => it.participantId),
    ),
    relation: state.relations.get(sale.subjectId) ?? NO_RELATION,
    creditedElsewhereAt: sale.creditedElsewhereAt ?? null,
    firstDecidedAt: firstDecidedAt(histories),
    addedOver: (programId) => addedOver(state, programId, sale.subjectId),
  });
  if ('refused' in decided) {
    refuseEvent(state, key, decided);
    return;
  }
  noteSaleChange(state, sale.id);
  for (const it of decided) record(state, sale.id, histories, mergeId === undefined ? it : { ...it, mergeId });
  state.decisions.set(sale.id, histories);
  noteSaleChange(state, sale.id);
}

function record(
  state: EngineState,
  saleId: Id,
  histories: Map<string, DecisionHistory>,
  decision: AttributionDecision,
): void {
  const { history, proposal } = recordDecision(histories.get(decision.programId) ?? [], decision);
  histories.set(decision.programId, history);
  if (proposal !== null) state.proposals.set(`${decision.programId} ${saleId}`, proposal);
  writeCredit(state, history);
}

/** Writes what the last version says onto the claims. */
export function writeCredit(state: EngineState, history: DecisionHistory): void {
  const last = history.at(-1);
  if (!last) return;
  const claims = last.candidates.flatMap((it) => state.claims.get(it.referralId) ?? []);
  applyDecision(claims, last).forEach((it, place) => {
    if (it !== claims[place]) putClaim(state, it);
  });
}

function firstDecidedAt(histories: ReadonlyMap<string, DecisionHistory>): Instant | null {
  const firsts = [...histories.values()].flatMap((it) => it[0]?.decidedAt ?? []);
  return firsts.length === 0 ? null : Math.min(...firsts);
}
