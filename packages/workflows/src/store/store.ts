import type {
  AccountRecords,
  Entities,
  EntityName,
  FieldChange,
  Id,
  Instant,
  ReferralEvent,
  Reject,
  SyncAdvance,
  SyncCheckpoint,
  WritableEntity,
  WritableFields,
  Write,
  WriteIntent,
  WriteOutcome,
} from '@holdfast/core';
import type { ScoreSnapshot, SnapshotRun } from './score-snapshot.ts';

export type { ScoreSnapshot, SnapshotRun } from './score-snapshot.ts';

/** Who works on a workspace: enough to say so to a second run, and to tell whether the first still lives. */
export interface LeaseHolder {
  readonly pid: number;
  readonly host: string;
  readonly startedAt: Instant;
  /** What it does: "pull", "apply". */
  readonly purpose: string;
}

/** One run that writes, for resuming and for undo. */
export interface StoredRun {
  readonly id: string;
  readonly planId: string;
  readonly startedAt: Instant;
  /** `null` while it runs, or when it died. */
  readonly finishedAt: Instant | null;
}

/** How a stored write ended; errors are kept as code and message. */
export type StoredOutcome =
  | Exclude<WriteOutcome, { readonly status: 'failed' }>
  | { readonly key: string; readonly status: 'failed'; readonly code: string; readonly message: string };

/** One write of a run: the intent noted before it went out, and how it ended. Either may be missing. */
export interface StoredWrite {
  readonly key: string;
  readonly entity: WritableEntity;
  readonly write: Write;
  /** The values seen when it was planned. */
  readonly before: Partial<WritableFields[WritableEntity]>;
  readonly intent: WriteIntent | null;
  readonly outcome: StoredOutcome | null;
}

/** What goes into the journal before a batch goes out. */
export type NotedWrite = Omit<StoredWrite, 'outcome'>;

export interface OpenIntent {
  readonly entity: WritableEntity;
  readonly intent: WriteIntent;
}

export interface StoredReject extends Reject {
  readonly entity: EntityName;
}

/** A record that went away: deleted, or merged into another. */
export interface StoredTombstone {
  readonly id: Id;
  /** When it went; `null` where the CRM does not say. */
  readonly at: Instant | null;
  /** The last survivor of its merges; `null` for a deletion. */
  readonly mergedInto: Id | null;
  /** When a pull learnt of it: the true time is not later. */
  readonly notedAt: Instant;
}

/** Accounts after an id, up to and with another; `null` stands for the first and the last. */
export interface SliceRange {
  readonly after: Id | null;
  readonly upTo: Id | null;
}

export interface IdQuery {
  readonly after: Id | null;
  readonly limit: number;
  /** Only records stored new or with other content since this sequence. */
  readonly changedSince: number | null;
}

/**
 * Where records, checkpoints and the journal of writes live. Every method that changes something is one transaction and
 * fails with `WorkspaceError` when the lease is not held (any more). Storing a page twice changes nothing.
 */
export interface Store {
  /** Takes the one lease of the workspace; throws `WorkspaceError` while another run holds it. */
  acquire(holder: LeaseHolder): Promise<void>;
  release(): Promise<void>;

  /** Ties the workspace to one org; throws `WorkspaceError` `org` when it is tied to another. */
  bindOrg(crm: string, orgId: string): Promise<void>;
  /** The mark of the key that the digests of the store were made with; `null` before it was bound. */
  keyMark(): Promise<number | null>;
  /** From now on the store's digests are those of the key with this mark; another mark gives way. */
  bindKey(mark: number): Promise<void>;
  /** The sequence of the last change; each transaction that stores records takes the next one. */
  mark(): Promise<number>;
  checkpoint(entity: EntityName): Promise<SyncCheckpoint>;
  /** Stores what a page says and the checkpoint after it. */
  commitPage<E extends EntityName>(entity: E, advance: SyncAdvance<E>): Promise<void>;
  /** How many records a sweep since this mark would take away. */
  countUnseen(entity: EntityName, mark: number): Promise<number>;

