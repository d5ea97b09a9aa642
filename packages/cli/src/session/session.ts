import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock, CrmAdapter, CrmModule, OrgProfile, Random } from '@holdfast/core';
import {
  type CallMeter,
  createCallMeter,
  createRunFolder,
  openSqliteStore,
  openWorkspace,
  type RunFolder,
  type Store,
  type Workspace,
  withRetries,
} from '@holdfast/workflows';
import type { CommandInput } from '../commands.ts';
import type { Config } from '../config/config.ts';
import { loadModule, readOptions, systemClock } from '../config/connect.ts';
import { loadConfig } from '../config/load-config.ts';
import { UserError } from '../failure.ts';
import type { Io } from '../io.ts';
import { newRunId } from './run-id.ts';

/** One command at work on one workspace: the config, the locked store, and what it counts. */
export interface Session {
  readonly config: Config;
  readonly module: CrmModule;
  readonly workspace: Workspace;
  readonly store: Store;
  readonly meter: CallMeter;
  readonly clock: Clock;
  readonly random: Random;
  readonly runId: string;
  readonly io: Io;
  /** Connects once; later calls give the same adapter. */
  readonly adapter: () => Promise<CrmAdapter>;
  /** The run's folder, made when first asked for. */
  readonly run: () => RunFolder;
}

/** Where a session runs when it is not the user's own machine and CRM: the demo hands these in. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: Random;
  /** Laid over the options from config and environment: agents of a sandbox in the same process. */
  readonly options: Readonly<Record<string, unknown>>;
}

const OWN_MACHINE: Surroundings = { clock: systemClock, random: Math.random, options: {} };

/** Opens a session, does the work, and closes it whatever happens. Two sessions on one workspace: the second is refused. */
export async function withSession<T>(
  input: Pick<CommandInput, 'folder' | 'env' | 'io'>,
  purpose: string,
  work: (session: Session) => Promise<T>,
  surroundings: Surroundings = OWN_MACHINE,
): Promise<T> {
  const { folder, env, io } = input;
  const { clock, random } = surroundings;
  const config = loadConfig(folder);
  const module = await loadModule(config.crm);
  const workspace = openWorkspace(join(folder, '.holdfast'));
  const store = openSqliteStore(workspace.storeFile, { clock });
  let adapter: CrmAdapter | null = null;
  let run: RunFolder | null = null;
  try {
    await store.acquire({ pid: process.pid, host: hostname(), startedAt: clock.now(), purpose });
    const meter = createCallMeter();
    const runId = newRunId(clock.now(), random);
    const connectOnce = async () => {
      if (adapter) return adapter;
      io.progress(`Connecting to ${module.title}`);
      const options = { ...(readOptions(module, config, env) as object), ...surroundings.options };
      const context = { clock, random, log: meter.log, signal: io.signal };
      adapter = await withRetries(() => module.connect(options, context), context);
      refuseOtherOrg(config, adapter);
      return adapter;
    };
    const makeRun = () => {
      run ??= createRunFolder(workspace, runId);
      return run;
    };
    return await work({
      config,
      module,
      workspace,
      store,
      meter,
      clock,
      random,
      runId,
      io,
      adapter: connectOnce,
      run: makeRun,
    });
  } finally {
    await closeAll(adapter, store);
  }
}

/** A profile holds for the org that it was confirmed for: another org's stages and types mean something else. */
function refuseOtherOrg({ crm, profile }: Config, { capabilities: { org } }: CrmAdapter): void {
  if (profile === undefined || profile.orgId === org.id) return;
  throw new UserError(
    'wrong-org',
    `The book was confirmed for ${profile.orgId}, but these credentials lead to ${org.id}: use the credentials of the first, or run \`holdfast init ${crm}\` in another folder.`,
  );
}

async function closeAll(adapter: CrmAdapter | null, store: Store): Promise<void> {
  try {
    await adapter?.close();
    await store.release();
  } finally {
    await store.close();
  }
}

/** The confirmed profile; nothing is scored or written before a person has said which records are customers. */
export function confirmedProfile(config: Config): OrgProfile {
  if (config.profile?.confirmedAt) return config.profile;
  throw new UserError(
    'no-book',
    `Nobody has confirmed which accounts are the book: run \`holdfast init ${config.crm}\` and confirm it there.`,
  );
}
