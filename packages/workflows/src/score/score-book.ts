import {
  type Account,
  type AccountLine,
  type AccountRecords,
  type AccountSlice,
  accountLine,
  addCounts,
  type BookIndexes,
  type BookReport,
  type CalendarDay,
  countUnmapped,
  dayInZone,
  type EntityName,
  FEATURES_VERSION,
  type Id,
  type Instant,
  type KeptReferralRows,
  type OrgProfile,
  openReport,
  type Problem,
  type Proposal,
  proposeAccountWrite,
  proposeReferrals,
  type RecordRole,
  type ReferralEngine,
  type ReferralRecord,
  type ReferralReport,
  type RowReading,
  readBookIndexes,
  referralAccounts,
  type ScoredAccount,
  type ScoreOptions,
  UNIT_REFUSAL,
  unmappedProblems,
  type WritableEntity,
  whyBarred,
} from '@holdfast/core';
import { followReferrals, type ReferralLooks } from '../referrals/follow-referrals.ts';
import { leaveReferrals } from '../referrals/leave-referrals.ts';
import { openKeptReferrals } from '../referrals/open-kept-referrals.ts';
import { openReferrals, type ReferralOptions, withoutJournal } from '../referrals/open-referrals.ts';
import { readMadeNotes } from '../referrals/read-made-notes.ts';
import { readOwnLinks } from '../store/own-links.ts';
import type { Store } from '../store/store.ts';
import { WorkspaceError } from '../workspace/workspace-error.ts';
import type { JudgedAccount, JudgeSettings } from './judge-account.ts';
import { canShare, judgeInThreads } from './judge-in-threads.ts';
import { judgeRange } from './judge-range.ts';
import { keepSnapshots } from './keep-snapshots.ts';

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
  /** What the last accuracy cards said: told in reasons and report, no number changes. */
  readonly cards?: ScoreOptions['cards'];
  /** Models that are scored beside it and write nothing: how many bands would differ is counted. */
  readonly shadow?: ScoreOptions['models'];
  /** How referrals are followed; by the default program, in memory, when left out. */
  readonly referrals?: BookReferrals | undefined;
  /** Note on timelines what came of introductions from this day on; left out: nothing is. */
  readonly notesSince?: CalendarDay | undefined;
  /** Accounts held out of acting: scored as all others, but no step of their own is proposed. */
  readonly heldOut?: ReadonlySet<Id> | undefined;
  /** Keep what is said of each account as a snapshot of this run, so that later runs tell why scores moved. */
  readonly snapshots?: { readonly runId: string } | undefined;
  /**
   * Threads that score; the results and the order of the calls are the same. One by default: it scores 100,000 accounts
   * with 2,000,000 events in about 22 s of processor time and 238 MB. Two finish sooner where two cores are idle, but
   * hand every result over: a third more processor time and 276 MB. A store that is no file is scored by one.
   */
  readonly workers?: 1 | 2;
  readonly signal?: AbortSignal;
  /**
   * Called with the records of every account, whatever its role, before it is judged: what else reads the whole book need
   * not go over it again. Records are handed to nobody's thread, so scoring stays in one.
   */
  readonly onRecords?: (records: AccountRecords) => void;
  /** Called for every account of the book, in the order of ids; `line` is what a report keeps of it. */
  readonly onScored?: (of: ScoredOf, scored: ScoredAccount, line: AccountLine) => void;
  /** Called with what is proposed to be written, or why not: accounts first, then what referrals change. */
  readonly onProposal?: (proposal: Proposal) => void;
  readonly onProgress?: (accounts: number) => void;
}

/** The programs, and what else is known of referrals. */
export interface BookReferrals extends ReferralOptions, ReferralLooks {
  /**
   * `kept`: what is new goes into the journal. `read` (left out): it is followed in memory only. `past`: the same, from
   * what the journal held at the instant that is scored. `left`: nothing is taken or proposed, and they stand as the
   * journal left them.
   */
  readonly journal?: 'kept' | 'read' | 'past' | 'left';
  /** Called with the journal as it stands, before anything is taken: what it throws ends the scoring. */
  readonly mayFollow?: (engine: ReferralEngine) => void;
}

