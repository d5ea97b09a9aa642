import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { SalesforceEmulator } from '../src/salesforce/index.ts';
import { type Bag, isBag } from './salesforce-alike.ts';
import type { TestOrg } from './salesforce-request.ts';

/** One recorded request and its answer. */
export interface Pair {
  readonly src: string;
  readonly when: string | null;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly request: unknown;
  readonly status: number;
  readonly response: unknown;
}

/** Puts into the org what the pair's own answer says was there. */
export function seed(org: TestOrg, pair: Pair, version: string): void {
  const { sf } = org;
  const { response } = pair;
  const object = /\/sobjects\/([A-Za-z_]+)/.exec(pair.path)?.[1];
  if (pair.path.includes('/query')) seedQuery(sf, pair.query['q'] ?? '', response);
  else if (pair.path.endsWith('/recordCount')) seedCounts(sf, response);
  else if (pair.path.endsWith('/describe') && object !== undefined) seedDescribe(sf, object, response);
  else if (pair.path.endsWith('/composite')) seedComposite(org, pair, version);
  else if (pair.path.includes('/composite/sobjects')) seedCollection(sf, pair);
  else if (object !== undefined) seedSingle(sf, pair, object);
}

function seedSingle(sf: SalesforceEmulator, pair: Pair, object: string): void {
  const { response } = pair;
  ensureObject(sf, object);
  if (pair.method === 'POST')
    for (const [name, value] of Object.entries(pair.request as Bag)) ensureField(sf, object, name, value);
  if (pair.method === 'GET' && pair.status === 200 && isBag(response)) seedWhole(sf, object, response);
}

const standardPrefix: Readonly<Record<string, string>> = { Topic: '0TO', TopicAssignment: '0FT' };

function ensureObject(sf: SalesforceEmulator, name: string): void {
  try {
    sf.ids(name);
  } catch {
    sf.defineObject(name, name, standardPrefix[name]);
    if (standardPrefix[name] !== undefined) sf.defineField(name, 'Name', 'string', { length: 255, nameField: true });
  }
}

/** Adds a field that this customer had and a new org has not; its type is read off the name and the value. */
function ensureField(sf: SalesforceEmulator, object: string, name: string, value: unknown): void {
  if (name === 'attributes' || name.toLowerCase() === 'id' || hasField(sf, object, name)) return;
  const type =
    name.startsWith('float') || typeof value === 'number'
      ? 'double'
      : name.startsWith('email')
        ? 'email'
        : typeof value === 'boolean'
          ? 'boolean'
          : 'string';
  sf.defineField(
    object,
    name,
    type,
    type === 'double' ? { precision: 18, scale: 4 } : type === 'string' ? { length: 255 } : {},
  );
}

function hasField(sf: SalesforceEmulator, object: string, name: string): boolean {
  const known = fieldNamesOf(sf, object);
  return known.has(name.toLowerCase());
}

/** The fields of an object as describe lists them. */
function fieldNamesOf(sf: SalesforceEmulator, object: string): Set<string> {
  const answer = sf.handle({
    method: 'GET',
    path: `/services/data/v66.0/sobjects/${object}/describe`,
    query: new URLSearchParams(),
    headers: { authorization: 'Bearer sandbox-token' },
    body: '',
  });
  return new Set(
    (JSON.parse(String(answer.body)) as { fields: { name: string }[] }).fields.map((field) => field.name.toLowerCase()),
  );
}

/** Values of a recorded record that can be stored: plain ones of fields that are not computed. */
function put(sf: SalesforceEmulator, object: string, record: Bag, id: string | undefined): string {
  ensureObject(sf, object);
  const fields: Record<string, string | number | boolean | null> = {};
  for (const [name, value] of Object.entries(record)) {
    if (name === 'attributes' || name === 'Id' || isBag(value) || Array.isArray(value)) continue;
    ensureField(sf, object, name, value);
    fields[name] = value as string | number | boolean | null;
  }
  if (id !== undefined && sf.get(object, id) !== undefined) {
    sf.edit(object, id, fields);
    return id;
  }
  return sf.create(object, fields, id);
}

