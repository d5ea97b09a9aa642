import { DAY_MS, EMPTY_CHECKPOINT, type FieldChange } from '@holdfast/core';
import { aContract, aFieldChange, anAccount } from '@holdfast/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ABook, aBook } from '../../test/support/a-book.ts';
import { pull } from '../pull/pull.ts';
import { effects, put } from '../store/conformance-records.ts';
import { collectDecisions } from './collect-decisions.ts';
import { fieldHistoryOf } from './field-history-of.ts';

const at = (day: string) => Date.parse(`${day}T12:00:00Z`);
const asOf = at('2026-01-01');

let book: ABook;
beforeEach(async () => {
  book = await aBook({ fieldHistory: true, pageSize: 3 });
});
afterEach(() => book.close());

const putHistory = (watermark: number | null, ...upsert: readonly FieldChange[]) =>
  book.store.commitPage('fieldChange', {
    checkpoint: { ...EMPTY_CHECKPOINT, watermark },
    effects: effects<'fieldChange'>({ goneEntity: 'fieldChange', upsert }),
  });

describe('the stored history of fields', () => {
  const entered = { createdAt: at('2023-12-01'), updatedAt: at('2025-11-01') };
  const account = anAccount({ ...entered, id: 'company:1', lifecycle: 'customer', noticeGivenOn: '2025-10-01' });
  /** Decided on 31 December 2024, seen from 1 December. */
  const contract = aContract({
    ...{ ...entered, id: 'contract:1', accountId: 'company:1', status: 'ended' },
    ...{ startsOn: '2024-01-01', endsOn: '2024-12-31' },
  });
  const change = (set: Partial<FieldChange>) =>
    aFieldChange({ id: 'history:1', recordId: 'company:1', field: 'account.noticeGivenOn', ...set });

  const noticeSeen = async () => {
    const seen: unknown[] = [];
    const profile = { ...book.crm.module.profile, orgId: 'memory-1', confirmedAt: 1, currency: 'EUR', timeZone: 'UTC' };
    const contracts = { statuses: { ended: 'ended' as const } };
    await collectDecisions(book.store, {
      ...{ profile: { ...profile, contracts }, asOf },
      onRow: (_decision, { account: { noticeGivenOn }, unknown }) =>
        seen.push(unknown.has('account.noticeGivenOn') ? 'unknown' : noticeGivenOn),
    });
    return seen;
  };

  it('is used for fit and backtest without being asked for, where some was read', async () => {
    await put(book.store, 'account', account);
    await put(book.store, 'contract', contract);
    expect(await noticeSeen()).toEqual(['unknown']);
    await putHistory(
      asOf,
      change({ at: at('2024-11-01'), after: '"2024-10-30"' }),
      change({ id: 'history:2', at: at('2025-02-01'), before: '"2024-10-30"', after: '"2025-10-01"' }),
    );
    expect(await noticeSeen()).toEqual(['2024-10-30']);
  });

  it('is none where it was never read to its end', async () => {
    await put(book.store, 'account', account);
    await putHistory(null, change({ at: at('2024-11-01'), after: '"2024-10-30"' }));
    expect(await fieldHistoryOf(book.store)).toBeNull();
  });

  it('speaks of the account that was turned to, and tells how far it reaches', async () => {
    await put(book.store, 'account', account);
    await putHistory(asOf, change({ at: at('2025-02-01'), after: '"2025-10-01"' }));
    const stored = await fieldHistoryOf(book.store);
    const valueAt = () => stored?.history.valueAt('company:1', 'noticeGivenOn', at('2025-03-01'));
    expect(valueAt()).toEqual({ known: false });
    for await (const records of book.store.slices()) await stored?.turnTo(records);
    expect(valueAt()).toEqual({ known: true, value: '2025-10-01' });
    expect(stored?.reach.get('account.noticeGivenOn')).toEqual({ since: at('2025-02-01'), complete: true });
  });
});

describe('pulling the history of fields', () => {
  it('is left out unless asked for, and goes on where the last pull stopped', async () => {
    const id = book.crm.edits.create('account', { name: 'First' });
    book.clock.advance(DAY_MS);
    book.crm.edits.edit('account', id, { name: 'Second' });
    book.clock.advance(DAY_MS);
    const report = await pull(book.adapter, book.store, book.context);
    expect(report.entities.map(({ entity }) => entity)).not.toContain('fieldChange');
    expect(await book.store.countByObject('fieldChange')).toEqual({});
    await pull(book.adapter, book.store, { ...book.context, history: true });
    expect((await book.store.fieldChanges([id])).map(({ after }) => after)).toEqual(['"Second"']);
    book.crm.edits.edit('account', id, { name: 'Third' });
    book.clock.advance(DAY_MS);
    const later = await pull(book.adapter, book.store, { ...book.context, entities: ['fieldChange'] });
    expect(later.entities[0]).toMatchObject({ entity: 'fieldChange', full: false });
    expect((await book.store.fieldChanges([id])).map(({ after }) => after)).toEqual(['"Second"', '"Third"']);
  });

  it('an org that serves none is no error, asked or not', async () => {
    const plain = await aBook();
    const report = await pull(plain.adapter, plain.store, { ...plain.context, history: true });
    expect(report.entities.map(({ entity }) => entity)).not.toContain('fieldChange');
    await plain.close();
  });
});
