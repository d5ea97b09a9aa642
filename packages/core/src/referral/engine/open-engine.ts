import { openReferralGraph } from '../../graph/open-referral-graph.ts';
import { openTextTable } from '../../ledger/text-table.ts';
import type { Instant } from '../../model/dates.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { openRewardBook, settle } from '../rewards/index.ts';
import { noteIdentities, openCheckNotes } from './check-notes.ts';
import { type EngineOptions, type EngineState, ratesOf, refuseEvent, resolveId } from './engine-state.ts';
import { letGoOfMended, noteMisdated } from './misdated.ts';
import { openTouchTable } from './open-touch-table.ts';
import { runAllClocks } from './run-clocks.ts';
import { takeAct } from './take-act.ts';
import { takeAnswer, takeAsk } from './take-ask.ts';
import { takeClaim } from './take-claim.ts';
import { takeCode } from './take-code.ts';
import { takeDeletedSale } from './take-deleted-sale.ts';
import { takeDenial } from './take-denial.ts';
import { takeErasure } from './take-erasure.ts';
import { takeMerge } from './take-merge.ts';
import { takeParticipant } from './take-participant.ts';
import { takeProgress } from './take-progress.ts';
import { takeProgram, takeRates } from './take-rates.ts';
import { takeRollUp } from './take-roll-up.ts';
import { takeTouch } from './take-touch.ts';
import { noteReward, openWhatChanged } from './what-changed.ts';

/** The referrals of a workspace: what its journal adds up to under its programs. */
export interface ReferralEngine {
  /**
   * Takes one batch of the journal. The order within it is (`occurredAt`,
   * `key`), so that any permutation gives the same; an event whose key was taken before changes nothing. What is refused
   * is told in `state.refused`, and the rest of the batch goes on.
   */
  readonly take: (batch: readonly ReferralEvent[]) => void;
  /** Read it freely; only `take` changes it. */
  readonly state: Omit<EngineState, 'now'> & { readonly now: Instant };
}

/**
 * Opens an empty engine; feed it the journal batch by batch. Pure: the same journal and programs give the same claims,
 * decisions and ledger, so a run that died is made good by running again.
 */
export function openReferralEngine(options: EngineOptions): ReferralEngine {
  const changed = openWhatChanged();
  const state: EngineState = {
    options,
    programs: new Map(),
    addedPrograms: new Map(),
    seen: openTextTable(),
    participants: new Map(),
    asks: new Map(),
    askArms: new Map(),
    rates: null,
    clauses: null,
    codes: new Map(),
    codeUses: new Map(),
    claims: new Map(),
    bySubject: new Map(),
    byParticipant: new Map(),
    touches: openTouchTable(),
    relations: new Map(),
    signals: new Map(),
    checks: openCheckNotes(),
    denials: new Map(),
    sales: new Map(),
    unrated: new Map(),
    nextClocks: new Map(),
    salesOn: new Map(),
    decisions: new Map(),
    disputes: new Map(),
    mergedInto: new Map(),
    rolledUp: new Map(),
    graph: openReferralGraph(),
    rewards: openRewardBook({}, (key) => noteReward(changed, key)),
    changed,
    refused: [],
    misdated: new Map(),
    proposals: new Map(),
    notices: new Map(),
    tombstones: new Map(),
    erased: new Set(),
    erasedUntil: new Map(),
    now: Number.NEGATIVE_INFINITY,
  };
  return {
    state,
    take: (batch) => {
      for (const event of inOrder(batch)) {
        const known = state.seen.size;
        if (state.seen.number(event.key) < known) continue;
        state.now = Math.max(state.now, event.recordedAt);
        letGoOfMended(state, event);
        const refused = state.refused.length;
        takeOne(state, event);
        noteMisdated(state, event, refused);
      }
    },
  };
}

/** A batch by (`occurredAt`, `key`); one that is in order already is left as it is. */
function inOrder(batch: readonly ReferralEvent[]): readonly ReferralEvent[] {
  const isSorted = batch.every((it, place) => place === 0 || byTime(batch[place - 1]!, it) <= 0);
  return isSorted ? batch : [...batch].sort(byTime);
}

function takeOne(state: EngineState, event: ReferralEvent): void {
  const { key, occurredAt: at } = event;
  switch (event.kind) {
    case 'participant':
      takeParticipant(state, event.participant, event.by !== undefined);
      return;
    case 'claim':
      takeClaim(state, event, event.claim, event.known);
      return;
    case 'touch':
      takeTouch(state, event.touch);
      return;
    case 'progress':
      takeProgress(state, event.progress);
      return;
    case 'merge':
      takeMerge(state, { id: key, loserId: event.loserId, survivorId: event.survivorId, at });
      return;
    case 'roll_up':
      takeRollUp(state, event);
      return;
    case 'act':
      takeAct(state, { key, by: event.by, at, does: event.does });
      return;
    case 'settle':
      takeSettlement(state, event);
      return;
    case 'erase':
      takeErasure(state, event);
      return;
    case 'ask':
      takeAsk(state, event.ask);
      return;
    case 'answer':
      takeAnswer(state, key, event.answer);
      return;
    case 'ask_arm':
      if (!state.askArms.has(event.arm.accountId)) state.askArms.set(event.arm.accountId, event.arm);
      return;
    case 'code':
      takeCode(state, key, event.code);
      return;
    case 'program':
      takeProgram(state, event.program, event.added);
      return;
    case 'rates':
      takeRates(state, event);
      return;
    case 'clauses':
      state.clauses = event.clauses;
      return;
    case 'identity':
      noteIdentities(state, resolveId(state, event.partyId), event.identities);
      return;
    case 'sale_deleted':
      takeDeletedSale(state, event.opportunityId);
      return;
    case 'denial':
      takeDenial(state, event.denial, { at, by: key });
      return;
    case 'gone':
      return;
    case 'day':
      runAllClocks(state, at);
      return;
  }
}

function takeSettlement(state: EngineState, event: Extract<ReferralEvent, { readonly kind: 'settle' }>): void {
  const { programId, period, by, key, payees } = event;
  const payee = (id: string) => payees[id];
  const options = { programId, period, asOf: state.now, by, payee, rates: ratesOf(state) };
  const settled = settle(state.rewards, options);
  if (settled.refused) refuseEvent(state, key, settled);
}

function byTime(a: ReferralEvent, b: ReferralEvent): number {
  return a.occurredAt - b.occurredAt || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}