  /** Ids in ascending order. */
  ids(entity: EntityName, query: IdQuery): Promise<readonly Id[]>;
  /** How many records, by the CRM's object that they come from. */
  countByObject(entity: EntityName): Promise<Readonly<Record<string, number>>>;
  get<E extends EntityName>(entity: E, id: Id): Promise<Entities[E] | null>;
  /** All records of an entity in the order of their ids, with merged ids re-pointed. */
  records<E extends EntityName>(entity: E): AsyncIterable<Entities[E]>;
  /** The record that an id stands for now: the survivor of its merges, or itself. */
  resolve(id: Id): Promise<Id>;
  /** All records around each account, account by account in the order of their ids, in bounded memory. */
  slices(range?: SliceRange): AsyncIterable<AccountRecords>;
  /** The file that another thread may open beside this store to read slices; none where there is no such file. */
  readonly file?: string;
  /** The history of the fields of these records, as far as it is stored; of a record that was merged away, nothing. */
  fieldChanges(recordIds: readonly Id[]): Promise<readonly FieldChange[]>;
  /** Records of an entity that went away, as far as pulls have learnt of it, in the order of their ids. */
  tombstones(entity: EntityName): Promise<readonly StoredTombstone[]>;
  /** What could not be decoded when it was last read. */
  rejects(): Promise<readonly StoredReject[]>;

  saveRun(run: StoredRun): Promise<void>;
  run(id: string): Promise<StoredRun | null>;
  /** Newest first. */
  runs(): Promise<readonly StoredRun[]>;
  noteIntents(runId: string, writes: readonly NotedWrite[]): Promise<void>;
  noteOutcomes(runId: string, entity: WritableEntity, outcomes: readonly WriteOutcome[]): Promise<void>;
  /** In the order in which they went out. */
  writes(runId: string): Promise<readonly StoredWrite[]>;
  /** The writes of an entity in every run that is kept, in the order in which they went out, with when their run began. */
  writesOf(entity: WritableEntity): Promise<readonly (StoredWrite & { readonly startedAt: Instant })[]>;
  /** Intents of any run of a plan whose outcome is not known, and that no later run settled. */
  openIntents(planId: string): Promise<readonly OpenIntent[]>;

  /** Adds accounts to a run's snapshot; what another run left of the same instant gives way. */
  saveSnapshots(run: SnapshotRun, rows: readonly ScoreSnapshot[]): Promise<void>;
  /** Marks it as complete: from now on it is a "before". Of each calendar week the newest complete one is kept. */
  completeSnapshots(at: Instant): Promise<void>;
  /** The newest complete snapshot from before an instant; `null` when there is none. */
  snapshotRunBefore(at: Instant): Promise<SnapshotRun | null>;
  /**
   * What the run of an instant said of accounts, in the order of their ids from one on. An account that was merged away
   * keeps its own, because what was said then was said of it alone.
   */
  snapshots(at: Instant, query: { readonly from: Id; readonly limit: number }): Promise<readonly ScoreSnapshot[]>;

  /**
   * Adds one batch of events to the referral journal, in one transaction; those whose key is there already are left out.
   * Answers how many were new. What stands in the journal is never changed but by `rewriteReferralEvents`.
   */
  appendReferralEvents(events: readonly ReferralEvent[]): Promise<number>;
  /**
   * Takes people out of the journal, and what is kept no longer: each event becomes what `rewrite` makes of it, in its
   * place and batch, or goes where that is `null`; then `added` is a batch of its own, as `appendReferralEvents` would add
   * it. One transaction. Answers how many events were changed, taken out or added.
   */
  rewriteReferralEvents(
    rewrite: (event: ReferralEvent) => ReferralEvent | null,
    added?: readonly ReferralEvent[],
  ): Promise<number>;
  /** The referral journal, batch by batch as it was written. */
  referralBatches(): AsyncIterable<readonly ReferralEvent[]>;

  /** Forgets snapshots, events, gone records, rejects and finished runs from before an instant; answers how many rows. */
  purge(before: Instant): Promise<number>;
  /**
   * Erases a contact and every mention of it, and keeps it out from now on; `erase` takes the person out of texts, `keys`
   * are the digests by which they are known among the people of mails (`partyKeys` of addresses and names). Nothing of what was erased is left in the store's file, and nothing that was taken out of the journal before. Answers how many
   * rows changed.
   */
  forget(contactId: Id, erase?: (text: string) => string, keys?: readonly string[]): Promise<number>;
  close(): Promise<void>;
}
