import type { EntityName, WritableEntity } from '@holdfast/core';
import type { CaseId } from './case-ids.ts';
import type { ConformanceWorld, Need } from './harness.ts';

/** One case, ready for any runner: `run` rejects with a plain `Error` that says what was wanted and what was found. */
export interface ConformanceCase {
  /** Stable: `order/ties`, or `order/ties contact` where the case runs once per entity. */
  readonly id: string;
  /** For the runner: the id, the adapter and, when skipped, the reason. */
  readonly name: string;
  /** Why the case is not run here; its `run` then resolves at once. */
  readonly skipped?: string;
  readonly needs: readonly Need[];
  run(): Promise<void>;
}

/** What a case is given: an empty org of its own, and the entity or entities it is about. */
export interface CaseContext<E extends EntityName = EntityName> {
  readonly world: ConformanceWorld;
  readonly entity: E;
}

interface CommonDefinition {
  readonly id: CaseId;
  readonly needs?: readonly Need[];
}

/** A case as it is written down in this folder. */
export type CaseDefinition =
  /** Once, on accounts. */
  | (CommonDefinition & { readonly per: 'suite'; run(context: CaseContext<'account'>): Promise<void> })
  /** Once for each entity that the world can enter. */
  | (CommonDefinition & { readonly per: 'entered'; run(context: CaseContext): Promise<void> })
  /** Once for each entity that the adapter writes and the world can enter. */
  | (CommonDefinition & { readonly per: 'written'; run(context: CaseContext<WritableEntity>): Promise<void> });
