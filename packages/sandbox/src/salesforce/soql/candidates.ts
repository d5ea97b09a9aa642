import { type Cell, idOf, type Row, stampOf } from '../store/row.ts';
import { rowsWhere, type SObject } from '../store/sobject.ts';
import { compareIds } from '../store/sorted-rows.ts';
import { isIdType } from '../store/values.ts';
import { operandsOf } from './condition.ts';
import type { Operand } from './literal.ts';
import { type Column, isOwnId, isOwnStamp, resolveColumn, type Scope } from './resolve.ts';
import type { Leaf } from './where-tree.ts';

/** Rows that can match, and the order in which they come. */
interface Candidates {
  readonly rows: Iterable<Row>;
  /** How many there are, at most. */
  readonly count: number;
  readonly order: 'id' | 'stamp' | 'none';
}

/** A condition on an indexed column. */
interface Indexed {
  readonly column: Column;
  readonly operator: string;
  readonly operands: readonly Operand[];
}

/**
 * Picks the rows to test: by ids or an indexed lookup when the query names them, else the narrower of the
 * SystemModstamp window and the Id range. `wanted` is the order that would save a sort.
 */
export function candidates(
  scope: Scope,
  leaves: readonly Leaf[],
  wanted: 'id' | 'stamp' | 'none',
  limited: boolean,
): Candidates {
  const { object } = scope;
  const indexed = leaves.flatMap((leaf) => indexedLeaf(scope, leaf));
  const direct = indexed.flatMap((condition) => byValue(object, condition));
  const idRange = range(object, indexed, 'id');
  const stampRange = range(object, indexed, 'stamp');
  const named = direct.sort((a, b) => a.count - b.count)[0];
  const inOrder = wanted === 'stamp' ? stampRange : idRange;
  const other = wanted === 'stamp' ? idRange : stampRange;
  if (named !== undefined && named.count <= inOrder.count) return named;
  // With a limit the scan in the wanted order may stop early, so the other range must be much narrower to win.
  return other.count * (limited ? 8 : 2) < inOrder.count ? other : inOrder;
}

function indexedLeaf(scope: Scope, leaf: Leaf): readonly Indexed[] {
  if (!('field' in leaf) || 'valueQuery' in leaf) return [];
  const column = resolveColumn(scope, leaf.field);
  if (!column.direct || column.field.compute !== null) return [];
  return [{ column, operator: leaf.operator, operands: operandsOf(scope, column.field, leaf) }];
}

const hasIndex = (column: Column): boolean =>
  isIdType(column.field) ||
  column.field.idLookup ||
  column.field.externalId ||
  column.field.unique ||
  column.field.nameField;

function byValue(object: SObject, { column, operator, operands }: Indexed): readonly Candidates[] {
  if ((operator !== '=' && operator !== 'IN') || !hasIndex(column)) return [];
  const values = operands.map((operand) => ('value' in operand ? operand.value : null));
  if (values.some((value) => value === null)) return [];
  const found = values.flatMap((value) => rowsOf(object, column, value));
  const rows = [...new Set(found)];
  return [{ rows, count: rows.length, order: 'none' }];
}

function rowsOf(object: SObject, column: Column, value: Cell): readonly Row[] {
  if (!isOwnId(column)) return [...rowsWhere(object, column.field.name, value)];
  const row = object.rows.get(String(value));
  return row === undefined ? [] : [row];
}

/** The part of an order that the conditions leave. */
function range(object: SObject, indexed: readonly Indexed[], order: 'id' | 'stamp'): Candidates {
  const sorted = order === 'id' ? object.byId : object.byStamp;
  const mine = indexed.filter(({ column }) => (order === 'id' ? isOwnId(column) : isOwnStamp(column)));
  let from = 0;
  let to = sorted.all().length;
  for (const { operator, operands } of mine) {
    const first = operands[0];
    if (first === undefined) continue;
    const low = 'from' in first ? first.from : first.value;
    const high = 'from' in first ? first.to : first.value;
    if (low === null || high === null) continue;
    const before = (value: Cell) => sorted.lowerBound(precedes(order, value));
    const past = (value: Cell) => ('from' in first ? before(value) : sorted.lowerBound(reaches(order, value)));
    if (operator === '>=' || operator === '=') from = Math.max(from, before(low));
    if (operator === '>') from = Math.max(from, past(high));
    if (operator === '<') to = Math.min(to, before(low));
    if (operator === '<=' || operator === '=') to = Math.min(to, past(high));
  }
  return { rows: sliceOf(sorted.all(), from, to), count: Math.max(0, to - from), order };
}

const precedes = (order: 'id' | 'stamp', value: Cell): ((row: Row) => boolean) =>
  order === 'id' ? (row) => compareIds(idOf(row), String(value)) < 0 : (row) => stampOf(row) < Number(value);

const reaches = (order: 'id' | 'stamp', value: Cell): ((row: Row) => boolean) =>
  order === 'id' ? (row) => compareIds(idOf(row), String(value)) <= 0 : (row) => stampOf(row) <= Number(value);

function* sliceOf(rows: readonly Row[], from: number, to: number): Generator<Row> {
  for (let at = from; at < to; at++) yield rows[at] as Row;
}
