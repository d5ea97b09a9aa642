import {
  type Account,
  type AccountLine,
  type AccountSlice,
  accountLine,
  addCounts,
  type BookIndexes,
  type BookReport,
  buildSlice,
  countIssues,
  countUnmapped,
  dayInZone,
  type EntityName,
  findUnmapped,
  type Id,
  type Instant,
  type KeptReferralRows,
  type OrgProfile,
  openReport,
  type Problem,
  type Proposal,
  proposeAccountWrite,
  proposeReferralWrites,
  type RecordRole,
  type ReferralReport,
  readBookIndexes,
  readReferralRows,
  type ScoredAccount,
  type ScoreOptions,
  scoreRisk,
  scoreSlice,
  trackReferrals,
  UNIT_REFUSAL,
  unmappedProblems,
  type WritableEntity,
  whyBarred,
} from '@holdfast/core';
import type { Store } from '../store/store.ts';
import { WorkspaceError } from '../workspace/workspace-error.ts';
import { feedRows } from './feed-rows.ts';

export interface ScoreBookOptions {
  readonly profile: OrgProfile;
  /** Records dated later play no part. */
  readonly asOf: Instant;
  /** Fields that exist and may be written, by entity; an entity left out is not written. */
  readonly writable: { readonly [E in WritableEntity]?: readonly string[] };
  /**
   * The currency of amounts that are written to accounts: the org's, or where `ofRecord` the one that the account
   * itself names. Left out, they are written in the profile's.
   */
  readonly amounts?: { readonly currency: string; readonly ofRecord: boolean } | undefined;
  /** Fitted models; without one the points of its scorecard speak. */
  readonly models?: ScoreOptions['models'];
  /** Models that are scored beside it and write nothing: how many bands would differ is counted. */
  readonly shadow?: ScoreOptions['models'];
  readonly signal?: AbortSignal;
  /** Called for every account of the book, in the order of ids; `line` is what a report keeps of it. */
  readonly onScored?: (slice: AccountSlice, scored: ScoredAccount, line: AccountLine) => void;
  /** Called with what is proposed to be written, or why not: accounts first, then what referrals change. */
  readonly onProposal?: (proposal: Proposal) => void;
  readonly onProgress?: (accounts: number) => void;
}

/** What one pass over the book adds up to; the single accounts went to `onScored` and `onProposal`. */
export interface ScoredBook {
  readonly asOf: Instant;
  readonly report: BookReport;
  /** Number of accounts by their part in the book. */
  readonly roles: Readonly<Partial<Record<RecordRole, number>>>;
  /** Customers that a person ticked "leave out". */
  readonly leftOut: number;
  readonly referrals: ReferralReport;
  /** Values in use that the profile does not explain. */
  readonly problems: readonly Problem[];
  /** Counts of what is odd in the records, by kind. */
  readonly issues: Readonly<Record<string, number>>;
  /** What the shadow models would change; `null` without any. */
  readonly shadow: ShadowFigures | null;
}

/** How the scores of models in shadow differ from those that are used. */
export interface ShadowFigures {
  readonly accounts: number;
  readonly bandsWouldChange: number;
}

/**
 * Scores a stored book as of an instant: first what accounts need to know of each other, row by row, then account by
 * account, everything decided in core. Memory holds ids, sums and the records of referrals, never the book. Throws
 * `WorkspaceError` `unsupported` for a profile that asks for what is not built.
 */
export async function scoreBook(store: Store, options: ScoreBookOptions): Promise<ScoredBook> {
  const { profile, asOf, signal } = options;
  if (profile.unit !== 'record') throw new WorkspaceError('unsupported', `The profile: ${UNIT_REFUSAL}.`);
  const indexReading = readBookIndexes(await countRecords(store), profile, asOf);
  const referralReading = readReferralRows(profile);
  await feedRows(store, [indexReading, referralReading], signal);
  const rows = referralReading.finish();
  const referrals = trackReferrals(rows, profile, asOf);
  const pass = await passOver(store, indexReading.finish(), partiesToReferrals(rows, referrals), options);
  const { report, roles, leftOut, unmapped, issues, mayTouch, shadow } = pass;
  proposeReferrals(rows, referrals, mayTouch, options);
  const outsideBook = Object.values(roles).reduce((sum, n) => sum + n, 0) - (roles.customer ?? 0);
  return {
    asOf,
    report: report.finish({ outsideBook, leftOut, referrals }),
    roles,
    leftOut,
    referrals,
    problems: unmappedProblems(unmapped),
    issues,
    shadow,
  };
}

