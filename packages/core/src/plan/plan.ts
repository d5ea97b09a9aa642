import type { Write } from '../crm/port.ts';
import type { Instant } from '../model/dates.ts';
import type { WritableEntity, WritableFields } from '../model/types.ts';

/** One write that a person can read, keep, approve and apply: what was there when it was proposed, what shall be. */
export type PlannedWrite<E extends WritableEntity = WritableEntity> = E extends WritableEntity
  ? {
      readonly entity: E;
      readonly write: Write<E>;
      /** The values seen when the plan was made, for the fields in `write.set`. */
      readonly before: Partial<WritableFields[E]>;
      /** The account's name, for the person who reads the plan. */
      readonly label: string;
      /** Why it is worth a write: "band changed from watch to at_risk". */
      readonly why: string;
    }
  : never;

/** A change set for one org; `apply` refuses any other org. Same snapshot and config, same bytes. */
export interface Plan {
  readonly version: 1;
  readonly id: string;
  readonly crm: string;
  readonly orgId: string;
  readonly asOf: Instant;
  readonly writes: readonly PlannedWrite[];
  /** Proposals held back, by reason: "moved too little", "outside the pilot", "field not installed". */
  readonly heldBack: Readonly<Record<string, number>>;
  /** What the person must know before applying: what may fire, what cannot be undone. */
  readonly notes: readonly string[];
}
