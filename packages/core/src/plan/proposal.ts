import type { PlannedWrite } from './plan.ts';

/** What came of looking at one record: a write, or the reason that there is none. */
export type Proposal =
  | { readonly write: PlannedWrite; readonly heldBack?: never }
  | { readonly write?: never; readonly heldBack: HeldBack };

/** Why a record is not written. */
export type HeldBack =
  | 'left out by a person'
  | 'outside the book'
  | 'outside the pilot'
  | 'field not installed'
  | 'moved too little'
  | 'nothing changed';
