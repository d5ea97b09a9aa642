import type { Book } from './book.ts';

/** The tables of a book whose rows are edited after they were made. */
export type ChangedTable = keyof Book;

/** One edit of one field. `undefined`: the field held nothing. */
export interface BookChange {
  readonly recordId: string;
  readonly entity: ChangedTable;
  readonly field: string;
  /** ISO 8601 with `Z`. */
  readonly at: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** One record that was taken in by another, and when. */
export interface BookMerge {
  readonly mergedId: string;
  readonly intoId: string;
  readonly at: string;
}

/**
 * Every edit that a generated book has seen. A field that has none stands as it was entered; together with the day of entry
 * that tells every field of every record at every time.
 */
export interface ChangeLog {
  /** In the order of records, each record's edits in time. */
  readonly changes: readonly BookChange[];
  /** The value of a field at an instant; `undefined` where it held nothing or the record was not yet entered. */
  fieldAt(recordId: string, field: string, at: string): unknown;
  /** A row as it stood at an instant; `undefined` when it was not yet entered. */
  rowAt<Row extends object>(row: Row, at: string): Row | undefined;
}

/** Reads edits (in any order across records, in time within one field) and the book's last state as a log. */
export function openChangeLog(book: Book, changes: readonly BookChange[]): ChangeLog {
  const rows = new Map<string, object>();
  const keep = () => {
    for (const table of Object.values(book) as readonly object[][])
      for (const row of table) rows.set(recordIdOf(row), row);
  };
  const edits = new Map<string, BookChange[]>();
  for (const change of changes) {
    const list = edits.get(change.recordId);
    if (list) list.push(change);
    else edits.set(change.recordId, [change]);
  }
  const rowAt = <Row extends object>(row: Row, at: string): Row | undefined => {
    if (enteredAt(row) > at) return undefined;
    const later = (edits.get(recordIdOf(row)) ?? []).filter((edit) => edit.at > at);
    return later.length === 0 ? row : undone(row, later, edits.get(recordIdOf(row))!, at);
  };
  return {
    changes,
    rowAt,
    fieldAt: (recordId, field, at) => {
      if (rows.size === 0) keep();
      const row = rows.get(recordId);
      return row && (rowAt(row, at) as Readonly<Record<string, unknown>> | undefined)?.[field];
    },
  };
}

/** A row's id; a usage row, which has none, is known by its account and period. */
export function recordIdOf(row: object): string {
  const { id, accountId, periodOn } = row as { id?: string; accountId?: string; periodOn?: string };
  return id ?? `usage ${accountId} ${periodOn}`;
}

/** When a row was entered into the CRM; an owner was always there. */
function enteredAt(row: object): string {
  const { createdAt, openedAt, respondedAt, recordedAt, claimedAt } = row as Readonly<
    Record<string, string | undefined>
  >;
  return createdAt ?? recordedAt ?? respondedAt ?? claimedAt ?? openedAt ?? '';
}

function undone<Row extends object>(
  row: Row,
  later: readonly BookChange[],
  all: readonly BookChange[],
  at: string,
): Row {
  const made: Record<string, unknown> = { ...(row as object) };
  for (const { field, before } of [...later].reverse()) {
    if (before === undefined) delete made[field];
    else made[field] = before;
  }
  if ('updatedAt' in made) {
    const last = all.reduce((latest, edit) => (edit.at <= at && edit.at > latest ? edit.at : latest), enteredAt(row));
    made['updatedAt'] = last;
  }
  return made as Row;
}