const idOfUrl = (record: Bag): string | undefined =>
  (record.attributes as { url?: string } | undefined)?.url?.split('/').at(-1);

const typeOf = (record: Bag): string => (record.attributes as { type: string }).type;

function seedQuery(sf: SalesforceEmulator, soql: string, response: unknown): void {
  const query = parseQuery(soql);
  const object = query.sObject ?? '';
  if (object === 'XYZZY') return;
  ensureObject(sf, object);
  const records = isBag(response) && Array.isArray(response.records) ? (response.records as Bag[]) : [];
  for (const item of query.fields ?? [])
    if (item.type === 'Field')
      ensureField(sf, object, item.field, records.find((record) => record[item.field] !== null)?.[item.field]);
  const conditions = conditionsOf(query.where);
  for (const { field, value } of conditions) ensureField(sf, object, field, value);
  const count =
    isBag(response) && records.every((record) => !('Id' in record || idOfUrl(record))) ? countIn(response, records) : 0;
  for (let index = 0; index < count; index++)
    sf.create(object, { Name: `Row ${index}`.slice(0, 80), ...(object === 'Opportunity' ? {} : {}) });
  for (const record of records) {
    if (typeOf(record) === 'AggregateResult') continue;
    const wanted = Object.fromEntries(
      conditions
        .filter(({ field, negated }) => !negated && !(field in record) && field.toLowerCase() !== 'id')
        .map(({ field, value }) => [field, value]),
    );
    const id = put(sf, object, { ...wanted, ...record }, idOfUrl(record));
    seedNested(sf, object, id, record);
  }
}

/** Rows that a count speaks of. */
const countIn = (response: Bag, records: readonly Bag[]): number =>
  Number(records[0]?.expr0 ?? (records.length === 0 ? 0 : 0)) ||
  (records.length === 0 ? Number(response.totalSize) : 0);

function conditionsOf(where: unknown): readonly { field: string; value: string | number; negated: boolean }[] {
  const found: { field: string; value: string | number; negated: boolean }[] = [];
  for (let node = where as Bag | undefined; isBag(node); node = node.right as Bag | undefined) {
    const left = node.left as Bag | null;
    if (!isBag(left) || typeof left.field !== 'string') continue;
    const raw = String(Array.isArray(left.value) ? left.value[0] : left.value);
    found.push({
      field: left.field,
      value: raw.startsWith("'") ? raw.slice(1, -1) : Number(raw),
      negated: left.operator === '!=',
    });
  }
  return found;
}

/** Parents and children that a record shows. */
function seedNested(sf: SalesforceEmulator, object: string, id: string, record: Bag): void {
  for (const [name, value] of Object.entries(record)) {
    if (!isBag(value) || name === 'attributes') continue;
    if (Array.isArray(value.records)) {
      for (const child of value.records as Bag[]) put(sf, typeOf(child), { ...child, ContactId: id }, idOfUrl(child));
      continue;
    }
    if (!isBag(value.attributes)) continue;
    const parent = put(sf, typeOf(value), value, idOfUrl(value));
    sf.edit(object, id, { [`${name}Id`]: parent });
  }
}

function seedCounts(sf: SalesforceEmulator, response: unknown): void {
  for (const { name, count } of (response as { sObjects: { name: string; count: number }[] }).sObjects) {
    for (let index = 0; index < count; index++) sf.create(name, {});
  }
}

/** The org had exactly the fields of the recorded describe. */
function seedDescribe(sf: SalesforceEmulator, object: string, response: unknown): void {
  if (!isBag(response) || !Array.isArray(response.fields)) return;
  ensureObject(sf, object);
  const recorded = response.fields as readonly { name: string; type: string; custom: boolean }[];
  const names = new Set(recorded.map((field) => field.name.toLowerCase()));
  const known = fieldNamesOf(sf, object);
  for (const name of known) if (!names.has(name)) sf.removeField(object, name);
  for (const field of recorded)
    if (!known.has(field.name.toLowerCase()))
      sf.defineField(object, field.name, knownType(field.type), { custom: field.custom });
}

