import type { Account, AccountRecords, Entities, EntityName, Id, Owner } from '@holdfast/core';
import { assembleSlices, type SliceBlock } from '../assemble-slices.ts';
import { BY_PERSON } from '../record-keys.ts';
import type { SliceRange } from '../store.ts';
import type { Database } from './database.ts';

/** Accounts laid out at once: few enough that their records fit in memory, enough that a query is worth its cost. */
const BLOCK = 100;

const DIRECT = [
  'accountParent',
  'contactRole',
  'opportunity',
  'contract',
  'order',
  'ticket',
  'activity',
  'surveyResponse',
  'usage',
] as const satisfies readonly EntityName[];

/** One row a home, its records as one text: rows and texts that cross over one by one cost more than finding them. */
const DIRECT_SQL = `SELECT home_id AS home, '[' || group_concat(json, ',' ORDER BY id) || ']' AS json FROM records
  WHERE entity = ? AND home_id BETWEEN ? AND ? GROUP BY home_id`;
const CONTACTS_SQL = `SELECT DISTINCT r.home_id AS home, c.id AS id, c.json AS json
  FROM records r JOIN records c ON c.entity = 'contact' AND c.id = r.link_id
  WHERE r.entity = 'contactRole' AND r.home_id BETWEEN ? AND ? ORDER BY r.home_id, c.id`;
const LINES_SQL = `SELECT p.home_id AS home, l.json AS json
  FROM records p JOIN records l ON l.entity = 'orderLine' AND l.home_id = p.id
  WHERE p.entity = ? AND p.home_id BETWEEN ? AND ? ORDER BY p.home_id, l.id`;
const CHILDREN_SQL = `SELECT DISTINCT link_id AS home, home_id AS child FROM records
  WHERE entity = 'accountParent' AND link_id BETWEEN ? AND ? ORDER BY link_id, home_id`;

/** Records that name a person and no account belong to the person's primary or only account, as it is now. */
const BY_PERSON_SQL = `SELECT DISTINCT r.home_id AS home, a.id AS id, a.json AS json
  FROM records r JOIN records a ON a.entity = ? AND a.link_id = r.link_id AND a.home_id IS NULL
  WHERE r.entity = 'contactRole' AND r.home_id BETWEEN ? AND ? AND (json_extract(r.json, '$.isPrimary') OR NOT EXISTS (
    SELECT 1 FROM records o WHERE o.entity = 'contactRole' AND o.link_id = r.link_id AND o.home_id <> r.home_id))
  ORDER BY r.home_id, a.id`;
const HOMELESS_SQL = 'SELECT 1 FROM records WHERE entity = ? AND link_id IS NOT NULL AND home_id IS NULL LIMIT 1';

interface HomedRow {
  readonly home: Id;
  readonly json: string;
}

const WHOLE: SliceRange = { after: null, upTo: null };

/** Streams the records around each account in the order of the accounts' ids; memory holds one block at a time. */
export function* readSlices(database: Database, range: SliceRange = WHOLE): Generator<AccountRecords> {
  const owners = readOwners(database);
  const resolve = hasMerged(database) ? readResolver(database) : null;
  const homeless = BY_PERSON.filter((entity) => database.get(HOMELESS_SQL, entity) !== undefined);
  const sql = `SELECT json FROM records WHERE entity = 'account' AND id > ?1 AND (?2 IS NULL OR id <= ?2)
    ORDER BY id LIMIT ?3`;
  for (let after = range.after ?? ''; ; ) {
    const accounts = database
      .all<{ json: string }>(sql, after, range.upTo, BLOCK)
      .map(({ json }) => JSON.parse(json) as Account);
    const last = accounts.at(-1);
    if (!last) return;
    yield* assembleSlices(readBlock(database, accounts, last.id, homeless), owners, resolve);
    after = last.id;
  }
}

/** Answers the survivor of each merged id from memory; a book has few of them. */
export function readResolver(database: Database): (id: Id) => Id {
  const sql = 'SELECT id, merged_into AS into_id FROM gone WHERE merged_into IS NOT NULL';
  const survivors = new Map(database.all<{ id: Id; into_id: Id }>(sql).map(({ id, into_id }) => [id, into_id]));
  return (id) => survivors.get(id) ?? id;
}

function hasMerged(database: Database): boolean {
  return database.get('SELECT 1 FROM gone WHERE merged_into IS NOT NULL LIMIT 1') !== undefined;
}

function readOwners(database: Database): ReadonlyMap<Id, Owner> {
  const rows = database.all<{ json: string }>("SELECT json FROM records WHERE entity = 'owner'");
  return new Map(rows.map(({ json }) => JSON.parse(json) as Owner).map((owner) => [owner.id, owner]));
}

function readBlock(
  database: Database,
  accounts: readonly Account[],
  last: Id,
  homeless: readonly EntityName[],
): SliceBlock {
  const first = accounts[0]?.id ?? last;
  const groups = new Map<EntityName, ReadonlyMap<Id, readonly unknown[]>>();
  for (const entity of DIRECT) groups.set(entity, parsed(database.all<HomedRow>(DIRECT_SQL, entity, first, last)));
  for (const entity of homeless) {
    const rows = database.all<HomedRow>(BY_PERSON_SQL, entity, first, last);
    groups.set(entity, inOrder(groups.get(entity) ?? new Map(), group(rows)));
  }
  groups.set('contact', group(database.all<HomedRow>(CONTACTS_SQL, first, last)));
  const lines = ['opportunity', 'order'].flatMap((entity) => database.all<HomedRow>(LINES_SQL, entity, first, last));
  groups.set('orderLine', group(lines));
  const children = new Map<Id, Id[]>();
  for (const { home, child } of database.all<{ home: Id; child: Id }>(CHILDREN_SQL, first, last)) {
    children.set(home, [...(children.get(home) ?? []), child]);
  }
  return {
    accounts,
    of: <E extends EntityName>(entity: E, id: Id) => (groups.get(entity)?.get(id) ?? []) as readonly Entities[E][],
    childIds: (id) => children.get(id) ?? [],
  };
}

function parsed(rows: readonly HomedRow[]): Groups {
  return new Map(rows.map(({ home, json }) => [home, JSON.parse(json) as readonly unknown[]]));
}

function group(rows: readonly HomedRow[]): ReadonlyMap<Id, readonly unknown[]> {
  const groups = new Map<Id, unknown[]>();
  for (const { home, json } of rows) {
    const list = groups.get(home);
    if (list) list.push(JSON.parse(json));
    else groups.set(home, [JSON.parse(json)]);
  }
  return groups;
}

type Groups = ReadonlyMap<Id, readonly unknown[]>;

/** Both, each home's records in the order of their ids. */
function inOrder(some: Groups, more: Groups): Groups {
  const all = new Map(some);
  for (const [home, records] of more) {
    const both = [...(all.get(home) ?? []), ...records] as { readonly id: Id }[];
    all.set(
      home,
      both.sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  }
  return all;
}
