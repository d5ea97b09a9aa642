import { appendFileSync, chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CalendarDay, DAY_MS, type DrawnArm, dayNumber, type Id, type LoggedAction } from '@holdfast/core';
import type { Workspace } from '../workspace/open-workspace.ts';
import { parseJson } from '../workspace/parse-json.ts';
import { WorkspaceError } from '../workspace/workspace-error.ts';
import { type ActionLine, type LogLine, logLine } from './log-lines.ts';

/** An action as the log holds it: its instant is the start of its day in UTC, and nobody is named. */
export interface KeptAction extends LoggedAction {
  readonly on: CalendarDay;
}

/** What was done because of scores, and who is held out of it. */
export interface ActionLog {
  readonly actions: readonly KeptAction[];
  readonly arms: readonly DrawnArm[];
}

const fileOf = ({ folder }: Workspace): string => join(folder, 'actions.ndjson');

/**
 * Reads the workspace's log of actions and arms; empty where nothing was logged. The same action on the same day is one,
 * and an account stays in the arm that it was drawn for first. Throws `WorkspaceError` `damaged` naming the first line
 * that is not one of ours: a comparison with a part of the log would be wrong.
 */
export function readActionLog(workspace: Workspace): ActionLog {
  const file = fileOf(workspace);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [''];
  if (lines.at(-1) === '') lines.pop();
  const actions = new Map<string, KeptAction>();
  const arms = new Map<Id, DrawnArm>();
  lines.forEach((text, i) => {
    const line = parseLine(text, file, i + 1);
    if (line.kind === 'arm') {
      const { kind: _, ...arm } = line;
      if (!arms.has(arm.accountId)) arms.set(arm.accountId, arm);
    } else if (!actions.has(keyOf(line))) actions.set(keyOf(line), keptAction(line));
  });
  return { actions: [...actions.values()], arms: [...arms.values()] };
}

/** Logs an action unless the same one is there for that day; answers whether it was new. */
export function logAction(workspace: Workspace, action: Omit<ActionLine, 'kind'>): boolean {
  const known = readActionLog(workspace).actions.some((it) => keyOf({ ...it, driver: it.actionId }) === keyOf(action));
  if (!known) append(workspace, [{ kind: 'action', ...action }]);
  return !known;
}

/** Logs the arms of accounts that have none yet; answers how many those were. */
export function logArms(workspace: Workspace, arms: readonly DrawnArm[]): number {
  const known = new Set(readActionLog(workspace).arms.map((it) => it.accountId));
  const added = arms.filter((it) => !known.has(it.accountId));
  append(
    workspace,
    added.map((arm) => ({ kind: 'arm' as const, ...arm })),
  );
  return added.length;
}

/** Accounts that are held out: no step of their own is proposed for them. */
export function heldOutAccounts({ arms }: Pick<ActionLog, 'arms'>): ReadonlySet<Id> {
  return new Set(arms.filter((it) => it.arm === 'hold-out').map((it) => it.accountId));
}

/** Answers whether anybody acted on an account from one day to another, both included: what a backtest must know. */
export function treatedBy({
  actions,
}: Pick<ActionLog, 'actions'>): (accountId: Id, from: CalendarDay, to: CalendarDay) => boolean {
  const days = new Map<Id, CalendarDay[]>();
  for (const { accountId, on } of actions) days.set(accountId, [...(days.get(accountId) ?? []), on]);
  return (accountId, from, to) => days.get(accountId)?.some((on) => from <= on && on <= to) ?? false;
}

/** One call for all lines, each ended: a line is there whole, or a crash shows as a damaged one. */
function append(workspace: Workspace, lines: readonly LogLine[]): void {
  if (lines.length === 0) return;
  const file = fileOf(workspace);
  appendFileSync(file, lines.map((line) => `${JSON.stringify(logLine.parse(line))}\n`).join(''), { mode: 0o600 });
  chmodSync(file, 0o600);
}

function parseLine(text: string, file: string, number: number): LogLine {
  const parsed = logLine.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new WorkspaceError(
    'damaged',
    `Line ${number} of ${file} is damaged: mend or delete that line, then run the same command again.`,
  );
}

const keyOf = ({ accountId, driver, on }: Pick<ActionLine, 'accountId' | 'driver' | 'on'>): string =>
  `${on} ${driver} ${accountId}`;

function keptAction({ kind: _, driver, on, ...rest }: ActionLine): KeptAction {
  return { ...rest, actionId: driver, on, at: dayNumber(on) * DAY_MS, ownerId: null };
}
