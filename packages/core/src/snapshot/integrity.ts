import type { AccountRecords } from './slice.ts';

/** What can be wrong with a record's own dates and amounts, without looking at any other record. */
export type IntegrityIssue =
  | 'order shipped before it was ordered'
  | 'order without a day'
  | 'ticket closed before it was opened'
  | 'ticket without an opening time'
  | 'contract ends before it starts'
  | 'contract without an end'
  | 'activity without a time'
  | 'opportunity without a close day'
  | 'more seats used than bought'
  | 'negative amount';

/** Number of records with each issue in one account; issues that do not occur are left out. */
export function countIssues(records: AccountRecords): Readonly<Partial<Record<IntegrityIssue, number>>> {
  const counts: Partial<Record<IntegrityIssue, number>> = {};
  const count = (issue: IntegrityIssue, wrong: boolean) => {
    if (wrong) counts[issue] = (counts[issue] ?? 0) + 1;
  };
  const before = <T extends string | number>(a: T | null, b: T | null) => a !== null && b !== null && a < b;
  for (const it of records.orders) {
    count('order without a day', it.orderedOn === null);
    count('order shipped before it was ordered', before(it.shippedOn, it.orderedOn));
    count('negative amount', (it.amount?.minor ?? 0) < 0);
  }
  for (const it of records.tickets) {
    count('ticket without an opening time', it.openedAt === null);
    count('ticket closed before it was opened', before(it.closedAt, it.openedAt));
  }
  for (const it of records.contracts) {
    count('contract without an end', it.endsOn === null);
    count('contract ends before it starts', before(it.endsOn, it.startsOn));
    count('negative amount', (it.annual?.minor ?? 0) < 0);
  }
  for (const it of records.activities) count('activity without a time', it.occurredAt === null);
  for (const it of records.opportunities) {
    count('opportunity without a close day', it.closeOn === null);
    count('negative amount', (it.amount?.minor ?? 0) < 0);
  }
  for (const it of records.usage) count('more seats used than bought', before(it.seatsBought, it.seatsUsed));
  return counts;
}

/** Adds up counts of several accounts. */
export function addCounts(all: readonly Readonly<Partial<Record<string, number>>>[]): Readonly<Record<string, number>> {
  const sum: Record<string, number> = {};
  for (const counts of all)
    for (const [key, count] of Object.entries(counts)) sum[key] = (sum[key] ?? 0) + (count ?? 0);
  return sum;
}
