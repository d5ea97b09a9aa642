import { type CrmAdapter, CrmError, EMPTY_CHECKPOINT, type EntityName, type Instant } from '@holdfast/core';
import { type CapShares, createCallCap } from '../run/call-cap.ts';
import type { CallMeter } from '../run/call-meter.ts';
import type { RetryContext } from '../run/with-retries.ts';
import type { Store } from '../store/store.ts';
import { partyKeys } from '../workspace/workspace-digest.ts';
import { type EntityPull, pullEntity } from './pull-entity.ts';
import { READING_ORDER } from './reading-order.ts';

export interface PullOptions extends RetryContext {
  /** Score the book as of this instant; the pull's start by default. */
  readonly asOf?: Instant;
  /** Only these; all that the org has by default. */
  readonly entities?: readonly EntityName[];
  /** Read everything, whatever is due. */
  readonly full?: boolean;
  readonly sweepEveryMs?: number;
  readonly relationSweepEveryMs?: number;
  readonly clockSkewMs?: number;
  /** A person said that a fifth or more of an entity's records may go. */
  readonly acceptShrink?: boolean;
  readonly meter?: CallMeter;
  readonly shares?: CapShares;
  /**
   * Read the history of fields too, which backtest and fit see the past by. It costs further calls and scores nothing, so
   * it is left out unless asked for here, or named in `entities`.
   */
  readonly history?: boolean;
  /**
   * The workspace's keyed digest. Who took part in mails and meetings is read only with it, since nothing of other people
   * is stored in clear: addresses, names and conversations become digests on their way into the store.
   */
  readonly digest?: (text: string) => string;
  readonly onProgress?: (progress: EntityPull) => void;
}

/** What a pull read. `startedAt` is the default `asOf` of the scores made from it. */
export interface PullReport {
  readonly startedAt: Instant;
  readonly asOf: Instant;
  readonly entities: readonly EntityPull[];
}

/**
 * Brings the store up to date with the CRM, entity by entity. It may die between any two steps: the next pull goes on
 * from the last stored page. Throws `CrmError` when the CRM refuses or stays away, and `WorkspaceError` when the
 * workspace belongs to another org, when a guard stops the run, or when another run took over.
 */
export async function pull(adapter: CrmAdapter, store: Store, options: PullOptions): Promise<PullReport> {
  const { crm, org, read } = adapter.capabilities;
  await store.bindOrg(crm, org.id);
  const startedAt = options.clock.now();
  const cap = createCallCap(adapter, options.meter, options.shares);
  const entities: EntityPull[] = [];
  const keys = options.digest && { digest: partyKeys(options.digest) };
  for (const entity of READING_ORDER) {
    const capability = read[entity];
    if (!isAskedFor(entity, options)) continue;
    if (!capability) {
      await setAside(store, entity);
      continue;
    }
    entities.push(await pullEntity(adapter, store, entity, capability, { ...options, ...keys, startedAt, cap }));
  }
  return { startedAt, asOf: options.asOf ?? startedAt, entities };
}

function isAskedFor(entity: EntityName, { entities, history, digest }: PullOptions): boolean {
  if (HELD_AS_DIGESTS.includes(entity) && !digest) return false;
  if (entity === 'fieldChange' && history) return true;
  return entities?.includes(entity) ?? entity !== 'fieldChange';
}

const HELD_AS_DIGESTS: readonly EntityName[] = ['mailParties', 'meetingParties'];

/**
 * What can no longer be read grows old in the store, and would be scored as if it were of today: it is taken out, and
 * read anew from the start once it can be read again.
 */
async function setAside(store: Store, entity: EntityName): Promise<void> {
  if (Object.keys(await store.countByObject(entity)).length === 0) return;
  if (entity === 'account')
    throw new CrmError(
      'permission',
      'Accounts can no longer be read, so there is no book: run check, then pull again.',
    );
  const nothing = { upsert: [], keepNewer: false, seen: [], rejects: [], gone: [], goneEntity: entity, replace: null };
  const sweep = await store.mark();
  await store.commitPage(entity, { checkpoint: EMPTY_CHECKPOINT, effects: { ...nothing, sweep } });
}