/** Whose score it is. */
export type ScoredOf = Pick<AccountSlice, 'account' | 'role'>;

/** What one pass over the book adds up to; the single accounts went to `onScored` and `onProposal`. */
export interface ScoredBook {
  readonly asOf: Instant;
  readonly report: BookReport;
  /** Number of accounts by their part in the book. */
  readonly roles: Readonly<Partial<Record<RecordRole, number>>>;
  /** Customers that a person ticked "leave out". */
  readonly leftOut: number;
  readonly referrals: ReferralReport;
  /** The engine that they are read from: claims, decisions, rewards. */
  readonly engine: ReferralEngine;
  /** Of the accounts that referrals name, those that may be written to or about: customers and prospects, nobody left out. */
  readonly mayTouch: ReadonlySet<Id>;
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
  const { profile, asOf } = options;
  if (profile.unit !== 'record') throw new WorkspaceError('unsupported', `The profile: ${UNIT_REFUSAL}.`);
  const { indexes, rows, borders, engine, referrals } = await readWholeBook(store, options);
  const parties = referralAccounts(engine, { referrals: referrals.referrals, rows });
  const pass = await passOver(store, indexes, parties, borders, options);
  const { report, roles, leftOut, unmapped, issues, mayTouch, shadow } = pass;
  if (options.referrals?.journal !== 'left')
    await writeReferrals(store, { engine, rows, referrals, mayTouch }, options);
  const outsideBook = Object.values(roles).reduce((sum, n) => sum + n, 0) - (roles.customer ?? 0);
  return {
    asOf,
    report: report.finish({ outsideBook, leftOut, referrals }),
    roles,
    leftOut,
    referrals,
    engine,
    mayTouch,
    problems: unmappedProblems(unmapped),
    issues,
    shadow,
  };
}

/**
 * What accounts need to know of each other, and the referrals followed to the instant. What the readings remember on the
 * way is let go of before the pass begins.
 */
async function readWholeBook(store: Store, { profile, asOf, signal, referrals: given = {} }: ScoreBookOptions) {
  const {
    journal = 'read',
    mayFollow,
    findTouches,
    findDenials,
    showsRecorded = false,
    screen,
    codes,
    ...options
  } = given;
  const indexReading = readBookIndexes(await countRecords(store), profile, asOf);
  const borderReading = readBorders();
  const engine =
    journal === 'kept'
      ? await openKeptReferrals(store, options, asOf)
      : await openReferrals(store, options, journal === 'past' ? asOf : undefined);
  mayFollow?.(engine);
  const reading = { profile, asOf, signal, beside: [indexReading, borderReading] };
  const { rows, referrals } =
    journal === 'left'
      ? await leaveReferrals(store, engine, reading)
      : await followReferrals(journal === 'kept' ? store : withoutJournal(store), engine, {
          ...reading,
          ...(findTouches && { findTouches }),
          ...(findDenials && { findDenials }),
          showsRecorded,
          ...(screen && { screen }),
          ...(codes && { codes }),
        });
  return { indexes: indexReading.finish(), rows, borders: borderReading.finish(), engine, referrals };
}

/** Accounts that a thread takes at once. */
const BLOCK = 200;

/** Every two-hundredth account's id: blocks of accounts lie between them. */
function readBorders(): RowReading<readonly Id[]> {
  const borders: Id[] = [];
  let met = 0;
  const account = ({ id }: Account) => {
    met += 1;
    if (met % BLOCK === 0) borders.push(id);
  };
  return { rounds: [() => ({ account })], finish: () => borders };
}

const COUNTED = [
  'owner',
  'ticket',
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
  return { ...counts, activity: await activityOfOthers(store) };
}

/** Where nobody else keeps activities, our own tasks and notes do not make it an org that does. */
async function activityOfOthers(store: Store): Promise<number> {
  for await (const { byUs } of store.records('activity')) if (!byUs) return 1;
  return 0;
}

interface Followed {
  readonly engine: ReferralEngine;
  readonly rows: KeptReferralRows;
  readonly referrals: ReferralReport;
  readonly mayTouch: ReadonlySet<Id>;
}

