import { badRequest } from '../errors.ts';
import type { Call, Cursor, Reply } from '../org.ts';
import { runQuery } from '../soql/run-query.ts';
import { type Handler, type Route, route } from './route.ts';

const query =
  (all: boolean): Handler =>
  (call, request) => {
    const soql = request.query.get('q');
    if (soql === null) throw badRequest('MALFORMED_QUERY', 'A query string has to be specified');
    // Documented limit of a request's URI: 16,384 bytes.
    if (encodeURIComponent(soql).length > 16_384)
      return { status: 414, headers: { 'content-type': 'text/html' }, body: '<html><body>URI Too Long</body></html>' };
    return firstPage(call, soql, all);
  };

function firstPage(call: Call, soql: string, all: boolean): Reply {
  const result = runQuery(call, soql, all);
  if (result.kind === 'records')
    return { status: 200, body: { totalSize: result.totalSize, done: true, records: result.records } };
  const cursor: Cursor = {
    id: cursorId(call),
    rows: result.rows,
    project: result.project,
    totalSize: result.rows.length,
    pageSize: pageSize(call),
    userId: call.user.id,
  };
  return page(call, cursor, 0, all);
}

/** `0r8` and 15 more characters, as recorded in 2026 (older orgs said `01g`). */
const cursorId = (call: Call): string => {
  call.org.counters.cursor += 1;
  return call.org.ids.next('0r8');
};

/** The org's page size, or what `Sforce-Query-Options: batchSize=n` asks for, from 200 to 2,000. */
function pageSize(call: Call): number {
  const standard = call.org.settings.pageSize ?? 2000;
  const asked = /batchSize\s*=\s*(\d+)/i.exec(call.headers['sforce-query-options'] ?? '');
  return asked === null ? standard : Math.min(standard, Math.max(200, Number(asked[1])));
}

/** At most ten cursors a user stay open; the oldest goes first. */
const openCursors = 10;

function page(call: Call, cursor: Cursor, from: number, all: boolean): Reply {
  const records = cursor.rows.slice(from, from + cursor.pageSize).map(cursor.project);
  const next = from + cursor.pageSize;
  const done = next >= cursor.rows.length;
  if (done) call.org.cursors.delete(cursor.id);
  else keep(call, cursor);
  const nextRecordsUrl = `${call.base}/query${all ? 'All' : ''}/${cursor.id}-${next}`;
  return { status: 200, body: { totalSize: cursor.totalSize, done, ...(done ? {} : { nextRecordsUrl }), records } };
}

function keep(call: Call, cursor: Cursor): void {
  const { cursors } = call.org;
  cursors.set(cursor.id, cursor);
  const mine = [...cursors.values()].filter((open) => open.userId === cursor.userId);
  for (const old of mine.slice(0, Math.max(0, mine.length - openCursors))) cursors.delete(old.id);
}

const more =
  (all: boolean): Handler =>
  (call, _request, [locator = '']) => {
    const parts = /^(.*)-(\d+)$/.exec(locator);
    const cursor = call.org.cursors.get(parts?.[1] ?? '');
    if (parts === null || cursor === undefined || cursor.userId !== call.user.id)
      throw badRequest('INVALID_QUERY_LOCATOR', 'invalid query locator');
    return page(call, cursor, Number(parts[2]), all);
  };

/** Query endpoints. */
export const queryRoutes: readonly Route[] = [
  route('GET', '/query', query(false)),
  route('GET', '/queryAll', query(true)),
  route('GET', '/query/{locator}', more(false)),
  route('GET', '/queryAll/{locator}', more(true)),
];
