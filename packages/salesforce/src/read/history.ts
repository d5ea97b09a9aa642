import {
  CrmError,
  type FieldChange,
  fieldValueText,
  type Page,
  parseInstant,
  qualifyId,
  type ReadRequest,
  type Reject,
} from '@holdfast/core';
import type { HistorySource, TrackedField } from '../bind-history.ts';
import type { Row } from '../decode.ts';
import { recordId } from '../record-id.ts';
import type { Session } from '../session.ts';
import { instantLiteral, type Soql, soql } from '../soql.ts';
import { readByKey } from './keyset.ts';

/**
 * One page of field history, by key: all that is kept, or what was added in the window. Rows are never edited, so the
 * time at which one was made is the time of the change. Salesforce drops them by age; a full read takes those away.
 */
export function readHistory(
  session: Session,
  request: ReadRequest,
  signal?: AbortSignal,
): Promise<Page<'fieldChange'>> {
  if (request.kind !== 'all' && request.kind !== 'changed')
    throw new CrmError('invalid', `Salesforce cannot be asked for field history by "${request.kind}".`);
  const window = request.kind === 'changed' ? [windowOf(request)] : [];
  return readByKey(
    session,
    'fieldChange',
    { cursor: request.cursor, select: ({ select }) => select, where: () => window, all: () => false, signal },
    (source, rows) => changesOf(source as HistorySource, rows, session),
  );
}

function windowOf({ since, until }: Extract<ReadRequest, { readonly kind: 'changed' }>): Soql {
  return soql`CreatedDate >= ${instantLiteral(since, 'lower')} AND CreatedDate < ${instantLiteral(until, 'upper')}`;
}

function changesOf(source: HistorySource, rows: readonly Row[], session: Session) {
  const records: FieldChange[] = [];
  const rejects: Reject[] = [];
  for (const row of rows) {
    const id = qualifyId(source.object, String(row['Id']));
    try {
      records.push(...(source.of.entries ? entriesOf(source, row, session) : changeOf(source, row, session)));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      rejects.push({ id, issues: [`${source.object}: ${error.message}`] });
    }
  }
  return { records, rejects, gone: [] };
}

/** What every row says; throws `TypeError` without a time or a record. */
function common({ object, of }: HistorySource, row: Row) {
  const at = typeof row['CreatedDate'] === 'string' ? parseInstant(row['CreatedDate']) : null;
  const parent = row[of.parent];
  const record = typeof parent === 'string' ? recordId(parent) : null;
  if (at === null || record === null) throw new TypeError('the row has no time or no record');
  const { entity, idPrefix } = of;
  return {
    id: qualifyId(object, String(row['Id'])),
    ...{ createdAt: at, updatedAt: at, at, recordId: qualifyId(idPrefix, record), entity },
  };
}

function changeOf(source: HistorySource, row: Row, session: Session): readonly FieldChange[] {
  const tracked = source.of.tracked.get(String(row['Field']));
  const [before, after] = [row['OldValue'] ?? null, row['NewValue'] ?? null];
  if (tracked === undefined || !saysValues(tracked, before, after)) return [];
  const field = `${source.of.entity}.${tracked.field}`;
  const text = (raw: unknown) => valueText(tracked, raw, session.context);
  return [{ ...common(source, row), field, kind: 'change', before: text(before), after: text(after) }];
}

/** A lookup has two rows, of the ids and of the names that people see; nothing at all says only that something changed. */
function saysValues({ described }: TrackedField, before: unknown, after: unknown): boolean {
  const held = [before, after].filter((value) => value !== null);
  if (held.length === 0) return false;
  return (
    described.type !== 'reference' || held.every((value) => typeof value === 'string' && recordId(value) === value)
  );
}

/** A row of OpportunityHistory says what each of its columns held from then on. */
function entriesOf(source: HistorySource, row: Row, session: Session): readonly FieldChange[] {
  const shared = common(source, row);
  const currency = row['CurrencyIsoCode'];
  const context = typeof currency === 'string' && currency !== '' ? { ...session.context, currency } : session.context;
  return [...source.of.tracked].map(([column, tracked]) => ({
    ...shared,
    id: `${shared.id}.${tracked.field}`,
    field: `${source.of.entity}.${tracked.field}`,
    kind: 'entry',
    before: null,
    after: valueText(tracked, row[column] ?? null, context),
  }));
}

function valueText({ rule, described }: TrackedField, raw: unknown, context: Session['context']): string | null {
  const value = typed(raw, described.type);
  return fieldValueText(
    rule.rule === 'field' ? rule.codec.decode(value, context) : rule.decode({ [described.name]: value }, context),
  );
}

const NUMERIC: readonly string[] = ['double', 'int', 'currency', 'percent'];

/** History values are of any type: a number or a checkbox may come as text. */
function typed(raw: unknown, type: string): unknown {
  if (typeof raw !== 'string') return raw;
  if (NUMERIC.includes(type) && /^[+-]?\d+(\.\d+)?(E[+-]?\d+)?$/i.test(raw)) return Number(raw);
  return type === 'boolean' && /^(true|false)$/i.test(raw) ? raw.toLowerCase() === 'true' : raw;
}