async function writeReferrals(
  store: Store,
  { engine, rows, referrals, mayTouch }: Followed,
  { writable, amounts, profile, notesSince: since, onProposal }: ScoreBookOptions,
): Promise<void> {
  if (!onProposal) return;
  const records: ReferralRecord[] = [];
  if (writable.referral) for await (const it of store.records('referral')) records.push(it);
  const proposals = proposeReferrals(engine, {
    ...{ referrals: referrals.referrals, rows, records, writable, timeZone: profile.timeZone },
    currency: amounts?.ofRecord ? null : (amounts?.currency ?? profile.currency),
    mayWrite: (accountId) => accountId !== null && mayTouch.has(accountId),
    settledLinks: writable.referralLink ? (await readOwnLinks(store)).settled : new Set(),
    notes: since && writable.note ? { since, made: await readMadeNotes(store) } : undefined,
  });
  for (const proposal of proposals) onProposal(proposal);
}

async function passOver(
  store: Store,
  indexes: BookIndexes,
  parties: ReadonlySet<Id>,
  borders: readonly Id[],
  options: ScoreBookOptions,
) {
  const { profile, asOf, writable, amounts, models, cards = {}, shadow, heldOut, signal, snapshots } = options;
  const { onScored, onProposal, onProgress } = options;
  const on = dayInZone(asOf, profile.timeZone);
  const { pilot } = profile.book;
  const currencyOf = ({ currency }: Account) =>
    (amounts?.ofRecord && currency) || (amounts?.currency ?? profile.currency);
  const scope = { fields: writable.account ?? [], pilot, amounts: { profile, currencyOf } };
  const before = await store.snapshotRunBefore(asOf);
  const settings = { profile, asOf, indexes, models: models ?? null, cards, shadow: shadow ?? null, before, heldOut };
  const keeping = snapshots ? keepSnapshots(store, { ...snapshots, at: asOf, features: FEATURES_VERSION }) : null;
  const report = openReport({ asOf, currency: profile.currency, cards });
  const unmapped = countUnmapped([]);
  const roles: Partial<Record<RecordRole, number>> = {};
  /** Of the parties to referrals: customers and prospects, nobody left out. */
  const mayTouch = new Set<Id>();
  let issues: Readonly<Record<string, number>> = {};
  let leftOut = 0;
  let scoredSoFar = 0;
  let bandsWouldChange = 0;
  for await (const judged of judgeAll(store, settings, borders, options)) {
    signal?.throwIfAborted();
    const { account, role, scored } = judged;
    countUnmapped(judged.unmapped, unmapped);
    issues = addCounts([issues, judged.issues]);
    roles[role] = (roles[role] ?? 0) + 1;
    if (parties.has(account.id) && mayBeTouched(judged, pilot)) mayTouch.add(account.id);
    if (scored === null) {
      if (role === 'customer') leftOut += 1;
      const heldBack = whyBarred(judged, pilot);
      if (heldBack) onProposal?.({ heldBack });
      continue;
    }
    const line = accountLine(judged, scored);
    report.add(line);
    onProposal?.(proposeAccountWrite(judged, scored.score, account, on, scope));
    onScored?.(judged, scored, line);
    await keeping?.add(account.id, scored);
    if (judged.shadowDiffers) bandsWouldChange += 1;
    scoredSoFar += 1;
    if (scoredSoFar % 500 === 0) onProgress?.(scoredSoFar);
  }
  await keeping?.complete();
  return {
    ...{ report, roles, leftOut, unmapped, issues, mayTouch },
    shadow: shadow ? { accounts: scoredSoFar, bandsWouldChange } : null,
  };
}

/** Every account in the order of ids, by this thread alone or by two. */
function judgeAll(
  store: Store,
  settings: JudgeSettings,
  borders: readonly Id[],
  { workers = 1, onRecords }: ScoreBookOptions,
): AsyncIterable<JudgedAccount> {
  return workers === 2 && canShare(store) && !onRecords
    ? judgeInThreads(store, settings, borders)
    : judgeRange(store, settings, undefined, onRecords);
}

function mayBeTouched({ account, role }: ScoredOf, pilot: readonly string[]): boolean {
  if (account.excluded === true || (role !== 'customer' && role !== 'prospect')) return false;
  return pilot.length === 0 || pilot.includes(account.id);
}
