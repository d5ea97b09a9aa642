import { invalid } from '../http/api-error.ts';
import { isObject } from '../http/call.ts';
import type { AssociationType } from '../schema/association-type.ts';
import { type Actor, note } from '../state/commit.ts';
import { addLink, dropLink, linksOf, typesBetween } from '../state/links.ts';
import type { Portal } from '../state/portal.ts';
import type { Table } from '../state/table.ts';
import { moveRollups } from './rollups.ts';

/** A record to link to, and by which types. */
export interface LinkTarget {
  readonly table: Table;
  readonly id: number;
  readonly types: readonly number[];
}

/** Kinds whose first link of a record is made primary as well, as HubSpot does for a first company. */
const primaryOf = new Map([
  [279, 1],
  [341, 5],
  [339, 26],
]);

/** The unlabelled kind between two object types: what "default" means. Throws a 400 when they cannot be linked. */
export function defaultType(portal: Portal, from: string, to: string): AssociationType {
  for (const type of portal.associationTypes.values()) if (type.from === from && type.to === to) return type;
  throw invalid(`Associations between object types ${from} and ${to} are not supported`);
}

/** The type ids of a request's `[{associationCategory, associationTypeId}]`. Throws a 400 for an unknown one. */
export function resolveTypes(portal: Portal, from: Table, given: unknown, to?: Table): readonly number[] {
  if (!Array.isArray(given) || given.length === 0 || !given.every(isObject)) {
    throw invalid('At least one association type is required');
  }
  return given.map((one) => {
    const type = portal.associationTypes.get(Number(one['associationTypeId']));
    const fits = type?.from === from.type.id && (to === undefined || type.to === to.type.id);
    if (type === undefined || !fits || type.category !== one['associationCategory']) {
      const asked = `${String(one['associationCategory'])} association type ${String(one['associationTypeId'])}`;
      throw invalid(`${asked} is not valid between the given objects`);
    }
    return type.typeId;
  });
}

/**
 * Links two records by the given types, both directions. Custom labels of the pair that are not given are replaced; the
 * unlabelled link always exists beside a labelled one; a new primary takes the place of the old one without a word.
 */
export function linkRecords(
  portal: Portal,
  from: Table,
  id: number,
  to: Table,
  toId: number,
  types: readonly number[],
  by: Actor,
): void {
  const pair = { from, id, to, toId };
  const fresh = typesBetween(portal.links, from.type.id, to.type.id, id, toId).length === 0;
  const wanted = new Set(types);
  const standard = defaultType(portal, from.type.id, to.type.id);
  const hierarchy = types.some((type) => type === 13 || type === 14);
  if (!hierarchy) wanted.add(standard.typeId);
  replaceLabels(portal, pair, wanted, by);
  const primary = primaryOf.get(standard.typeId) ?? primaryOf.get(standard.inverse);
  if (primary !== undefined) addFirstPrimary(portal, pair, primary, wanted);
  for (const type of wanted) addOne(portal, pair, type, by);
  if (fresh) moveRollups(portal, from, id, to, toId);
}

/** Removes the link of two records: of the given types, or altogether. */
export function unlinkRecords(
  portal: Portal,
  from: Table,
  id: number,
  to: Table,
  toId: number,
  types: readonly number[] | undefined,
  by: Actor,
): void {
  const all = typesBetween(portal.links, from.type.id, to.type.id, id, toId);
  for (const type of types ?? all) removeOne(portal, { from, id, to, toId }, type, by);
}

interface Pair {
  readonly from: Table;
  readonly id: number;
  readonly to: Table;
  readonly toId: number;
}

function replaceLabels(portal: Portal, pair: Pair, wanted: ReadonlySet<number>, by: Actor): void {
  for (const type of typesBetween(portal.links, pair.from.type.id, pair.to.type.id, pair.id, pair.toId)) {
    const custom = portal.associationTypes.get(type)?.category === 'USER_DEFINED';
    if (custom && !wanted.has(type)) removeOne(portal, pair, type, by);
  }
}

/** A contact's, deal's or ticket's first company becomes its primary one, whichever side the link is made from. */
function addFirstPrimary(portal: Portal, pair: Pair, primary: number, wanted: Set<number>): void {
  const type = portal.associationTypes.get(primary);
  if (type === undefined) return;
  const forth = type.from === pair.from.type.id;
  const holder = forth ? pair.id : pair.toId;
  if (linksOf(portal.links, type.from, type.to, holder).length === 0) wanted.add(forth ? type.typeId : type.inverse);
}

function addOne(portal: Portal, pair: Pair, typeId: number, by: Actor): void {
  const type = portal.associationTypes.get(typeId);
  if (type === undefined) return;
  displacePrimary(portal, pair, type, by);
  const { from, id, to, toId } = pair;
  if (!addLink(portal.links, type.from, type.to, id, toId, typeId)) return;
  addLink(portal.links, type.to, type.from, toId, id, type.inverse);
  note(portal, {
    at: portal.clock.now(),
    by,
    action: 'link',
    object: from.type.name,
    id: String(id),
    field: `${to.type.name}:${typeId}`,
    to: String(toId),
  });
}

function removeOne(portal: Portal, pair: Pair, typeId: number, by: Actor): void {
  const { from, id, to, toId } = pair;
  const type = portal.associationTypes.get(typeId);
  if (type === undefined || dropLink(portal.links, from.type.id, to.type.id, id, toId, typeId).length === 0) return;
  dropLink(portal.links, to.type.id, from.type.id, toId, id, type.inverse);
  note(portal, {
    at: portal.clock.now(),
    by,
    action: 'unlink',
    object: from.type.name,
    id: String(id),
    field: `${to.type.name}:${typeId}`,
    from: String(toId),
  });
}

function displacePrimary(portal: Portal, pair: Pair, type: AssociationType, by: Actor): void {
  const forth = type.primary;
  const single = forth ? type : portal.associationTypes.get(type.inverse);
  if (single === undefined || !single.primary) return;
  const [holderTable, holder, otherTable, other] = forth
    ? [pair.from, pair.id, pair.to, pair.toId]
    : [pair.to, pair.toId, pair.from, pair.id];
  const flat = linksOf(portal.links, holderTable.type.id, otherTable.type.id, holder);
  for (let i = 0; i < flat.length; i += 2) {
    if (flat[i + 1] !== single.typeId || flat[i] === other) continue;
    removeOne(portal, { from: holderTable, id: holder, to: otherTable, toId: flat[i] as number }, single.typeId, by);
    return;
  }
}
