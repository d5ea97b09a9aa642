import { access, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  addressKeys,
  type Codec,
  type CodecContext,
  type ConnectContext,
  type CrmAdapter,
  CrmError,
  type CrmModule,
  type Entities,
  type EntityName,
  formatInstant,
  type Maps,
  type Money,
  moneyFromDecimal,
  moneyToDecimal,
  OWNED_FIELDS,
  type Page,
  parseDay,
  parseId,
  parseInstant,
  qualifyId,
  type ReadRequest,
  type Reject,
  type WritableEntity,
  type Write,
  type WriteResult,
} from '@holdfast/core';
import { entitySchemas } from '@holdfast/core/model';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import * as z from 'zod';

// 1. How one cell becomes one value, and back. An empty cell means that nothing is held.

const codec = <T>(
  decode: (cell: string, context: CodecContext) => T | null,
  encode: (value: T, context: CodecContext) => string,
) => ({
  decode: (raw: unknown, context: CodecContext): T | null => {
    if (raw === undefined || raw === null || raw === '') return null;
    const value = decode(String(raw), context);
    if (value === null) throw new TypeError('holds something else than it should');
    return value;
  },
  encode: (value: T | null, context: CodecContext): string => (value === null ? '' : encode(value, context)),
});
const finite = (text: string) => (Number.isFinite(Number(text)) ? Number(text) : null);

const text = codec<string>(
  (cell) => cell,
  (value) => value,
);
const number = codec<number>(finite, String);
const day = codec<string>(parseDay, (value) => value);
const instant = codec<number>(parseInstant, formatInstant);
const money = codec<Money>(
  (cell, { currency }) => moneyFromDecimal(cell, currency),
  (value) => moneyToDecimal(value),
);
const percent = codec<number>(
  (cell) => (finite(cell) === null ? null : Number(cell) / 100),
  (value) => String(Number((value * 100).toPrecision(12))), // 0.29 * 100 is 28.999999999999996
);
const tick: Codec<boolean> = { decode: (raw) => raw === 'yes', encode: (value) => (value ? 'yes' : '') };
const to = (entity: EntityName) =>
  codec<string>(
    (cell) => qualifyId(entity, cell),
    (id) => parseId(id).nativeId,
  );
const always = <T>(codecOfMaybe: Codec<T | null>) => codecOfMaybe as Codec<T>; // the schema refuses the null
const oneOf = <T>() => text as unknown as Codec<T>; // the schema refuses what is not one of them
const people: Codec<readonly string[]> = {
  decode: (raw) =>
    String(raw ?? '')
      .split(';')
      .filter(Boolean)
      .map((id) => qualifyId('contact', id)),
  encode: (ids) => ids.map((id) => parseId(id).nativeId).join(';'),
};

/** Addresses are compared, never kept: they become keys here, and the pull stores digests of these. */
const addresses: Codec<Entities['contact']['otherAddresses']> = {
  decode: (raw) =>
    String(raw ?? '')
      .split(';')
      .flatMap((it) => addressKeys(it) ?? []),
  encode: () => '', // keys cannot be turned back; nobody writes them
};

// 2. The tables. A column has its field's name; a field left out does not compile.

const of = <T, F extends string>(as: Codec<T>, ...fields: readonly F[]) =>
  Object.fromEntries(fields.map((field) => [field, as])) as { readonly [N in F]: Codec<T> };
const times = of(instant, 'createdAt', 'updatedAt');

