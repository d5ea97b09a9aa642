import type { CrmError } from '@holdfast/core';
import type { Reply } from '../client.ts';
import { itemError } from '../errors.ts';
import { asArray, asId, asObject } from '../json.ts';
import { itemErrors, resultsOf } from '../requests.ts';

/** What the body of a batch says of its items: results in any order, errors by id or trace id. Never the status. */
export interface BatchOutcome {
  /** Raw results by record id. */
  readonly byId: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly results: readonly Readonly<Record<string, unknown>>[];
  /** Errors by what the item was sent under. */
  readonly failed: ReadonlyMap<string, CrmError>;
  /** Errors that name no item. */
  readonly unnamed: readonly CrmError[];
}

/** Reads the outcome of a batch from its body. */
export function batchOutcome(reply: Reply): BatchOutcome {
  const results = resultsOf(reply).map(asObject);
  const failed = new Map<string, CrmError>();
  const unnamed: CrmError[] = [];
  for (const error of itemErrors(reply)) {
    const names = namesIn(error);
    if (names.length === 0) unnamed.push(itemError(error));
    for (const name of names) failed.set(name, itemError(error));
  }
  const byId = new Map(results.flatMap((result) => withId(result)));
  return { byId, results, failed, unnamed };
}

function namesIn(error: Readonly<Record<string, unknown>>): readonly string[] {
  const context = asObject(error['context']);
  const raw = [context['ids'], context['id'], context['objectWriteTraceId']].flatMap((value) =>
    Array.isArray(value) ? asArray(value) : [value],
  );
  return [...new Set(raw.flatMap((value) => asId(value) ?? []))];
}

function withId(result: Readonly<Record<string, unknown>>): readonly [string, Readonly<Record<string, unknown>>][] {
  const id = asId(result['id']);
  return id === null ? [] : [[id, result]];
}
