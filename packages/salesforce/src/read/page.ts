import type { CodecContext, EntityName, Gone, Page, Reject } from '@holdfast/core';
import type { BoundSource } from '../bind.ts';
import { decodeRow, type Row } from '../decode.ts';

/** Most rows of one query: Salesforce sends at most 2,000 in an answer. */
export const PAGE_SIZE = 2000;

/** Decodes rows, each into a record, a reject or a disappearance. */
export function pageOf<E extends EntityName>(
  source: BoundSource,
  rows: readonly Row[],
  context: CodecContext,
): Pick<Page<E>, 'records' | 'rejects' | 'gone'> {
  const records: Page<E>['records'][number][] = [];
  const rejects: Reject[] = [];
  const gone: Gone[] = [];
  for (const row of rows) {
    const decoded = decodeRow<E>(source, row, context);
    if ('record' in decoded) records.push(decoded.record);
    else if ('reject' in decoded) rejects.push(decoded.reject);
    else gone.push(decoded.gone);
  }
  return { records, rejects, gone };
}

/** A page with nothing in it. */
export const emptyPage = { records: [], rejects: [], gone: [], next: null, servedAt: null } as const;
