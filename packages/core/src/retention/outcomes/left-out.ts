/** Why records that look like business gave no decision. */
export type LeftOutReason =
  | 'partner or test'
  | 'nothing bought'
  | 'renewal day without history'
  | 'renewal still open'
  | 'contract without its days'
  | 'status not in the profile'
  | 'ended in its term, the customer stayed';

/** Of these it is the account that tells nothing, of either model; all others are left out of the contract model. */
export const ACCOUNT_TELLS_NOTHING: ReadonlySet<string> = new Set<LeftOutReason>(['partner or test', 'nothing bought']);

/** Notes one case that is left out. */
export type NoteLeftOut = (reason: LeftOutReason) => void;
