import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Program } from '@holdfast/core';
import type { Book, HubSpotTier } from '@holdfast/sandbox';
import { vi } from 'vitest';
import { systemClock } from '../../src/config/connect.ts';
import { DEMO_ANSWERS } from '../../src/demo/answers.ts';
import type { Failure } from '../../src/failure.ts';
import type { Outcome } from '../../src/io.ts';
import { callCommand, callFailure } from '../call-command.ts';
import { hubspotWorld, openBench, salesforceWorld, type World } from '../world.ts';
import { bookOf, type CaseSale, noon, type ReferralCase } from './a-case.ts';
import { aProgram } from './a-program.ts';
import { look, type Seen } from './look.ts';
import type { Hands } from './vendor-hands.ts';
import { viewOf } from './vendor-view.ts';

export const CRMS = ['hubspot', 'salesforce'] as const;
type CrmName = (typeof CRMS)[number];

type Options = Readonly<Record<string, unknown>>;

/** One case on one CRM: its people, the command, and what can be seen afterwards, all by the names of the case. */
export interface Stage {
  readonly crm: CrmName;
  readonly folder: string;
  readonly world: World;
  readonly hands: Hands;
  /** The clock goes to noon of a day; commands afterwards are a minute apart. */
  goTo(day: number): void;
  call(command: string, options?: Options, ...positional: readonly string[]): Promise<Outcome>;
  pull(): Promise<void>;
  /** `holdfast referrals ...`; names of the case stand for ids, also inside ids of claims. */
  referrals<T = unknown>(what: string, about?: string, options?: Options): Promise<T>;
  refused(what: string, about?: string, options?: Options): Promise<Failure>;
  /** Any command that is refused, at the instant at which the clock stands. */
  fails(command: string, ...positional: readonly string[]): Promise<Failure>;
  program(...programs: readonly Program[]): void;
  /** Gives a person of the case a code of the program `friends`. */
  code(person: string, code: string): void;
  file(name: string, content: unknown): string;
  /** The CRM's own id of a record of the case, as Holdfast says it, and back in a text. */
  idOf(name: string): string;
  named(text: string): string;
  /** Pull, plan, apply, pull: what the CRM holds in the end. */
  writeBack(): Promise<void>;
  look(): Promise<Seen>;
  /** The journal of referrals, and everything that was changed in the CRM through its API, as text to compare. */
  trace(): string;
  close(): Promise<void>;
}

