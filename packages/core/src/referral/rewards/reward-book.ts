import type { AccountKind, Ledger, Transaction, TransactionKind } from '../../ledger/index.ts';
import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { Refusal } from '../entities/reason-code.ts';
import type { CapCounts } from './count-caps.ts';
import type { PayoutBatch } from './payout-batch.ts';
import type { RefundRecord, RewardRecord } from './reward-record.ts';

/** All that a book of rewards holds, as plain rows; what a step returns of it is what has to be stored. */
export interface RewardRows {
  readonly rewards: readonly RewardRecord[];
  readonly refunds: readonly RefundRecord[];
  /** Keys of events that were taken, by program. */
  readonly seen: readonly string[];
  readonly transactions: readonly Transaction[];
  readonly batches: readonly PayoutBatch[];
  readonly merges: readonly MergedParty[];
}

/** Two records of one party, by the key of the event that said so. */
export interface MergedParty {
  readonly key: string;
  readonly loserId: Id;
  readonly survivorId: Id;
}

/** What a step changed, and what it refused: each refusal with the key of the event or reward. */
export interface RewardChanges extends RewardRows {
  readonly refused: readonly RewardRefusal[];
}

export interface RewardRefusal extends Refusal {
  readonly key: string;
}

/** One posting of a reward: from one account to another. `minor` 0 posts nothing. */
export interface Move {
  readonly kind: TransactionKind;
  readonly minor: number;
  readonly debit: AccountKind;
  readonly credit: AccountKind;
  readonly at: Instant;
  readonly source: string | null;
}

/** Rewards with their ledger. Only the functions of this folder change it; read `ledger`, `get` and the lists freely. */
export interface RewardBook {
  readonly ledger: Ledger;
  readonly get: (key: string) => RewardRecord | undefined;
  readonly all: () => Iterable<RewardRecord>;
  /** Those that time or a person can still move, in the order in which they became so. */
  readonly unsettled: () => readonly RewardRecord[];
  readonly ofCase: (caseId: Id) => readonly RewardRecord[];
  readonly ofParty: (partyId: Id) => readonly RewardRecord[];
  readonly ofParticipant: (participantId: Id) => readonly RewardRecord[];
  /** Cases that gave the participant of a program a reward which still stands. */
  readonly casesOf: (participantId: Id, programId: string) => ReadonlySet<Id>;
  readonly refundsOf: (caseId: Id) => readonly RefundRecord[];
  /** Minor units that stand against the cap which a reward falls under. */
  readonly used: CapCounts['used'];
  readonly isSeen: (key: string) => boolean;
  readonly batch: (id: string) => PayoutBatch | undefined;
  readonly batches: () => Iterable<PayoutBatch>;
  /** The id that a party goes by after every merge. */
  readonly survivorOf: (id: Id) => Id;
  /** Runs a step and returns what it changed. */
  readonly change: (step: () => void) => RewardChanges;
  readonly put: (record: RewardRecord) => RewardRecord;
  readonly putRefund: (refund: RefundRecord) => void;
  readonly putBatch: (batch: PayoutBatch) => void;
  readonly putMerge: (merge: MergedParty) => void;
  readonly see: (key: string) => void;
  readonly refuse: (key: string, refusal: Refusal) => void;
  /** Posts for a reward and returns it with its count of postings; throws when the ledger refuses: a defect, not a case. */
  readonly post: (record: RewardRecord, move: Move) => RewardRecord;
  /** Posts what belongs to no single reward; throws as `post` does. */
  readonly postPlain: (transaction: Transaction) => void;
}
