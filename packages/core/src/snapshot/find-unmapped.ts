import type { Problem } from '../crm/port.ts';
import { listed } from '../model/listed.ts';
import type { OrgProfile } from '../model/profile.ts';
import { roleByLifecycle } from './classify-account.ts';
import { opportunityKind, stageMeaning } from './opportunity-meaning.ts';
import type { AccountRecords } from './slice.ts';

/** A value that occurs in the CRM and that the org profile does not explain. */
export interface UnmappedValue {
  readonly what: 'lifecycle' | 'stage' | 'opportunity kind' | 'ticket stage' | 'contract status' | 'order status';
  readonly value: string;
}

/** Every use, in one account's records, of a value that the profile does not list. One entry per use, in record order. */
export function findUnmapped(records: AccountRecords, profile: OrgProfile): readonly UnmappedValue[] {
  const found: UnmappedValue[] = [];
  const note = (what: UnmappedValue['what'], value: string | null) => found.push({ what, value: value ?? '(blank)' });
  if (roleByLifecycle(records.account.lifecycle, profile) === null) note('lifecycle', records.account.lifecycle);
  for (const it of records.opportunities) {
    const stage = it.pipeline === null ? it.stage : `${it.pipeline}/${it.stage ?? ''}`;
    if (stageMeaning(it, profile) === null) note('stage', stage);
    if (opportunityKind(it, profile) === null) note('opportunity kind', it.type ?? it.pipeline);
  }
  const unlisted = (table: Readonly<Record<string, unknown>>, value: string | null) =>
    value !== null && listed(table, value) === undefined;
  for (const it of records.tickets) if (unlisted(profile.tickets.stages, it.stage)) note('ticket stage', it.stage);
  for (const it of records.contracts) {
    if (unlisted(profile.contracts.statuses, it.status)) note('contract status', it.status);
  }
  for (const it of records.orders) if (unlisted(profile.orders.statuses, it.status)) note('order status', it.status);
  return found;
}

/** How often each unmapped value was met. */
export type UnmappedCounts = Map<string, { readonly value: UnmappedValue; count: number }>;

/** Adds uses to the counts: a book keeps one entry a value, however often it is used. */
export function countUnmapped(values: Iterable<UnmappedValue>, counts: UnmappedCounts = new Map()): UnmappedCounts {
  for (const value of values) {
    const key = `${value.what}: ${value.value}`;
    const entry = counts.get(key) ?? { value, count: 0 };
    entry.count += 1;
    counts.set(key, entry);
  }
  return counts;
}

/** Counts of unmapped values, by `what: value`, as problems for a person, most frequent first. */
export function unmappedProblems(counts: UnmappedCounts): readonly Problem[] {
  return [...counts.entries()]
    .sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))
    .map(([, { value, count }]) => ({
      severity: 'error',
      code: 'unmapped',
      message: `The profile does not say what the ${value.what} "${value.value}" means (${count} records); add it to the profile.`,
    }));
}
