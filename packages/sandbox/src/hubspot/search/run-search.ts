import type { Portal } from '../state/portal.ts';
import type { Version } from '../state/record.ts';
import { catchUp } from '../state/search-index.ts';
import { lowerBound } from '../state/sorted.ts';
import type { Table } from '../state/table.ts';
import { followsOthers, propertyValue } from '../state/values.ts';
import { type Matcher, matcherOf } from './match.ts';
import type { Search } from './parse-search.ts';

/** What a search found: how many match by the index, and the page of them that still exists, as they are now. */
export interface Found {
  readonly total: number;
  readonly page: readonly Version[];
  readonly next: number | undefined;
}

/** The matches of the last few searches: paging through a quiet list reads them instead of looking again. */
export interface SearchCache {
  readonly entries: Map<string, { readonly revision: number; readonly matches: readonly Version[] }>;
}

const cachedSearches = 8;

/**
 * Runs a search over the index as of now. Which records match, their number and their order are as old as the index; the
 * values shown are current, and records archived meanwhile are counted but not shown. Recordings of the real API have
 * both: a record in the answer that no longer fits the filter, and a total above the number of results.
 */
export function runSearch(portal: Portal, table: Table, search: Search, cache: SearchCache): Found {
  catchUp(table.index, portal.clock.now());
  const matches = cachedMatches(portal, table, search, cache);
  const end = Math.min(search.after + search.limit, matches.length);
  const page = matches
    .slice(search.after, end)
    .map((version) => version.record.current)
    .filter((version) => version.archivedAt === undefined);
  return { total: matches.length, page, next: end < matches.length ? end : undefined };
}

function cachedMatches(portal: Portal, table: Table, search: Search, cache: SearchCache): readonly Version[] {
  if (!settled(table, search)) return sorted(portal, table, search, matcherOf(portal, table, search));
  const key = JSON.stringify([table.type.id, search.groups, search.sort, search.query]);
  const known = cache.entries.get(key);
  if (known?.revision === table.index.revision) return known.matches;
  const matches = sorted(portal, table, search, matcherOf(portal, table, search));
  cache.entries.delete(key);
  cache.entries.set(key, { revision: table.index.revision, matches });
  const oldest = cache.entries.size > cachedSearches ? cache.entries.keys().next().value : undefined;
  if (oldest !== undefined) cache.entries.delete(oldest);
  return matches;
}

/** Whether only changes of the index can change the matches: links and pipelines move computed values without it. */
function settled(table: Table, search: Search): boolean {
  const names = search.groups.flatMap((group) => group.map((filter) => filter.propertyName));
  return [...names, search.sort?.propertyName ?? 'hs_object_id'].every(
    (name) => !name.startsWith('associations.') && !followsOthers(table, name),
  );
}

function sorted(portal: Portal, table: Table, search: Search, matches: Matcher): Version[] {
  const { sort } = search;
  if (sort?.propertyName === table.type.modified) return directed(byModified(table, search, matches), sort.descending);
  const found = byId(table, search, matches);
  if (sort === undefined || sort.propertyName === 'hs_object_id') return directed(found, sort?.descending ?? false);
  const key = (version: Version) => propertyValue(portal, table, version, sort.propertyName) ?? '';
  const numeric = table.properties.get(sort.propertyName)?.type === 'number';
  const keyed = found.map((version) => ({ version, key: key(version) }));
  keyed.sort((a, b) => (numeric ? Number(a.key) - Number(b.key) : a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return directed(
    keyed.map(({ version }) => version),
    sort.descending,
  );
}

function directed(versions: Version[], descending: boolean): Version[] {
  return descending ? versions.reverse() : versions;
}

/** In order of modification, beginning where the filters allow. */
function byModified(table: Table, search: Search, matches: Matcher): Version[] {
  const list = table.index.byModified;
  const floor = lowest(search, table.type.modified);
  const found: Version[] = [];
  for (let at = lowerBound(list, (version) => version.updatedAt < floor); at < list.length; at += 1) {
    const version = list[at] as Version;
    if (version.record.indexed === version && matches(version)) found.push(version);
  }
  return found;
}

/** In order of id, beginning where the filters allow. */
function byId(table: Table, search: Search, matches: Matcher): Version[] {
  const recent = lowest(search, table.type.modified);
  if (recent > Number.NEGATIVE_INFINITY) {
    const tail =
      table.index.byModified.length - lowerBound(table.index.byModified, (version) => version.updatedAt < recent);
    if (tail < 2000) return byModified(table, search, matches).sort((a, b) => a.record.id - b.record.id);
  }
  const list = table.index.byId;
  const floor = lowest(search, 'hs_object_id');
  const found: Version[] = [];
  for (let at = lowerBound(list, (record) => record.id < floor); at < list.length; at += 1) {
    const version = list[at]?.indexed;
    if (version !== undefined && matches(version)) found.push(version);
  }
  return found;
}

/** The lowest value that any group lets a property have; minus infinity when a group does not say. */
function lowest(search: Search, property: string): number {
  if (search.groups.length === 0) return Number.NEGATIVE_INFINITY;
  const floors = search.groups.map((group) => {
    const bounds = group
      .filter((filter) => filter.propertyName === property && /^(EQ|GT|GTE|BETWEEN)$/.test(filter.operator))
      .map((filter) => (/^\d+$/.test(filter.value) ? Number(filter.value) : Number.NEGATIVE_INFINITY));
    return Math.max(Number.NEGATIVE_INFINITY, ...bounds);
  });
  return Math.min(...floors);
}
