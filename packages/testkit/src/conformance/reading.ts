import type {
  CrmAdapter,
  Entities,
  EntityCapability,
  EntityName,
  Gone,
  Id,
  Instant,
  Page,
  ReadRequest,
  Reject,
} from '@holdfast/core';
import { expect, present } from './expect.ts';
import type { ConformanceWorld, EnteredRecord, RelationEntity } from './harness.ts';

/** What a read gave, from its first page to its last. */
export interface Drained<E extends EntityName> {
  readonly records: readonly Entities[E][];
  readonly rejects: readonly Reject[];
  readonly gone: readonly Gone[];
  readonly pages: readonly Page<E>[];
}

export type PagedRequest = Extract<ReadRequest, { readonly cursor: string | null }>;

export const FULL_READ: PagedRequest = { kind: 'all', cursor: null };

/** A window of changes, from its start. */
export function changedBetween(since: Instant, until: Instant): PagedRequest {
  return { kind: 'changed', since, until, cursor: null };
}

/** Reads on from the request's cursor, to the end or for at most `pages` pages. */
export async function drain<E extends EntityName>(
  adapter: CrmAdapter,
  entity: E,
  request: PagedRequest,
  pages = Number.POSITIVE_INFINITY,
): Promise<Drained<E>> {
  const read: Page<E>[] = [];
  let cursor: string | null = request.cursor;
  do {
    const page: Page<E> = await adapter.read(entity, { ...request, cursor });
    expect(
      page.next === null || page.next !== cursor || read.length === 0,
      'The cursor does not move: the read never ends.',
    );
    expect(read.length < 2000, 'More than 2,000 pages: the read never ends.');
    read.push(page);
    cursor = page.next;
  } while (cursor !== null && read.length < pages);
  return {
    records: read.flatMap((page) => page.records),
    rejects: read.flatMap((page) => page.rejects),
    gone: read.flatMap((page) => page.gone),
    pages: read,
  };
}

/** The records' ids, in order. */
export function idsOf(drained: { readonly records: readonly { readonly id: Id }[] }): readonly Id[] {
  return drained.records.map(({ id }) => id);
}

/** Records by their ids, asked for in parts as large as declared. */
export async function readByIds<E extends EntityName>(
  adapter: CrmAdapter,
  entity: E,
  ids: readonly Id[],
): Promise<Omit<Drained<E>, 'pages'>> {
  const size = readCapability(adapter, entity).pageSize.ids;
  const parts: Page<E>[] = [];
  for (let at = 0; at < ids.length; at += size) {
    parts.push(await adapter.read(entity, { kind: 'ids', ids: ids.slice(at, at + size) }));
  }
  return {
    records: parts.flatMap((page) => page.records),
    rejects: parts.flatMap((page) => page.rejects),
    gone: parts.flatMap((page) => page.gone),
  };
}

/** One record by its id; it must be there. */
export async function readOne<E extends EntityName>(adapter: CrmAdapter, entity: E, id: Id): Promise<Entities[E]> {
  const page = await adapter.read(entity, { kind: 'ids', ids: [id] });
  return present(
    page.records.find((record) => record.id === id),
    `${entity} ${id}, read by its id,`,
  );
}

/** How the adapter says that it reads an entity. */
export function readCapability(adapter: CrmAdapter, entity: EntityName): EntityCapability {
  return present(adapter.capabilities.read[entity], `The capability to read ${entity}`);
}

/** Time between two edits that must not count as one instant. */
export async function step(world: ConformanceWorld, capability: EntityCapability): Promise<Instant> {
  await world.advance(Math.max(60_000, capability.clockResolutionMs));
  return world.clock.now();
}

/** Lets the index catch up; answers an instant after all that happened. */
export async function settle(world: ConformanceWorld, capability: EntityCapability): Promise<Instant> {
  await world.advance(capability.indexLagMs);
  return step(world, capability);
}

/** Where each kind is an object of its own, a read must go on from one object to the next. */
const ACTIVITY_KINDS = ['call', 'email', 'meeting', 'note', 'task'] as const;

/** A plain record that differs from every other `number`. */
export function entered<E extends EntityName>(entity: E, number: number): EnteredRecord<E> {
  const records: { readonly [N in EntityName]?: EnteredRecord<N> } = {
    account: { name: `Account ${number}`, domain: `account-${number}.example.com` },
    contact: { name: `Robin Person${number}`, email: `person-${number}@example.com` },
    opportunity: { name: `Opportunity ${number}` },
    ticket: { subject: `Ticket ${number}` },
    activity: { kind: ACTIVITY_KINDS[number % ACTIVITY_KINDS.length]! },
    owner: { name: `Kim Owner${number}`, email: `owner-${number}@example.org` },
  };
  return (records[entity] ?? {}) as EnteredRecord<E>;
}

/** Enters `count` records, all at once on the CRM's clock. */
export async function enterMany(
  world: ConformanceWorld,
  entity: EntityName,
  count: number,
  from = 1,
): Promise<readonly Id[]> {
  const ids: Id[] = [];
  for (let number = from; number < from + count; number += 1)
    ids.push(await world.create(entity, entered(entity, number)));
  return ids;
}

/** A relation's whole sets, read as the adapter says they are read. */
export async function readRelations<R extends RelationEntity>(
  adapter: CrmAdapter,
  relation: R,
  ends: { readonly account?: readonly Id[]; readonly contact?: readonly Id[] },
): Promise<readonly Entities[R][]> {
  const { of, pageSize } = readCapability(adapter, relation);
  if (of === undefined) return (await drain(adapter, relation, FULL_READ)).records;
  const ids = present(of === 'account' || of === 'contact' ? ends[of] : null, `A way to read ${relation} of ${of}`);
  const found: Entities[R][] = [];
  for (let at = 0; at < ids.length; at += pageSize.ids) {
    const page = await adapter.read(relation, { kind: 'ids', ids: ids.slice(at, at + pageSize.ids) });
    found.push(...page.records);
  }
  return [...new Map(found.map((record) => [record.id, record])).values()];
}
