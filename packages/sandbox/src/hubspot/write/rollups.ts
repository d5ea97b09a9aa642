import { updateRecord } from '../state/commit.ts';
import type { Portal } from '../state/portal.ts';
import { stored, type Table } from '../state/table.ts';

const contacted = new Set(['calls', 'emails', 'meetings']);

/**
 * Moves the activity roll-ups of a record that an activity was linked to: they count everybody's activities, ours too,
 * and the record's modification date moves with them.
 */
export function moveRollups(portal: Portal, from: Table, id: number, to: Table, toId: number): void {
  if (from.type.activity === to.type.activity) return;
  const [activities, activityId, holders, holderId] = from.type.activity ? [from, id, to, toId] : [to, toId, from, id];
  const activity = activities.records.get(activityId);
  const holder = holders.records.get(holderId);
  if (activity === undefined || holder === undefined || !holders.properties.has('notes_last_updated')) return;
  const when = stored(activities, activity.current, 'hs_timestamp');
  if (!when) return;
  const now = new Date(portal.clock.now()).toISOString();
  const old = (name: string) => stored(holders, holder.current, name) ?? '';
  const count = (name: string) => String(Number(old(name) || '0') + 1);
  const changes: Record<string, string> = { num_notes: count('num_notes') };
  if (when > now) {
    const next = old('notes_next_activity_date');
    if (next === '' || when < next) changes['notes_next_activity_date'] = when;
  } else if (when > old('notes_last_updated')) {
    changes['notes_last_updated'] = when;
    changes['hs_last_sales_activity_timestamp'] = when;
  }
  if (contacted.has(activities.type.name) && when <= now) {
    changes['num_contacted_notes'] = count('num_contacted_notes');
    if (when > old('notes_last_contacted')) changes['notes_last_contacted'] = when;
  }
  updateRecord(portal, holders, holder, changes, 'system');
}
