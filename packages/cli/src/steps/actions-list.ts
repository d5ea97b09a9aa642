import { missingForValue } from '@holdfast/core';
import { readActionLog } from '@holdfast/workflows';
import type { Pulled } from '../session/run-files.ts';
import type { Session } from '../session/session.ts';
import { type ActionRow, actionBook, worthOf } from './actions-book.ts';
import { measureStep } from './actions-measure.ts';
import type { Chances } from './chances.ts';

/** The book's next best actions, and who is left alone. */
export interface ListedActions {
  /** What the chances rest on. */
  readonly chances: Chances;
  /** Settings without which no value can be told; empty when all are there. */
  readonly missingSettings: readonly string[];
  /** Best first: by expected value of each account's best step, then by the log-odds that it removes. */
  readonly actions: readonly ActionRow[];
  /** No step pays by what is known or assumed. */
  readonly notWorthIt: readonly ActionRow[];
  /** Leave alone: held out, to measure by. */
  readonly heldOut: readonly ActionRow[];
  /** Accounts with no driver that a step answers. */
  readonly nothingToDo: number;
}

/** Lists the best step of every account, with what a hold-out measured in place of the assumption where it did. */
export async function listActions(session: Session, pulled: Pulled): Promise<ListedActions> {
  const log = readActionLog(session.workspace);
  const measured = log.arms.length > 0 ? (await measureStep(session, pulled, log)).byDriver : undefined;
  const worth = worthOf(session, measured);
  const { rows, chances } = await actionBook(session, { pulled, asOf: pulled.asOf, worth }, log);
  const withAction = rows.filter((it) => it.actions.length > 0).sort(byMerit);
  const free = withAction.filter((it) => it.arm !== 'hold-out');
  return {
    chances,
    missingSettings: missingForValue(worth),
    actions: free.filter((it) => it.actions[0]?.worthIt !== false),
    notWorthIt: free.filter((it) => it.actions[0]?.worthIt === false),
    heldOut: withAction.filter((it) => it.arm === 'hold-out'),
    nothingToDo: rows.length - withAction.length,
  };
}

/** Accounts whose value cannot be told come after the others. */
function byMerit(a: ActionRow, b: ActionRow): number {
  const value = ({ actions: [best] }: ActionRow) => best?.value?.minor ?? Number.NEGATIVE_INFINITY;
  const removed = ({ actions: [best] }: ActionRow) => best?.logOddsRemoved ?? 0;
  const [x, y] = [value(a), value(b)];
  if (x !== y) return y > x ? 1 : -1;
  return removed(b) - removed(a) || (a.account.id < b.account.id ? -1 : 1);
}
