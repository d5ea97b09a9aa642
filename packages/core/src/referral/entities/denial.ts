import type { Id } from '../../model/ids.ts';

/** Which of the two was asked about an introduction. */
export const ASKED_SIDES = ['advocate', 'prospect'] as const;
export type AskedSide = (typeof ASKED_SIDES)[number];

/** What one of our records in the CRM says of a pair: that there was no introduction. Ids only. */
export interface Denial {
  readonly recordId: Id;
  readonly advocateId: Id;
  /** Who was referred, by every id under which they may have been claimed: account, person; in order. */
  readonly partyIds: readonly Id[];
  /** Who said so, one is enough; empty: it was taken back. */
  readonly saidBy: readonly AskedSide[];
}
