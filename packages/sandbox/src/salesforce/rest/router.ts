import { ApiError, asErrorBody, notFound } from '../errors.ts';
import type { Call, Reply } from '../org.ts';
import { collectionRoutes } from './collections.ts';
import { compositeRoutes } from './composite.ts';
import { describeRoutes } from './describe.ts';
import { limitRoutes } from './limits.ts';
import { queryRoutes } from './query.ts';
import { replicationRoutes } from './replication.ts';
import { type Inner, matchRoute, type Route, segmentsOf } from './route.ts';
import { recordRoutes } from './sobjects.ts';

/** Runs a request of `/services/data/vXX.X` by the first route that fits; names the route for the call counts. */
export function dispatch(call: Call, request: Inner, count?: (template: string) => void): Reply {
  let known = false;
  for (const candidate of routes) {
    const match = matchRoute(candidate.template, request.segments);
    if (match === undefined) continue;
    known = true;
    if (candidate.method !== request.method) continue;
    count?.(candidate.template);
    return answer(() => candidate.handler(call, request, match));
  }
  count?.(request.path);
  if (!known)
    return answer(() => {
      throw notFound();
    });
  return {
    status: 405,
    body: [{ errorCode: 'METHOD_NOT_ALLOWED', message: `HTTP Method '${request.method}' not allowed.` }],
  };
}

function answer(run: () => Reply): Reply {
  try {
    return run();
  } catch (error) {
    if (error instanceof ApiError)
      return { status: error.status, body: error.status === 404 ? notFoundBody(error) : asErrorBody([error.fault]) };
    throw error;
  }
}

/** Recorded: NOT_FOUND says its code first. */
const notFoundBody = (error: ApiError): unknown => [{ errorCode: error.fault.code, message: error.fault.message }];

/** Routes in the order in which they are tried: fixed paths before those with variables. */
const routes: readonly Route[] = [
  ...queryRoutes,
  ...limitRoutes,
  ...collectionRoutes,
  ...compositeRoutes((call, method, url, json) => {
    const [path = '', search = ''] = splitOnce(url.replace(/^\/services\/data\/v[^/]+/, ''), '?');
    return dispatch(call, {
      method,
      path,
      segments: segmentsOf(path),
      query: new URLSearchParams(search),
      json,
      raw: '',
    });
  }),
  ...describeRoutes,
  ...replicationRoutes,
  ...recordRoutes,
];

const splitOnce = (text: string, separator: string): readonly string[] => {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};