/** Opens a case: an org of the vendor's with its records, the book confirmed, the fields installed, the first pull done. */
export async function openStage(
  crm: CrmName,
  given: ReferralCase,
  {
    programs = [aProgram()],
    from = 0,
    tier = 'enterprise',
    org = {},
  }: {
    readonly programs?: readonly Program[];
    readonly from?: number;
    /** Of a HubSpot portal. */
    readonly tier?: HubSpotTier;
    /** What a Salesforce org has beside its book. */
    readonly org?: Parameters<typeof salesforceWorld>[2];
  } = {},
): Promise<Stage> {
  vi.useFakeTimers({ toFake: ['Date'], now: noon(from) });
  const later = (ms: number) => void vi.setSystemTime(Date.now() + ms);
  vi.spyOn(systemClock, 'sleep').mockImplementation(async (ms) => later(ms));
  const book = bookOf(given);
  const world = crm === 'hubspot' ? await hubspotWorld({ book, tier }) : await salesforceWorld({}, book, org);
  const bench = openBench(world.env);
  const { folder } = bench;
  const view = viewOf(world);
  const made = new Map<string, string>();
  const won = new Set<string>();
  const opened: (CaseSale & { readonly id: string })[] = [];
  const TABLES = [
    ['accounts', view.entity.account],
    ['contacts', view.entity.contact],
    ['opportunities', view.entity.opportunity],
    ['owners', view.entity.owner],
  ] as const;
  const bare = (name: string) => {
    const id = made.get(name) ?? TABLES.map(([table]) => view.seeded(table, name)).find((it) => it !== undefined);
    if (id === undefined) throw new Error(`The case has no ${name}`);
    return id;
  };
  const known = new Map<string, string>();
  for (const [table, object] of TABLES) {
    for (const { id } of book[table]) known.set(id, `${object}:${view.seeded(table, id)}`);
  }
  const note = (name: string, object: string, id: string) => {
    made.set(name, id);
    known.set(name, `${object}:${id}`);
    former.set(`${object}:${id}`, name);
    return id;
  };
  const former = new Map([...known].map(([name, id]) => [id, name]));
  const idOf = (name: string) => known.get(name) ?? name;
  const named = (text: string) => text.replaceAll(/\w+:\w+/g, (id) => former.get(id) ?? id);
  const ids = (text: string) => text.replaceAll(/[\w-]+/g, (word) => known.get(word) ?? word);
  const hands = view.hands(bare);
  const input = (options: Options, positional: readonly string[]) => {
    later(60_000);
    const entries = Object.entries(options).map(([name, value]) => {
      return [name, typeof value === 'string' && IDS.includes(name) ? ids(value) : value] as const;
    });
    return { folder, env: world.env, positional, options: Object.fromEntries(entries) };
  };
  const call: Stage['call'] = (command, options = {}, ...positional) =>
    callCommand(command, input(options, positional));
  const words = (what: string, about: string | undefined) => (about === undefined ? [what] : [what, ids(about)]);
  const file: Stage['file'] = (name, content) => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const stage: Stage = {
    ...{ crm, folder, world, call, file, idOf, named },
    hands: {
      ...hands,
      addPerson(person) {
        const id = note(person.id, view.entity.contact, hands.addPerson(person));
        if (person.by !== undefined) hands.note(person.id, person.by);
        return id;
      },
      closeSale(name, as, day) {
        hands.closeSale(name, as, day);
        if (as === 'won') won.add(name);
      },
      openSale(sale) {
        opened.push(sale);
        return note(sale.id, view.entity.opportunity, hands.openSale(sale));
      },
      merge: (kind, left, gone) =>
        note(left, kind === 'accounts' ? view.entity.account : view.entity.contact, hands.merge(kind, left, gone)),
    },
    goTo: (day) => void vi.setSystemTime(noon(day)),
    pull: async () => void (await call('pull')),
    referrals: async <T>(what: string, about?: string, options: Options = {}) => {
      const { json } = await call('referrals', options, ...words(what, about));
      return JSON.parse(named(JSON.stringify(json))) as T;
    },
    refused: async (what, about, options = {}) => {
      const failure = await callFailure('referrals', input(options, words(what, about)));
      return { ...failure, message: named(failure.message) };
    },
    fails: (command, ...positional) => callFailure(command, { folder, env: world.env, positional }),
    program(...given) {
      rmSync(join(folder, 'programs'), { recursive: true, force: true });
      mkdirSync(join(folder, 'programs'));
      for (const it of given) file(`programs/${it.id}.json`, it);
    },
    code(person, code) {
      const [createdAt, programId] = [new Date(noon(-1)).toISOString(), 'friends'];
      const limits = { status: 'active', createdAt, expiresAt: null, maxUses: null, uses: 0 };
      file('programs/codes.json', [{ code, programId, participantId: idOf(person), ...limits }]);
    },
    async writeBack() {
      await call('pull');
      await call('plan');
      const { exitCode, text } = await call('apply');
      if (exitCode !== 0) throw new Error(`apply: ${text}`);
      await call('pull');
    },
    look: () => look(stage, view),
    trace: () => JSON.stringify([journalOf(folder), world.emulator.journal.filter(({ by }) => by === 'api')]),
    async close() {
      bench.remove();
      await world.close(endedBook(given, opened, won));
      vi.restoreAllMocks();
      vi.useRealTimers();
    },
  };
  await prepare(stage, programs);
  return stage;
}

/** The book at the end of a case: who bought meanwhile is a customer of the company. */
function endedBook(
  given: ReferralCase,
  opened: readonly (CaseSale & { readonly id: string })[],
  won: ReadonlySet<string>,
): Book {
  const sales = Object.fromEntries(opened.map((it) => [it.id, it]));
  const book = bookOf({ ...given, sales: { ...given.sales, ...sales } });
  const opportunities = book.opportunities.map((it) => (won.has(it.id) ? { ...it, stage: 'won' as const } : it));
  return { ...book, opportunities };
}

/** Options whose values are ids. */
const IDS = ['advocate', 'party', 'to', 'by', 'approvedBy'];

async function prepare(stage: Stage, programs: readonly Program[]): Promise<void> {
  const answers = stage.file('answers.json', DEMO_ANSWERS[stage.crm]);
  await stage.call('init', { yes: true, answers }, stage.crm);
  await stage.call('install', { apply: true });
  await stage.call('trust', {}, 'write');
  stage.program(...programs);
  await stage.pull();
}

function journalOf(folder: string): unknown {
  const store = new DatabaseSync(join(folder, '.holdfast', 'store.db'), { readOnly: true });
  const rows = store.prepare('SELECT * FROM referral_events').all();
  store.close();
  return rows;
}
