import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CrmEvent, EntityName, Id } from '@holdfast/core';
import { type ConformanceHarness, type ConformanceWorld, createTestClock } from '@holdfast/testkit';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { csvCrm } from './csv-crm.ts';

/** The files as a person keeps them, with the columns spelled by hand and not taken from the adapter. */
const HEADERS: Readonly<Record<string, string>> = {
  owner: 'id,name,email,active,createdAt,updatedAt',
  account:
    'id,name,domain,lifecycle,ownerId,region,healthScore,healthBand,bandSince,mainReason,reasons,nextStep,' +
    'revenueAtRisk,churnProbability,confidence,createdAt,updatedAt',
  accountParent: 'childId,parentId',
  contact: 'id,name,email,title,ownerId,advocateStatus,lastAskedOn,referralsWon,createdAt,updatedAt',
  contactRole: 'accountId,contactId,role,isPrimary',
  opportunity: 'id,accountId,name,stage,type,amount,closeOn,referralState,referralCredit,createdAt,updatedAt',
  task: 'id,key,subject,body,dueOn,ownerId,accountId,done,createdAt,updatedAt',
};
const FILES: Readonly<Record<string, string>> = {
  owner: 'owners.csv',
  account: 'accounts.csv',
  accountParent: 'account_parents.csv',
  contact: 'contacts.csv',
  contactRole: 'contact_roles.csv',
  opportunity: 'opportunities.csv',
  task: 'tasks.csv',
};
const ENDS = { contactRole: ['accountId', 'contactId'], accountParent: ['childId', 'parentId'] } as const;

type Row = Record<string, string>;

/** What the conformance suite needs to know of a folder of CSV files, and what a folder cannot do. */
export const csvHarness: ConformanceHarness = {
  name: 'CSV folder',
  maps: csvCrm.maps,
  serves: ['owner', 'account', 'accountParent', 'contact', 'contactRole', 'opportunity', 'task'],
  enters: ['owner', 'account', 'contact', 'opportunity'],
  writes: ['account', 'contact', 'opportunity', 'task'],
  lacks: {
    deletions: 'a file does not tell which rows were deleted; full reads find them gone',
    merge: 'a person merges two rows by deleting one, and the file does not tell',
    refuse: 'a file has no rules of its own',
    'relation:referralLink': 'this example keeps no file of referral links',
    'fault:wrong-token': 'a folder asks for no credentials',
    'fault:missing-permission':
      'a disk asks for no scopes; a file that cannot be replaced is tested in csv-crm.test.ts',
    'fault:rate-limit': 'a disk has no limit of calls',
    'fault:daily-limit': 'a disk has no limit of calls',
    'fault:server-error': 'there is no server',
    'fault:lost-answer': 'a file is replaced by one rename, which either was done or was not',
    'fault:no-answer': 'a local file answers',
    'fault:garbage': 'malformed CSV is tested in csv-crm.test.ts',
    'fault:empty-page': 'pages are cut from the whole file, so only the last can be empty',
    'fault:link-lost': "a task's account is one of its columns, written with it",
  },
  open: async () => openFolder(),
};

function openFolder(): ConformanceWorld {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-csv-'));
  const clock = createTestClock();
  const events: CrmEvent[] = [];
  const buried = new Map<Id, Row>();
  let lastNumber = 0;
  for (const [entity, header] of Object.entries(HEADERS)) writeFileSync(join(folder, FILES[entity]!), `${header}\n`);

  const now = () => new Date(clock.now()).toISOString();
  const pathOf = (entity: EntityName) => join(folder, FILES[entity]!);
  const rowsOf = (entity: EntityName): Row[] => parse(readFileSync(pathOf(entity)), { columns: true });
  const save = (entity: EntityName, rows: readonly Row[]) =>
    writeFileSync(pathOf(entity), stringify([...rows], { header: true, columns: HEADERS[entity]!.split(',') }));
  const add = (entity: EntityName, row: Row) =>
    appendFileSync(pathOf(entity), stringify([row], { columns: HEADERS[entity]!.split(',') }));
  const change = (entity: EntityName, id: Id, cells: Row) =>
    save(
      entity,
      rowsOf(entity).map((row) => (row['id'] === bare(id) ? { ...row, ...cells, updatedAt: now() } : row)),
    );

  return {
    clock,
    secrets: [],
    events,
    connect: async () => {
      const options = csvCrm.options.parse({ folder });
      return csvCrm.connect(options, { clock, random: () => 0.5, log: (event) => events.push(event) });
    },
    advance: async (ms) => clock.advance(ms),
    create: async (entity, record) => {
      lastNumber += 1;
      const id = String(lastNumber);
      add(entity, { ...cellsOf(record), id, createdAt: now(), updatedAt: now() });
      return `${entity}:${id}`;
    },
    edit: async (entity, id, fields) => change(entity, id, cellsOf(fields)),
    remove: async (entity, id) => {
      const rows = rowsOf(entity);
      buried.set(id, rows.find((row) => row['id'] === bare(id))!);
      save(
        entity,
        rows.filter((row) => row['id'] !== bare(id)),
      );
    },
    restore: async (entity, id) => add(entity, { ...buried.get(id), updatedAt: now() }),
    merge: async () => impossible(),
    link: async (relation, from, to) => {
      if (relation === 'referralLink') return impossible();
      const [fromColumn, toColumn] = ENDS[relation];
      const others = rowsOf(relation).filter((row) => relation !== 'accountParent' || row[fromColumn] !== bare(from));
      save(relation, [...others, { [fromColumn]: bare(from), [toColumn]: bare(to) }]);
    },
    unlink: async (relation, from, to) => {
      if (relation === 'referralLink') return impossible();
      const [fromColumn, toColumn] = ENDS[relation];
      const isIt = (row: Row) => row[fromColumn] === bare(from) && row[toColumn] === bare(to);
      save(
        relation,
        rowsOf(relation).filter((row) => !isIt(row)),
      );
    },
    corrupt: async (entity, id) => {
      const wrong = { account: { healthBand: 'purple' }, contact: { referralsWon: 'many' } };
      change(entity, id, wrong[entity as 'account'] ?? { referralState: 'unheard of' });
    },
    refuse: async () => impossible(),
    count: async (entity) => rowsOf(entity).length,
    failNext: async () => impossible(),
    heal: async () => {},
    close: async () => rmSync(folder, { recursive: true }),
  };
}

/** What a person types into the cells: amounts in euros, percent as 12, yes, bare ids. */
function cellsOf(record: object): Row {
  const cells = Object.entries(record).map(([field, value]) => [field, cellOf(field, value)]);
  return Object.fromEntries(cells);
}

function cellOf(field: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (field === 'churnProbability') return { 0: '0', 0.005: '0.5', 0.12: '12', 0.29: '29', 1: '100' }[Number(value)]!;
  if (typeof value === 'object' && 'minor' in value) return (Number(value.minor) / 100).toFixed(2);
  if (value === true) return 'yes';
  return field.endsWith('Id') ? bare(String(value)) : String(value || (value === 0 ? 0 : ''));
}

function bare(id: Id): string {
  return id.slice(id.indexOf(':') + 1);
}

function impossible(): never {
  throw new Error('A folder of CSV files cannot do this; the harness says so under `lacks`.');
}
