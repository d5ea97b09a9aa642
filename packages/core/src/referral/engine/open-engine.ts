import type { Instant } from '../../model/dates.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { openRewardBook, settle } from '../rewards/index.ts';
import { type EngineOptions, type EngineState, putClaim, refuseEvent, resolveId } from './engine-state.ts';
import { openTouchTable } from './open-touch-table.ts';
import { runAllClocks } from './run-clocks.ts';
import { takeAct } from './take-act.ts';
import { takeClaim } from './take-claim.ts';
import { takeMerge } from './take-merge.ts';
import { takeProgress } from './take-progress.ts';
import { takeTouch } from './take-touch.ts';

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
  const state: EngineState = {
    options,
    seen: new Set(),
    participants: new Map(),
    claims: new Map(),
    bySubject: new Map(),
    byParticipant: new Map(),
    touches: openTouchTable(),
    relations: new Map(),
    signals: new Map(),
    sales: new Map(),
    salesOn: new Map(),
    decisions: new Map(),
    disputes: new Map(),
    mergedInto: new Map(),
    graphs: new Map(),
    rewards: openRewardBook(),
    refused: [],
    proposals: new Map(),
    now: Number.NEGATIVE_INFINITY,
  };
  return {
    state,
    take: (batch) => {
      for (const event of inOrder(batch)) {
        if (state.seen.has(event.key)) continue;
        state.seen.add(event.key);
        state.now = Math.max(state.now, event.recordedAt);
        takeOne(state, event);
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
    case 'participant': {
      const { participant } = event;
      const id = resolveId(state, participant.id);
      state.participants.set(`${participant.programId} ${id}`, { ...participant, id });
      return;
    }
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
    case 'act':
      takeAct(state, { key, by: event.by, at, does: event.does });
      return;
    case 'settle':
      takeSettlement(state, event);
      return;
    case 'erase':
      takeErasure(state, event);
      return;
    case 'day':
      runAllClocks(state, at);
      return;
  }
}

function takeSettlement(state: EngineState, event: Extract<ReferralEvent, { readonly kind: 'settle' }>): void {
  const { programId, period, by, key, payees } = event;
  const payee = (id: string) => payees[id];
  const { rates } = state.options;
  const settled = settle(state.rewards, { programId, period, asOf: state.now, by, payee, rates });
  if (settled.refused) refuseEvent(state, key, settled);
}

/** Whoever was erased is referred no longer: open claims end, and no person is named in them. */
function takeErasure(state: EngineState, event: Extract<ReferralEvent, { readonly kind: 'erase' }>): void {
  const { partyId, occurredAt: at, key } = event;
  for (const claim of [...state.claims.values()]) {
    const isReferred = claim.subjectId === partyId || claim.referredContactId === partyId;
    if (!isReferred && claim.participantId !== partyId) continue;
    const isOver = ['withdrawn', 'reversed', 'rejected', 'duplicate', 'disqualified', 'won', 'retained'];
    const to = isOver.includes(claim.state) ? claim.state : 'withdrawn';
    const step = { from: claim.state, to, event: 'erase', at, actor: key, reason: 'erased' as const };
    const history = [...claim.history, { ...step, policyVersion: claim.policyVersion }];
    putClaim(state, { ...claim, referredContactId: isReferred ? null : claim.referredContactId, state: to, history });
  }
}

function byTime(a: ReferralEvent, b: ReferralEvent): number {
  return a.occurredAt - b.occurredAt || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}