const types = [
  'boolean',
  'int',
  'double',
  'currency',
  'percent',
  'date',
  'datetime',
  'email',
  'phone',
  'url',
  'textarea',
  'address',
  'picklist',
] as const;

const knownType = (type: string) => types.find((candidate) => candidate === type) ?? 'string';

/** A record with all the fields that the org showed: others are taken away, missing ones made. */
function seedWhole(sf: SalesforceEmulator, object: string, response: Bag): void {
  const names = new Set(Object.keys(response).map((name) => name.toLowerCase()));
  for (const name of fieldNamesOf(sf, object)) if (!names.has(name)) sf.removeField(object, name);
  const compounds = Object.entries(response).filter(
    ([name, value]) => name !== 'attributes' && (isBag(value) || /Address$/.test(name)),
  );
  for (const [name] of compounds) if (!hasField(sf, object, name)) sf.defineField(object, name, 'address');
  const plain = Object.fromEntries(
    Object.entries(response)
      .filter(([name, value]) => !/Address$/.test(name) || !isBag(value))
      .filter(([name]) => !/Address$/.test(name)),
  );
  put(sf, object, plain, String(response.Id));
}

function seedComposite(org: TestOrg, pair: Pair, version: string): void {
  const subs = isBag(pair.request) ? (pair.request.compositeRequest as { method: string; url: string }[]) : [];
  const answers = isBag(pair.response)
    ? (pair.response.compositeResponse as { body: unknown; httpStatusCode: number }[])
    : [];
  for (const [index, sub] of subs.entries()) {
    const [path = '', search = ''] = sub.url.split('?');
    const query = search === '' ? {} : Object.fromEntries(new URLSearchParams(search));
    const answer = answers[index];
    if (answer === undefined || answer.httpStatusCode !== 200) continue;
    seed(
      org,
      { ...pair, method: sub.method, path, query, request: null, status: answer.httpStatusCode, response: answer.body },
      version,
    );
  }
}

function seedCollection(sf: SalesforceEmulator, pair: Pair): void {
  const results = Array.isArray(pair.response) ? (pair.response as Bag[]) : [];
  if (pair.method === 'DELETE') {
    for (const id of (pair.query.ids ?? '').split(',')) createWith(sf, id);
    return;
  }
  const records = (pair.request as { records: Bag[] }).records;
  const key = /\/composite\/sobjects\/[A-Za-z_]+\/([A-Za-z_]+)$/.exec(pair.path)?.[1];
  for (const [index, record] of records.entries()) {
    const object = typeOf(record);
    ensureObject(sf, object);
    for (const [name, value] of Object.entries(record)) {
      ensureField(sf, object, name, value);
      // A lookup's target existed.
      if (/Id$/.test(name) && name !== 'Id' && typeof value === 'string') createWith(sf, value);
    }
    seedTarget(sf, object, record, results[index], key);
  }
}

function seedTarget(
  sf: SalesforceEmulator,
  object: string,
  record: Bag,
  result: Bag | undefined,
  key: string | undefined,
): void {
  const id = String(record.id ?? record.Id ?? '');
  const isConverted = JSON.stringify(result ?? {}).includes('CONVERTED_LEAD');
  if (key === undefined && id !== '') createWith(sf, id, object, isConverted ? { IsConverted: true } : {});
  if (key === undefined || result?.created !== false) return;
  const value = record[key];
  createWith(sf, String(result.id), object, key === 'Id' ? {} : { [key]: String(value) });
}

const objectByPrefix: Readonly<Record<string, string>> = {
  '001': 'Account',
  '003': 'Contact',
  '006': 'Opportunity',
  '00Q': 'Lead',
  '701': 'Campaign',
  '00v': 'CampaignMember',
  '0TO': 'Topic',
  '0FT': 'TopicAssignment',
  '005': 'User',
};

function createWith(
  sf: SalesforceEmulator,
  id: string,
  name = objectByPrefix[id.slice(0, 3)],
  fields: Record<string, string | boolean> = {},
): void {
  if (name === undefined || id === '') return;
  ensureObject(sf, name);
  if (sf.get(name, id) === undefined) sf.create(name, fields, id);
}
