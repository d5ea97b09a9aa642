import {
  type AccountLine,
  type AccountSlice,
  accountLine,
  addCounts,
  type BookIndexes,
  buildBookIndexes,
  buildSlice,
  countIssues,
  dayInZone,
  type EntityName,
  findUnmapped,
  type Id,
  type Instant,
  type OrgProfile,
  type Problem,
  type Proposal,
  proposeAccountWrite,
  proposeReferralWrites,
  type RecordRole,
  type ReferralReport,
  type ScoredAccount,
  scoreSlice,
  trackReferrals,
  type UnmappedValue,
  unmappedProblems,
  type WritableEntity,
  whyBarred,
} from '@holdfast/core';
import type { Store } from '../store/store.ts';

export interface ScoreBookOptions {
  readonly profile: OrgProfile;
  /** Records dated later play no part. */
  readonly asOf: Instant;
  /** Fields that exist and may be written, by entity; an entity left out is not written. */
  readonly writable: { readonly [E in WritableEntity]?: readonly string[] };
  readonly signal?: AbortSignal;
  /** Called for every account of the book, in the order of ids. */
  readonly onScored?: (slice: AccountSlice, scored: ScoredAccount) => void;
  readonly onProgress?: (accounts: number) => void;
}

/** What one pass over the book gives: lines for the report, referrals, and what is proposed to be written. */
export interface ScoredBook {
  readonly asOf: Instant;
  readonly lines: readonly AccountLine[];
  /** Number of accounts by their part in the book. */
  readonly roles: Readonly<Partial<Record<RecordRole, number>>>;
  /** Customers that a person ticked "leave out". */
  readonly leftOut: number;
  readonly referrals: ReferralReport;
  readonly proposals: readonly Proposal[];
  /** Values in use that the profile does not explain. */
  readonly problems: readonly Problem[];
  /** Counts of what is odd in the records, by kind. */
  readonly issues: Readonly<Record<string, number>>;
}

/** Scores a stored book as of an instant: account by account from the store, everything decided in core. */
export async function scoreBook(store: Store, options: ScoreBookOptions): Promise<ScoredBook> {
  const { profile, asOf } = options;
  const rows = await loadRows(store);
  const indexes = buildBookIndexes({ ...rows, counts: await countRecords(store) }, profile, asOf);
  const referrals = trackReferrals(rows, profile, asOf);
  const pass = await passOver(store, indexes, options);
  const proposals = [
    ...pass.proposals,
    ...proposeReferralWrites({
      referrals: referrals.referrals,
      opportunities: rows.opportunities,
      contacts: rows.contacts,
      opportunityFields: options.writable.opportunity ?? [],
      contactFields: options.writable.contact ?? [],
      mayWrite: (accountId) => accountId !== null && pass.mayTouch.has(accountId),
    }),
  ];
  const { lines, roles, leftOut, unmapped, issues } = pass;
  return { asOf, lines, roles, leftOut, referrals, proposals, problems: unmappedProblems(unmapped), issues };
}

async function loadRows(store: Store) {
  const [accounts, parents, contacts, roles, opportunities, links] = [
    await collect(store.records('account')),
    await collect(store.records('accountParent')),
    await collect(store.records('contact')),
    await collect(store.records('contactRole')),
    await collect(store.records('opportunity')),
    await collect(store.records('referralLink')),
  ];
  return { accounts, parents, contacts, roles, opportunities, links };
}

async function collect<T>(rows: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

const COUNTED = [
  'ticket',
  'activity',
  'surveyResponse',
  'usage',
  'order',
  'orderLine',
  'contract',
  'opportunity',
  'contact',
] as const;

async function countRecords(store: Store): Promise<{ readonly [E in EntityName]?: number }> {
  const counts: { [E in EntityName]?: number } = {};
  for (const entity of COUNTED) {
    const byObject = await store.countByObject(entity);
    counts[entity] = Object.values(byObject).reduce((sum, count) => sum + count, 0);
  }
  return counts;
}

interface Pass {
  readonly lines: readonly AccountLine[];
  readonly roles: Readonly<Partial<Record<RecordRole, number>>>;
  readonly leftOut: number;
  readonly proposals: readonly Proposal[];
  readonly unmapped: readonly UnmappedValue[];
  readonly issues: Readonly<Record<string, number>>;
  /** Accounts whose opportunities and contacts may carry referral fields: customers and prospects, nobody left out. */
  readonly mayTouch: ReadonlySet<Id>;
}

async function passOver(store: Store, indexes: BookIndexes, options: ScoreBookOptions): Promise<Pass> {
  const { profile, asOf, writable, signal } = options;
  const on = dayInZone(asOf, profile.timeZone);
  const scope = { fields: writable.account ?? [], pilot: profile.book.pilot };
  const lines: AccountLine[] = [];
  const proposals: Proposal[] = [];
  const unmapped: UnmappedValue[] = [];
  const issues: Readonly<Partial<Record<string, number>>>[] = [];
  const roles: Partial<Record<RecordRole, number>> = {};
  const mayTouch = new Set<Id>();
  let leftOut = 0;
  for await (const records of store.slices()) {
    signal?.throwIfAborted();
    unmapped.push(...findUnmapped(records, profile));
    issues.push(countIssues(records));
    const slice = buildSlice(records, profile, asOf);
    roles[slice.role] = (roles[slice.role] ?? 0) + 1;
    if (mayBeTouched(slice, profile.book.pilot)) mayTouch.add(slice.account.id);
    const scored = scoreSlice(slice, profile, indexes);
    if (scored === null) {
      if (slice.role === 'customer') leftOut += 1;
      const heldBack = whyBarred(slice, scope.pilot);
      if (heldBack) proposals.push({ heldBack });
      continue;
    }
    lines.push(accountLine(slice, scored));
    proposals.push(proposeAccountWrite(slice, scored.score, slice.account, on, scope));
    options.onScored?.(slice, scored);
    if (lines.length % 500 === 0) options.onProgress?.(lines.length);
  }
  return { lines, roles, leftOut, proposals, unmapped, issues: addCounts(issues), mayTouch };
}

function mayBeTouched({ account, role }: AccountSlice, pilot: readonly string[]): boolean {
  if (account.excluded === true || (role !== 'customer' && role !== 'prospect')) return false;
  return pilot.length === 0 || pilot.includes(account.id);
}