type Columns<E extends EntityName> = { readonly [F in Exclude<keyof Entities[E], 'id'>]: Codec<Entities[E][F]> };
const COLUMNS: { readonly [E in EntityName]?: Columns<E> } = {
  owner: { ...times, ...of(text, 'name', 'email'), ...of(tick, 'active') },
  account: {
    ...times,
    ...of(text, 'name', 'domain', 'lifecycle', 'industry', 'country', 'currency', 'reasons', 'nextStep'),
    ...of(number, 'employees', 'seatsBought', 'seatsUsed', 'healthScore'),
    ...of(day, 'renewalOn', 'noticeGivenOn', 'churnedOn', 'bandSince'),
    ...of(money, 'recurring', 'revenueAtRisk'),
    ownerId: to('owner'),
    excluded: tick,
    churnProbability: percent,
    managerView: oneOf(),
    healthBand: oneOf(),
    mainReason: oneOf(),
    confidence: oneOf(),
  },
  accountParent: { ...times, ...of(always(to('account')), 'childId', 'parentId') },
  contact: {
    ...times,
    ...of(text, 'name', 'email', 'title'),
    otherAddresses: addresses,
    ownerId: to('owner'),
    referredById: to('contact'),
    doNotAsk: tick,
    lastAskedOn: day,
    advocateStatus: oneOf(),
    referralsWon: number,
  },
  contactRole: {
    ...times,
    accountId: always(to('account')),
    contactId: always(to('contact')),
    role: text,
    isPrimary: tick,
  },
  opportunity: {
    ...times,
    ...of(text, 'name', 'pipeline', 'stage', 'type', 'source'),
    accountId: to('account'),
    ownerId: to('owner'),
    contactIds: people,
    referredById: to('contact'),
    amount: money,
    closeOn: day,
    referralState: oneOf(),
    referralCredit: oneOf(),
  },
  task: {
    ...times,
    ...of(text, 'key', 'subject', 'body'),
    dueOn: day,
    ownerId: to('owner'),
    accountId: to('account'),
    done: tick,
  },
};
const FILES: { readonly [E in EntityName]?: string } = {
  owner: 'owners.csv',
  account: 'accounts.csv',
  accountParent: 'account_parents.csv',
  contact: 'contacts.csv',
  contactRole: 'contact_roles.csv',
  opportunity: 'opportunities.csv',
  task: 'tasks.csv',
};
const ENTITIES = Object.keys(entitySchemas) as readonly EntityName[];
const NO_FILE = 'this example has no file for it';

/** The port's maps, made from the tables. */
const maps = Object.fromEntries(
  ENTITIES.map((entity) => {
    const columns = Object.entries(COLUMNS[entity] ?? {});
    const fields = Object.fromEntries(columns.map(([name, as]) => [name, { rule: 'field', name, codec: as }]));
    return [entity, columns.length > 0 ? { sources: [{ object: entity, fields }] } : { unavailable: NO_FILE }];
  }),
) as Maps;

// 3. Files. A row keeps every column that it came with, ours or not; a file is replaced whole or not at all.

type Row = Record<string, string>;
interface Table {
  readonly header: readonly string[];
  readonly rows: readonly Row[];
}

async function readTable(folder: string, file: string, signal?: AbortSignal): Promise<Table> {
  const content = await readFile(join(folder, file), { encoding: 'utf8', signal }).catch(fileError(file));
  try {
    const [header = [], ...lines] = parse(content, { bom: true, skip_empty_lines: true });
    return {
      header,
      rows: lines.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? '']))),
    };
  } catch {
    throw new CrmError('protocol', `${file} is not valid CSV; open it in a spreadsheet, save it again and run again.`);
  }
}

async function replaceTable(
  folder: string,
  file: string,
  { header, rows }: Table,
  signal?: AbortSignal,
): Promise<void> {
  const draft = join(folder, `.${file}.${process.pid}.tmp`);
  const content = stringify([...rows], { header: true, columns: [...header] });
  try {
    await writeFile(draft, content, { flush: true, signal });
    await rename(draft, join(folder, file));
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {}); // the first error is the one to tell
    fileError(file)(error);
  }
}

const fileError =
  (file: string) =>
  (error: unknown): never => {
    const { name, code } = error as NodeJS.ErrnoException;
    if (name === 'AbortError') throw error;
    if (code === 'ENOENT') throw new CrmError('not-found', `There is no ${file}; put it in the folder and run again.`);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      throw new CrmError('permission', `${file} may not be read or replaced; change its rights and run again.`);
    }
    throw new CrmError('unavailable', `${file} could not be read or replaced just now; try again.`, {
      retryable: true,
    });
  };

// 4. Rows as records.

const idOf = (entity: EntityName, row: Row) => {
  if (entity === 'contactRole') return qualifyId(entity, `${row['accountId']}+${row['contactId']}`);
  if (entity === 'accountParent') return qualifyId(entity, `${row['childId']}+${row['parentId']}`);
  return qualifyId(entity, row['id'] ?? '');
};

function decodeRow<E extends EntityName>(entity: E, row: Row, context: CodecContext): Entities[E] | Reject {
  const id = idOf(entity, row);
  const issues: string[] = [];
  const fields: Record<string, unknown> = { id };
  for (const [field, as] of Object.entries(COLUMNS[entity] ?? {}) as [string, Codec<unknown>][]) {
    try {
      fields[field] = as.decode(row[field], context);
    } catch {
      fields[field] = null;
      issues.push(`${field} holds something else than it should`);
    }
  }
  if (parseNative(id) === '') return { id: null, issues: ['the row has no id'] };
  const parsed = entitySchemas[entity].safeParse(fields);
  if (parsed.success && issues.length === 0) return parsed.data as Entities[E];
  for (const issue of parsed.error?.issues ?? []) issues.push(`${issue.path.join('.')}: ${issue.message}`);
  return { id, issues };
}

