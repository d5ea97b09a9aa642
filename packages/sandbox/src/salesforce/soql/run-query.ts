import type { Query, FieldType as SelectedField, Subquery } from '@jetstreamapp/soql-parser-js';
import { recordFilter, visibleObject } from '../access/access.ts';
import { badRequest } from '../errors.ts';
import type { Call } from '../org.ts';
import type { Cell, Row } from '../store/row.ts';
import { idOf, isDeleted } from '../store/row.ts';
import { cellOf, rowsWhere, type SObject } from '../store/sobject.ts';
import { aggregate, isAggregateQuery, isCountOnly } from './aggregate.ts';
import { candidates } from './candidates.ts';
import { compileLeaf, type RunInner, type Test } from './condition.ts';
import { compileOrder } from './order.ts';
import { parseSoql } from './parse-soql.ts';
import { compileProjection, type Project } from './project.ts';
import { resolveColumn, type Scope } from './resolve.ts';
import { malformed, noSuchRelationship, noSuchType } from './soql-error.ts';
import { conjuncts, type Tree, whereTree } from './where-tree.ts';

/** Rows of a query and how to show them; an aggregate query has its records ready. */
type QueryResult =
  | { readonly kind: 'rows'; readonly rows: readonly Row[]; readonly project: Project }
  | { readonly kind: 'records'; readonly records: readonly unknown[]; readonly totalSize: number };

/** Runs a SOQL query for a user. `all` includes deleted and archived records, as queryAll does. Throws the vendor's errors. */
export function runQuery(call: Call, soql: string, all: boolean): QueryResult {
  if (soql.length > 100_000) throw malformed('SOQL statements cannot be longer than 100000 characters.');
  const query = parse(soql);
  const scope = scopeOf(call, soql, query);
  checkClauses(query);
  const count = isCountOnly(query);
  const grouped = !count && isAggregateQuery(query);
  const project = count || grouped ? undefined : projection(scope, query, all);
  const rows = matchingRows(scope, grouped ? withoutPaging(query) : query, all);
  if (count) return { kind: 'records', records: [], totalSize: rows.length };
  if (project === undefined) {
    const records = aggregate(scope, query, rows);
    return { kind: 'records', records, totalSize: records.length };
  }
  return { kind: 'rows', rows, project };
}

