import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { type AccountRevenue, isCounted, type RevenueChange } from './account-revenue.ts';

/** The five kinds of movement (ChartMogul's definitions). */
export type MovementKind = 'new' | 'expansion' | 'contraction' | 'churn' | 'reactivation';

/** One movement of recurring revenue. */
export interface RevenueMovement {
  readonly accountId: Id;
  readonly kind: MovementKind;
  /** The first change of its group; `null` when the records do not date it. */
  readonly at: Instant | null;
  /** Minor units a month, above 0. */
  readonly amount: number;
  /** Of an expansion: the part that was agreed before, and is not won now. */
  readonly escalated: number;
  /** Of an expansion: the part that is a discount running out. */
  readonly discountEnded: number;
}

/** Changes of one account within this time are one movement, so cancelling and signing again is not churn. */
export const MOVEMENT_GROUP_MS = 3_600_000;

/**
 * The movements of one account, event by event: changes within the grouping window are netted, then named by the level
 * before and after. Churn is only a fall to 0 of the whole account; what other subscriptions keep makes it contraction.
 *
 * @example
 * const path = [{ at: 0, change: -100 }, { at: 1_800_000, change: 100 }]; // cancelled, signed again half an hour later
 * accountMovements({ accountId: 'account:1', m0: 100, m1: 100, path }); // []
 */
export function accountMovements(
  account: AccountRevenue,
  groupMs: number = MOVEMENT_GROUP_MS,
): readonly RevenueMovement[] {
  const movements: RevenueMovement[] = [];
  let level = account.m0;
  let known = account.m0 > 0 || account.paidBefore === true;
  for (const group of groupChanges(account, groupMs)) {
    const movement = nameMovement(account.accountId, level, group, known);
    level += sum(group.changes);
    if (level > 0) known = true;
    if (movement) movements.push(movement);
  }
  return movements;
}

/** Names what happened between two levels; `null` when nothing did. */
export function movementKind(before: number, after: number, known: boolean): MovementKind | null {
  if (after === before) return null;
  if (before === 0) return known ? 'reactivation' : 'new';
  if (after === 0) return 'churn';
  return after > before ? 'expansion' : 'contraction';
}

interface ChangeGroup {
  readonly at: Instant | null;
  readonly changes: readonly RevenueChange[];
}

/** Whether the account's revenue would pass below 0 between two groups of changes: then its records contradict themselves. */
export function fallsBelowZero(account: AccountRevenue, groupMs: number = MOVEMENT_GROUP_MS): boolean {
  let level = account.m0;
  return groupChanges(account, groupMs).some((group) => {
    level += sum(group.changes);
    return level < 0;
  });
}

function groupChanges(account: AccountRevenue, groupMs: number): readonly ChangeGroup[] {
  const changes = account.path.filter(isCounted).sort((a, b) => a.at - b.at);
  const groups: { at: Instant | null; changes: RevenueChange[] }[] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    if (last && last.at !== null && change.at - last.at <= groupMs) last.changes.push(change);
    else groups.push({ at: change.at, changes: [change] });
  }
  const unexplained = account.m1 - account.m0 - sum(changes);
  if (unexplained !== 0) groups.push({ at: null, changes: [{ at: 0, change: unexplained }] });
  return groups;
}

function nameMovement(accountId: Id, before: number, group: ChangeGroup, known: boolean): RevenueMovement | null {
  const net = sum(group.changes);
  const kind = movementKind(before, before + net, known);
  if (kind === null) return null;
  return { accountId, kind, at: group.at, amount: Math.abs(net), ...notWon(kind, net, group.changes) };
}

/** The part of an expansion that nobody sold: escalators first, then discounts that ran out. */
export function notWon(kind: MovementKind | null, net: number, changes: readonly RevenueChange[]) {
  if (kind !== 'expansion') return { escalated: 0, discountEnded: 0 };
  const of = (cause: string) => Math.max(0, sum(changes.filter((it) => it.cause === cause)));
  const escalated = Math.min(net, of('escalator'));
  return { escalated, discountEnded: Math.min(net - escalated, of('discount-end')) };
}

function sum(changes: readonly RevenueChange[]): number {
  return changes.reduce((total, it) => total + it.change, 0);
}
