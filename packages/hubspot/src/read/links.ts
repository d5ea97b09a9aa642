import type { Id } from '@holdfast/core';
import { qualifyId } from '@holdfast/core';
import type { CallOptions, HubSpotClient } from '../client.ts';
import { itemError } from '../errors.ts';
import { asArray, asId, asObject } from '../json.ts';
import { hubspotObject, PRIMARY_LINK } from '../objects.ts';
import { associationsRead, itemErrors, nextAfter, resultsOf } from '../requests.ts';

/** A record at the other end of a link; a target stands here once however many types link it (T16). */
export interface LinkEnd {
  readonly id: string;
  /** Type ids from an associations read, type names from a list. */
  readonly types: readonly (number | string)[];
  readonly labels: readonly string[];
}

/** Most records whose links are read in one call. */
export const LINKS_PER_READ = 1_000;

/**
 * Links of the given records to one kind of object, by record id; a record without any is not in the map (HubSpot
 * tells it as an error, T15). More than 500 on one record are followed (T14).
 */
export async function readLinks(
  client: HubSpotClient,
  from: string,
  to: string,
  ids: readonly string[],
  call: CallOptions,
): Promise<ReadonlyMap<string, readonly LinkEnd[]>> {
  const found = new Map<string, Map<string, LinkEnd>>();
  for (let start = 0; start < ids.length; start += LINKS_PER_READ) {
    let inputs: { id: string; after?: string }[] = ids.slice(start, start + LINKS_PER_READ).map((id) => ({ id }));
    while (inputs.length > 0) {
      const reply = await associationsRead(client, hubspotObject(from).path, hubspotObject(to).path, inputs, call);
      for (const error of itemErrors(reply)) if (!isNone(error)) throw itemError(error);
      inputs = resultsOf(reply).flatMap((raw) => takeIn(found, asObject(raw)));
    }
  }
  return new Map([...found].map(([id, ends]) => [id, [...ends.values()]]));
}

/** The id that a single link means: the primary one where the pair has such a thing, else the first. */
export function oneEnd(from: string, to: string, ends: readonly LinkEnd[]): Id | null {
  const primary = PRIMARY_LINK[`${from}>${to}`];
  const chosen = ends.find(({ types }) => types.includes(`${from}_to_${to}`) || (primary && types.includes(primary)));
  const end = chosen ?? ends[0];
  return end === undefined ? null : qualifyId(to, end.id);
}

/** The links inside a listed record, by object; `paged` names the objects whose list was cut off. */
export function inlineLinks(
  associations: unknown,
  objects: readonly string[],
): { readonly ends: ReadonlyMap<string, readonly LinkEnd[]>; readonly paged: readonly string[] } {
  const ends = new Map<string, readonly LinkEnd[]>();
  const paged: string[] = [];
  for (const object of objects) {
    const { path } = hubspotObject(object);
    const held = asObject(asObject(associations)[path] ?? asObject(associations)[path.replaceAll('_', ' ')]);
    const merged = new Map<string, LinkEnd>();
    for (const raw of asArray(held['results'])) {
      const { id, type } = asObject(raw);
      addEnd(merged, asId(id), [String(type)], []);
    }
    if (merged.size > 0) ends.set(object, [...merged.values()]);
    if (nextAfter(held) !== null) paged.push(object);
  }
  return { ends, paged };
}

function takeIn(found: Map<string, Map<string, LinkEnd>>, result: Readonly<Record<string, unknown>>) {
  const id = asId(asObject(result['from'])['id']);
  if (id === null) return [];
  const ends = found.get(id) ?? new Map<string, LinkEnd>();
  found.set(id, ends);
  const before = ends.size;
  for (const raw of asArray(result['to'])) {
    const target = asObject(raw);
    const types = asArray(target['associationTypes']).map(asObject);
    const labels = types.filter((type) => type['category'] === 'USER_DEFINED').flatMap((type) => type['label'] ?? []);
    addEnd(
      ends,
      asId(target['toObjectId']),
      types.map((type) => Number(type['typeId'])),
      labels.map(String),
    );
  }
  const after = nextAfter(result);
  // a cursor that brings nothing new would never end
  return after === null || ends.size === before ? [] : [{ id, after }];
}

function addEnd(
  ends: Map<string, LinkEnd>,
  id: string | null,
  types: readonly (number | string)[],
  labels: readonly string[],
): void {
  if (id === null) return;
  const known = ends.get(id);
  ends.set(id, { id, types: [...(known?.types ?? []), ...types], labels: [...(known?.labels ?? []), ...labels] });
}

function isNone(error: Readonly<Record<string, unknown>>): boolean {
  return String(error['subCategory'] ?? '').endsWith('NO_ASSOCIATIONS_FOUND');
}
