import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Program, referralKey } from '@holdfast/core';
import { type Book, type HubSpotEmulator, type SalesforceEmulator, sandboxToken } from '@holdfast/sandbox';
import { vi } from 'vitest';
import { systemClock } from '../../src/config/connect.ts';
import { DEMO_ANSWERS } from '../../src/demo/answers.ts';
import type { Failure } from '../../src/failure.ts';
import type { Outcome } from '../../src/io.ts';
import { callCommand, callFailure } from '../call-command.ts';
import { hubspotView, type OrgView, salesforceView } from '../org-view.ts';
import { hubspotWorld, openBench, salesforceWorld, type World } from '../world.ts';
import { bookOf, type CaseSale, noon, type ReferralCase } from './a-case.ts';
import { aProgram } from './a-program.ts';
import { type Hands, hubspotHands, salesforceHands } from './vendor-hands.ts';

export const CRMS = ['hubspot', 'salesforce'] as const;
export type CrmName = (typeof CRMS)[number];

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

/** What can be seen of a case, by its own names. */
export interface Seen {
  /** `state credit` of each claim. */
  readonly claims: Readonly<Record<string, string>>;
  /** Of each claim, the last version of the decision on it: `credit share reason`; left out where it was not weighed. */
  readonly decided: Readonly<Record<string, string>>;
  /** Signals of the checks on each claim: `check action`; claims without one are left out. */
  readonly signals: Readonly<Record<string, readonly string[]>>;
  /** Rewards in alphabetical order: `party amount state`, with the reason where it waits for more than its time. */
  readonly rewards: readonly string[];
  /** What stands in the CRM: `state credit` of sales, `won status` of contacts; only where something is written. */
  readonly written: Readonly<Record<string, string>>;
  /** Referral records in the CRM by claim: `state credit`, then the reason as it can be read there. */
  readonly records: Readonly<Record<string, string>>;
}

