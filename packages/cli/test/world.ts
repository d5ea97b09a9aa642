import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Book,
  createHubSpot,
  createSalesforce,
  type Emulator,
  type FaultPlan,
  faultsOff,
  generateBook,
  type HubSpotEmulator,
  type HubSpotOptions,
  listen,
  type SalesforceEmulator,
  type SalesforceOptions,
  type SalesforceUser,
  sandboxToken,
} from '@holdfast/sandbox';
import { DEMO_ANSWERS } from '../src/demo/answers.ts';
import { assertInsideBook } from './inside-book.ts';
import { type Ended, runCommand, type Started, startCommand } from './run-command.ts';

/** A sandbox on loopback in this process, and the environment that leads the command to it. */
export interface World<E extends Emulator = Emulator> {
  readonly crm: E['crm'];
  readonly emulator: E;
  readonly env: Readonly<Record<string, string>>;
  /** What goes wrong from now on. */
  suffer(plan: FaultPlan): void;
  /** Checks that nothing outside the book was written; `ended` is the book where people changed meanwhile who buys. */
  close(ended?: Book): Promise<void>;
}

const CLIENT = { clientId: 'test-client', clientSecret: 'test-secret-1234' } as const;

/** A small made-up book that ends today. */
export function smallBook(accounts = 24, seed = 1): Book {
  return generateBook({ accounts, seed, asOf: new Date().toISOString() }).book;
}

const clock = { now: () => Date.now() };

export async function hubspotWorld(options: Partial<HubSpotOptions> = {}): Promise<World<HubSpotEmulator>> {
  const book = options.book ?? smallBook();
  const emulator = createHubSpot({
    tier: 'professional',
    clock,
    rateLimits: false,
    currency: 'USD',
    ...options,
    book,
  });
  return serve(emulator, book, (origin) => ({ HUBSPOT_TOKEN: sandboxToken, HUBSPOT_BASE_URL: origin }));
}

export async function salesforceWorld(
  user: Partial<SalesforceUser> = {},
  book: Book = smallBook(),
  options: NonNullable<SalesforceOptions['options']> = {},
): Promise<World<SalesforceEmulator>> {
  const emulator = createSalesforce({
    ...{ book, options },
    edition: 'enterprise',
    clock,
    users: [{ username: 'integration@example.com', currency: 'USD', ...CLIENT, ...user }],
  });
  return serve(emulator, book, (origin) => ({
    SALESFORCE_LOGIN_URL: origin,
    SALESFORCE_CLIENT_ID: CLIENT.clientId,
    SALESFORCE_CLIENT_SECRET: CLIENT.clientSecret,
  }));
}

async function serve<E extends HubSpotEmulator | SalesforceEmulator>(
  emulator: E,
  book: Book,
  env: (origin: string) => Readonly<Record<string, string>>,
): Promise<World<E>> {
  let faults = faultsOff;
  const server = await listen({ emulator, faults: { next: (request) => faults.next(request) } });
  return {
    crm: emulator.crm,
    emulator,
    env: env(server.origin),
    suffer: (plan) => {
      faults = plan;
    },
    close: async (ended = book) => {
      await server.close();
      assertInsideBook(emulator, ended);
    },
  };
}

/** A folder of one test, and the command at work in it. */
export interface Bench {
  readonly folder: string;
  run(...args: readonly string[]): Promise<Ended>;
  start(...args: readonly string[]): Started;
  remove(): void;
}

/** A new empty folder under the system's own temporary one. Commands work in it unless they name another workspace. */
export function openBench(env: Readonly<Record<string, string>>): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-cli-'));
  const placed = (args: readonly string[]) => (args.includes('--workspace') ? args : [...args, '--workspace', folder]);
  const options = { env, cwd: folder };
  return {
    folder,
    run: (...args) => runCommand(placed(args), options),
    start: (...args) => startCommand(placed(args), options),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Confirms the book, creates our fields and lets the workspace write: a company after its first day. */
export async function setUp(world: World, bench: Bench, stage: 'observe' | 'write' = 'write'): Promise<void> {
  const answers = join(bench.folder, 'answers.json');
  writeFileSync(answers, JSON.stringify(DEMO_ANSWERS[world.crm]));
  await succeed(bench, 'init', world.crm, '--yes', '--answers', answers);
  rmSync(answers);
  if (stage === 'observe') return;
  await succeed(bench, 'install', '--apply');
  await succeed(bench, 'trust', 'write');
}

/** Runs a command that must end well. */
export async function succeed(bench: Bench, ...args: readonly string[]): Promise<Ended> {
  const ended = await bench.run(...args);
  if (ended.exitCode === 0) return ended;
  throw new Error(
    `holdfast ${args.join(' ')} ended with ${ended.exitCode}: ${ended.stderr}${ended.stdout.slice(0, 2000)}`,
  );
}
