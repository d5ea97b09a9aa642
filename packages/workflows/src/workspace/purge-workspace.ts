import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS, formatInstant, type Instant, purgeVault } from '@holdfast/core';
import type { Store } from '../store/store.ts';
import type { Workspace } from './open-workspace.ts';
import { readPayeeVault, writePayeeVault } from './payee-vault.ts';

/** How long a workspace keeps what happened, in days: three years, more than any feature looks back. */
export const KEEP_DAYS = 1_095;

/** What was erased because it is older than the workspace keeps. */
export interface PurgeReport {
  readonly rows: number;
  readonly runs: number;
  /** Entries of the vault of payees whose time is over. */
  readonly payees: number;
}

/**
 * Erases events, finished runs and the folders of runs that are older than `keepDays`, and payees of the vault that have
 * expired. A folder is known by the day that
 * its name begins with; one with another name is a person's and stays. A later full read brings old events back, so
 * purge after every pull.
 */
export async function purgeWorkspace(
  workspace: Workspace,
  store: Store,
  now: Instant,
  keepDays: number = KEEP_DAYS,
): Promise<PurgeReport> {
  const before = now - keepDays * DAY_MS;
  const rows = await store.purge(before);
  const day = formatInstant(before).slice(0, 10);
  const old = readdirSync(workspace.runsFolder).filter((name) => /^\d{4}-\d\d-\d\dT/.test(name) && name < day);
  for (const name of old) rmSync(join(workspace.runsFolder, name), { recursive: true });
  const payees = readPayeeVault(workspace);
  const left = purgeVault(payees, now);
  writePayeeVault(workspace, left);
  return { rows, runs: old.length, payees: payees.length - left.length };
}
