import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import { badRequest } from '../errors.ts';
import type { Compound } from '../schema/field.ts';
import type { Getter } from '../store/read.ts';
import type { Cell, Row } from '../store/row.ts';
import { isFilterable, isText } from '../store/values.ts';
import { dateFunction } from './date-function.ts';
import { isOwnId, isOwnStamp, resolveColumn, type Scope } from './resolve.ts';

/** How a query sorts: a comparison, and the stored order that gives the same sequence, if any. */
interface Ordering {
  readonly compare?: (a: Row, b: Row) => number;
  readonly stored: 'id' | 'stamp' | 'none';
}

/** Compares two values: nulls first unless told otherwise, text without regard to case. */
export function compareValues(a: unknown, b: unknown, descending: boolean, nullsLast: boolean): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return nullsLast ? 1 : -1;
  if (b === null || b === undefined) return nullsLast ? -1 : 1;
  const less = (a as string) < (b as string);
  return less === descending ? 1 : -1;
}

/** Compiles ORDER BY. Without one Salesforce promises no order; here it is by Id. */
export function compileOrder(scope: Scope, clauses: readonly OrderByClause[]): Ordering {
  if (clauses.length === 0) return { stored: 'id' };
  const terms = clauses.map((clause) => term(scope, clause));
  return { stored: storedOrder(scope, clauses), compare: (a, b) => compareTerms(terms, a, b) };
}

type Term = (a: Row, b: Row) => number;

const compareTerms = (terms: readonly Term[], a: Row, b: Row): number => {
  for (const compare of terms) {
    const result = compare(a, b);
    if (result !== 0) return result;
  }
  return 0;
};

function term(scope: Scope, clause: OrderByClause): Term {
  const column = 'fn' in clause ? dateFunction(scope, clause.fn) : resolveColumn(scope, clause.field);
  if (!isFilterable(column.field))
    throw badRequest('INVALID_FIELD', `field '${column.field.name}' can not be sorted in a query call`);
  const get: Getter = isText(column.field) ? (row) => fold(column.get(row)) : column.get;
  const descending = clause.order === 'DESC';
  const nullsLast = clause.nulls === 'LAST';
  return (a, b) => compareValues(get(a), get(b), descending, nullsLast);
}

const fold = (value: Cell | Compound): Cell | Compound => (typeof value === 'string' ? value.toLowerCase() : value);

function storedOrder(scope: Scope, clauses: readonly OrderByClause[]): 'id' | 'stamp' | 'none' {
  if (clauses.some((clause) => clause.order === 'DESC' || 'fn' in clause)) return 'none';
  const columns = clauses.map((clause) => resolveColumn(scope, 'field' in clause ? clause.field : ''));
  const [first, second] = columns;
  if (first !== undefined && columns.length === 1 && isOwnId(first)) return 'id';
  if (first !== undefined && isOwnStamp(first) && (second === undefined || (isOwnId(second) && columns.length === 2)))
    return 'stamp';
  return 'none';
}
