import { type Entities, ROW_ENTITIES, type RowEntity, type RowHandlers, type RowReading } from '@holdfast/core';
import { type LinkStore, othersLinks } from '../store/own-links.ts';

/**
 * Runs readings over a stored book at once: each round reads each entity at most once, whoever asks for it. Links between
 * two people that we made ourselves are left out.
 */
export async function feedRows(
  store: LinkStore,
  readings: readonly Pick<RowReading<unknown>, 'rounds'>[],
  signal?: AbortSignal,
): Promise<void> {
  const rounds = Math.max(...readings.map((reading) => reading.rounds.length));
  for (let round = 0; round < rounds; round += 1) {
    const asking = readings.flatMap((reading) => reading.rounds[round]?.() ?? []);
    for (const entity of ROW_ENTITIES) {
      signal?.throwIfAborted();
      await feedEntity(store, entity, asking);
    }
  }
}

async function feedEntity<E extends RowEntity>(
  store: LinkStore,
  entity: E,
  asking: readonly RowHandlers[],
): Promise<void> {
  const handlers: readonly NonNullable<RowHandlers[E]>[] = asking.flatMap((it) => it[entity] ?? []);
  if (handlers.length === 0) return;
  const rows = entity === 'referralLink' ? othersLinks(store) : store.records(entity);
  for await (const row of rows as AsyncIterable<Entities[E]>) for (const handle of handlers) handle(row);
}
