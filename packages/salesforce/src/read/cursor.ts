import { CrmError } from '@holdfast/core';
import type { BoundSource } from '../bind.ts';
import { recordId } from '../record-id.ts';

/** Where a read stands: in which source, after which record; `null` before its first. */
export interface Position {
  readonly source: BoundSource;
  readonly after: string | null;
}

/** Finds the place that a cursor names. Throws `invalid` for a cursor that this adapter did not make. */
export function positionOf(sources: readonly BoundSource[], cursor: string | null): Position | null {
  const [first] = sources;
  if (cursor === null) return first ? { source: first, after: null } : null;
  const [object = '', after = ''] = cursor.split(' ');
  const source = sources.find((candidate) => candidate.object === object);
  if (!source || (after !== '' && recordId(after) !== after)) {
    throw new CrmError('invalid', 'This cursor is not one of this Salesforce org: start the read again.');
  }
  return { source, after: after === '' ? null : after };
}

/** The cursor after a page: further on in the same source, or at the start of the next one; `null` at the end. */
export function cursorAfter(sources: readonly BoundSource[], at: Position, last: string | null): string | null {
  if (last !== null) return `${at.source.object} ${last}`;
  const next = sources[sources.indexOf(at.source) + 1];
  return next ? `${next.object} ` : null;
}