const COUNTED = [
  'owner',
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

/** Which entities the book holds at all, as counts of 0 or 1: counting two million events would take longer. */
async function countRecords(store: Store): Promise<{ readonly [E in EntityName]?: number }> {
  const counts: { [E in EntityName]?: number } = {};
  for (const entity of COUNTED) {
    counts[entity] = (await store.ids(entity, { after: null, limit: 1, changedSince: null })).length;
  }
  return counts;
}

/** The accounts whose opportunities and contacts a referral may write to. */
function partiesToReferrals(rows: KeptReferralRows, { referrals }: ReferralReport): ReadonlySet<Id> {
  const ids = [...rows.opportunities.map((it) => it.accountId), ...referrals.map((it) => it.referrerAccountId)];
  return new Set(ids.filter((id) => id !== null));
}

function proposeReferrals(
  rows: KeptReferralRows,
  { referrals }: ReferralReport,
  mayTouch: ReadonlySet<Id>,
  { writable, onProposal }: ScoreBookOptions,
): void {
  if (!onProposal) return;
  const proposals = proposeReferralWrites({
    referrals,
    opportunities: rows.opportunities,
    contacts: rows.contacts,
    opportunityFields: writable.opportunity ?? [],
    contactFields: writable.contact ?? [],
    mayWrite: (accountId) => accountId !== null && mayTouch.has(accountId),
  });
  for (const proposal of proposals) onProposal(proposal);
}

async function passOver(
  store: Store,
  indexes: BookIndexes,
  parties: ReadonlySet<Id>,
  { profile, asOf, writable, amounts, models, shadow, signal, onScored, onProposal, onProgress }: ScoreBookOptions,
) {
  const on = dayInZone(asOf, profile.timeZone);
  const { pilot } = profile.book;
  const currencyOf = ({ currency }: Account) =>
    (amounts?.ofRecord && currency) || (amounts?.currency ?? profile.currency);
  const scope = { fields: writable.account ?? [], pilot, amounts: { profile, currencyOf } };
  const report = openReport({ asOf, currency: profile.currency });
  const unmapped = countUnmapped([]);
  const roles: Partial<Record<RecordRole, number>> = {};
  /** Of the parties to referrals: customers and prospects, nobody left out. */
  const mayTouch = new Set<Id>();
  let issues: Readonly<Record<string, number>> = {};
  let leftOut = 0;
  let scoredSoFar = 0;
  let bandsWouldChange = 0;
  for await (const records of store.slices()) {
    signal?.throwIfAborted();
    countUnmapped(findUnmapped(records, profile), unmapped);
    issues = addCounts([issues, countIssues(records)]);
    const slice = buildSlice(records, profile, asOf);
    roles[slice.role] = (roles[slice.role] ?? 0) + 1;
    if (parties.has(slice.account.id) && mayBeTouched(slice, pilot)) mayTouch.add(slice.account.id);
    const scored = scoreSlice(slice, profile, indexes, models ? { models } : {});
    if (scored === null) {
      if (slice.role === 'customer') leftOut += 1;
      const heldBack = whyBarred(slice, pilot);
      if (heldBack) onProposal?.({ heldBack });
      continue;
    }
    const line = accountLine(slice, scored);
    report.add(line);
    onProposal?.(proposeAccountWrite(slice, scored.score, slice.account, on, scope));
    onScored?.(slice, scored, line);
    if (shadow && compareShadow(scored, slice, shadow)) bandsWouldChange += 1;
    scoredSoFar += 1;
    if (scoredSoFar % 500 === 0) onProgress?.(scoredSoFar);
  }
  return {
    ...{ report, roles, leftOut, unmapped, issues, mayTouch },
    shadow: shadow ? { accounts: scoredSoFar, bandsWouldChange } : null,
  };
}

/** Whether the shadow models put the account into another band. */
function compareShadow({ facts, score }: ScoredAccount, slice: AccountSlice, models: ScoreOptions['models'] & object) {
  return scoreRisk(facts, { models, previous: slice.account }).band !== score.band;
}

function mayBeTouched({ account, role }: AccountSlice, pilot: readonly string[]): boolean {
  if (account.excluded === true || (role !== 'customer' && role !== 'prospect')) return false;
  return pilot.length === 0 || pilot.includes(account.id);
}
