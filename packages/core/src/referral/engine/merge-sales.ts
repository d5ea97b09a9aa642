import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { type DecisionHistory, joinHistories } from '../attribution/decision-history.ts';
import { type Merge, repoint, repointClaimId } from '../attribution/merge-claims.ts';
import { repointDecision } from '../attribution/repoint-decision.ts';
import { withdrawRewards } from '../rewards/index.ts';
import { dropSale, type EngineState, putSale, type SaleFacts } from './engine-state.ts';

/** Points every sale at the record that is left; two sales that became one are one sale with both pasts. */
export function mergeSales(state: EngineState, merge: Merge): void {
  for (const sale of [...state.sales.values()]) {
    const pointed = repointSale(sale, merge);
    if (pointed === sale) continue;
    dropSale(state, sale);
    const twin = state.sales.get(pointed.id);
    putSale(state, twin ? joinSales(state, twin, pointed, merge) : pointed);
  }
  mergeDisputes(state, merge);
  mergeDecisions(state, merge);
  repointDecisions(state, merge);
}

/** What was decided, proposed and disputed speaks of claims by the ids that they have now; `sales`: of these only. */
export function repointDecisions(state: EngineState, merge: Merge, sales?: ReadonlySet<Id>): void {
  for (const id of sales ?? state.decisions.keys()) {
    const histories = state.decisions.get(id) ?? new Map<string, DecisionHistory>();
    for (const [programId, history] of histories) {
      const now = history.map((it) => repointDecision(it, merge));
      if (now.some((it, place) => it !== history[place])) histories.set(programId, now);
    }
  }
  for (const [key, proposal] of state.proposals) state.proposals.set(key, repointDecision(proposal, merge));
  for (const [key, disputes] of state.disputes) {
    const now = disputes.map((it) => ({ ...it, referralId: repointClaimId(it.referralId, merge) }));
    state.disputes.set(key, now);
  }
}

/** A sale by the records that are left. */
export function repointSale(sale: SaleFacts, merge: Merge): SaleFacts {
  const won = sale.won && repoint(sale.won, merge);
  const events = sale.events.map((it) => repoint(it, merge));
  const isSame = won === sale.won && events.every((it, place) => it === sale.events[place]);
  return isSame ? repoint(sale, merge) : repoint({ ...sale, won, events }, merge);
}

/** What was won twice is one sale: whichever had a reward approved stands for it, else that of the record that is left. */
function joinSales(state: EngineState, kept: SaleFacts, lost: SaleFacts, { loserId }: Merge): SaleFacts {
  const openings = [kept.openedAt, lost.openedAt].filter((it) => it !== null);
  const openedAt: Instant | null = openings.length > 0 ? Math.min(...openings) : null;
  const lostStands = isLocked(state, loserId) && !isLocked(state, kept.id);
  const won = lostStands ? (lost.won ?? kept.won) : (kept.won ?? lost.won);
  const over = kept.won && lost.won ? [kept.won, lost.won].find((it) => it !== won) : undefined;
  const events = [...kept.events, ...lost.events].filter((it) => it.key !== over?.key);
  const elsewhere = [kept.creditedElsewhereAt, lost.creditedElsewhereAt].filter((it) => it !== undefined);
  const credited = elsewhere.length > 0 && { creditedElsewhereAt: Math.min(...elsewhere) };
  return { ...kept, openedAt, won, events, ...credited };
}

/** Rewards for what the merge made a second time of one sale: unapproved they end, an approved one is for a person to look at. */
export function endDoubled(state: EngineState, { survivorId, id }: Merge): void {
  const sale = state.sales.get(survivorId);
  const doubled = state.rewards
    .ofCase(survivorId)
    .filter((it) => it.eventType === 'won' && it.approvedAt === null && it.fraudFinalAt === null)
    .filter((it) => sale?.won && !sale.events.some(({ key }) => key === it.eventKey));
  const take = { at: state.now, source: id, reason: 'merged' } as const;
  withdrawRewards(
    state.rewards,
    doubled.map((it) => it.key),
    take,
  );
}

function isLocked(state: EngineState, saleId: Id): boolean {
  return [...(state.decisions.get(saleId)?.values() ?? [])].some((it) => it.at(-1)?.locked);
}

/** Both histories are kept; where both sales were decided and one of them was approved, a person looks at it. */
function mergeDecisions(state: EngineState, { loserId, survivorId, id }: Merge): void {
  const lost = state.decisions.get(loserId);
  if (!lost) return;
  const kept = state.decisions.get(survivorId) ?? new Map<string, DecisionHistory>();
  for (const [programId, history] of lost) {
    const own = kept.get(programId) ?? [];
    const joined = joinHistories(own, history, { opportunityId: survivorId, mergeId: id, decidedAt: state.now });
    kept.set(programId, joined);
    const last = joined.at(-1);
    if (own.length > 0 && last?.locked) state.proposals.set(`${programId} ${survivorId}`, last);
  }
  state.decisions.delete(loserId);
  state.decisions.set(survivorId, kept);
}

function mergeDisputes(state: EngineState, merge: Merge): void {
  for (const [key, disputes] of [...state.disputes]) {
    const own = key.slice(0, key.indexOf(' ') + 1) + merge.survivorId;
    if (key.slice(key.indexOf(' ') + 1) !== merge.loserId) continue;
    const all = [...(state.disputes.get(own) ?? []), ...disputes.map((it) => repoint(it, merge))];
    state.disputes.delete(key);
    state.disputes.set(
      own,
      all.sort((a, b) => a.openedAt - b.openedAt),
    );
  }
}
