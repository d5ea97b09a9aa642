import type { Id } from '../model/ids.ts';
import type { Entities, WritableEntity, WritableFields } from '../model/types.ts';
import { CrmError } from './error.ts';
import { linkKey } from './link-key.ts';
import type { Page, Write } from './port.ts';
import { type DecideWrite, isKeyed, missingLinks, targetOf, type WriteItem, type WriteOutcome } from './write-item.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * Decides one item on the page that was read again for it: either how it ended, or the item reduced to what is still
 * to be written.
 */
export function decideItem<E extends WritableEntity>(
  item: WriteItem<E>,
  page: Page<E>,
  decide: DecideWrite,
): WriteItem<E> | WriteOutcome<E> {
  const record = findRecord(item, page);
  if (item.write.archive) return decideArchive(item, record, decide);
  if (isKeyed(item)) return record ? decideExisting(item, record) : toSend(item, item.write, {}, false);
  return decideUpdate(item, record, page, decide);
}

function findRecord<E extends WritableEntity>(item: WriteItem<E>, page: Page<E>): Entities[E] | null {
  const target = targetOf(item);
  if (!isKeyed(item)) return page.records.find((record) => record.id === target) ?? null;
  return page.records.find((record) => keyOf(record) === target) ?? null;
}

/** A link carries no key of ours: its two ends are one. */
function keyOf<E extends WritableEntity>(record: Entities[E]): unknown {
  return 'referredId' in record ? linkKey(record) : (record as unknown as Values)['key'];
}

function decideUpdate<E extends WritableEntity>(
  item: WriteItem<E>,
  record: Entities[E] | null,
  page: Page<E>,
  decide: DecideWrite,
): WriteItem<E> | WriteOutcome<E> {
  const { key, set } = item.write;
  if (record === null) return absentOutcome(item, whyAbsent(targetOf(item), page));
  const now = record as unknown as Values;
  const decision = decide(item.before as Values, now, set as Values);
  if (decision.kind === 'conflict') return { key, status: 'conflict', id: record.id, fields: decision.fields };
  if (decision.kind === 'write') {
    const was = pick<E>(now, decision.fields);
    return toSend(item, { ...item.write, set: pick<E>(set as Values, decision.fields) }, was, false);
  }
  if (!item.attempted) return { key, status: 'unchanged', id: record.id };
  const was = item.intent?.was ?? item.before;
  return { key, status: 'written', id: record.id, created: false, set: pick<E>(set as Values, Object.keys(was)), was };
}

/** A record with our key stands there: a person may have worked on it since, so only missing links are completed. */
function decideExisting<E extends WritableEntity>(
  item: WriteItem<E>,
  record: Entities[E],
): WriteItem<E> | WriteOutcome<E> {
  const { key, set } = item.write;
  const links = missingLinks(item, record);
  const found = !item.attempted || item.intent?.found === true;
  if (links.length > 0) return toSend(item, { ...item.write, set: {}, links }, {}, found);
  if (!item.attempted) return { key, status: 'unchanged', id: record.id };
  return { key, status: 'written', id: record.id, created: !found, set: found ? {} : set, was: {} };
}

/** A record that we created is taken away only while it holds what we gave it. */
function decideArchive<E extends WritableEntity>(
  item: WriteItem<E>,
  record: Entities[E] | null,
  decide: DecideWrite,
): WriteItem<E> | WriteOutcome<E> {
  const { key } = item.write;
  if (record === null) {
    if (!item.attempted) return { key, status: 'unchanged', id: null };
    return { key, status: 'written', id: targetOf(item), created: false, set: {}, was: item.intent?.was ?? {} };
  }
  const held = item.before as Values;
  const decision = decide(held, record as unknown as Values, held);
  if (decision.kind === 'conflict') return { key, status: 'conflict', id: record.id, fields: decision.fields };
  return toSend(item, item.write, item.before, true);
}

function toSend<E extends WritableEntity>(
  item: WriteItem<E>,
  send: Write<E>,
  was: Partial<WritableFields[E]>,
  found: boolean,
): WriteItem<E> {
  return { ...item, send, intent: { key: item.write.key, was, found } };
}

/** A record that went away after an attempt may hold what we wrote, and may come back. */
function absentOutcome<E extends WritableEntity>(item: WriteItem<E>, error: CrmError): WriteOutcome<E> {
  const { key } = item.write;
  return item.attempted ? { key, status: 'unprocessed', reason: error.message } : { key, status: 'failed', error };
}

function whyAbsent(id: Id, page: Page<WritableEntity>): CrmError {
  const gone = page.gone.find((item) => item.id === id);
  if (gone?.mergedInto)
    return new CrmError('not-found', `The record was merged into ${gone.mergedInto}. Make a new plan.`);
  const reject = page.rejects.find((item) => item.id === id);
  if (reject) return new CrmError('invalid', `The record cannot be read: ${reject.issues.join('; ')}. Mend it first.`);
  return new CrmError('not-found', 'The record is gone, or this user may not see it. Make a new plan.');
}

function pick<E extends WritableEntity>(values: Values, fields: readonly string[]): Partial<WritableFields[E]> {
  return Object.fromEntries(fields.map((field) => [field, values[field] ?? null])) as Partial<WritableFields[E]>;
}
