import { instantOf } from '../../calendar.ts';
import type { ChangedTable } from '../../change-log.ts';
import { recordIdOf } from '../../change-log.ts';
import type { HonestDraft } from './honest-draft.ts';

/** One edit to come: when (milliseconds), which field, what it holds from then on (`undefined`: nothing). */
export type Edit<Row> = readonly [at: number, field: keyof Row & string, value: unknown];

/**
 * Enters a row and edits it, in time, up to the book's end: the row ends as the CRM shows it then, and each edit that changed
 * something is in the log. Nothing when the row is entered after the end.
 */
export function enterRow<Row extends object>(
  draft: HonestDraft,
  entity: ChangedTable,
  enteredAt: number,
  row: Row,
  edits: readonly Edit<Row>[] = [],
): Row | undefined {
  if (enteredAt > draft.asOf) return undefined;
  (draft.book[entity] as unknown as Row[]).push(row);
  return editRow(
    draft,
    entity,
    row,
    edits.map(([at, field, value]) => [Math.max(at, enteredAt), field, value] as const),
  );
}

/** Edits a row that is entered; edits after the book's end are left out. */
function editRow<Row extends object>(
  draft: HonestDraft,
  entity: ChangedTable,
  row: Row,
  edits: readonly Edit<Row>[],
): Row {
  const made = row as Record<string, unknown>;
  for (const [ms, field, after] of [...edits].sort((a, b) => a[0] - b[0])) {
    if (ms > draft.asOf || made[field] === after) continue;
    const at = instantOf(ms);
    draft.changes.push({ recordId: recordIdOf(row), entity, field, at, before: made[field], after });
    if (after === undefined) delete made[field];
    else made[field] = after;
    if ('updatedAt' in made && (made['updatedAt'] as string) < at) made['updatedAt'] = at;
  }
  return row;
}
