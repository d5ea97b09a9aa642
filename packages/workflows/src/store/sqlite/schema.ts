/**
 * The store's schema, one step per version. Steps are only ever added: a store moves forward, after a backup copy.
 * `seen` and `changed` are sequences: when a record was last met, and when its content last changed.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
  INSERT INTO meta VALUES ('sequence', 0), ('fence', 0);
  CREATE TABLE org (one INTEGER PRIMARY KEY CHECK (one = 1), crm TEXT NOT NULL, org_id TEXT NOT NULL) STRICT;
  CREATE TABLE lease (
    one INTEGER PRIMARY KEY CHECK (one = 1), fence INTEGER NOT NULL, pid INTEGER NOT NULL, host TEXT NOT NULL,
    started_at INTEGER NOT NULL, purpose TEXT NOT NULL, beat_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE records (
    entity TEXT NOT NULL, id TEXT NOT NULL, home_id TEXT, link_id TEXT, updated_at INTEGER,
    seen INTEGER NOT NULL, changed INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY (entity, id)
  ) STRICT;
  CREATE INDEX records_home ON records (entity, home_id, id) WHERE home_id IS NOT NULL;
  CREATE INDEX records_link ON records (entity, link_id, id) WHERE link_id IS NOT NULL;
  CREATE TABLE gone (
    id TEXT PRIMARY KEY, entity TEXT NOT NULL, at INTEGER, merged_into TEXT, noted_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX gone_merged ON gone (merged_into) WHERE merged_into IS NOT NULL;
  CREATE TABLE forgotten (id TEXT PRIMARY KEY) STRICT;
  CREATE TABLE checkpoints (entity TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE rejects (
    entity TEXT NOT NULL, id TEXT, issues TEXT NOT NULL, seen INTEGER NOT NULL, noted_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX rejects_id ON rejects (entity, id);
  CREATE TABLE runs (
    id TEXT PRIMARY KEY, plan_id TEXT NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER
  ) STRICT;
  CREATE TABLE writes (
    place INTEGER PRIMARY KEY, run_id TEXT NOT NULL, key TEXT NOT NULL, entity TEXT NOT NULL, target TEXT NOT NULL,
    "write" TEXT, before TEXT, intent TEXT, outcome TEXT, UNIQUE (run_id, entity, key)
  ) STRICT;
  CREATE INDEX writes_key ON writes (entity, key, place);
  `,
  `
  CREATE TABLE score_run (
    at INTEGER PRIMARY KEY, run_id TEXT NOT NULL, features TEXT NOT NULL, complete INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE score_snapshot (
    at INTEGER NOT NULL, account_id TEXT NOT NULL, model TEXT NOT NULL, version TEXT NOT NULL, evidence TEXT NOT NULL,
    log_odds REAL NOT NULL, facts BLOB NOT NULL, PRIMARY KEY (at, account_id)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE referral_events (
    place INTEGER PRIMARY KEY, batch INTEGER NOT NULL, key TEXT NOT NULL UNIQUE, json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX referral_events_batch ON referral_events (batch, place);
  `,
];
