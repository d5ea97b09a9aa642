import type { Cell } from '../store/row.ts';
import type { Field } from './field.ts';

/** A record about to be saved, as `derive` sees it. */
export interface Draft {
  get(field: string): Cell;
  set(field: string, value: Cell): void;
  /** Seconds since the epoch of this save. */
  readonly now: number;
  /** The record that a lookup points to, as a reader of its fields. */
  parent(lookup: string): { get(field: string): Cell } | undefined;
  /** Looks a row of another object up by one field's value (the stage's settings by its label). */
  find(object: string, field: string, value: Cell): { get(field: string): Cell } | undefined;
}

/** An object's facts as describe tells them; the store adds rows. */
export interface ObjectDef {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string | null;
  readonly fields: readonly Field[];
  readonly custom?: boolean;
  readonly createable?: boolean;
  readonly updateable?: boolean;
  readonly deletable?: boolean;
  readonly mergeable?: boolean;
  readonly undeletable?: boolean;
  readonly replicateable?: boolean;
  readonly searchable?: boolean;
  readonly feedEnabled?: boolean;
  readonly mruEnabled?: boolean;
  /** False: nobody has access until a permission set grants it (an object deployed by metadata). */
  readonly byProfile?: boolean;
  /** Objects with record types list them in recordTypeInfos. */
  readonly recordTypes?: boolean;
  /** Fills stored values that follow from others (Name from first and last name) before each save. */
  readonly derive?: (record: Draft) => void;
  /** Fields that start anew when another changes and the write does not set them: probability with the stage. */
  readonly resets?: Readonly<Record<string, readonly string[]>>;
  /** Metadata XML that made the object, for readMetadata. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}
