import type { FunctionExp, GroupByClause, Query, FieldType as SelectedField } from '@jetstreamapp/soql-parser-js';
import { ApiError, badRequest } from '../errors.ts';
import type { Compound, Field } from '../schema/field.ts';
import { field } from '../schema/field.ts';
import type { Getter } from '../store/read.ts';
import type { Cell, Row } from '../store/row.ts';
import { isNumber, isText, toJson } from '../store/values.ts';
import { operandsOf } from './condition.ts';
import { dateFunction } from './date-function.ts';
import { compareValues } from './order.ts';
import { resolveColumn, type Scope } from './resolve.ts';
import { malformed, soqlError } from './soql-error.ts';
import { type Leaf, type Tree, whereTree } from './where-tree.ts';

/** One value of a group. */
type Reduce = (rows: readonly Row[]) => Cell;

/** One column of the result. */
interface Output {
  readonly key: string;
  readonly raw: string;
  readonly field: Field;
  readonly reduce: Reduce;
}

const aggregates = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);

const isAggregate = (name: string | undefined): boolean => aggregates.has((name ?? '').toUpperCase());

/** True for a query whose records are groups rather than rows. */
export const isAggregateQuery = (query: Query): boolean =>
  query.groupBy !== undefined ||
  (query.fields ?? []).some(
    (item) => item.type === 'FieldFunctionExpression' && isAggregate(item.functionName) && item.parameters.length > 0,
  );

/** True for `SELECT COUNT() FROM …`, which answers totalSize and no records. */
export const isCountOnly = (query: Query): boolean => {
  const [only] = query.fields ?? [];
  return (
    query.fields?.length === 1 &&
    only?.type === 'FieldFunctionExpression' &&
    only.functionName.toUpperCase() === 'COUNT' &&
    only.parameters.length === 0
  );
};

/** Groups rows and answers one AggregateResult each; unnamed expressions are `expr0`, `expr1`, … */
export function aggregate(scope: Scope, query: Query, rows: readonly Row[]): readonly Record<string, unknown>[] {
  const keys = groupKeys(scope, query.groupBy);
  const outputs = outputsOf(scope, query.fields ?? [], keys);
  const groups = groupRows(rows, keys);
  const kept = query.having === undefined ? groups : groups.filter(havingTest(scope, whereTree(query.having)));
  const ordered = orderGroups(scope, query, kept, keys);
  const from = query.offset ?? 0;
  const page = ordered.slice(from, query.limit === undefined ? undefined : from + query.limit);
  if (page.length > 2000) {
    throw badRequest(
      'EXCEEDED_ID_LIMIT',
      'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
    );
  }
  return page.map((group) => ({
    attributes: { type: 'AggregateResult' },
    ...Object.fromEntries(outputs.map((output) => [output.key, toJson(output.field, output.reduce(group))])),
  }));
}

interface Key {
  readonly raw: string;
  readonly field: Field;
  readonly get: Getter;
}

function groupKeys(scope: Scope, clause: Query['groupBy']): readonly Key[] {
  const clauses: readonly GroupByClause[] = clause === undefined ? [] : Array.isArray(clause) ? clause : [clause];
  return clauses.map((item) => {
    if ('fn' in item) {
      const column = dateFunction(scope, item.fn);
      return { raw: (item.fn.rawValue ?? '').toLowerCase(), field: column.field, get: column.get };
    }
    const column = resolveColumn(scope, item.field);
    if (column.field.type === 'textarea' || column.field.type === 'datetime') {
      throw soqlError(
        scope.query,
        item.field,
        'MALFORMED_QUERY',
        `field '${item.field}' can not be grouped in a query call`,
      );
    }
    return { raw: item.field.toLowerCase(), field: column.field, get: column.get };
  });
}

