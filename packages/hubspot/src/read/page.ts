import type { EntityName, Page } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { decodeRecords, nativeIdOf } from '../decode.ts';
import { asObject } from '../json.ts';
import type { Session } from '../session.ts';
import type { SourcePlan } from '../source-plan.ts';
import { inlineLinks, type LinkEnd, readLinks } from './links.ts';

/** A page that ends nothing and holds nothing. */
export const EMPTY_PAGE = { records: [], rejects: [], gone: [], next: null, servedAt: null } as const;

/** Records of a list with the links inside them; a list of links that is cut off is read on. */
export async function pageWithInlineLinks<E extends EntityName>(
  session: Session,
  entity: E,
  plan: SourcePlan,
  raws: readonly unknown[],
  call: CallOptions,
): Promise<Omit<Page<E>, 'next' | 'servedAt'>> {
  const objects = linkedObjects(plan);
  const inline = raws.map((raw) => inlineLinks(asObject(raw)['associations'], objects));
  const whole = new Map<string, ReadonlyMap<string, readonly LinkEnd[]>>();
  for (const object of objects) {
    const ids = raws.flatMap((raw, index) => (inline[index]?.paged.includes(object) ? (nativeIdOf(raw) ?? []) : []));
    if (ids.length > 0) whole.set(object, await readLinks(session.client, plan.object, object, ids, call));
  }
  const records = raws.map((raw, index) => {
    const id = nativeIdOf(raw) ?? '';
    const links = new Map(inline[index]?.ends);
    for (const [object, byId] of whole) {
      const ends = byId.get(id);
      if (ends !== undefined) links.set(object, ends);
    }
    return { raw, links };
  });
  return decodeRecords(entity, plan, session.codec, records);
}

/** Records of a search or batch read, whose answers hold no links: those are read beside, one call for each kind. */
export async function pageWithReadLinks<E extends EntityName>(
  session: Session,
  entity: E,
  plan: SourcePlan,
  raws: readonly unknown[],
  call: CallOptions,
): Promise<Omit<Page<E>, 'next' | 'servedAt'>> {
  const ids = raws.flatMap((raw) => nativeIdOf(raw) ?? []);
  const byObject = new Map<string, ReadonlyMap<string, readonly LinkEnd[]>>();
  for (const object of linkedObjects(plan)) {
    if (ids.length > 0) byObject.set(object, await readLinks(session.client, plan.object, object, ids, call));
  }
  const records = raws.map((raw) => {
    const id = nativeIdOf(raw) ?? '';
    const links = new Map([...byObject].flatMap(([object, ends]) => withEnds(object, ends.get(id))));
    return { raw, links };
  });
  return decodeRecords(entity, plan, session.codec, records);
}

/** The same for a caller who needs the records' own fields only: no further call. */
export async function pageWithoutLinks<E extends EntityName>(
  session: Session,
  entity: E,
  plan: SourcePlan,
  raws: readonly unknown[],
): Promise<Omit<Page<E>, 'next' | 'servedAt'>> {
  const links: ReadonlyMap<string, readonly LinkEnd[]> = new Map();
  return decodeRecords(
    entity,
    plan,
    session.codec,
    raws.map((raw) => ({ raw, links })),
  );
}

/** The objects that a plan's links lead to, each once. */
export function linkedObjects(plan: SourcePlan): readonly string[] {
  return [...new Set(plan.links.map((link) => link.object))];
}

function withEnds(object: string, ends: readonly LinkEnd[] | undefined): readonly [string, readonly LinkEnd[]][] {
  return ends === undefined ? [] : [[object, ends]];
}
