import type { EntityName, Id, Instant, WritableEntity } from '@holdfast/core';
import { BY_PERSON, RELATIONS } from '../record-keys.ts';
import { mapReferences } from '../record-references.ts';
import type { Database } from './database.ts';

/** The own date of each entity that is an event; records of other entities are kept as long as the CRM has them. */
const EVENT_DATES: { readonly [E in EntityName]?: string } = {
  activity: "json_extract(json, '$.occurredAt')",
  mailParties: "json_extract(json, '$.occurredAt')",
  meetingParties: "json_extract(json, '$.occurredAt')",
  ticket: "json_extract(json, '$.closedAt')",
  surveyResponse: "json_extract(json, '$.respondedAt')",
  usage: "unixepoch(json_extract(json, '$.periodOn')) * 1000",
};

const PAGE = 1_000;

/** History is kept as long as its record; what it holds of a purged one is purged. */
const ORPHANED_HISTORY = `DELETE FROM records WHERE entity = 'fieldChange' AND home_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM records r WHERE r.entity = json_extract(records.json, '$.entity') AND r.id = records.home_id)`;

/** Links between two people carry no mark of ours: forgotten, ours would prove introductions. They go with the people. */
const KEPT_WRITES: WritableEntity = 'referralLink';

/** Forgets events, gone records, rejects and finished runs from before an instant; answers how many rows. */
export function purge(database: Database, before: Instant): number {
  let count = 0;
  for (const [entity, date] of Object.entries(EVENT_DATES)) {
    count += database.run(`DELETE FROM records WHERE entity = ? AND ${date} < ?`, entity, before);
  }
  count += database.run(ORPHANED_HISTORY);
  count += database.run('DELETE FROM gone WHERE noted_at < ? AND merged_into IS NULL', before);
  count += database.run('DELETE FROM rejects WHERE noted_at < ?', before);
  count += database.run(
    `DELETE FROM writes WHERE entity <> '${KEPT_WRITES}' AND run_id IN (SELECT id FROM runs WHERE finished_at < ?)`,
    before,
  );
  return (
    count + database.run('DELETE FROM runs WHERE finished_at < ? AND id NOT IN (SELECT run_id FROM writes)', before)
  );
}

/**
 * Erases a contact: its record, its relations, its writes, and its id wherever other records name it; then the person,
 * wherever `erase` finds them in a text. The id and the `keys` of the person alone stay, so that the next pull does not bring them back.
 */
export function forget(
  database: Database,
  contactId: Id,
  erase: (text: string) => string,
  keys: readonly string[],
): number {
  const ids = [contactId, ...mergedAway(database, contactId), ...keys];
  const count = ids.reduce((sum, id) => sum + forgetOne(database, id), 0);
  return TEXTS.reduce((sum, [table, column]) => sum + eraseTexts(database, table, column, erase), count);
}

const TEXTS = [
  ['records', 'json'],
  ['rejects', 'issues'],
  ...(['"write"', 'before', 'intent', 'outcome'] as const).map((column) => ['writes', column] as const),
] as const;

function eraseTexts(database: Database, table: string, column: string, erase: (text: string) => string): number {
  const page = `SELECT rowid AS place, ${column} AS text FROM ${table} WHERE rowid > ? AND ${column} IS NOT NULL
    ORDER BY rowid LIMIT ${PAGE}`;
  let count = 0;
  let last = -1;
  for (;;) {
    const rows = database.all<{ place: number; text: string }>(page, last);
    for (const { place, text } of rows) {
      const erased = erase(text);
      if (erased === text) continue;
      count += database.run(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`, erased, place);
    }
    last = rows.at(-1)?.place ?? last;
    if (rows.length < PAGE) return count;
  }
}

function mergedAway(database: Database, survivor: Id): readonly Id[] {
  return database.all<{ id: Id }>('SELECT id FROM gone WHERE merged_into = ?', survivor).map(({ id }) => id);
}

function forgetOne(database: Database, id: Id): number {
  database.run('INSERT OR IGNORE INTO forgotten VALUES (?)', id);
  let count = database.run("DELETE FROM records WHERE entity IN ('contact', 'lead') AND id = ?", id);
  for (const entity of RELATIONS) {
    count += database.run('DELETE FROM records WHERE entity = ? AND (home_id = ? OR link_id = ?)', entity, id, id);
  }
  for (const entity of BY_PERSON)
    database.run('UPDATE records SET link_id = NULL WHERE entity = ? AND link_id = ?', entity, id);
  count += database.run('DELETE FROM writes WHERE target = ?', id);
  const named = "entity = ? AND instr('>' || key || '>', '>' || ? || '>') > 0";
  count += database.run(`DELETE FROM writes WHERE ${named}`, KEPT_WRITES, id);
  count += database.run('DELETE FROM rejects WHERE id = ?', id);
  const mentions = database.all<{ entity: string; id: Id; json: string }>(
    'SELECT entity, id, json FROM records WHERE instr(json, ?) > 0 OR instr(json, ?) > 0',
    JSON.stringify(id),
    // history holds a value as JSON within JSON
    JSON.stringify(JSON.stringify(id)),
  );
  for (const row of mentions) {
    const kept = mapReferences(JSON.parse(row.json) as object, (other) => (other === id ? null : other));
    const sql = 'UPDATE records SET json = ? WHERE entity = ? AND id = ?';
    count += database.run(sql, JSON.stringify(kept), row.entity, row.id);
  }
  return count;
}
