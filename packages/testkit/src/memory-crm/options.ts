import type { Clock, EntityName, Random } from '@holdfast/core';

/** How the in-memory CRM behaves. Everything but the clock has a plain default: no lag, no ties forced, generous pages. */
export interface MemoryCrmOptions {
  readonly clock: Clock;
  /** Draws each change's lag between 0 and `indexLagMs`; without it every change takes the whole lag. */
  readonly random?: Random;
  /** Records in a page of `all`, `changed` and `deleted`, ids in a read by id. Default 100. */
  readonly pageSize?: number;
  /** Default 100. */
  readonly batchSize?: number;
  /** Longest time between a change and its being seen by a read of changes. Default 0. */
  readonly indexLagMs?: number;
  /** Times of change are cut to a multiple of this; 1000 makes ties common. Default 1. */
  readonly clockResolutionMs?: number;
  /** Whether deletions can be asked for. Default `list`. */
  readonly deletions?: 'list' | 'sweep';
  /** The survivor of a merge is the winner, or a new record that both went into. Default `winner`. */
  readonly mergeInto?: 'winner' | 'new-record';
  /** One bad item fails alone, or the batch is refused whole. Default `per-item`. */
  readonly batchErrors?: 'per-item' | 'whole-batch';
  /** Without a unique key on tasks their creation is refused. Default true. */
  readonly uniqueTaskKey?: boolean;
  /** Whether every edit of a field that a past can be rebuilt from is kept and served. Default false. */
  readonly fieldHistory?: boolean;
  /** Whether the org has our own object for referrals. Default false. */
  readonly referralObject?: boolean;
  /** Whether notes on timelines are switched on. Default false. */
  readonly notes?: boolean;
  /** Entities that this org does not have, with the reason. */
  readonly unavailable?: { readonly [E in EntityName]?: string };
  /** Fields that this org does not have, with the reason: `{ account: { churnProbability: 'not installed' } }`. */
  readonly missing?: { readonly [E in EntityName]?: Readonly<Record<string, string>> };
}

export type MemoryCrmSettings = Required<Omit<MemoryCrmOptions, 'random'>> & { readonly random: Random };

/** The options with their defaults. */
export function withDefaults(options: MemoryCrmOptions): MemoryCrmSettings {
  return {
    clock: options.clock,
    random: options.random ?? (() => 1),
    pageSize: options.pageSize ?? 100,
    batchSize: options.batchSize ?? 100,
    indexLagMs: options.indexLagMs ?? 0,
    clockResolutionMs: options.clockResolutionMs ?? 1,
    deletions: options.deletions ?? 'list',
    mergeInto: options.mergeInto ?? 'winner',
    batchErrors: options.batchErrors ?? 'per-item',
    uniqueTaskKey: options.uniqueTaskKey ?? true,
    fieldHistory: options.fieldHistory ?? false,
    referralObject: options.referralObject ?? false,
    notes: options.notes ?? false,
    unavailable: {
      ...(options.notes ? {} : { note: 'notes are switched off' }),
      ...(options.fieldHistory ? {} : { fieldChange: 'this org keeps no history of fields' }),
      ...(options.referralObject ? {} : { referral: 'this org has no object for referrals' }),
      ...options.unavailable,
    },
    missing: options.missing ?? {},
  };
}
