import type { Entities, Money, Page } from '@holdfast/core';
import { type Bug, onPage, onSent, withSet } from './bug.ts';

/** Mistakes of codecs. */
export const VALUE_BUGS: readonly Bug[] = [
  {
    name: "the vendor's own field stands in the record",
    caughtBy: ['value/strict'],
    tamper: onRecords((record) => ({ ...record, vendor_id: '42' })),
  },
  {
    name: "the vendor's own key stands in an amount",
    caughtBy: ['value/entered'],
    tamper: onRecords((record) =>
      record['revenueAtRisk'] ? { ...record, revenueAtRisk: { ...record['revenueAtRisk'], symbol: '€' } } : record,
    ),
  },
  {
    name: 'ids are not qualified',
    caughtBy: ['value/strict', 'order/ties'],
    tamper: onRecords((record) => ({ ...record, id: String(record['id']).split(':')[1] })),
  },
  {
    name: 'times are in seconds',
    caughtBy: ['value/strict'],
    tamper: onRecords((record) => ({ ...record, updatedAt: Math.floor(Number(record['updatedAt']) / 1000) })),
  },
  {
    name: 'an empty field is an empty text',
    caughtBy: ['value/null'],
    tamper: onRecords((record) => ('nextStep' in record ? { ...record, nextStep: record['nextStep'] ?? '' } : record)),
  },
  {
    name: 'an empty number is 0',
    caughtBy: ['value/null'],
    tamper: onRecords((record) =>
      'healthScore' in record ? { ...record, healthScore: record['healthScore'] ?? 0 } : record,
    ),
  },
  {
    name: 'a percentage is read as it is held',
    caughtBy: ['value/entered', 'value/round-trip'],
    tamper: onRecords((record) => ({
      ...record,
      ...(typeof record['churnProbability'] === 'number' && { churnProbability: record['churnProbability'] * 100 }),
    })),
  },
  {
    name: 'a day is shifted by the time zone',
    caughtBy: ['value/entered', 'value/round-trip'],
    tamper: onRecords((record) => ({ ...record, ...(record['bandSince'] ? { bandSince: '2024-02-28' } : {}) })),
  },
  {
    name: 'the cents of an amount are rounded away when it is written',
    caughtBy: ['value/round-trip'],
    tamper: onSent((write) => {
      const { revenueAtRisk, ...set } = write.set as { readonly revenueAtRisk?: Money };
      if (!revenueAtRisk) return write;
      return withSet(write, {
        ...set,
        revenueAtRisk: { ...revenueAtRisk, minor: Math.round(revenueAtRisk.minor / 100) * 100 },
      });
    }),
  },
  {
    name: 'characters outside the basic plane are cut when written',
    caughtBy: ['value/round-trip'],
    tamper: onSent((write) => {
      const texts = Object.entries(write.set).map(([field, value]) => [
        field,
        typeof value === 'string' ? value.replace(/\p{Extended_Pictographic}/gu, '?') : value,
      ]);
      return withSet(write, Object.fromEntries(texts));
    }),
  },
];

function onRecords(change: (record: Readonly<Record<string, unknown>>) => object): Bug['tamper'] & object {
  return onPage((page) => {
    const records = page.records as unknown as readonly Readonly<Record<string, unknown>>[];
    return { ...page, records: records.map(change) as unknown as readonly Entities[keyof Entities][] } as Page;
  });
}
