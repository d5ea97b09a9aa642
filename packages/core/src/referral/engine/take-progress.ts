import { convert } from '../../ledger/index.ts';
import { dayInZone } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { checkEvent } from '../claims/check-event.ts';
import type { QualifyingEvent } from '../entities/qualifying-event.ts';
import type { Refusal } from '../entities/reason-code.ts';
import { decideSale } from './decide-sale.ts';
import {
  claimsOn,
  type EngineState,
  programOf,
  putSale,
  ratesOf,
  refuseEvent,
  resolveId,
  type SaleFacts,
  subjectOf,
} from './engine-state.ts';
import { moveBySale, reopenTakenBack } from './move-by-sale.ts';
import { rewardAgain, rewardEvent } from './reward-event.ts';
import { runClaimClocks } from './run-clocks.ts';

/** Takes what the CRM says happened to a party: claims move, a sale is decided, rewards are given or taken back. */
export function takeProgress(state: EngineState, said: QualifyingEvent): void {
  const event = repoint(state, said);
  const refusal = checkProgress(state, event);
  if (refusal) {
    refuseEvent(state, event.key, refusal);
    if (refusal.reason === 'no_rate') state.unrated.set(event.key, said);
    return;
  }
  runClaimClocks(state, event.subjectId, event.occurredAt);
  const before = event.opportunityId === null ? undefined : state.sales.get(event.opportunityId)?.events;
  const sale = noteSale(state, event);
  reopenTakenBack(state, event);
  if (event.type === 'won' && sale) decideSale(state, sale);
  for (const claim of claimsOn(state, event.subjectId)) moveBySale(state, claim, event);
  rewardEvent(state, event);
  if (sale && before?.some((it) => it.key === event.key)) rewardAgain(state, sale.id);
}

function repoint(state: EngineState, event: QualifyingEvent): QualifyingEvent {
  const { subjectId, opportunityId } = event;
  const sale = opportunityId === null ? null : resolveId(state, opportunityId);
  const subject = subjectOf(state, subjectId);
  // ids that are held already are taken from there, so that each is in memory once
  return {
    ...event,
    subjectId: claimsOn(state, subject)[0]?.subjectId ?? subject,
    opportunityId: sale === null ? null : (state.sales.get(sale)?.id ?? sale),
  };
}

/** Every program that rewards something and in which the party was claimed must be able to use it. */
function checkProgress(state: EngineState, event: QualifyingEvent): Refusal | null {
  const on = dayInZone(event.occurredAt, 'UTC');
  const programs = claimsOn(state, event.subjectId).flatMap((it) => programOf(state, it.programId) ?? []);
  const currencies = programs.filter((it) => it.rules.length > 0).map((it) => it.currency);
  for (const currency of new Set([...currencies.sort(), event.amount?.currency ?? ''])) {
    const hasRate = (from: string) => !convert({ minor: 0, currency: from }, currency, on, ratesOf(state)).refused;
    const refusal = checkEvent(event, state.now, currency, hasRate);
    if (refusal) return refusal;
  }
  return null;
}

function noteSale(state: EngineState, event: QualifyingEvent): SaleFacts | null {
  if (event.opportunityId === null) return null;
  const known = state.sales.get(event.opportunityId) ?? newSale(event.opportunityId, event.subjectId);
  const won = event.type === 'won' ? event : event.type === 'cancelled' ? null : known.won;
  const events = known.events.filter((it) => it.key !== event.key).concat(event);
  const isOpening = event.type === 'opportunity_opened';
  const openedAt = isOpening ? Math.min(event.occurredAt, known.openedAt ?? event.occurredAt) : known.openedAt;
  const sale = { ...known, subjectId: event.subjectId, openedAt, won, events };
  putSale(state, sale);
  return sale;
}

function newSale(id: Id, subjectId: Id): SaleFacts {
  return { id, subjectId, openedAt: null, won: null, events: [] };
}