/** Every row, decoded; of two rows with one id the second is a reject, since nobody can say which is meant. */
function decodeRows<E extends EntityName>(entity: E, rows: readonly Row[], context: CodecContext) {
  const seen = new Set<string>();
  return rows.map((row): Entities[E] | Reject => {
    const one = decodeRow(entity, row, context);
    if (one.id !== null && seen.has(one.id)) return { id: null, issues: ['the id occurs in an earlier row too'] };
    if (one.id !== null) seen.add(one.id);
    return one;
  });
}

const parseNative = (id: string) => id.slice(id.indexOf(':') + 1);
const isReject = (one: object): one is Reject => 'issues' in one;

// 5. Reading: a page is what follows the last id of the page before.

const PAGE = 200;

function pageOf<E extends EntityName>(found: readonly (Entities[E] | Reject)[], next: string | null = null): Page<E> {
  const records = found.filter((one): one is Entities[E] => !isReject(one));
  return { records, rejects: found.filter(isReject), gone: [], next, servedAt: null };
}

function readPage<E extends EntityName>(all: readonly (Entities[E] | Reject)[], request: ReadRequest): Page<E> {
  if (request.kind === 'ids') {
    if (request.ids.length > PAGE) throw new CrmError('invalid', `Ask for at most ${PAGE} ids at once.`);
    const page = pageOf(all.filter(({ id }) => id !== null && request.ids.includes(id)));
    const known = new Set(all.map(({ id }) => id));
    const gone = request.ids.filter((id) => !known.has(id));
    return { ...page, gone: gone.map((id) => ({ id, at: null, mergedInto: null })) };
  }
  if (request.kind === 'keys') {
    return pageOf(all.filter((one) => 'key' in one && one.key !== null && request.keys.includes(one.key)));
  }
  if (request.kind === 'deleted') {
    throw new CrmError('invalid', 'A file does not tell what was deleted; read all of it.');
  }
  if (request.cursor !== null && !request.cursor.startsWith('after ')) {
    throw new CrmError('invalid', 'This cursor is not one of this read; start the read again.');
  }
  const after = request.cursor?.slice('after '.length) ?? '';
  const wanted = all.filter((one) => request.kind === 'all' || isReject(one) || isWithin(one.updatedAt, request));
  const rest = wanted.filter(({ id }) => id !== null && id > after).sort((a, b) => (a.id! < b.id! ? -1 : 1));
  const served = rest.slice(0, PAGE);
  const nameless = request.cursor === null ? wanted.filter(({ id }) => id === null) : [];
  return pageOf([...nameless, ...served], rest.length > PAGE ? `after ${served.at(-1)?.id}` : null);
}

function isWithin(at: number | null, { since, until }: { readonly since: number; readonly until: number }): boolean {
  return at !== null && at >= since && at < until;
}

// 6. Writing: each write is judged alone, then the file is replaced once.

const BATCH = 100;

interface Writing {
  readonly entity: WritableEntity;
  readonly fields: readonly string[];
  readonly create: true | string;
  readonly rows: Row[];
  readonly accounts: ReadonlySet<string>;
  readonly context: CodecContext;
  readonly now: string;
}

function writeRow(writing: Writing, write: Write): WriteResult {
  const failed = (error: CrmError): WriteResult => ({ key: write.key, status: 'failed', error });
  const { entity, rows } = writing;
  const { target } = write;
  const at = rows.findIndex((row) =>
    'id' in target ? idOf(entity, row) === target.id : entity === 'task' && row['key'] === target.externalKey,
  );
  const isNew = at < 0 && entity === 'task' && 'externalKey' in target && !write.archive;
  const refusal = judge(writing, write, at >= 0 || isNew);
  if (refusal) return failed(refusal);
  if (isNew && writing.create !== true) return failed(new CrmError('permission', writing.create));
  if (write.archive) return { key: write.key, status: 'written', id: idOf(entity, rows.splice(at, 1)[0]!) };
  const row = isNew ? newTask(writing, target.externalKey) : rows[at]!;
  for (const [field, value] of Object.entries(write.set)) {
    const as = COLUMNS[entity]?.[field as 'updatedAt'] as Codec<unknown> | undefined;
    if (value !== undefined) row[field] = String(as?.encode(value, writing.context));
  }
  for (const link of write.links ?? []) row['accountId'] = parseId(link.id).nativeId;
  row['updatedAt'] = writing.now;
  return { key: write.key, status: 'written', id: idOf(entity, row) };
}

