/** A stored value: a string as the API gives it, `null` for cleared, `undefined` for never set. */
export type Value = string | null | undefined;

/** One state of a record. Versions never change: the search index may still hold an older one. */
export interface Version {
  readonly record: HubRecord;
  /** Rises with every commit of the portal; tells which of two versions is the newer one. */
  readonly sequence: number;
  readonly updatedAt: number;
  readonly archivedAt: number | undefined;
  /** By slot; the table knows which property has which slot. Shorter than the slots when the rest was never set. */
  readonly values: readonly Value[];
}

/** A value that a property once had. */
export interface PastValue {
  readonly slot: number;
  readonly value: Value;
  readonly at: number;
  readonly by: 'api' | 'person' | 'system' | 'merge';
}

/** A record and where it stands: what a read sees, and what the search index has caught up with. */
export interface HubRecord {
  readonly id: number;
  readonly createdAt: number;
  current: Version;
  /** What search sees; undefined until the index has heard of the record. */
  indexed: Version | undefined;
  /** Number of the newest commit that the index has heard of; an older one that arrives later is ignored. */
  heard: number;
  /** Earlier values, oldest first; only for records that changed. */
  history: PastValue[] | undefined;
  /** Ids of records merged into this one, cumulative. */
  mergedIds: readonly number[];
}
