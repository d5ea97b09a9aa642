import type { Id } from '../../model/ids.ts';

/** Which of the two was asked about an introduction. */
export const ASKED_SIDES = ['advocate', 'prospect'] as const;
export type AskedSide = (typeof ASKED_SIDES)[number];

/** Who says it: one of the two, or the CRM, which shows no longer what somebody had recorded there. */
export const DENYING_SIDES = [...ASKED_SIDES, 'crm'] as const;
export type DenyingSide = (typeof DENYING_SIDES)[number];

/** What stands in the CRM against an introduction by now: one of our records says that there was none, or what it rested on is gone. Ids only. */
export interface Denial {
  /** The record of ours; of what is gone, a key made of the pair. */
  readonly recordId: Id;
  readonly advocateId: Id;
  /** Who was referred, by every id under which they may have been claimed: account, person; in order. */
  readonly partyIds: readonly Id[];
  /** Who said so, one is enough; empty: it was taken back. */
  readonly saidBy: readonly DenyingSide[];
}
