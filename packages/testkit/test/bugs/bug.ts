import type {
  CrmAdapter,
  CrmCapabilities,
  EntityName,
  Page,
  ReadRequest,
  WritableEntity,
  Write,
  WriteResult,
} from '@holdfast/core';
import type { CaseId, MemoryCrm } from '@holdfast/testkit';
import type { Extra, Options, Tamper } from '../memory-harness.ts';

/** A mistake that an adapter could make, and the cases that must fail because of it. */
export interface Bug {
  readonly name: string;
  readonly caughtBy: readonly CaseId[];
  readonly tamper?: Tamper;
  readonly options?: Options;
  readonly extra?: Extra;
}

/** A page of nothing, the last. */
export const NOTHING: Page = { records: [], rejects: [], gone: [], next: null, servedAt: null };

export type Read = (entity: EntityName, request: ReadRequest, signal?: AbortSignal) => Promise<Page>;
export type Writing = (
  entity: WritableEntity,
  batch: readonly Write[],
  signal?: AbortSignal,
) => Promise<readonly WriteResult[]>;

/** Breaks reading: `make` is called once for each connection. */
export function onRead(make: (read: Read, crm: MemoryCrm, adapter: CrmAdapter) => Read): Tamper {
  return (adapter, crm) => ({
    ...adapter,
    read: make(adapter.read as Read, crm, adapter) as unknown as CrmAdapter['read'],
  });
}

/** Breaks what a read answers. */
export function onPage(change: (page: Page, request: ReadRequest, entity: EntityName) => Page): Tamper {
  return onRead(
    (read) => async (entity, request, signal) => change(await read(entity, request, signal), request, entity),
  );
}

/** Breaks writing: `make` is called once for each connection. */
export function onWrite(make: (write: Writing, crm: MemoryCrm, adapter: CrmAdapter) => Writing): Tamper {
  return (adapter, crm) => ({
    ...adapter,
    write: make(adapter.write as unknown as Writing, crm, adapter) as unknown as CrmAdapter['write'],
  });
}

/** Breaks what is sent. */
export function onSent(change: (write: Write, entity: WritableEntity) => Write): Tamper {
  return onWrite(
    (write) => (entity, batch, signal) =>
      write(
        entity,
        batch.map((one) => change(one, entity)),
        signal,
      ),
  );
}

/** Breaks what is declared. */
export function onDeclared(change: (capabilities: CrmCapabilities) => Partial<CrmCapabilities>): Tamper {
  return (adapter) => ({ ...adapter, capabilities: { ...adapter.capabilities, ...change(adapter.capabilities) } });
}

/** A write with other values; no type can follow what the bugs do to them. */
export function withSet(write: Write, set: Readonly<Record<string, unknown>>): Write {
  return { ...write, set: set as Write['set'] };
}

/** The result of a write that went well. */
export function written(write: Write): WriteResult {
  return { key: write.key, status: 'written', id: 'id' in write.target ? write.target.id : 'task:1' };
}
