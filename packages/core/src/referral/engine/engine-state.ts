import type { ReferralGraph } from '../../graph/open-referral-graph.ts';
import type { ExchangeRate } from '../../ledger/index.ts';
import type { TextTable } from '../../ledger/text-table.ts';
import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { ArmAssignment } from '../../retention/value/logged-action.ts';
import type { ClauseReward } from '../ask/contract-clause.ts';
import type { ReferralAsk } from '../ask/referral-ask.ts';
import type { DecisionHistory } from '../attribution/decision-history.ts';
import type { Dispute } from '../attribution/dispute.ts';
import { pointClaimId } from '../attribution/merge-claims.ts';
import type { Relation } from '../claims/existing-relation.ts';
import type { ReferralCode } from '../claims/referral-code.ts';
import type { AttributionDecision } from '../entities/attribution-decision.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { Participant } from '../entities/participant.ts';
import type { Program } from '../entities/program.ts';
import type { QualifyingEvent } from '../entities/qualifying-event.ts';
import type { Refusal } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { Tombstone } from '../privacy/tombstone.ts';
import type { RewardBook } from '../rewards/index.ts';
import type { AddedProgram } from './added-programs.ts';
import type { CheckNotes } from './check-notes.ts';
import type { StandingDenial } from './denials.ts';
import type { TouchTable } from './open-touch-table.ts';
import { noteClaim, noteSaleChange, type WhatChanged } from './what-changed.ts';

/** Programs and rates as they are configured; where the journal says something of them, it counts. */
export interface EngineOptions {
  readonly programs: readonly Program[];
  readonly rates: readonly ExchangeRate[];
  /** Clauses of contracts that reward by a rule of their own; left out: as the journal says. */
  readonly clauseRewards?: readonly ClauseReward[];
}

/** An event that was refused, and why; the rest of its batch went on. */
export interface RefusedEvent extends Refusal {
  readonly key: string;
}

/** A sale as far as events told of it. */
export interface SaleFacts {
  readonly id: Id;
  readonly subjectId: Id;
  readonly openedAt: Instant | null;
  readonly won: QualifyingEvent | null;
  /** Since when another channel has the credit, as a person said; left out: none has. */
  readonly creditedElsewhereAt?: Instant;
  /** Events that may carry a reward, in the order in which they were taken. */
  readonly events: readonly QualifyingEvent[];
}

/** Everything that the journal adds up to. Only this folder changes it. */
export interface EngineState {
  readonly options: EngineOptions;
  /** Programs as the journal last said; one that it says nothing of is as in `options`. */
  readonly programs: Map<string, Program>;
  readonly addedPrograms: Map<string, AddedProgram>;
  /** The exchange rates as the journal last said, by `rateKey`; `null`: it says nothing, see `ratesOf`. */
  rates: ReadonlyMap<string, ExchangeRate> | null;
  /** Clauses with a reward of their own as the journal last said; `null`: it never spoke of any. */
  clauses: readonly ClauseReward[] | null;
  /** Keys of all events that were taken. */
  readonly seen: TextTable;
  readonly participants: Map<string, Participant>;
  /** As they were noted, by key; `currentAsks` says how they stand. */
  readonly asks: Map<string, ReferralAsk>;
  /** Draws of the asks' hold-out by account, as it was called when it was drawn; `askArms` has them by today's. */
  readonly askArms: Map<Id, ArmAssignment>;
  /** Codes that were given out, and how often the journal used any code; both by program and code, see `codeOf`. */
  readonly codes: Map<string, ReferralCode>;
  readonly codeUses: Map<string, number>;
  readonly claims: Map<string, ReferralClaim>;
  /** Claims as they stand, in the order of their ids; a list is replaced, never changed. */
  readonly bySubject: Map<Id, readonly ReferralClaim[]>;
  readonly byParticipant: Map<Id, readonly ReferralClaim[]>;
  readonly touches: TouchTable;
  readonly relations: Map<Id, Relation>;
  readonly signals: Map<string, readonly FraudSignal[]>;
  readonly checks: CheckNotes;
  /** That there was no introduction, as noted on our records, by who would have made it. */
  readonly denials: Map<Id, readonly StandingDenial[]>;
  readonly sales: Map<Id, SaleFacts>;
  /** What could not be taken for want of an exchange rate, by key: it is taken once there is one. */
  readonly unrated: Map<string, QualifyingEvent>;
  /** When the clocks change something about the claims on a party next; a party that is missing is looked at. */
  readonly nextClocks: Map<Id, Instant>;
  /** Ids of sales by party, in order. */
  readonly salesOn: Map<Id, readonly Id[]>;
  /** By sale and program. */
  readonly decisions: Map<Id, Map<string, DecisionHistory>>;
  readonly disputes: Map<string, readonly Dispute[]>;
  readonly mergedInto: Map<Id, Id>;
  /** The party that a claim on somebody went over to, such as the account of a contact; as it was called then, see `subjectOf`. */
  readonly rolledUp: Map<Id, Id>;
  /** Who led to whom; accounts where known. */
  readonly graph: ReferralGraph;
  readonly rewards: RewardBook;
  readonly refused: RefusedEvent[];
  /** With which dates an event was refused on account of them, by the key that it had first. */
  readonly misdated: Map<string, string>;
  /** What the policy says now of a sale that is decided otherwise and locked: for a person to look at; by program and sale. */
  readonly proposals: Map<string, AttributionDecision>;
  /** When somebody who was referred was told so; `noticeOf` tells by when it is due. */
  readonly notices: Map<Id, Instant>;
  /** What is left of people who were erased, by digest: `findTombstone` tells whether a party is one of them. */
  readonly tombstones: Map<string, Tombstone>;
  /** Their ids, opaque: nothing is taken up about them again from a file that still has them. */
  readonly erased: Set<Id>;
  /** When the last tombstone of each of them expires; before all time where none is left. */
  readonly erasedUntil: Map<Id, Instant>;
  /** What the next day has to look at. */
  readonly changed: WhatChanged;
  now: Instant;
}

