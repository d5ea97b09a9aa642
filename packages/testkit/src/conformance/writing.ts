import type { CrmAdapter, CrmError, Id, WritableEntity, Write, WriteCapability, WriteResult } from '@holdfast/core';
import { expectSame, isCrmError, present } from './expect.ts';
import type { ConformanceWorld } from './harness.ts';

/** Writes that update each of these records with the values for its place. */
export function updates<E extends WritableEntity>(
  _entity: E,
  ids: readonly Id[],
  values: (place: number) => Readonly<Record<string, unknown>>,
): readonly Write<E>[] {
  return ids.map((id, place) => ({ key: `w${place}`, target: { id }, set: values(place) as Write<E>['set'] }));
}

/** Writes a batch as the write queue does: what the CRM refuses whole is halved until the culprit stands alone. */
export async function writeOrSplit<E extends WritableEntity>(
  adapter: CrmAdapter,
  entity: E,
  batch: readonly Write<E>[],
): Promise<readonly WriteResult[]> {
  const capability: WriteCapability | undefined = adapter.capabilities.write[entity];
  const most = present(capability, `The capability to write ${entity}`).batchSize;
  if (batch.length > most) return writeParts(adapter, entity, batch, most);
  try {
    const results = await adapter.write(entity, batch);
    expectSame(
      results.map(({ key }) => key),
      batch.map(({ key }) => key),
      'One result per write, in order; the keys',
    );
    return results;
  } catch (error) {
    if (!isCrmError(error)) throw error;
    if (batch.length === 1) return [failed(batch[0]!, error)];
    if (!error.splittable) throw error;
    return writeParts(adapter, entity, batch, Math.ceil(batch.length / 2));
  }
}

/** The outcome of one write alone, thrown or told. */
export async function writeOne<E extends WritableEntity>(
  adapter: CrmAdapter,
  entity: E,
  write: Write<E>,
): Promise<WriteResult> {
  const [result] = await writeOrSplit(adapter, entity, [write]);
  return result!;
}

/** How many calls for writing the adapters have made so far. */
export function writeCalls(world: ConformanceWorld): number {
  return world.events.filter((event) => event.type === 'call' && event.purpose === 'write').length;
}

/** How many calls of any kind the adapters have made so far. */
export function allCalls(world: ConformanceWorld): number {
  return world.events.filter((event) => event.type === 'call').length;
}

async function writeParts<E extends WritableEntity>(
  adapter: CrmAdapter,
  entity: E,
  batch: readonly Write<E>[],
  size: number,
): Promise<readonly WriteResult[]> {
  const results: WriteResult[] = [];
  for (let at = 0; at < batch.length; at += size) {
    results.push(...(await writeOrSplit(adapter, entity, batch.slice(at, at + size))));
  }
  return results;
}

function failed(write: Write, error: CrmError): WriteResult {
  return { key: write.key, status: 'failed', error };
}
