import { badRequest } from '../errors.ts';
import type { Compound, Field } from '../schema/field.ts';
import type { Getter } from '../store/read.ts';
import type { Cell, Row } from '../store/row.ts';
import { isFilterable, isText } from '../store/values.ts';
import { dateFunction } from './date-function.ts';
import { type Operand, operand, unquote } from './literal.ts';
import { resolveColumn, type Scope } from './resolve.ts';
import { malformed } from './soql-error.ts';
import type { Leaf } from './where-tree.ts';

/** A compiled condition. */
export type Test = (row: Row) => boolean;

/** What a condition compares: a column or a function of one. */
interface Left {
  readonly field: Field;
  readonly get: Getter;
}

/** Runs a semi-join's inner query and returns its one column's values. */
export type RunInner = (query: Extract<Leaf, { valueQuery: unknown }>['valueQuery']) => ReadonlySet<Cell>;

/** Compiles one condition. Text compares without regard to case; null equals null and differs from everything else. */
export function compileLeaf(scope: Scope, leaf: Leaf, runInner: RunInner): Test {
  const left = leftOf(scope, leaf);
  if ('valueQuery' in leaf) return semiJoin(left, leaf.operator, runInner(leaf.valueQuery));
  const operands = operandsOf(scope, left.field, leaf);
  const first = operands[0] ?? { value: null };
  switch (leaf.operator) {
    case '=':
      return equals(left, first);
    case '!=':
      return not(equals(left, first));
    case 'IN':
      return isIn(left, operands);
    case 'NOT IN':
      return not(isIn(left, operands));
    case 'LIKE':
      return like(left, 'value' in leaf ? String(leaf.value) : '');
    case 'INCLUDES':
      return includes(left, operands);
    case 'EXCLUDES':
      return not(includes(left, operands));
    default:
      return ordered(left, leaf.operator, first);
  }
}

const not =
  (test: Test): Test =>
  (row) =>
    !test(row);

function leftOf(scope: Scope, leaf: Leaf): Left {
  if ('fn' in leaf) return dateFunction(scope, leaf.fn);
  const column = resolveColumn(scope, leaf.field);
  if (!isFilterable(column.field)) {
    throw badRequest('INVALID_FIELD', `field '${column.field.name}' can not be filtered in a query call`);
  }
  return column;
}

/** The right-hand side as values of the field's own type. */
export function operandsOf(scope: Scope, field: Field, leaf: Leaf): readonly Operand[] {
  if (!('value' in leaf)) return [];
  const raw = (Array.isArray(leaf.value) ? leaf.value : [leaf.value]) as readonly string[];
  const types = leaf.literalType;
  return raw.map((value, index) => operand(scope, field, String(Array.isArray(types) ? types[index] : types), value));
}

const lower = (value: Cell | Compound): Cell | Compound => (typeof value === 'string' ? value.toLowerCase() : value);

/** Text is folded, ids and other types are compared as they are. */
const folded = (left: Left): Getter => (isText(left.field) ? (row) => lower(left.get(row)) : left.get);

const foldOperand = (left: Left, value: Cell): Cell =>
  isText(left.field) && typeof value === 'string' ? value.toLowerCase() : value;

function equals(left: Left, right: Operand): Test {
  const get = folded(left);
  if ('from' in right) return within(get, right.from, right.to);
  const value = foldOperand(left, right.value);
  return (row) => get(row) === value;
}

const within =
  (get: Getter, from: Cell, to: Cell): Test =>
  (row) => {
    const value = get(row);
    return value !== null && from !== null && to !== null && value >= from && value < to;
  };

function isIn(left: Left, operands: readonly Operand[]): Test {
  if (operands.some((right) => 'from' in right)) {
    const tests = operands.map((right) => equals(left, right));
    return (row) => tests.some((test) => test(row));
  }
  const values = new Set(operands.map((right) => foldOperand(left, 'value' in right ? right.value : null)));
  const get = folded(left);
  return (row) => values.has(get(row) as Cell);
}

function ordered(left: Left, operator: string, right: Operand): Test {
  const get = folded(left);
  const low = 'from' in right ? right.from : foldOperand(left, right.value);
  const high = 'from' in right ? right.to : low;
  if (left.field.type === 'boolean')
    throw badRequest('INVALID_FIELD', `field '${left.field.name}' does not support operator ${operator}`);
  if (low === null || high === null) return () => false;
  const span = 'from' in right;
  const tests: Readonly<Record<string, (value: Cell | Compound) => boolean>> = {
    '<': (value) => (value as Cell as string) < (low as string),
    '>=': (value) => (value as Cell as string) >= (low as string),
    '>': (value) => (span ? (value as string) >= (high as string) : (value as string) > (low as string)),
    '<=': (value) => (span ? (value as string) < (high as string) : (value as string) <= (low as string)),
  };
  const test = tests[operator];
  if (test === undefined) throw malformed(`unexpected token: '${operator}'`);
  return (row) => {
    const value = get(row);
    return value !== null && test(value);
  };
}

function like(left: Left, literal: string): Test {
  if (!isText(left.field))
    throw badRequest('INVALID_FIELD', `field '${left.field.name}' does not support operator LIKE`);
  const matcher = new RegExp(`^${likeSource(literal.slice(1, -1))}$`, 'isu');
  return (row) => {
    const value = left.get(row);
    return typeof value === 'string' && matcher.test(value);
  };
}

/** `%` is any text and `_` any character unless a backslash stands before them. */
function likeSource(pattern: string): string {
  const plain = (text: string): string => unquote(text).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return (pattern.match(/\\u[0-9a-fA-F]{4}|\\.|[^\\]/gsu) ?? [])
    .map((part) => (part === '%' ? '.*' : part === '_' ? '.' : plain(part)))
    .join('');
}

/** INCLUDES ('a;b', 'c'): both a and b, or c. */
function includes(left: Left, operands: readonly Operand[]): Test {
  if (left.field.type !== 'multipicklist')
    throw badRequest('INVALID_FIELD', `field '${left.field.name}' does not support operator INCLUDES`);
  const wanted = operands.map((right) =>
    String('value' in right ? right.value : '')
      .toLowerCase()
      .split(';'),
  );
  return (row) => {
    const held = String(left.get(row) ?? '')
      .toLowerCase()
      .split(';');
    return wanted.some((all) => all.every((value) => held.includes(value)));
  };
}

function semiJoin(left: Left, operator: string, values: ReadonlySet<Cell>): Test {
  const inside: Test = (row) => values.has(left.get(row) as Cell);
  return operator === 'NOT IN' ? not(inside) : inside;
}