/** What tells one rate from another. */
export function rateKey({ from, to, on, source, value }: ExchangeRate): string {
  return `${from} ${to} ${on} ${value} ${source}`;
}

/**
 * The table of exchange rates in force. A journal that says its programs and no rates had none: what a file says by now
 * changes nothing of its past.
 */
export function ratesOf({
  rates,
  programs,
  options,
}: Pick<EngineState, 'rates' | 'programs' | 'options'>): readonly ExchangeRate[] {
  if (rates !== null) return [...rates.values()];
  return programs.size > 0 ? [] : options.rates;
}

/** The program of an id, as it is in force; `undefined` where neither the journal nor the configuration has it. */
export function programOf(state: EngineState, id: string): Program | undefined {
  return state.programs.get(id) ?? state.options.programs.find((it) => it.id === id);
}

/** All programs as they are in force, by id. */
export function programsOf({ programs, options }: EngineState): readonly Program[] {
  const all = [...options.programs.filter((it) => !programs.has(it.id)), ...programs.values()];
  return all.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The record that an id stands for now. */
export function resolveId(state: Pick<EngineState, 'mergedInto'>, id: Id): Id {
  if (state.mergedInto.size === 0) return id;
  let now = id;
  for (let next = state.mergedInto.get(now); next !== undefined && next !== id; next = state.mergedInto.get(now)) {
    now = next;
  }
  return now;
}

/** The party that a claim on an id is on now: what it went over to before what its record became. */
export function subjectOf({ mergedInto, rolledUp }: Moves, id: Id): Id {
  if (rolledUp.size === 0) return resolveId({ mergedInto }, id);
  let now = id;
  for (let next: Id | undefined = now; next !== undefined; next = rolledUp.get(now) ?? mergedInto.get(now)) now = next;
  return now;
}
type Moves = Pick<EngineState, 'mergedInto' | 'rolledUp'>;

/** The claim that an id stands for now: by the ids from before a merge or a roll-up too. */
export function resolveClaimId(state: Moves, id: string): string {
  if (state.mergedInto.size + state.rolledUp.size === 0) return id;
  return pointClaimId(
    id,
    (it) => resolveId(state, it),
    (it) => subjectOf(state, it),
  );
}

/** A participant of a program; of any where `programId` is left out. */
export function participantOf(state: EngineState, id: Id, programId: string): Participant | undefined {
  return state.participants.get(`${programId} ${resolveId(state, id)}`);
}

/** The claims on a party, in the order of their ids. */
export function claimsOn(state: EngineState, subjectId: Id): readonly ReferralClaim[] {
  return state.bySubject.get(subjectId) ?? [];
}

/** The claims of a participant, in the order of their ids. */
export function claimsOf(state: EngineState, participantId: Id): readonly ReferralClaim[] {
  return state.byParticipant.get(participantId) ?? [];
}

/** Stores a claim as it stands now. */
export function putClaim(state: EngineState, claim: ReferralClaim): void {
  const { id, subjectId, participantId } = claim;
  noteClaim(state, state.claims.get(id), claim);
  state.claims.set(id, claim);
  state.nextClocks.delete(subjectId);
  state.bySubject.set(subjectId, withClaim(claimsOn(state, subjectId), claim));
  state.byParticipant.set(participantId, withClaim(claimsOf(state, participantId), claim));
}

/** Takes a claim out, whose id a merge has changed. */
export function dropClaim(state: EngineState, { id, subjectId, participantId }: ReferralClaim): void {
  noteClaim(state, state.claims.get(id), undefined);
  state.claims.delete(id);
  state.nextClocks.delete(subjectId);
  state.bySubject.set(
    subjectId,
    claimsOn(state, subjectId).filter((it) => it.id !== id),
  );
  state.byParticipant.set(
    participantId,
    claimsOf(state, participantId).filter((it) => it.id !== id),
  );
}

function withClaim(list: readonly ReferralClaim[], claim: ReferralClaim): readonly ReferralClaim[] {
  const place = list.findIndex((it) => it.id >= claim.id);
  if (place < 0) return list.concat(claim);
  return list[place]!.id === claim.id ? list.with(place, claim) : list.toSpliced(place, 0, claim);
}

/** Stores a sale as far as it is known now. */
export function putSale(state: EngineState, sale: SaleFacts): void {
  noteSaleChange(state, sale.id);
  state.sales.set(sale.id, sale);
  const known = salesOf(state, sale.subjectId);
  if (!known.includes(sale.id)) state.salesOn.set(sale.subjectId, known.concat(sale.id).sort());
}

/** Takes a sale out, whose id or party a merge has changed. */
export function dropSale(state: EngineState, { id, subjectId }: SaleFacts): void {
  noteSaleChange(state, id);
  state.sales.delete(id);
  state.salesOn.set(
    subjectId,
    salesOf(state, subjectId).filter((it) => it !== id),
  );
}

/** Ids of the sales of a party, in order. */
export function salesOf(state: EngineState, subjectId: Id): readonly Id[] {
  return state.salesOn.get(subjectId) ?? [];
}

/** Takes down that an event, or a part of it, was refused. */
export function refuseEvent(state: EngineState, key: string, { reason, detail }: Refusal): void {
  state.refused.push({ refused: true, key, reason, detail });
}
