import { DatabaseSync } from 'node:sqlite';

/** Northwind in SQLite, by the statements of its own file: an independent reader of the same data, for the tests. */
export function openNorthwind(sql: string): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  const used = 'customers|employees|order_details|orders|products';
  for (const [create] of sql.matchAll(new RegExp(`^CREATE TABLE (?:${used}) \\([^;]*;`, 'gm'))) db.exec(create);
  for (const [insert] of sql.matchAll(new RegExp(`^INSERT INTO (?:${used}) VALUES .*;$`, 'gm'))) db.exec(insert);
  return db;
}
