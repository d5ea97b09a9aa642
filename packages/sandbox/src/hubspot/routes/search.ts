import { type Call, jsonBody, ok, type Reply, tableParam } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import { parseSearch } from '../search/parse-search.ts';
import { runSearch, type SearchCache } from '../search/run-search.ts';
import type { Portal } from '../state/portal.ts';
import { recordJson } from './record-json.ts';

const caches = new WeakMap<Portal, SearchCache>();

/** Search. */
export const searchRoutes: readonly Route[] = [
  {
    method: 'POST',
    dated: '/crm/objects/{V}/{objectType}/search',
    classic: ['/crm/v3/objects/{objectType}/search'],
    scopes: ['crm.objects.{object}.read'],
    search: true,
    handle: search,
  },
];

function search(call: Call): Reply {
  const table = tableParam(call);
  const asked = parseSearch(jsonBody(call), call.body.length);
  const found = runSearch(call.portal, table, asked, cacheOf(call.portal));
  const results = found.page.map((version) => recordJson(call.portal, table, version, asked.properties));
  const paging = found.next === undefined ? {} : { paging: { next: { after: String(found.next) } } };
  return ok({ total: found.total, results, ...paging });
}

function cacheOf(portal: Portal): SearchCache {
  const known = caches.get(portal);
  if (known !== undefined) return known;
  const cache: SearchCache = { entries: new Map() };
  caches.set(portal, cache);
  return cache;
}
