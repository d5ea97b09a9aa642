import { mkdirSync, rmSync } from 'node:fs';
import type { CrmModule } from '@holdfast/core';
import { loadModule, readOptions } from '../config/connect.ts';
import { saveConfig } from '../config/load-config.ts';
import { UserError } from '../failure.ts';
import { applyAnswers } from '../init/answers.ts';
import { proposeProfile } from '../init/propose-profile.ts';
import type { Io } from '../io.ts';
import { type Surroundings, withSession } from '../session/session.ts';
import { runSteps, runText } from '../steps/run-steps.ts';
import { DEMO_ANSWERS } from './answers.ts';
import { makeEmulator, readBook, type SandboxCrm } from './make-emulator.ts';
import { simulatedClock } from './simulated-clock.ts';

export interface DemoChoice {
  readonly crm: SandboxCrm;
  readonly accounts: number;
  readonly seed: number;
  /** Emptied first. */
  readonly folder: string;
  readonly io: Io;
}

export interface DemoResult {
  readonly crm: SandboxCrm;
  readonly clean: boolean;
  readonly json: unknown;
  readonly text: string;
}

/** The whole way on one sandbox: init with the company's answers, install, trust, run; then once more, which writes nothing. */
export async function runDemo({ crm, accounts, seed, folder, io }: DemoChoice): Promise<DemoResult> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const clock = simulatedClock(Date.now());
  io.progress(`Making up a book of ${accounts} accounts for ${crm}`);
  const book = await readBook({ folder: null, accounts, seed, now: clock.now() });
  const { emulator, environment } = await makeEmulator({ crm, book, tier: null, seed, clock });
  const { listen, faultsOff } = await import('@holdfast/sandbox');
  const server = await listen({ emulator, faults: faultsOff });
  try {
    const env = environment(server.origin);
    const surroundings: Surroundings = { clock, random: Math.random, options: {} };
    const module = await loadModule(crm);
    await prepare({ module, folder, env, surroundings, io });
    const input = { folder, env, io };
    const first = await withSession(input, 'demo', (session) => runSteps(session, { attended: true }), surroundings);
    const second = await withSession(input, 'demo', (session) => runSteps(session, { attended: true }), surroundings);
    const again = second.figures.applied?.written ?? 0;
    return {
      crm,
      clean: first.clean && again === 0,
      json: {
        ...first.figures,
        secondRun: { planned: second.figures.planned, written: again, calls: second.figures.calls },
      },
      text: `== ${module.title} (sandbox) ==\n${runText(first)}\nA second run right after: ${second.figures.planned} writes planned, ${again} written.`,
    };
  } finally {
    await server.close();
  }
}

/** What `init`, `install --apply` and `trust write` do, without asking. */
async function prepare({
  module,
  folder,
  env,
  surroundings,
  io,
}: {
  readonly module: CrmModule;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly surroundings: Surroundings;
  readonly io: Io;
}): Promise<void> {
  const answers = DEMO_ANSWERS[module.crm as SandboxCrm];
  const options = answers.options ?? {};
  const { clock, random } = surroundings;
  io.progress(`Connecting to the sandbox of ${module.title}`);
  const adapter = await module.connect(readOptions(module, { options }, env), {
    clock,
    random,
    log: () => {},
    signal: io.signal,
  });
  try {
    const { profile } = applyAnswers(proposeProfile(module, adapter.capabilities), answers);
    saveConfig(folder, { crm: module.crm, options, stage: 'write', profile: { ...profile, confirmedAt: clock.now() } });
    const plan = await adapter.schema?.plan('installed', io.signal);
    if (!plan) return;
    if (plan.refusals[0]) throw new UserError('install', plan.refusals[0].message);
    const failed = (await adapter.schema?.apply(plan.changes, io.signal))?.find(({ status }) => status === 'failed');
    if (failed) throw failed.error ?? new UserError('install', 'The fields could not be created in the sandbox.');
  } finally {
    await adapter.close();
  }
}
