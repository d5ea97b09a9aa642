import type { EntityName, WritableEntity } from '@holdfast/core';
import type { CaseId } from './case-ids.ts';
import type { ConformanceHarness, ConformanceWorld, Need } from './harness.ts';

/** One case, ready for any runner: `run` rejects with a plain `Error` that says what was wanted and what was found. */
export interface ConformanceCase {
  /** Stable: `order/ties contact`, or without an entity where the case runs once. */
  readonly id: string;
  /** For the runner: the adapter, the id, what is asked and, when skipped, the reason. */
  readonly name: string;
  /** Why the case is not run here; its `run` then resolves at once. */
  readonly skipped?: string;
  readonly run: () => Promise<void>;
}

/** What a case is given: an empty org of its own, and the entity that it is about. */
export interface CaseContext<E extends EntityName = EntityName> {
  readonly world: ConformanceWorld;
  readonly entity: E;
  readonly harness: ConformanceHarness;
  /** Whether world and CRM can do it, for the parts of a case that ask for more than the case needs. */
  can(need: Need): boolean;
}

interface CommonDefinition {
  readonly id: CaseId;
  readonly needs?: readonly Need[];
  /** The case asks what happens where this cannot be done. */
  readonly without?: Need;
}

/** A case as it is written down in this folder. */
export type CaseDefinition =
  /** Once, on accounts. */
  | (CommonDefinition & { readonly per: 'suite'; run(context: CaseContext<'account'>): Promise<void> })
  /** Once for each entity that the world can enter. */
  | (CommonDefinition & { readonly per: 'entered'; run(context: CaseContext): Promise<void> })
  /** Once for each entity that the adapter writes and the world can enter. */
  | (CommonDefinition & { readonly per: 'written'; run(context: CaseContext<EnteredAndWritten>): Promise<void> });

export type EnteredAndWritten = Exclude<WritableEntity, 'task' | 'note' | 'referral' | 'referralLink'>;
