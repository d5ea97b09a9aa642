import type { BookUsage } from '../../book/book.ts';
import { slotOf, type Table } from '../state/table.ts';
import type { SeededIds } from './seed-book.ts';

const kept = 20;

/** Keeps the last readings of usage as the history of the company's properties, as far as HubSpot keeps any: 20 values. */
export function seedUsageHistory(table: Table, usage: readonly BookUsage[], ids: SeededIds): void {
  if (usage.length === 0) return;
  const byAccount = new Map<string, BookUsage[]>();
  for (const row of usage) {
    const rows = byAccount.get(row.accountId);
    if (rows === undefined) byAccount.set(row.accountId, [row]);
    else rows.push(row);
  }
  const fields = [
    ['seats_bought', 'seatsBought'],
    ['seats_used', 'seatsUsed'],
    ['usage_events', 'events'],
  ] as const;
  const slots = fields
    .filter(([name]) => table.properties.has(name))
    .map(([name, key]) => [slotOf(table, name), key] as const);
  for (const [account, rows] of byAccount) {
    const record = table.records.get(ids.get('accounts')?.get(account) ?? -1);
    if (record === undefined) continue;
    rows.sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1));
    record.history = rows.slice(-kept).flatMap((row) =>
      slots
        .filter(([, key]) => row[key] !== undefined)
        .map(([slot, key]) => ({
          slot,
          value: String(row[key]),
          at: Date.parse(row.recordedAt),
          by: 'system' as const,
        })),
    );
  }
}
