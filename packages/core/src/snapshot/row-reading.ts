import type { Entities } from '../model/types.ts';

/**
 * The entities that are read row by row over the whole book, in this order: who is introduced by whom comes before the
 * roles of those people.
 */
export const ROW_ENTITIES = [
  'account',
  'accountParent',
  'contract',
  'referralLink',
  'contact',
  'lead',
  'opportunity',
  'contactRole',
] as const;
export type RowEntity = (typeof ROW_ENTITIES)[number];

/** What each row of an entity is handed to; an entity without a handler need not be read. */
export type RowHandlers = { readonly [E in RowEntity]?: (row: Entities[E]) => void };

/**
 * A result made of rows that are handed over one at a time, so that a book larger than memory streams through. Each
 * round goes over the book once, in the order of `ROW_ENTITIES`, and says when it begins which rows it wants: a later
 * round asks only for what the one before found to matter.
 */
export interface RowReading<Result> {
  readonly rounds: readonly (() => RowHandlers)[];
  /** The result; call it once, after the last round. */
  readonly finish: () => Result;
}

/** Rows that are in memory, by entity; an entity left out has none. */
export type Rows = { readonly [E in RowEntity]?: Iterable<Entities[E]> };

/** Runs a reading over rows in memory. Rows that more than one round asks for must be iterable again. */
export function readRows<Result>({ rounds, finish }: RowReading<Result>, rows: Rows): Result {
  for (const round of rounds) {
    const handlers = round();
    for (const entity of ROW_ENTITIES) handRows(entity, rows, handlers);
  }
  return finish();
}

function handRows<E extends RowEntity>(entity: E, rows: Rows, handlers: RowHandlers): void {
  const handler = handlers[entity];
  if (handler) for (const row of rows[entity] ?? []) handler(row);
}
