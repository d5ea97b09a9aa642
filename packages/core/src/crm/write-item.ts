import type { Id } from '../model/ids.ts';
import type { Entities, WritableEntity, WritableFields } from '../model/types.ts';
import type { CrmError } from './error.ts';
import type { Link, Write } from './port.ts';

/** What may be done with one planned write, now that its fields were read again. */
export type WriteDecision =
  | { readonly kind: 'unchanged' }
  /** Only the fields that still differ. */
  | { readonly kind: 'write'; readonly fields: readonly string[] }
  /** Someone else changed these since the plan was made: nothing of the record is written. */
  | { readonly kind: 'conflict'; readonly fields: readonly string[] }
  | { readonly kind: 'gone' };

/** Decides by the values seen when planned, the values now (`null`: the record is gone), and those wanted. */
export type DecideWrite = (
  before: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>> | null,
  wanted: Readonly<Record<string, unknown>>,
) => WriteDecision;

/** What is noted down before a write goes out, so that a run that dies can be taken up. */
export interface WriteIntent<E extends WritableEntity = WritableEntity> {
  readonly key: string;
  /** The values that the write replaces, known from the re-read just before it. */
  readonly was: Partial<WritableFields[E]>;
  /** The record with our key already stood there; its fields are left alone. */
  readonly found: boolean;
}

/** One planned write on its way: what was there when it was planned, and what is known of earlier attempts. */
export interface WriteItem<E extends WritableEntity = WritableEntity> {
  readonly write: Write<E>;
  /** The values seen when the plan was made; of a record that we created, the values that we gave it. */
  readonly before: Partial<WritableFields[E]>;
  /** It may have gone out before: finding the wanted values then means that it was ours. */
  readonly attempted: boolean;
  /** Failed attempts in this run. */
  readonly attempts: number;
  readonly intent: WriteIntent<E> | null;
  /** The part of the write that is still to be done, since the last re-read. */
  readonly send: Write<E>;
}

/** How one planned write ended. `unprocessed`: not attempted, or its outcome is unknown; a later run takes it up. */
export type WriteOutcome<E extends WritableEntity = WritableEntity> =
  | {
      readonly key: string;
      readonly status: 'written';
      readonly id: Id;
      /** Whether the record is new by this write. */
      readonly created: boolean;
      readonly set: Partial<WritableFields[E]>;
      readonly was: Partial<WritableFields[E]>;
    }
  | { readonly key: string; readonly status: 'unchanged'; readonly id: Id | null }
  | { readonly key: string; readonly status: 'conflict'; readonly id: Id; readonly fields: readonly string[] }
  | { readonly key: string; readonly status: 'failed'; readonly error: CrmError }
  | { readonly key: string; readonly status: 'unprocessed'; readonly reason: string };

/** An item at its start; `earlier` is the intent that an interrupted run left. */
export function writeItem<E extends WritableEntity>(
  write: Write<E>,
  before: Partial<WritableFields[E]>,
  earlier: WriteIntent<E> | null = null,
): WriteItem<E> {
  return { write, before, attempted: earlier !== null, attempts: 0, intent: earlier, send: write };
}

/** Whether the write goes by our own key rather than by the record's id. */
export function isKeyed(item: WriteItem): boolean {
  return 'externalKey' in item.write.target;
}

/** The id or the key that the write goes to. */
export function targetOf(item: WriteItem): string {
  const { target } = item.write;
  return 'externalKey' in target ? target.externalKey : target.id;
}

/**
 * The links of a write that a record does not hold: `accountId` or `contactIds` name the other end. A link that the
 * record has no field for cannot be seen; it is sent again after an attempt and taken as held otherwise.
 */
export function missingLinks<E extends WritableEntity>(item: WriteItem<E>, record: Entities[E]): readonly Link[] {
  const fields = record as unknown as Readonly<Record<string, unknown>>;
  return (item.write.links ?? []).filter((link) => {
    const one = fields[`${link.to}Id`];
    const many = fields[`${link.to}Ids`];
    if (Array.isArray(many)) return !many.includes(link.id);
    return one === undefined ? item.attempted : one !== link.id;
  });
}
