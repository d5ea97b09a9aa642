import { CrmError } from '@holdfast/core';

/**
 * Where a read goes on. `source` counts the objects of an entity; `part` says which of a read's phases; `id` is the
 * last record id seen (a keyset), `after` HubSpot's own cursor.
 */
export interface Cursor {
  readonly source: number;
  readonly part: 'list' | 'search' | 'archived' | 'merged';
  readonly id: string;
  readonly after: string;
}

const FORM = /^(\d{1,2})\.(list|search|archived|merged)\.(\d*)\.([\w=+/.~-]*)$/;

/** The cursor as the text that a checkpoint keeps. */
export function formatCursor(cursor: Cursor): string {
  return `${cursor.source}.${cursor.part}.${cursor.id}.${cursor.after}`;
}

/** Reads a cursor back, or the given start for `null`; throws `invalid` for one that this adapter did not make. */
export function parseCursor(text: string | null, start: Cursor, sources: number): Cursor {
  if (text === null) return start;
  const [, source, part, id, after] = FORM.exec(text) ?? [];
  if (source === undefined || Number(source) >= sources) {
    throw new CrmError('invalid', 'The checkpoint does not fit this version or portal: start a full pull.');
  }
  return { source: Number(source), part: part as Cursor['part'], id: id ?? '', after: after ?? '' };
}

/** The start of the next object of an entity; `null` after the last. */
export function nextSource(at: Cursor, sources: number): Cursor | null {
  return at.source + 1 < sources ? { ...at, source: at.source + 1, id: '', after: '' } : null;
}
