import { createHmac } from 'node:crypto';
import {
  DAY_MS,
  DEFAULT_PROGRAM,
  type Entities,
  type EntityName,
  type FraudSignal,
  formatInstant,
  type GivenFacts,
  type Id,
  type OrgProfile,
  type PersonsAct,
  type Program,
  type ReferralEngine,
  type ReferralEvent,
  type RewardRule,
  signalsAbout,
} from '@holdfast/core';
import {
  aContact,
  aContactRole,
  anAccount,
  anAccountParent,
  anOpportunity,
  anOwner,
  aReferralLink,
} from '@holdfast/testkit';
import { followReferrals } from '../../src/referrals/follow-referrals.ts';
import { openReferrals, takeReferralEvents } from '../../src/referrals/open-referrals.ts';
import { screenClaims } from '../../src/referrals/screen-claims.ts';
import { put } from '../../src/store/conformance-records.ts';
import type { Store } from '../../src/store/store.ts';
import { createMemoryStore } from '../simulation/memory-store.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
/** The instant that lies so many days after the start of every test. */
export const day = (n: number): number => START + n * DAY_MS;
const dayOn = (n: number) => formatInstant(day(n)).slice(0, 10);
/** Not the workspace's, but as keyed as that. */
export const digest = (text: string): string => createHmac('sha256', 'test').update(text).digest('hex');

export const profile: OrgProfile = {
  ...{ orgId: 'memory-1', confirmedAt: 1, referralSources: [], unit: 'record', currency: 'EUR' },
  book: {
    ...{ lifecycles: { customer: 'customer' }, blank: 'other', wonOpportunity: true },
    ...{ activeContract: false, pilot: [] },
  },
  opportunities: { stages: { open: 'open', won: 'won', lost: 'lost' }, pipelines: {}, types: { new: 'new' } },
  ...{ tickets: { stages: {}, urgent: [] }, contracts: { statuses: {} }, orders: { statuses: {} } },
  ...{ rates: {}, timeZone: 'UTC', fiscalYearStartMonth: 1 },
};

const rule: RewardRule = {
  ...{ id: 'won', version: '1', event: 'won', beneficiary: 'referrer', kind: 'credit', tiers: [], caps: [] },
  ...{ amount: { percent: 1000, disclosesAmount: true }, durationMonths: 0, priority: 1, startsOn: '2020-01-01' },
  ...{ endsOn: null, expiresAfterDays: null },
};
/** Ten per cent of the sale as credit to the referrer's account, without a holding period. */
export const aProgram = (set: Partial<Program> = {}): Program => ({
  ...{ ...DEFAULT_PROGRAM, id: 'friends', name: 'Friends', startsOn: '2020-01-01', rules: [rule] },
  ...set,
});

/** A person with the account that they speak for, both of one number and one word; nothing of two such pairs is alike. */
export function aPair(n: number, word: string, name: string, set: PairSettings = {}): readonly AnyRecord[] {
  const [accountId, contactId] = [`account:${n}`, `contact:${n}`];
  const dates = { createdAt: day(-500), updatedAt: day(-500) };
  const domain = `${word}.example`;
  const first = (name.split(' ')[0] ?? '').toLowerCase();
  return [
    ['account', anAccount({ id: accountId, name: word, domain, ...dates, ...set.account })],
    ['contact', aContact({ id: contactId, name, email: `${first}@${domain}`, ...dates, ...set.contact })],
    ['contactRole', aContactRole({ id: `role:${n}`, accountId, contactId, isPrimary: true, ...dates })],
  ];
}
interface PairSettings {
  readonly account?: Partial<Entities['account']>;
  readonly contact?: Partial<Entities['contact']>;
}
/** A record with the entity that it is of. */
export type AnyRecord = { readonly [E in EntityName]: readonly [E, Entities[E]] }[EntityName];

/** Somebody linked two people on a day; `claimed` the day that they gave for it. */
export function aLink(referrer: number, referred: number, on: number, claimed: number | null = null): AnyRecord {
  const ids = { referrerId: `contact:${referrer}`, referredId: `contact:${referred}` };
  const claimedAt = claimed === null ? null : day(claimed);
  return ['referralLink', aReferralLink({ id: `link:${referrer}>${referred}`, ...ids, createdAt: day(on), claimedAt })];
}

