import { describe, expect, it } from 'vitest';
import { anAccount, at, profile, recordsOf } from '../../test/records.ts';
import type { FieldChange } from '../model/types.ts';
import { fieldValueOf, fieldValueText } from './field-value-text.ts';
import { readHistoryReach } from './history-reach.ts';
import { readFieldHistory } from './read-field-history.ts';
import { rebuildSlice } from './rebuild-slice.ts';

const readUntil = at('2026-01-01');
const ada = 'account:1';

let rows = 0;
function row(day: string, set: Partial<FieldChange>): FieldChange {
  rows += 1;
  const when = at(day);
  return {
    ...{ id: `history:${String(rows).padStart(3, '0')}`, createdAt: when, updatedAt: when, at: when },
    ...{ recordId: ada, entity: 'account', field: 'account.renewalOn', kind: 'change', before: null, after: null },
    ...set,
  };
}
const day = (text: string) => JSON.stringify(text);

function historyOf(...given: readonly FieldChange[]) {
  const reach = readHistoryReach();
  for (const one of given) reach.add(one);
  return readFieldHistory(given, reach.finish(), readUntil);
}
const today = (value: unknown, edited = '2025-12-01') => ({ entity: 'account', value, updatedAt: at(edited) }) as const;

const UNKNOWN = { known: false };
const known = (value: unknown) => ({ known: true, value });

describe('field history from rows', () => {
  const first = row('2025-02-01', { before: day('2025-06-30'), after: day('2025-09-30') });
  const second = row('2025-04-01', { before: day('2025-09-30'), after: null });

  it('edited twice: what it held between the edits, and after them', () => {
    const history = historyOf(second, first);
    expect(history.valueAt(ada, 'renewalOn', at('2025-02-01'))).toEqual(known('2025-09-30'));
    expect(history.valueAt(ada, 'renewalOn', at('2025-03-01'))).toEqual(known('2025-09-30'));
    expect(history.valueAt(ada, 'renewalOn', at('2025-05-01'))).toEqual(known(null));
  });

  it('before the first change ever kept of any record nothing is known: tracking may not have begun', () => {
    const other = row('2025-01-10', { recordId: 'account:2', before: null, after: day('2025-05-05') });
    expect(historyOf(first, second).valueAt(ada, 'renewalOn', at('2025-01-20'))).toEqual(UNKNOWN);
    const history = historyOf(first, second, other);
    expect(history.valueAt(ada, 'renewalOn', at('2025-01-20'))).toEqual(known('2025-06-30'));
    expect(history.valueAt(ada, 'renewalOn', at('2025-01-09'))).toEqual(UNKNOWN);
    expect(history.since?.get('account.renewalOn')).toBe(at('2025-01-10'));
  });

  it('a CRM that keeps all since each record began says so once, for every record', () => {
    const history = historyOf(first, row('1970-01-01', { recordId: null, kind: 'start' }));
    expect(history.valueAt(ada, 'renewalOn', at('2001-01-01'))).toEqual(known('2025-06-30'));
  });

  it('a record without a row holds what it holds today, once it is known that changes are kept', () => {
    const history = historyOf(first);
    const of = (asOf: string, edited?: string) =>
      history.valueAt('account:9', 'renewalOn', at(asOf), today('2027-01-31', edited));
    expect(of('2025-02-02')).toEqual(known('2027-01-31'));
    expect(of('2025-01-31')).toEqual(UNKNOWN);
    // edited after history was read: the edit may have been of this field
    expect(of('2025-02-02', '2026-01-02')).toEqual(UNKNOWN);
    expect(history.valueAt('account:9', 'renewalOn', at('2025-02-02'))).toEqual(UNKNOWN);
  });

  it('nothing is said of what came after history was read', () => {
    expect(historyOf(first).valueAt(ada, 'renewalOn', at('2026-01-02'))).toEqual(UNKNOWN);
    const never = readFieldHistory([first], readHistoryReach().finish(), null);
    expect(never.valueAt(ada, 'renewalOn', at('2025-03-01'))).toEqual(UNKNOWN);
  });

  it('where two rows do not fit, a change between them was not kept', () => {
    const strange = row('2025-08-01', { before: day('2030-01-01'), after: day('2031-01-01') });
    const history = historyOf(first, second, strange);
    expect(history.valueAt(ada, 'renewalOn', at('2025-05-01'))).toEqual(UNKNOWN);
    expect(history.valueAt(ada, 'renewalOn', at('2025-03-01'))).toEqual(known('2025-09-30'));
    expect(history.valueAt(ada, 'renewalOn', at('2025-08-01'))).toEqual(known('2031-01-01'));
  });

  it('where the last row is not what the record holds today, a later change was not kept', () => {
    const history = historyOf(first);
    expect(history.valueAt(ada, 'renewalOn', at('2025-05-01'), today('2025-09-30'))).toEqual(known('2025-09-30'));
    expect(history.valueAt(ada, 'renewalOn', at('2025-05-01'), today('2028-01-01'))).toEqual(UNKNOWN);
    // not yet seen by the last read of history, so no contradiction
    const edited = today('2028-01-01', '2026-02-01');
    expect(history.valueAt(ada, 'renewalOn', at('2025-05-01'), edited)).toEqual(known('2025-09-30'));
  });

  it('T retention: versions that were dropped leave a gap, which is unknown', () => {
    const kept = row('2025-06-01', { kind: 'start', after: day('2026-03-31') });
    const history = historyOf(first, second, kept, row('1970-01-01', { recordId: null, kind: 'start' }));
    expect(history.valueAt(ada, 'renewalOn', at('2025-05-01'))).toEqual(UNKNOWN);
    expect(history.valueAt(ada, 'renewalOn', at('2025-06-01'))).toEqual(known('2026-03-31'));
    const alone = historyOf(kept, row('1970-01-01', { recordId: null, kind: 'start' }));
    expect(alone.valueAt(ada, 'renewalOn', at('2025-05-31'))).toEqual(UNKNOWN);
  });

  it('entries hold until the next one; a record without any is unknown', () => {
    const entry = (when: string, after: string) =>
      row(when, { recordId: 'opportunity:1', entity: 'opportunity', field: 'opportunity.stage', kind: 'entry', after });
    const history = historyOf(entry('2025-03-01', day('won')), entry('2025-01-01', day('open')));
    expect(history.valueAt('opportunity:1', 'stage', at('2024-12-31'))).toEqual(UNKNOWN);
    expect(history.valueAt('opportunity:1', 'stage', at('2025-02-01'))).toEqual(known('open'));
    expect(history.valueAt('opportunity:1', 'stage', at('2025-03-02'))).toEqual(known('won'));
    const stage = { entity: 'opportunity', value: 'won', updatedAt: at('2025-01-01') } as const;
    expect(history.valueAt('opportunity:2', 'stage', at('2025-03-02'), stage)).toEqual(UNKNOWN);
  });

  it('money keeps its currency, and equal values are equal texts whatever the order of their keys', () => {
    const text = fieldValueText({ minor: 1200, currency: 'EUR' });
    expect(text).toBe(fieldValueText({ currency: 'EUR', minor: 1200 }));
    expect(fieldValueOf(text)).toEqual({ minor: 1200, currency: 'EUR' });
    expect([fieldValueText(null), fieldValueText(undefined), fieldValueOf(null)]).toEqual([null, null, null]);
    expect(fieldValueOf(fieldValueText(false))).toBe(false);
  });
});