function parse(soql: string): Query {
  try {
    return parseSoql(soql);
  } catch (error) {
    const token = /found: ['"]?([^\s'"]+)/.exec(String(error))?.[1] ?? '<EOF>';
    throw malformed(`unexpected token: '${token}'`);
  }
}

function scopeOf(call: Call, soql: string, query: Query): Scope {
  const name = query.sObject ?? '';
  const object = visibleObject(call.org, call.user, name);
  if (object === undefined) throw noSuchType(soql, name);
  return { call, query: soql, object, alias: query.sObjectAlias };
}

function withoutPaging(query: Query): Query {
  const { limit: _limit, offset: _offset, orderBy: _orderBy, ...rest } = query;
  return rest;
}

function checkClauses(query: Query): void {
  if ((query.offset ?? 0) > 2000) throw badRequest('NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
  for (const item of query.fields ?? []) {
    if (item.type !== 'FieldFunctionExpression' || item.functionName.toUpperCase() !== 'FIELDS') continue;
    const group = String(item.parameters[0]).toUpperCase();
    if (group !== 'STANDARD' && (query.limit === undefined || query.limit > 200)) {
      throw malformed(`The SOQL FIELDS function must have a LIMIT of at most 200`);
    }
  }
}

/** Rows that match, in order, after OFFSET and LIMIT. */
function matchingRows(scope: Scope, query: Query | Subquery, all: boolean, within?: readonly Row[]): readonly Row[] {
  const tree = query.where === undefined ? undefined : whereTree(query.where);
  const clauses = query.orderBy === undefined ? [] : Array.isArray(query.orderBy) ? query.orderBy : [query.orderBy];
  const order = compileOrder(scope, clauses);
  const test = allTests(scope, tree, all);
  const end = query.limit === undefined ? Number.POSITIVE_INFINITY : (query.offset ?? 0) + query.limit;
  const source =
    within === undefined
      ? candidates(scope, tree === undefined ? [] : conjuncts(tree), order.stored, query.limit !== undefined)
      : { rows: within, order: 'none' as const };
  const sorted = source.order !== 'none' && source.order === order.stored;
  const found: Row[] = [];
  for (const row of source.rows) {
    if (sorted && found.length >= end) break;
    if (test(row)) found.push(row);
  }
  if (!sorted) found.sort(order.compare ?? ((a, b) => (idOf(a) < idOf(b) ? -1 : 1)));
  return query.offset === undefined && end >= found.length ? found : found.slice(query.offset ?? 0, end);
}

/** WHERE, the recycle bin, archived activities and sharing as one test. */
function allTests(scope: Scope, tree: Tree | undefined, all: boolean): Test {
  const { org, user } = scope.call;
  const where = tree === undefined ? undefined : compileTree(scope, tree, innerQuery(scope, all));
  const shared = recordFilter(org, user, scope.object);
  const archived = scope.object.slots.get('isarchived');
  const hidesArchived =
    archived !== undefined && (scope.object.def.name === 'Task' || scope.object.def.name === 'Event');
  return (row) =>
    (all || (!isDeleted(row) && !(hidesArchived && row[archived] === true))) &&
    (where === undefined || where(row)) &&
    (shared === undefined || shared(row));
}

function compileTree(scope: Scope, tree: Tree, inner: RunInner): Test {
  if ('leaf' in tree) return compileLeaf(scope, tree.leaf, inner);
  if ('not' in tree) {
    const test = compileTree(scope, tree.not, inner);
    return (row) => !test(row);
  }
  const tests = ('and' in tree ? tree.and : tree.or).map((part) => compileTree(scope, part, inner));
  return 'and' in tree ? (row) => tests.every((test) => test(row)) : (row) => tests.some((test) => test(row));
}

/** A semi-join's inner query: the values of its one column. */
const innerQuery =
  (outer: Scope, all: boolean): RunInner =>
  (query) => {
    const scope = scopeOf(outer.call, outer.query, query);
    const [selected] = query.fields ?? [];
    if (selected === undefined || (selected.type !== 'Field' && selected.type !== 'FieldRelationship'))
      throw malformed('Semi join sub-selects must select one field');
    const path = selected.type === 'Field' ? selected.field : [...selected.relationships, selected.field].join('.');
    const column = resolveColumn(scope, path);
    return new Set(matchingRows(scope, query, all).map((row) => column.get(row) as Cell));
  };

function projection(scope: Scope, query: Query, all: boolean): Project {
  return compileProjection(scope, query.fields ?? [], (item) => childMember(scope, item, all));
}

/** A child subquery: `{totalSize, done, records}` of the parent's children, or null when there are none. */
function childMember(
  scope: Scope,
  item: Extract<SelectedField, { type: 'FieldSubquery' }>,
  all: boolean,
): readonly [string, (row: Row) => unknown] {
  const { subquery } = item;
  const { object, lookupField, name } = childRelationship(scope, subquery.relationshipName);
  const inner: Scope = { call: scope.call, query: scope.query, object, alias: subquery.sObjectAlias };
  const project = compileProjection(inner, subquery.fields ?? [], () => {
    throw malformed('Nesting of child subqueries is not supported');
  });
  return [
    name,
    (row) => {
      const children = [...rowsWhere(object, lookupField, idOf(row))].filter(
        (child) => cellOf(object, child, lookupField) === idOf(row),
      );
      const rows = matchingRows(inner, subquery, all, children);
      return rows.length === 0 ? null : { totalSize: rows.length, done: true, records: rows.map(project) };
    },
  ];
}

function childRelationship(scope: Scope, name: string): { object: SObject; lookupField: string; name: string } {
  for (const object of scope.call.org.objects.values()) {
    for (const field of object.fields.values()) {
      const relation = childNameOf(field.childRelationship, field.custom);
      if (relation?.toLowerCase() !== name.toLowerCase() || !field.referenceTo.includes(scope.object.def.name))
        continue;
      if (visibleObject(scope.call.org, scope.call.user, object.def.name) !== undefined)
        return { object, lookupField: field.name, name: relation };
    }
  }
  throw noSuchRelationship(scope.query, name, name);
}

/** Custom child relationships end in `__r`. */
const childNameOf = (name: string | null, custom: boolean): string | null =>
  name === null || !custom || name.endsWith('__r') ? name : `${name}__r`;