function judge({ entity, fields, accounts, context }: Writing, write: Write, isThere: boolean): CrmError | null {
  if (entity !== 'task' && ('externalKey' in write.target || write.archive)) {
    return new CrmError('invalid', `A ${entity} is a person's row: it is changed by its id, never made or deleted.`);
  }
  if (!isThere) return new CrmError('not-found', `This ${entity} is not in the file any more; read it again.`);
  for (const [field, value] of Object.entries(write.set)) {
    if (value === undefined) continue;
    if (!fields.includes(field))
      return new CrmError('invalid', `The column ${field} is not there, or not ours to write.`);
    const shape: Readonly<Record<string, z.ZodType>> = entitySchemas[entity].shape;
    if (!shape[field]?.safeParse(value).success) return new CrmError('invalid', `The value for ${field} does not fit.`);
  }
  const amounts = Object.values(write.set).filter(
    (value): value is Money => typeof value === 'object' && value !== null,
  );
  if (amounts.some(({ currency }) => currency !== context.currency)) {
    return new CrmError('invalid', `Amounts in this folder are in ${context.currency}; convert first.`);
  }
  const lost = (write.links ?? []).find((link) => link.to !== 'account' || !accounts.has(link.id));
  return lost ? new CrmError('not-found', `The ${lost.to} to link to is not there; read it again.`) : null;
}

function newTask({ rows, now }: Writing, key: string): Row {
  const id = String(1 + Math.max(0, ...rows.map((row) => Number(row['id']) || 0)));
  const row = { id, key, createdAt: now };
  rows.push(row);
  return row;
}

// 7. What this folder can do, and the module.

const options = z.object({
  folder: z.string().min(1),
  currency: z.string().length(3).default('EUR'),
  timeZone: z.string().min(1).default('UTC'),
});
type CsvOptions = z.infer<typeof options>;

const TASK_FIELDS = ['subject', 'body', 'dueOn', 'ownerId'];
const WRITABLE: readonly WritableEntity[] = ['account', 'contact', 'opportunity', 'task'];

function capabilitiesOf(
  { folder, timeZone, currency }: CsvOptions,
  tables: ReadonlyMap<EntityName, Table>,
): CrmAdapter['capabilities'] {
  const absent = ENTITIES.filter((entity) => !tables.has(entity));
  const values = (entity: EntityName, column: string) => {
    const held = new Set(tables.get(entity)?.rows.map((row) => row[column] ?? ''));
    return [...held].filter(Boolean).map((value) => ({ value, label: value }));
  };
  return {
    crm: 'csv',
    org: { id: folder, name: folder, edition: 'CSV', kind: 'unknown', timeZone, currency },
    read: Object.fromEntries([...tables].map(([entity, { header }]) => [entity, readCapability(entity, header)])),
    unavailable: Object.fromEntries(absent.map((entity) => [entity, FILES[entity] ? `no ${FILES[entity]}` : NO_FILE])),
    write: Object.fromEntries(
      WRITABLE.filter((entity) => tables.has(entity)).map((entity) => {
        const { header } = tables.get(entity)!;
        return [entity, { batchSize: BATCH, fields: writableOf(entity, header), create: mayCreate(entity, header) }];
      }),
    ),
    vocabulary: {
      lifecycles: values('account', 'lifecycle'),
      pipelines: values('opportunity', 'pipeline'),
      stages: values('opportunity', 'stage'),
      opportunityTypes: values('opportunity', 'type'),
      opportunitySources: values('opportunity', 'source'),
      ticketStages: [],
      contractStatuses: [],
      orderStatuses: [],
    },
    budget: { limit: null, used: null },
  };
}

function readCapability(entity: EntityName, header: readonly string[]) {
  const lacking = Object.keys(COLUMNS[entity] ?? {}).filter((field) => !header.includes(field));
  return {
    changes: header.includes('updatedAt') ? ('modified' as const) : ('sweep' as const),
    pageSize: { all: PAGE, changed: PAGE, ids: PAGE },
    indexLagMs: 0,
    clockResolutionMs: 1,
    deletions: 'sweep' as const,
    missing: Object.fromEntries(lacking.map((field) => [field, `no column ${field}`])),
  };
}

