import { badRequest } from '../errors.ts';
import { type Call, seconds } from '../org.ts';
import { idOf, isDeleted, stampOf } from '../store/row.ts';
import { instant, parseInstant } from '../store/values.ts';
import { objectNamed } from './record.ts';
import { type Handler, type Inner, type Route, route } from './route.ts';

const day = 86_400;

interface Window {
  readonly start: number;
  readonly end: number;
}

/** Reads start and end, cut to the minute, and refuses what the platform refuses. */
function windowOf(call: Call, request: Inner, maxDays: number): Window {
  const start = minute(parseInstant(plus(request.query.get('start'))));
  const end = minute(parseInstant(plus(request.query.get('end'))));
  if (start === undefined || end === undefined)
    throw badRequest('MALFORMED_QUERY', 'start and end must be ISO 8601 date-times');
  if (end - start < 60)
    throw badRequest('INVALID_REPLICATION_DATE', 'endDate must be at least one minute greater than startDate');
  if (start < seconds(call.org) - maxDays * day)
    throw badRequest('INVALID_REPLICATION_DATE', `startDate cannot be more than ${maxDays} days ago`);
  return { start, end };
}

/** A plus sign that was not encoded arrives as a space. */
const plus = (value: string | null): string => (value ?? '').replace(' ', '+');

const minute = (time: number | undefined): number | undefined => (time === undefined ? undefined : time - (time % 60));

/** Ids created or modified in the window, at most 30 days back. */
const updated: Handler = (call, request, [name = '']) => {
  const object = objectNamed(call, name);
  const { start, end } = windowOf(call, request, 30);
  const ids = object.byStamp
    .all()
    .filter((row) => !isDeleted(row) && stampOf(row) >= start && stampOf(row) < end)
    .map(idOf);
  if (ids.length > 600_000) throw badRequest('EXCEEDED_ID_LIMIT', 'too many ids in the window');
  return { status: 200, body: { ids, latestDateCovered: instant(covered(call, end)) } };
};

/** Deletions in the window, at most 15 days back. Losers of a merge are in it, without their master. */
const deleted: Handler = (call, request, [name = '']) => {
  const object = objectNamed(call, name);
  const { start, end } = windowOf(call, request, 15);
  const gone = call.org.deleteLog.filter((entry) => {
    if (entry.object !== object.def.name || entry.at < start || entry.at >= end) return false;
    const row = object.rows.get(entry.id);
    return row === undefined || (isDeleted(row) && stampOf(row) >= entry.at);
  });
  return {
    status: 200,
    body: {
      deletedRecords: gone.map((entry) => ({ deletedDate: instant(entry.at), id: entry.id })),
      earliestDateAvailable: instant(seconds(call.org) - 15 * day),
      latestDateCovered: instant(covered(call, end)),
    },
  };
};

const covered = (call: Call, end: number): number => Math.min(end, seconds(call.org) - (seconds(call.org) % 60));

/** Replication endpoints. */
export const replicationRoutes: readonly Route[] = [
  route('GET', '/sobjects/{object}/updated', updated),
  route('GET', '/sobjects/{object}/deleted', deleted),
];
