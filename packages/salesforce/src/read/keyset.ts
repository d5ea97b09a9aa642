import type { EntityName, Page } from '@holdfast/core';
import type { BoundSource } from '../bind.ts';
import type { Row } from '../decode.ts';
import { protocolError } from '../errors.ts';
import { recordId } from '../record-id.ts';
import { boundEntity, type Session } from '../session.ts';
import { join, type Soql, soql } from '../soql.ts';
import { cursorAfter, type Position, positionOf } from './cursor.ts';
import { emptyPage, PAGE_SIZE } from './page.ts';
import { query, type Rows } from './query.ts';

interface Reading {
  readonly cursor: string | null;
  /** Fields to select from a source. */
  readonly select: (source: BoundSource) => readonly string[];
  /** Conditions besides the key; `null` when the source has nothing to tell. */
  readonly where: (source: BoundSource) => readonly Soql[] | null;
  /** Deleted and archived rows are asked too. */
  readonly all: (source: BoundSource) => boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * One page by key: rows after the last id, ordered by id. No offset, so an edit while paging moves nothing; no locator,
 * so any page can be asked again. One query a page; an object that has nothing (more) to show leads to the next at once.
 */
export async function readByKey<E extends EntityName>(
  session: Session,
  entity: E,
  reading: Reading,
  decode: (source: BoundSource, rows: readonly Row[]) => Pick<Page<E>, 'records' | 'rejects' | 'gone'>,
): Promise<Page<E>> {
  const sources = boundEntity(session, entity).sources.filter((source) => reading.where(source) !== null);
  for (let cursor = reading.cursor; ; ) {
    const at = positionOf(sources, cursor);
    if (at === null) return emptyPage;
    const { rows, cut, servedAt } = await ask(session, at, reading);
    const last = rows.length === PAGE_SIZE || cut ? lastId(rows, at.after) : null;
    const next = cursorAfter(sources, at, last);
    if (rows.length > 0 || next === null) return { ...decode(at.source, rows), next, servedAt };
    cursor = next;
  }
}

function ask(session: Session, { source, after }: Position, reading: Reading): Promise<Rows> {
  const conditions = [...(reading.where(source) ?? []), ...(after === null ? [] : [soql`Id > ${after}`])];
  const options = { purpose: 'read', all: reading.all(source), signal: reading.signal } as const;
  return query(session.client, selection(source, reading.select(source), conditions), options);
}

/** `SELECT … FROM … WHERE … ORDER BY Id LIMIT …` over a bound source; names come from describe. */
export function selection(
  source: BoundSource,
  select: readonly string[],
  conditions: readonly Soql[],
  limit: number | null = PAGE_SIZE,
): Soql {
  const where = join([...source.where.map((condition) => ({ soql: condition })), ...conditions], ' AND ');
  return {
    soql: `SELECT ${select.join(', ')} FROM ${source.object}${where.soql === '' ? '' : ` WHERE ${where.soql}`} ORDER BY Id${limit === null ? '' : ` LIMIT ${limit}`}`,
  };
}

function lastId(rows: readonly Row[], after: string | null): string {
  const raw = rows.at(-1)?.['Id'];
  const id = typeof raw === 'string' ? recordId(raw) : null;
  if (id === null || id === after) throw protocolError('to a query repeats the same page');
  return id;
}
