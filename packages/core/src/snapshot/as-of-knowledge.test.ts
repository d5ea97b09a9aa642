import { describe, expect, it } from 'vitest';
import { anAccount, anActivity, anOrder, aTicket, at, recordsOf } from '../../test/records.ts';
import { DAY_MS } from '../model/dates.ts';
import { heldAt, readKnowledge } from './as-of-knowledge.ts';
import { findBulkImports } from './bulk-imports.ts';

const start = at('2024-01-01');
const imported = at('2025-03-01');
const daily = (count: number) => Array.from({ length: count }, (_, i) => start + i * DAY_MS);
/** So many records in one go, 20 a second. */
const burst = (count: number, from = imported) => Array.from({ length: count }, (_, i) => from + 50 * i);
const imports = (times: readonly number[]) => findBulkImports('ticket', Float64Array.from(times));

describe('rule 11: bulk imports', () => {
  it('many records within seconds are one import, told with its end and its share', () => {
    expect(imports([...daily(100), ...burst(300)])).toEqual([
      { entity: 'ticket', at: imported + 50 * 299, records: 300, share: 0.75 },
    ]);
  });

  it('at one and the same instant too', () => {
    const same = Array.from({ length: 60 }, () => imported);
    expect(imports(same)).toEqual([{ entity: 'ticket', at: imported, records: 60, share: 1 }]);
  });

  it('a busy day, a small file and a small part of a large book are none', () => {
    expect(imports(daily(500))).toEqual([]);
    expect(imports([...daily(10), ...burst(49)])).toEqual([]);
    expect(imports([...daily(500), ...burst(120)])).toEqual([]);
  });

  it('two imports are listed one by one', () => {
    expect(imports([...burst(100), ...burst(100, imported + 30 * DAY_MS)]).map((it) => it.records)).toEqual([100, 100]);
  });
});

describe('from when on records may be believed', () => {
  const read = (times: readonly (number | null)[]) => {
    const reading = readKnowledge();
    for (const createdAt of times) {
      reading.add(
        recordsOf({
          account: anAccount({ createdAt: start }),
          tickets: [aTicket({ createdAt, openedAt: createdAt })],
        }),
      );
    }
    return reading.finish();
  };

  it('since the first record, or since the last bulk import', () => {
    expect(read(daily(100)).recordedSince).toEqual({ account: start, ticket: start });
    expect(read([...daily(100), ...burst(300)]).recordedSince.ticket).toBe(imported + 50 * 299);
  });

  it('one odd early record in two hundred and more does not count', () => {
    expect(read([at('1999-01-01'), ...daily(300)]).recordedSince.ticket).toBe(start);
  });

  it('an entity whose records lack the time of recording is never believed: more than one in twenty', () => {
    expect(read([...daily(95), ...Array.from({ length: 5 }, () => null)]).recordedSince.ticket).toBe(start);
    expect(read([...daily(94), ...Array.from({ length: 6 }, () => null)]).recordedSince.ticket).toBeUndefined();
  });

  it('events reach as far back as their own days, also those that were imported', () => {
    const reading = readKnowledge();
    for (const createdAt of burst(100)) {
      const orders = [anOrder({ createdAt, orderedOn: '2019-05-01' })];
      reading.add(recordsOf({ account: anAccount({ createdAt: start }), orders }));
    }
    const knowledge = reading.finish();
    expect(knowledge.recordedSince.order).toBe(imported + 50 * 99);
    expect(knowledge.reachesBackTo.order).toBe(Date.parse('2019-05-01T00:00:00Z'));
  });

  it('an entity is held at an instant from its first day on', () => {
    const reading = readKnowledge();
    const activities = [anActivity({ createdAt: imported, occurredAt: imported })];
    reading.add(recordsOf({ account: anAccount({ createdAt: start }), activities }));
    const knowledge = reading.finish();
    expect(heldAt(knowledge, imported - 1)).toEqual(new Set(['account']));
    expect(heldAt(knowledge, imported)).toEqual(new Set(['account', 'activity']));
  });
});
