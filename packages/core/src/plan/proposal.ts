import type { PlannedWrite } from './plan.ts';

/** What came of looking at one record: a write, or the reason that there is none. */
export type Proposal =
  | { readonly write: PlannedWrite; readonly heldBack?: never; readonly leftOut?: LeftOut }
  | { readonly write?: never; readonly heldBack: HeldBack; readonly leftOut?: LeftOut };

/** Why a record is not written. */
export type HeldBack =
  | 'left out by a person'
  | 'outside the book'
  | 'outside the pilot'
  | 'nobody to name'
  | 'field not installed'
  | 'moved too little'
  | 'nothing changed'
  | 'nobody looks after the account'
  | 'the account has a task'
  | 'the account had such a task lately'
  | 'a person deleted such a task'
  | 'the owner has enough tasks'
  | 'enough notes for one run';

/** Why a single field of the record stays as it is, whatever becomes of the others. */
export type LeftOut = "no rate for the record's currency";
