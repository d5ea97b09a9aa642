import type { FieldChange, Page } from '@holdfast/core';
import { memoryHarness } from '../memory-harness.ts';
import { type Bug, NOTHING, onPage } from './bug.ts';

const WITH_HISTORY = {
  options: { fieldHistory: true },
  extra: { serves: [...memoryHarness('', {}).serves, 'fieldChange'], enters: ['account'] },
} as const;

/** Breaks the rows of history in every page. */
const onRows = (change: (row: FieldChange) => readonly FieldChange[]) =>
  onPage((page, _, entity) =>
    entity === 'fieldChange'
      ? ({ ...page, records: (page.records as readonly FieldChange[]).flatMap(change) } as Page)
      : page,
  );

/** Mistakes with the history of fields. */
export const HISTORY_BUGS: readonly Bug[] = [
  {
    name: 'history gives the new value as the old one',
    caughtBy: ['history/edited', 'history/changed'],
    ...WITH_HISTORY,
    tamper: onRows((row) => [{ ...row, before: row.after }]),
  },
  {
    name: 'history names the wrong record',
    caughtBy: ['history/untouched'],
    ...WITH_HISTORY,
    tamper: onRows((row) => [row.recordId === null ? row : { ...row, recordId: 'account:1' }]),
  },
  {
    name: 'history is not asked for changes',
    caughtBy: ['history/changed'],
    ...WITH_HISTORY,
    tamper: onPage((page, request, entity) =>
      entity === 'fieldChange' && request.kind === 'changed' ? NOTHING : page,
    ),
  },
  {
    name: 'a row of history comes twice',
    caughtBy: ['history/strict'],
    ...WITH_HISTORY,
    tamper: onRows((row) => [row, row]),
  },
];
