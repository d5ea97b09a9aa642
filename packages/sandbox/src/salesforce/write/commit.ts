import type { JournalEntry } from '../../server/emulator.ts';
import { type Org, objectOf, objectOfId, seconds } from '../org.ts';
import { historyName } from '../schema/history-object.ts';
import type { Draft } from '../schema/object.ts';
import { type Cell, idOf, type Row, slot } from '../store/row.ts';
import { cellOf, dropRow, insertRow, rowsWhere, type SObject, setCell } from '../store/sobject.ts';

/** Who changes something, for the journal and the audit fields. */
export interface Author {
  readonly by: 'api' | 'person' | 'system';
  readonly userId: string;
  /** Number of the request; 0 for a person. */
  readonly request: number;
  /** Takes the change back; kept while an all-or-none request runs. */
  readonly undo?: (() => void)[] | undefined;
  /** SystemModstamp and LastModifiedDate to set instead of now (a late commit). */
  readonly at?: number;
}

/** Notes one change in the journal. */
export function note(org: Org, author: Author, entry: Omit<JournalEntry, 'request' | 'at' | 'by'>): void {
  org.journal.push({ request: author.request, at: org.clock.now(), by: author.by, ...entry });
}

/** Sets values on a live row, runs what follows from them, stamps the row and notes every value that moved. */
export function changeRow(
  org: Org,
  author: Author,
  object: SObject,
  row: Row,
  values: ReadonlyMap<string, Cell>,
  stamps: 'all' | 'system' = 'all',
): void {
  const id = idOf(row);
  const before = row.slice();
  const names = new Map(object.slots);
  for (const [name, value] of values) setCell(object, row, name, value);
  object.def.derive?.(draftOf(org, object, row, author));
  const now = author.at ?? seconds(org);
  if (stamps === 'all') {
    setCell(object, row, 'LastModifiedDate', now);
    setCell(object, row, 'LastModifiedById', author.userId);
  }
  setCell(object, row, 'SystemModstamp', now);
  const journalLength = org.journal.length;
  for (const [name, value] of values) {
    const at = names.get(name.toLowerCase());
    const from = at === undefined ? null : (before[at] ?? null);
    if (from !== value) noteChange(org, author, object, id, name, from, value);
  }
  const moved = [...names].some(([name, at]) => ENTERED.has(name) && (before[at] ?? null) !== (row[at] ?? null));
  if (object.def.name === 'Opportunity' && moved) enterStage(org, author, object, row);
  author.undo?.push(() => {
    for (const [name, at] of object.slots)
      if ((before[at] ?? null) !== (row[at] ?? null)) setCell(object, row, name, before[at] ?? null);
    org.journal.length = journalLength;
  });
}

function noteChange(org: Org, author: Author, object: SObject, id: string, name: string, from: Cell, to: Cell): void {
  const field = object.fields.get(name.toLowerCase())?.name ?? name;
  note(org, author, { action: 'update', object: object.def.name, id, field, from, to });
  if (org.settings.trackedFields?.includes(`${object.def.name}.${field}`) === true)
    keepHistory(org, author, object, id, field, from, to);
}

/** A row of field history, as the History object shows it; a lookup has two, of the ids and of the names. */
function keepHistory(org: Org, author: Author, object: SObject, id: string, field: string, from: Cell, to: Cell): void {
  const history = objectOf(org, historyName(object.def.name));
  if (history === undefined) return;
  const described = object.fields.get(field.toLowerCase());
  const isLookup = described?.type === 'reference';
  const shown = isLookup && !described.custom ? field.replace(/Id$/, '') : field;
  const rows: [string, Cell, Cell][] = isLookup
    ? [
        ['Text', nameOf(org, from), nameOf(org, to)],
        ['EntityId', from, to],
      ]
    : [['Text', from, to]];
  for (const [dataType, before, after] of rows) {
    const values = new Map<string, Cell>([
      [`${object.def.name}Id`, id],
      ['Field', shown],
      ['OldValue', before],
      ['NewValue', after],
      ['DataType', dataType],
    ]);
    addRow(org, { ...author, by: 'system' }, history, values);
  }
}

function nameOf(org: Org, id: Cell): Cell {
  const object = typeof id === 'string' ? objectOfId(org, id) : undefined;
  const row = typeof id === 'string' ? object?.rows.get(id) : undefined;
  return object === undefined || row === undefined ? null : cellOf(object, row, 'Name');
}

/** Fields whose change enters an opportunity into its stage history, in lower case as slots have them. */
const ENTERED = new Set(['stagename', 'amount', 'closedate', 'probability', 'forecastcategory']);

/** One row of an opportunity's stage history: what it holds now. Every opportunity has one from its creation. */
function enterStage(org: Org, author: Author, object: SObject, row: Row): void {
  const history = objectOf(org, 'OpportunityHistory');
  if (history === undefined) return;
  const fields = ['StageName', 'Amount', 'ExpectedRevenue', 'CloseDate', 'Probability', 'ForecastCategory'];
  const held = [...fields, ...(history.fields.has('currencyisocode') ? ['CurrencyIsoCode'] : [])];
  const values = held.map((name): [string, Cell] => [name, cellOf(object, row, name)]);
  addRow(org, { ...author, by: 'system' }, history, new Map([['OpportunityId', idOf(row)], ...values]));
}

/** Adds a row with a fresh id (or the given one) and its audit fields; returns it. */
export function addRow(
  org: Org,
  author: Author,
  object: SObject,
  values: ReadonlyMap<string, Cell>,
  givenId?: string,
): Row {
  const now = author.at ?? seconds(org);
  object.settle();
  const id = givenId ?? org.ids.next(object.def.keyPrefix ?? '000');
  const row: Row = [id, false, now, author.userId, now, author.userId, now];
  row[slot.owner] = author.userId;
  for (const [name, value] of values) setCell(object, row, name, value);
  for (const field of object.fields.values()) {
    if (field.autoNumber && cellOf(object, row, field.name) === null) setCell(object, row, field.name, autoNumber(org));
  }
  object.def.derive?.(draftOf(org, object, row, author));
  insertRow(object, row);
  const journalLength = org.journal.length;
  note(org, author, { action: 'create', object: object.def.name, id });
  author.undo?.push(() => {
    dropRow(object, row);
    org.journal.length = journalLength;
  });
  if (object.def.name === 'Opportunity') enterStage(org, author, object, row);
  return row;
}

const autoNumber = (org: Org): string => String(++org.counters.autoNumber).padStart(8, '0');

function draftOf(org: Org, object: SObject, row: Row, author: Author): Draft {
  return {
    now: author.at ?? seconds(org),
    get: (field) => cellOf(object, row, field),
    set: (field, value) => {
      if (cellOf(object, row, field) !== value) setCell(object, row, field, value);
    },
    parent(field) {
      const id = cellOf(object, row, field);
      if (typeof id !== 'string') return undefined;
      const target = objectOfId(org, id);
      const found = target?.rows.get(id);
      return target === undefined || found === undefined ? undefined : { get: (name) => cellOf(target, found, name) };
    },
    find(name, field, value) {
      const target = objectOf(org, name);
      const [found] = target === undefined ? [] : rowsWhere(target, field, value);
      return target === undefined || found === undefined ? undefined : { get: (key) => cellOf(target, found, key) };
    },
  };
}