/** Opens a case: an org of the vendor's with its records, the book confirmed, the fields installed, the first pull done. */
export async function openStage(
  crm: CrmName,
  given: ReferralCase,
  { programs = [aProgram()], from = 0 }: { readonly programs?: readonly Program[]; readonly from?: number } = {},
): Promise<Stage> {
  vi.useFakeTimers({ toFake: ['Date'], now: noon(from) });
  const later = (ms: number) => void vi.setSystemTime(Date.now() + ms);
  vi.spyOn(systemClock, 'sleep').mockImplementation(async (ms) => later(ms));
  const book = bookOf(given);
  const world = crm === 'hubspot' ? await hubspotWorld({ book, tier: 'enterprise' }) : await salesforceWorld({}, book);
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

/** The look past Holdfast into either sandbox, with the vendor's names. */
interface View extends OrgView {
  readonly entity: Readonly<Record<'account' | 'contact' | 'opportunity' | 'owner', string>>;
  readonly seeded: (table: 'accounts' | 'contacts' | 'opportunities' | 'owners', name: string) => string | undefined;
  readonly hands: (id: (name: string) => string) => Hands;
  readonly field: (stem: string) => string;
  /** Our own referral object: its name, and its fields by stem. */
  readonly record: { readonly object: string; readonly field: (stem: string) => string };
}

function viewOf({ emulator }: World): View {
  const seeded: View['seeded'] = (table, name) => (emulator as HubSpotEmulator | SalesforceEmulator).idOf(table, name);
  if (emulator.crm === 'hubspot') {
    const org = emulator as HubSpotEmulator;
    return {
      ...hubspotView(org),
      entity: { account: 'company', contact: 'contact', opportunity: 'deal', owner: 'owner' },
      seeded,
      hands: (id) => hubspotHands(org, id, sandboxToken),
      field: (stem) => `holdfast_${stem}`,
      record: { object: 'holdfast_referral', field: (stem) => stem },
    };
  }
  const org = emulator as SalesforceEmulator;
  const titled = (stem: string) => stem.replaceAll(/(^|_)([a-z])/g, (_all, gap, it) => `${gap}${it.toUpperCase()}`);
  return {
    ...salesforceView(org),
    entity: { account: 'Account', contact: 'Contact', opportunity: 'Opportunity', owner: 'User' },
    seeded,
    hands: (id) => salesforceHands(org, id),
    field: (stem) => `Holdfast_${titled(stem)}__c`,
    record: {
      object: 'Holdfast_Referral__c',
      field: (stem) => (stem === 'holdfast_key' ? 'Holdfast_Key__c' : `${titled(stem)}__c`),
    },
  };
}

interface Listed {
  readonly claims: readonly { readonly id: string; readonly state: string; readonly credit: string | null }[];
}
interface Explained {
  readonly signals: readonly { readonly check: string; readonly action: string }[];
  readonly timeline: readonly { readonly what: string; readonly reason: string }[];
}
interface Ledger {
  readonly rewards: readonly {
    readonly partyId: string;
    readonly state: string;
    readonly minor: number;
    readonly currency: string;
    readonly reason: string;
  }[];
}

async function look(stage: Stage, view: View): Promise<Seen> {
  const { json } = await stage.call('referrals', {}, 'list');
  const { claims } = json as Listed;
  const decided: Record<string, string> = {};
  const signals: Record<string, readonly string[]> = {};
  for (const { id } of claims) {
    const { timeline, signals: raised } = await stage.referrals<Explained>('explain', stage.named(id));
    const last = timeline.findLast(({ what }) => what.startsWith('decision '));
    if (raised.length > 0) signals[stage.named(id)] = raised.map(({ check, action }) => `${check} ${action}`);
    if (last) decided[stage.named(id)] = `${last.what.replace(/^decision \d+ on \S+: /, '')} ${last.reason}`;
  }
  const { rewards } = await stage.referrals<Ledger>('ledger');
  return {
    claims: Object.fromEntries(claims.map((it) => [stage.named(it.id), said(it.state, it.credit)])),
    decided,
    signals,
    rewards: rewards
      .map((it) => {
        const waits = WAITING.includes(it.state) && it.reason !== 'accepted' ? ` ${it.reason}` : '';
        return `${it.partyId} ${it.currency} ${it.minor} ${it.state}${waits}`;
      })
      .sort(),
    written: writtenFields(stage, view),
    records: writtenRecords(claims, stage, view),
  };
}

/** States of a reward in which it waits for something: why is told. */
const WAITING = ['pending', 'held', 'review_required'];

const said = (...values: readonly unknown[]) =>
  values
    .filter((it) => it !== null && it !== undefined && it !== '')
    .map(String)
    .join(' ');

function writtenFields(stage: Stage, { objects, entity, ids, values, field }: View): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const gather = (kind: 'opportunity' | 'contact', ...stems: readonly string[]) => {
    for (const id of ids(objects[kind])) {
      const record = values(objects[kind], id);
      const text = said(...stems.map((stem) => record[field(stem)]));
      if (text !== '') found[stage.named(`${entity[kind]}:${id}`)] = text;
    }
  };
  gather('opportunity', 'referral_state', 'referral_credit');
  gather('contact', 'referrals_won', 'advocate_status');
  return found;
}

function writtenRecords(
  claims: Listed['claims'],
  stage: Stage,
  { ids, values, record }: View,
): Readonly<Record<string, string>> {
  const byKey = new Map(
    ids(record.object).map((id) => {
      const fields = values(record.object, id);
      return [String(fields[record.field('holdfast_key')]), fields] as const;
    }),
  );
  return Object.fromEntries(
    claims.flatMap(({ id }) => {
      const fields = byKey.get(referralKey(id));
      if (!fields) return [];
      const [state, credit, reason] = ['state', 'credit', 'decision_reason'].map((it) => fields[record.field(it)]);
      return [[stage.named(id), `${said(state, credit)}: ${reason}`]];
    }),
  );
}

function journalOf(folder: string): unknown {
  const store = new DatabaseSync(join(folder, '.holdfast', 'store.db'), { readOnly: true });
  const rows = store.prepare('SELECT * FROM referral_events').all();
  store.close();
  return rows;
}
