/** Why the ledger takes nothing: the next step is in `detail`. */
export type LedgerRefusalReason =
  | 'no_key'
  | 'unknown_kind'
  | 'no_postings'
  | 'not_whole'
  | 'unbalanced'
  | 'wrong_account'
  | 'overdrawn'
  | 'clock_backwards'
  | 'key_reused'
  | 'no_rate';

/** A refusal: nothing was posted. `detail` names keys and amounts only. */
export interface LedgerRefusal {
  readonly refused: true;
  readonly reason: LedgerRefusalReason;
  readonly detail: string;
}

/** Builds a refusal of the ledger. */
export function refuseEntry(reason: LedgerRefusalReason, detail: string): LedgerRefusal {
  return { refused: true, reason, detail };
}
