import type { BookActivity } from '../../book/book.ts';
import type { Value } from '../state/record.ts';
import { slotOf, type Table } from '../state/table.ts';
import type { SeededIds } from './seed-book.ts';

interface Tally {
  count: number;
  last: string;
  contacted: number;
  lastContacted: string;
}

/** Sets the activity roll-ups of companies or contacts to what the book's activities add up to. */
export function seedRollups(table: Table, activities: readonly BookActivity[], ids: SeededIds): void {
  const tallies = new Map<string, Tally>();
  const ofContacts = table.type.name === 'contacts';
  for (const activity of activities) {
    if (ofContacts) for (const contact of activity.contactIds ?? []) count(tallies, contact, activity);
    else if (activity.accountId !== undefined) count(tallies, activity.accountId, activity);
  }
  store(table, tallies, ids.get(ofContacts ? 'contacts' : 'accounts'));
}

function count(tallies: Map<string, Tally>, key: string, activity: BookActivity): void {
  const tally = tallies.get(key) ?? { count: 0, last: '', contacted: 0, lastContacted: '' };
  tallies.set(key, tally);
  tally.count += 1;
  if (activity.occurredAt > tally.last) tally.last = activity.occurredAt;
  if (activity.kind === 'note' || activity.kind === 'task') return;
  tally.contacted += 1;
  if (activity.occurredAt > tally.lastContacted) tally.lastContacted = activity.occurredAt;
}

function store(table: Table, tallies: ReadonlyMap<string, Tally>, ids: ReadonlyMap<string, number> | undefined): void {
  for (const [bookId, tally] of tallies) {
    const record = table.records.get(ids?.get(bookId) ?? -1);
    if (record === undefined) continue;
    const values = record.current.values as Value[];
    const set = (name: string, value: string | undefined) => {
      const slot = slotOf(table, name);
      while (values.length < slot) values.push(undefined);
      values[slot] = value;
    };
    set('num_notes', String(tally.count));
    set('notes_last_updated', new Date(tally.last).toISOString());
    set('hs_last_sales_activity_timestamp', new Date(tally.last).toISOString());
    if (tally.contacted === 0) continue;
    set('num_contacted_notes', String(tally.contacted));
    set('notes_last_contacted', new Date(tally.lastContacted).toISOString());
  }
}