function groupRows(rows: readonly Row[], keys: readonly Key[]): readonly (readonly Row[])[] {
  if (keys.length === 0) return [rows];
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const values = keys.map(({ get, field: column }) => {
      const value = get(row);
      return isText(column) && typeof value === 'string' ? value.toLowerCase() : value;
    });
    const name = JSON.stringify(values);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

function outputsOf(scope: Scope, selected: readonly SelectedField[], keys: readonly Key[]): readonly Output[] {
  let unnamed = 0;
  return selected.map((item) => {
    if (item.type === 'FieldFunctionExpression') {
      const output = reduction(scope, item, keys);
      const key = item.alias ?? `expr${unnamed++}`;
      return { ...output, key };
    }
    if (item.type !== 'Field' && item.type !== 'FieldRelationship')
      throw malformed('unexpected token in a grouped query');
    const path = item.type === 'Field' ? item.field : [...item.relationships, item.field].join('.');
    const column = resolveColumn(scope, path);
    if (!keys.some((key) => key.raw.split('.').at(-1) === path.toLowerCase().split('.').at(-1))) {
      throw soqlError(scope.query, path, 'MALFORMED_QUERY', `Field must be grouped or aggregated: ${path}`);
    }
    const alias = 'alias' in item && item.alias !== undefined ? item.alias : column.field.name;
    return { key: alias, raw: path.toLowerCase(), field: column.field, reduce: firstOf(column.get) };
  });
}

const firstOf =
  (get: Getter): Reduce =>
  (rows) =>
    rows[0] === undefined ? null : plain(get(rows[0]));

const plain = (value: Cell | Compound): Cell => (typeof value === 'object' ? null : value);

/** A reduction: COUNT(f), SUM(f) …, or a date function that is a group key. */
function reduction(scope: Scope, expression: FunctionExp, keys: readonly Key[]): Output {
  const raw = (expression.rawValue ?? '').toLowerCase();
  const name = (expression.functionName ?? '').toUpperCase();
  if (!isAggregate(name)) {
    const key = keys.find((candidate) => candidate.raw === raw);
    if (key === undefined) throw malformed(`Field must be grouped or aggregated: ${expression.rawValue}`);
    return { key: raw, raw, field: key.field, reduce: firstOf(key.get) };
  }
  const argument = expression.parameters?.[0];
  if (argument === undefined) return { key: raw, raw, field: field('count', 'int'), reduce: (rows) => rows.length };
  const column = typeof argument === 'string' ? resolveColumn(scope, argument) : dateFunction(scope, argument);
  if ((name === 'SUM' || name === 'AVG') && !isNumber(column.field)) {
    throw soqlError(
      scope.query,
      String(expression.rawValue),
      'MALFORMED_QUERY',
      `field ${column.field.name} does not support aggregate operator ${name}`,
    );
  }
  const reduce = reducers[name] as (values: readonly Cell[], text: boolean) => Cell;
  const valuesOf = (rows: readonly Row[]): readonly Cell[] =>
    rows.map((row) => plain(column.get(row))).filter((value) => value !== null);
  const result = name.startsWith('COUNT') ? field('count', 'int') : column.field;
  return { key: raw, raw, field: result, reduce: (rows) => reduce(valuesOf(rows), isText(column.field)) };
}

const total = (values: readonly Cell[]): number => values.reduce<number>((sum, value) => sum + Number(value), 0);

const reducers: Readonly<Record<string, (values: readonly Cell[], text: boolean) => Cell>> = {
  COUNT: (values) => values.length,
  COUNT_DISTINCT: (values, text) => new Set(text ? values.map((value) => String(value).toLowerCase()) : values).size,
  SUM: (values) => (values.length === 0 ? null : Number(total(values).toFixed(6))),
  AVG: (values) => (values.length === 0 ? null : total(values) / values.length),
  MIN: (values) =>
    values.reduce<Cell>(
      (least, value) => (least === null || compareValues(value, least, false, true) < 0 ? value : least),
      null,
    ),
  MAX: (values) =>
    values.reduce<Cell>(
      (most, value) => (most === null || compareValues(value, most, false, false) > 0 ? value : most),
      null,
    ),
};

function havingTest(scope: Scope, tree: Tree): (rows: readonly Row[]) => boolean {
  if ('and' in tree) {
    const tests = tree.and.map((part) => havingTest(scope, part));
    return (rows) => tests.every((test) => test(rows));
  }
  if ('or' in tree) {
    const tests = tree.or.map((part) => havingTest(scope, part));
    return (rows) => tests.some((test) => test(rows));
  }
  if ('not' in tree) {
    const test = havingTest(scope, tree.not);
    return (rows) => !test(rows);
  }
  return havingLeaf(scope, tree.leaf);
}

function havingLeaf(scope: Scope, leaf: Leaf): (rows: readonly Row[]) => boolean {
  const left =
    'fn' in leaf
      ? reduction(scope, leaf.fn, [])
      : { reduce: firstOf(resolveColumn(scope, leaf.field).get), field: resolveColumn(scope, leaf.field).field };
  const values = operandsOf(scope, left.field, leaf).map((operand) =>
    'value' in operand ? operand.value : operand.from,
  );
  const first = values[0] ?? null;
  return (rows) => {
    const value = left.reduce(rows);
    if (leaf.operator === 'IN') return values.includes(value);
    if (leaf.operator === 'NOT IN') return !values.includes(value);
    const order = compareValues(value, first, false, false);
    const tests: Readonly<Record<string, boolean>> = {
      '=': order === 0,
      '!=': order !== 0,
      '<': order < 0,
      '<=': order <= 0,
      '>': order > 0,
      '>=': order >= 0,
    };
    return tests[leaf.operator] ?? false;
  };
}

function orderGroups(
  scope: Scope,
  query: Query,
  groups: readonly (readonly Row[])[],
  keys: readonly Key[],
): readonly (readonly Row[])[] {
  const clauses = query.orderBy === undefined ? [] : Array.isArray(query.orderBy) ? query.orderBy : [query.orderBy];
  const terms = clauses.map((clause) => {
    const reduce =
      'fn' in clause ? reduction(scope, clause.fn, keys).reduce : firstOf(orderColumn(scope, clause.field, keys));
    return { reduce, descending: clause.order === 'DESC', nullsLast: clause.nulls === 'LAST' };
  });
  return [...groups].sort((a, b) => {
    for (const { reduce, descending, nullsLast } of terms) {
      const order = compareValues(reduce(a), reduce(b), descending, nullsLast);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function orderColumn(scope: Scope, path: string, keys: readonly Key[]): Getter {
  const column = resolveColumn(scope, path);
  if (!keys.some((key) => key.raw === path.toLowerCase()))
    throw new ApiError(400, {
      code: 'MALFORMED_QUERY',
      message: `Ordered field must be grouped or aggregated: ${path}`,
    });
  return column.get;
}
