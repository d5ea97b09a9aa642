import { invalid } from '../http/api-error.ts';
import { isObject } from '../http/call.ts';

/** The comparisons that search knows. */
type Operator =
  | 'EQ'
  | 'NEQ'
  | 'LT'
  | 'LTE'
  | 'GT'
  | 'GTE'
  | 'BETWEEN'
  | 'IN'
  | 'NOT_IN'
  | 'HAS_PROPERTY'
  | 'NOT_HAS_PROPERTY'
  | 'CONTAINS_TOKEN'
  | 'NOT_CONTAINS_TOKEN';

const operators: ReadonlySet<string> = new Set<Operator>([
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
]);

/** One condition. */
export interface Filter {
  readonly propertyName: string;
  readonly operator: Operator;
  readonly value: string;
  readonly highValue: string;
  readonly values: readonly string[];
}

/** A search as asked: groups are alternatives, filters inside a group must all hold. */
export interface Search {
  readonly groups: readonly (readonly Filter[])[];
  readonly sort: { readonly propertyName: string; readonly descending: boolean } | undefined;
  readonly query: string | undefined;
  readonly properties: readonly string[];
  readonly limit: number;
  readonly after: number;
}

const maxGroups = 5;
const maxFiltersPerGroup = 6;
const maxFilters = 18;
const maxLimit = 200;
const maxResults = 10_000;
const maxBody = 3000;

/** Reads a search request. Throws HubSpot's 400 for each of its limits. */
export function parseSearch(body: Readonly<Record<string, unknown>>, size: number): Search {
  if (size > maxBody) throw invalid(`The request body is too long: ${size} characters, at most ${maxBody} are allowed`);
  const groups = parseGroups(body['filterGroups']);
  const limit = wholeNumber(body['limit'], 10);
  if (limit < 1 || limit > maxLimit) throw invalid(`limit must be less than or equal to ${maxLimit}: ${limit}`);
  const after = wholeNumber(body['after'], 0);
  if (after >= maxResults)
    throw invalid(`There was a problem with the request: paging past ${maxResults} results is not supported`);
  const query = typeof body['query'] === 'string' && body['query'] !== '' ? body['query'] : undefined;
  const properties = Array.isArray(body['properties']) ? body['properties'].map(String) : [];
  return { groups, sort: parseSort(body['sorts']), query, properties, limit, after };
}

function wholeNumber(given: unknown, otherwise: number): number {
  if (given === undefined || given === null || given === '') return otherwise;
  const number = Number(given);
  if (!Number.isInteger(number) || number < 0)
    throw invalid(`Invalid input JSON: ${String(given)} is not a whole number`);
  return number;
}

function parseGroups(given: unknown): readonly (readonly Filter[])[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given) || !given.every(isObject))
    throw invalid('Invalid input JSON: filterGroups must be a list of objects');
  const groups = given.map((group) => {
    const filters: unknown[] = Array.isArray(group['filters']) ? group['filters'] : [];
    if (!filters.every(isObject)) throw invalid('Invalid input JSON: filters must be objects');
    if (filters.length > maxFiltersPerGroup)
      throw invalid(`Too many filters in a group: ${filters.length}, at most ${maxFiltersPerGroup}`);
    return filters.map(parseFilter);
  });
  const total = groups.reduce((sum, group) => sum + group.length, 0);
  if (groups.length > maxGroups) throw invalid(`Too many filter groups: ${groups.length}, at most ${maxGroups}`);
  if (total > maxFilters) throw invalid(`Too many filters: ${total}, at most ${maxFilters}`);
  return groups;
}

function parseFilter(given: Readonly<Record<string, unknown>>): Filter {
  const operator = String(given['operator']);
  if (!operators.has(operator)) throw invalid(`Invalid input JSON: unknown operator ${operator}`);
  const values = given['values'];
  const needsValues = operator === 'IN' || operator === 'NOT_IN';
  if (needsValues && !Array.isArray(values)) throw invalid(`operator ${operator} requires values`);
  return {
    propertyName: String(given['propertyName']),
    operator: operator as Operator,
    value: given['value'] === undefined ? '' : String(given['value']),
    highValue: given['highValue'] === undefined ? '' : String(given['highValue']),
    values: Array.isArray(values) ? values.map(String) : [],
  };
}

/** Sorts come as objects, or as a name with a leading dash for descending; only one is allowed. */
function parseSort(given: unknown): Search['sort'] {
  if (!Array.isArray(given) || given.length === 0) return undefined;
  if (given.length > 1) throw invalid('Only one sort is supported');
  const sort: unknown = given[0];
  if (typeof sort === 'string') return { propertyName: sort.replace(/^-/, ''), descending: sort.startsWith('-') };
  if (!isObject(sort)) throw invalid('Invalid input JSON: a sort is a name or an object');
  return { propertyName: String(sort['propertyName']), descending: sort['direction'] === 'DESCENDING' };
}
