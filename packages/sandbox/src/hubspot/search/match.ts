import { invalid } from '../http/api-error.ts';
import type { PropertyType } from '../schema/property.ts';
import { targetsOf } from '../state/links.ts';
import { type Portal, tableNamed } from '../state/portal.ts';
import type { Value, Version } from '../state/record.ts';
import { liveProperty, type Table } from '../state/table.ts';
import { propertyValue } from '../state/values.ts';
import { instantOf } from '../write/validate.ts';
import type { Filter, Search } from './parse-search.ts';

/** Whether a record, as the index knows it, belongs in an answer. */
export type Matcher = (version: Version) => boolean;

/** The matcher of a search: any group, and the free text if there is one. */
export function matcherOf(portal: Portal, table: Table, search: Search): Matcher {
  const groups = search.groups.map((group) => allOf(group.map((filter) => filterMatcher(portal, table, filter))));
  const inGroups: Matcher = groups.length === 0 ? () => true : (version) => groups.some((group) => group(version));
  if (search.query === undefined) return inGroups;
  const words = tokens(search.query);
  return (version) => inGroups(version) && hasWords(portal, table, version, words);
}

function allOf(matchers: readonly Matcher[]): Matcher {
  if (matchers.length === 1) return matchers[0] as Matcher;
  return (version) => matchers.every((matcher) => matcher(version));
}

/** The date a record was last modified is compared without printing it first: nearly every search asks for it. */
function filterMatcher(portal: Portal, table: Table, filter: Filter): Matcher {
  const { propertyName } = filter;
  if (propertyName.startsWith('associations.')) return linkedTo(portal, table, filter);
  const property = liveProperty(table, propertyName);
  if (property === undefined) return () => false;
  const test = valueTest(property.type, filter);
  if (propertyName === table.type.modified) return numberTest(filter, (version) => version.updatedAt, instantValue);
  if (propertyName === 'hs_object_id') return numberTest(filter, (version) => version.record.id, numberValue);
  return (version) => test(propertyValue(portal, table, version, propertyName));
}

function numberTest(filter: Filter, read: (version: Version) => number, parse: (text: string) => number): Matcher {
  const compare = comparison(filter, parse);
  return (version) => compare(read(version));
}

function valueTest(type: PropertyType, filter: Filter): (value: Value) => boolean {
  const { operator } = filter;
  if (operator === 'HAS_PROPERTY') return (value) => known(value);
  if (operator === 'NOT_HAS_PROPERTY') return (value) => !known(value);
  if (operator === 'CONTAINS_TOKEN') return tokenTest(filter);
  if (operator === 'NOT_CONTAINS_TOKEN') {
    const contains = tokenTest(filter);
    return (value) => !contains(value);
  }
  const test =
    type === 'number'
      ? orderTest(filter, numberValue)
      : dated(type)
        ? orderTest(filter, instantValue)
        : textTest(type, filter);
  const absent = operator === 'NEQ' || operator === 'NOT_IN';
  return (value) => (known(value) ? test(value) : absent);
}

function known(value: Value): value is string {
  return value !== undefined && value !== null && value !== '';
}

function dated(type: PropertyType): boolean {
  return type === 'date' || type === 'datetime';
}

function orderTest(filter: Filter, parse: (text: string) => number): (value: string) => boolean {
  const compare = comparison(filter, parse);
  return (value) => compare(storedNumber(value));
}

/** Stored numbers may be text that an import left behind; such a value is never in any order. */
function storedNumber(value: string): number {
  const number = Number(value);
  return Number.isNaN(number) ? Date.parse(value) : number;
}

function comparison(filter: Filter, parse: (text: string) => number): (value: number) => boolean {
  const { operator } = filter;
  if (operator === 'HAS_PROPERTY') return () => true;
  if (operator === 'NOT_HAS_PROPERTY') return () => false;
  if (operator === 'IN' || operator === 'NOT_IN') {
    const values = new Set(filter.values.map(parse));
    return (value) => values.has(value) === (operator === 'IN');
  }
  const wanted = parse(filter.value);
  switch (operator) {
    case 'EQ':
      return (value) => value === wanted;
    case 'NEQ':
      return (value) => value !== wanted;
    case 'LT':
      return (value) => value < wanted;
    case 'LTE':
      return (value) => value <= wanted;
    case 'GT':
      return (value) => value > wanted;
    case 'GTE':
      return (value) => value >= wanted;
    case 'BETWEEN': {
      const high = parse(filter.highValue);
      return (value) => value >= wanted && value <= high;
    }
    default:
      throw invalid(`operator ${operator} is not supported for this property`);
  }
}

function numberValue(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || Number.isNaN(number)) throw invalid(`${text} was not a valid number`);
  return number;
}

/** Filters on dates take milliseconds since the epoch, or a bare day. */
function instantValue(text: string): number {
  const plain = /^\d+$/.test(text) || /^\d{4}-\d{2}-\d{2}$/.test(text);
  const at = plain ? instantOf(text) : undefined;
  if (at === undefined) throw invalid(`${text} was not a valid long`);
  return at;
}

/**
 * Text is compared without regard to case, enumerations exactly. `IN` compares the values given as they are with
 * text in lower case: a value with a capital letter never matches.
 */
function textTest(type: PropertyType, filter: Filter): (value: string) => boolean {
  const fold =
    type === 'string' || type === 'phone_number' ? (text: string) => text.toLowerCase() : (text: string) => text;
  const values = new Set(filter.values);
  const wanted = fold(filter.value);
  switch (filter.operator) {
    case 'EQ':
      return (value) => fold(value) === wanted;
    case 'NEQ':
      return (value) => fold(value) !== wanted;
    case 'IN':
      return (value) => values.has(fold(value));
    case 'NOT_IN':
      return (value) => !values.has(fold(value));
    case 'LT':
      return (value) => fold(value) < wanted;
    case 'LTE':
      return (value) => fold(value) <= wanted;
    case 'GT':
      return (value) => fold(value) > wanted;
    case 'GTE':
      return (value) => fold(value) >= wanted;
    case 'BETWEEN':
      return (value) => fold(value) >= wanted && fold(value) <= fold(filter.highValue);
    default:
      throw invalid(`operator ${filter.operator} is not supported for this property`);
  }
}

function tokenTest(filter: Filter): (value: Value) => boolean {
  const wanted = filter.value.toLowerCase();
  const pattern = wanted.includes('*') ? new RegExp(`^${wanted.split('*').map(escaped).join('.*')}$`) : undefined;
  return (value) => {
    if (!known(value)) return false;
    const words = [...tokens(value), value.toLowerCase()];
    return words.some((word) => (pattern === undefined ? word === wanted : pattern.test(word)));
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function tokens(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function hasWords(portal: Portal, table: Table, version: Version, words: readonly string[]): boolean {
  const text = table.type.searchable
    .map((name) => propertyValue(portal, table, version, name) ?? '')
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** `associations.contact`: records linked to a given one. Works for standard objects only. */
function linkedTo(portal: Portal, table: Table, filter: Filter): Matcher {
  const target = tableNamed(portal, filter.propertyName.slice('associations.'.length));
  if (target === undefined || target.type.id.startsWith('2-')) return () => false;
  const ids = new Set((filter.operator === 'IN' ? filter.values : [filter.value]).map(Number));
  return ({ record }) => targetsOf(portal.links, table.type.id, target.type.id, record.id).some((id) => ids.has(id));
}
