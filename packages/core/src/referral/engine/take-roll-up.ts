import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { Merge } from '../attribution/merge-claims.ts';
import { findRelation, type Relation } from '../claims/existing-relation.ts';
import { isRefused, moveClaim } from '../claims/move-claim.ts';
import { isRunning } from '../claims/transitions.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { moveCases } from '../rewards/index.ts';
import { decideSale } from './decide-sale.ts';
import {
  claimsOn,
  dropSale,
  type EngineState,
  programOf,
  putSale,
  resolveId,
  salesOf,
  subjectOf,
} from './engine-state.ts';
import { repointDecisions, repointSale } from './merge-sales.ts';
import { followSale } from './move-by-sale.ts';
import { moveClaims } from './move-claims.ts';
import { rewardAgain } from './reward-event.ts';
import { mergeNotices } from './take-notice.ts';

type RollUp = Extract<ReferralEvent, { readonly kind: 'roll_up' }>;

/**
 * Who was referred belongs to a party by now: claims on them are on it, and whatever names them as referred finds it. The
 * first time counts: somebody who moves on takes no claim along. Taken again it changes nothing.
 */
export function takeRollUp(state: EngineState, event: RollUp): void {
  const { key: id, occurredAt: at, contactId, opportunityId, relation } = event;
  const fromId = resolveId(state, event.fromId);
  const toId = subjectOf(state, event.toId);
  const [contact, sale] = [contactId, opportunityId].map((it) => (it == null ? null : resolveId(state, it)));
  const wentOver = [event.fromId, fromId].some((it) => state.rolledUp.has(it));
  // a lead that was converted where its mailbox had it before: only who they are is new
  const isNamed = wentOver && contact && contact !== fromId && subjectOf(state, event.fromId) === toId;
  if (toId === fromId || (wentOver && !isNamed)) return;
  const known = relation ?? state.relations.get(toId) ?? state.relations.get(fromId);
  if (known) state.relations.set(toId, known);
  rollUpTo(state, { id, at, loserId: fromId, survivorId: toId }, (claim) => {
    const { subjectId, referredContactId } = claim;
    if ((referredContactId ?? subjectId) !== fromId) return claim;
    const opportunityId = claim.opportunityId ?? sale ?? null;
    const now = { ...claim, referredContactId: contact ?? referredContactId, opportunityId };
    return relation ? noteRelation(state, now, relation, { at, actor: id }) : now;
  });
  if (!contact || contact === fromId) return;
  state.mergedInto.set(fromId, contact);
  mergeNotices(state, fromId, contact);
}

/** What stood between the company and the account before the introduction limits the claim, as on the day when it came in. */
function noteRelation(
  state: EngineState,
  claim: ReferralClaim,
  relation: Relation,
  step: { readonly at: Instant; readonly actor: string },
): ReferralClaim {
  const policy = programOf(state, claim.programId)?.policy;
  if (!policy || !isRunning(claim.state)) return claim;
  const reason = findRelation(claim.introducedAt, claim.claimedAt, relation, policy);
  const moved = reason && moveClaim(claim, { event: 'note_influence', reason, ...step }, policy);
  return moved === null || isRefused(moved) ? claim : moved;
}

/** After a merge the one that is left belongs where either belonged; where both did, each claim stays where it was decided. */
export function rollUpMerged(
  state: EngineState,
  merge: { id: string; at: Instant; loserId: Id; survivorId: Id },
): void {
  const { loserId, survivorId } = merge;
  const from = [survivorId, loserId].find((it) => state.rolledUp.has(it));
  const toId = from === undefined ? survivorId : subjectOf(state, from);
  if (toId !== survivorId) rollUpTo(state, { ...merge, loserId: survivorId, survivorId: toId });
}

function rollUpTo(
  state: EngineState,
  said: Omit<Merge, 'only'>,
  now: (claim: ReferralClaim) => ReferralClaim = (it) => it,
): void {
  const merge: Merge = { ...said, only: 'subject' };
  const { loserId, survivorId } = merge;
  if (!state.rolledUp.has(loserId)) state.rolledUp.set(loserId, survivorId);
  const claims = [...claimsOn(state, loserId), ...claimsOn(state, survivorId)].map(now);
  const sales = [...salesOf(state, loserId), ...salesOf(state, survivorId), ...claims.flatMap(saleOf)];
  moveClaims(state, claims, merge);
  state.touches.merge(loserId, survivorId, 'subject');
  state.graph.merge(loserId, survivorId);
  for (const id of salesOf(state, loserId)) moveSale(state, id, merge);
  const decided = new Set(sales);
  repointDecisions(state, merge, decided);
  moveCases(state.rewards, merge, { cases: decided, isSale: state.sales.has(loserId) });
  for (const id of salesOf(state, survivorId)) {
    const sale = state.sales.get(id);
    if (!sale) continue;
    decideSale(state, sale, merge.id);
    followSale(state, sale);
    rewardAgain(state, id);
  }
}

const saleOf = ({ opportunityId }: ReferralClaim) => opportunityId ?? [];

function moveSale(state: EngineState, id: Id, merge: Merge): void {
  const sale = state.sales.get(id);
  if (!sale) return;
  dropSale(state, sale);
  putSale(state, repointSale(sale, merge));
}