function writableOf(entity: WritableEntity, header: readonly string[]): readonly string[] {
  const owned = OWNED_FIELDS.filter((field) => field.entity === entity && field.writer === 'holdfast');
  const ours = entity === 'task' ? TASK_FIELDS : owned.map(({ field }) => field);
  return ours.filter((field) => header.includes(field));
}

/** Without these columns a task would be made again on every run, or lose its account. */
function mayCreate(entity: WritableEntity, header: readonly string[]): true | string {
  if (entity !== 'task') return 'Only tasks are created.';
  const lacking = ['id', 'key', 'accountId'].filter((column) => !header.includes(column));
  return lacking.length === 0 || `Add to tasks.csv the columns ${lacking.join(', ')}; until then no task is made.`;
}

async function connect(config: CsvOptions, { clock, log, signal }: ConnectContext): Promise<CrmAdapter> {
  const { folder } = config;
  await access(folder).catch(fileError('folder'));
  const tables = new Map<EntityName, Table>();
  for (const [entity, file] of Object.entries(FILES) as [EntityName, string][]) {
    const isThere = await access(join(folder, file)).then(
      () => true,
      () => false,
    );
    if (isThere) tables.set(entity, await readTable(folder, file, signal));
  }
  const capabilities = capabilitiesOf(config, tables);
  let isClosed = false;

  function begin(entity: EntityName, purpose: 'read' | 'write', stop?: AbortSignal): string {
    if (isClosed) throw new CrmError('unavailable', 'This folder was closed; connect again.');
    if (stop?.aborted) throw new DOMException('The call was stopped.', 'AbortError');
    const reason = capabilities.unavailable[entity];
    if (reason !== undefined) throw new CrmError('not-found', `${entity} cannot be read: ${reason}. Add the file.`);
    log({ type: 'call', method: purpose, route: FILES[entity]!, status: 200, purpose });
    return FILES[entity]!;
  }

  return {
    capabilities,
    check: async (_, stop) => {
      begin('account', 'read', stop);
      const lacking = Object.entries(capabilities.read).flatMap(([entity, { missing }]) =>
        Object.values(missing).map((reason) => `${FILES[entity as EntityName]}: ${reason}; it reads as empty.`),
      );
      return lacking.map((message) => ({ severity: 'warning', code: 'missing-column', message }));
    },
    read: async (entity, request, stop) => {
      const { rows } = await readTable(folder, begin(entity, 'read', stop), stop);
      return readPage(decodeRows(entity, rows, config), request);
    },
    write: async (entity, batch, stop) => {
      if (batch.length > BATCH) throw new CrmError('invalid', `A batch holds at most ${BATCH} writes; split it.`);
      if (batch.length === 0) return [];
      const file = begin(entity, 'write', stop);
      const { header, rows } = await readTable(folder, file, stop);
      const people = entity === 'task' ? await readTable(folder, 'accounts.csv', stop) : { rows: [] };
      const accounts = new Set(people.rows.map((row) => idOf('account', row)));
      const { fields, create } = capabilities.write[entity]!;
      const now = formatInstant(clock.now());
      const writing: Writing = { entity, fields, create, rows: [...rows], accounts, context: config, now };
      const results = batch.map((write) => writeRow(writing, write));
      if (results.some(({ status }) => status === 'written')) {
        await replaceTable(folder, file, { header, rows: writing.rows }, stop);
      }
      return results;
    },
    close: async () => {
      isClosed = true;
    },
  };
}

/** A folder of CSV files as a CRM: everything that Holdfast needs to know of it. */
export const csvCrm: CrmModule<CsvOptions> = {
  crm: 'csv',
  title: 'A folder of CSV files',
  options: options as z.ZodType<CsvOptions>,
  env: [
    {
      variable: 'HOLDFAST_CSV_FOLDER',
      option: 'folder',
      secret: false,
      required: true,
      help: 'the folder with accounts.csv, contacts.csv and so on',
    },
  ],
  maps,
  permissions: [],
  profile: {
    book: {
      lifecycles: { customer: 'customer' },
      blank: 'other',
      wonOpportunity: true,
      activeContract: false,
      pilot: [],
    },
    opportunities: { stages: { open: 'open', won: 'won', lost: 'lost' }, pipelines: {}, types: {} },
    tickets: { stages: {}, urgent: [] },
    contracts: { statuses: {} },
    orders: { statuses: {} },
    referralSources: ['referral'],
    unit: 'record',
    rates: {},
    fiscalYearStartMonth: 1,
  },
  connect,
};
