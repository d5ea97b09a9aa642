import type { Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { FieldChange } from '../model/types.ts';
import type { AsOfField } from './as-of-fields.ts';
import type { FieldHistory, HeldToday, PastValue } from './field-history.ts';
import { fieldValueOf, fieldValueText } from './field-value-text.ts';
import type { FieldReach, HistoryReach } from './history-reach.ts';

const UNKNOWN: PastValue = { known: false };

/**
 * Field history from stored rows, of the records that the rows are of. `readUntil` is the instant up to which the CRM
 * was read: nothing is said of later. A value is known only where the rows prove it: between two rows that do not fit
 * (the one's `after` is not the other's `before`) something was not kept; where the last row does not say what the
 * record holds today, something was not kept either; and before what is kept nothing is known.
 */
export function readFieldHistory(
  rows: Iterable<FieldChange>,
  reach: HistoryReach,
  readUntil: Instant | null,
): FieldHistory {
  const timelines = new Map<Id, Map<string, FieldChange[]>>();
  for (const row of rows) if (row.recordId !== null) timelineOf(timelines, row.recordId, row.field).push(row);
  for (const fields of timelines.values()) for (const list of fields.values()) list.sort(inTime);
  return {
    fields: new Set(reach.keys()),
    since: new Map([...reach].map(([field, { since }]) => [field, since])),
    valueAt: (recordId, field, asOf, today) => {
      if (readUntil === null || asOf > readUntil) return UNKNOWN;
      const settled = today?.updatedAt != null && today.updatedAt <= readUntil ? today : null;
      const timeline = timelines.get(recordId)?.get(field);
      if (timeline !== undefined) return valueIn(timeline, asOf, reach, settled);
      const isKept = settled !== null && keptSince(reach.get(`${settled.entity}.${field}` as AsOfField)) <= asOf;
      return isKept ? { known: true, value: settled.value } : UNKNOWN;
    },
  };
}

function timelineOf(timelines: Map<Id, Map<string, FieldChange[]>>, recordId: Id, named: string): FieldChange[] {
  const field = named.slice(named.indexOf('.') + 1);
  const fields = timelines.get(recordId) ?? new Map<string, FieldChange[]>();
  timelines.set(recordId, fields);
  const list = fields.get(field) ?? [];
  fields.set(field, list);
  return list;
}

const inTime = (a: FieldChange, b: FieldChange) => a.at - b.at || (a.id < b.id ? -1 : 1);

const keptSince = (reach: FieldReach | undefined): Instant =>
  reach?.complete ? reach.since : Number.POSITIVE_INFINITY;

function valueIn(
  timeline: readonly FieldChange[],
  asOf: Instant,
  reach: HistoryReach,
  today: HeldToday | null,
): PastValue {
  const place = timeline.findIndex(({ at }) => at > asOf);
  const next = place < 0 ? null : (timeline[place] as FieldChange);
  const last = timeline[(place < 0 ? timeline.length : place) - 1] ?? null;
  if (next?.kind === 'start') return UNKNOWN;
  if (last === null) {
    const isKept = next?.kind === 'change' && keptSince(reach.get(next.field as AsOfField)) <= asOf;
    return isKept ? { known: true, value: fieldValueOf(next.before) } : UNKNOWN;
  }
  if (next?.kind === 'change' && next.before !== last.after) return UNKNOWN;
  if (next === null && today !== null && fieldValueText(today.value) !== last.after) return UNKNOWN;
  return { known: true, value: fieldValueOf(last.after) };
}