describe('an account rebuilt from rows', () => {
  const account = anAccount({ id: ada, createdAt: at('2024-01-01'), updatedAt: at('2025-12-01'), renewalOn: null });
  const knowledge = { recordedSince: { account: 0 }, reachesBackTo: {}, imports: [], mergedAt: new Map() };
  const history = historyOf(
    row('2025-02-01', { before: day('2025-06-30'), after: day('2025-09-30') }),
    row('2025-04-01', { before: day('2025-09-30'), after: null }),
  );
  const rebuilt = (asOf: string) => {
    const past = rebuildSlice(recordsOf({ account }), profile, at(asOf), knowledge, history);
    if (!past.rebuilt) throw new Error(past.reason);
    return past.slice;
  };

  it('has the renewal day of then', () => {
    expect(rebuilt('2025-03-01').account.renewalOn).toBe('2025-09-30');
    expect(rebuilt('2025-03-01').unknown.has('account.renewalOn')).toBe(false);
    expect(rebuilt('2025-05-01').account.renewalOn).toBeNull();
  });

  it('earlier than history reaches the field is unknown, as are fields without any', () => {
    const slice = rebuilt('2025-01-15');
    expect(slice.account.renewalOn).toBeNull();
    expect(slice.unknown.has('account.renewalOn')).toBe(true);
    expect(rebuilt('2025-03-01').unknown.has('account.noticeGivenOn')).toBe(true);
  });
});