/** A sale of 1,000.00 to the account of a number, opened on day 20 and won on day 40 unless said otherwise. */
export function aSale(n: number, set: Partial<Entities['opportunity']> = {}, opened = 20, won = 40): AnyRecord {
  const id = `opportunity:${n}`;
  const dates = { createdAt: day(opened), updatedAt: day(opened), closeOn: dayOn(won) };
  const sold = { stage: 'won', type: 'new', amount: { minor: 100_000, currency: 'EUR' } };
  return ['opportunity', anOpportunity({ id, accountId: `account:${n}`, ...dates, ...sold, ...set })];
}

/** An account below another. */
export const below = (child: number, parent: number): AnyRecord => [
  'accountParent',
  anAccountParent({ id: `parent:${child}+${parent}`, childId: `account:${child}`, parentId: `account:${parent}` }),
];

/** Sela, who sells. */
export const aSeller = (n: number, set: Partial<Entities['owner']> = {}): AnyRecord => [
  'owner',
  anOwner({ id: `owner:${n}`, name: 'Sela Vendt', email: `sela${n}@vendor.example`, active: true, ...set }),
];

export const IDA = aPair(1, 'alder', 'Ida Holm');
export const OTTO = aPair(2, 'birch', 'Otto Brandt');
/** Ida introduced Otto on day 10, who bought: nothing is wrong with it. */
export const PLAIN: readonly AnyRecord[] = [...IDA, ...OTTO, aSeller(1), aLink(1, 2, 10), aSale(2)];
/** Of claims by Ida. */
export const claimOn = (n: number) => `friends/contact:1>account:${n}`;

/** A store with records, followed as a pull does. */
export interface AReferralBook {
  readonly store: Store;
  readonly engine: ReferralEngine;
  /** Follows the book as of a day, after these records were put. */
  readonly follow: (on: number, ...records: readonly AnyRecord[]) => Promise<void>;
  readonly take: (...events: readonly ReferralEvent[]) => Promise<void>;
  readonly act: (on: number, does: PersonsAct) => Promise<void>;
  readonly stateOf: (claim: string) => string | undefined;
  /** `check action`, in the published order; one that failed or was lifted says so. */
  readonly found: (claim: string) => readonly string[];
  readonly signals: (claim: string) => readonly FraudSignal[];
  /** State, reason and amount of what the account of a number was given. */
  readonly rewards: (n?: number) => readonly string[];
  readonly journal: () => Promise<readonly ReferralEvent[]>;
}

export interface BookSettings {
  readonly program?: Program;
  /** Several, in place of one. */
  readonly programs?: readonly Program[];
  readonly given?: (claim: { readonly said: { readonly subjectId: Id } }) => GivenFacts;
  readonly digest?: (text: string) => string;
  readonly store?: Store;
}

/** Opens an empty book. */
export async function aReferralBook(settings: BookSettings = {}): Promise<AReferralBook> {
  const store = settings.store ?? { ...createMemoryStore(), tombstones: async () => [] };
  await store.acquire({ pid: 1, host: 'here', startedAt: 0, purpose: 'test' });
  const engine = await openReferrals(store, { programs: settings.programs ?? [settings.program ?? aProgram()] });
  const { state } = engine;
  const at = (on: number) => ({ occurredAt: day(on), recordedAt: day(on) });
  const take = async (...events: readonly ReferralEvent[]) => void (await takeReferralEvents(store, engine, events));
  return {
    store,
    engine,
    take,
    follow: async (on, ...records) => {
      for (const [entity, record] of records) await put(store, entity as 'account', record as Entities['account']);
      const screening = { asOf: day(on), digest: settings.digest ?? digest, given: settings.given };
      await followReferrals(store, engine, {
        ...{ profile, asOf: day(on) },
        screen: (rows, now) => screenClaims(store, now, rows, screening),
      });
    },
    act: (on, does) =>
      take(
        { key: `act ${on} ${JSON.stringify(does)}`, ...at(on), kind: 'act', by: 'owner:1', does },
        { key: `then ${on} ${JSON.stringify(does)}`, ...at(on), kind: 'day' },
      ),
    stateOf: (claim) => state.claims.get(claim)?.state,
    signals: (claim) => signalsAbout(state, claim),
    found: (claim) =>
      signalsAbout(state, claim).map(
        ({ check, action, failed, cleared }) => `${check} ${failed ? 'failed' : action}${cleared ? ' lifted' : ''}`,
      ),
    rewards: (n = 1) =>
      [...state.rewards.all()]
        .filter((it) => it.participantId === `contact:${n}`)
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .map((it) => `${it.state} ${it.holds[0] ?? it.reason} ${it.amount.minor}${it.waits ? ' waits' : ''}`),
    journal: async () => {
      const all: ReferralEvent[] = [];
      for await (const batch of store.referralBatches()) all.push(...batch);
      return all;
    },
  };
}
