/** What had to be read from one source, and how many records a page of it holds. */
export interface SourceRead {
  readonly records: number;
  readonly pageSize: number;
}
/** What had to be written to one entity, and how many a batch holds. */
export interface EntityWrite {
  readonly writes: number;
  readonly batchSize: number;
}

/**
 * The least number of calls that could do it: each source's pages, and each entity's batches twice, once to read them
 * again and once to write them.
 */
export function minimumCalls(reads: readonly SourceRead[], writes: readonly EntityWrite[]): number {
  const pages = reads.reduce((sum, { records, pageSize }) => sum + Math.ceil(records / pageSize), 0);
  const batches = writes.reduce((sum, write) => sum + Math.ceil(write.writes / write.batchSize), 0);
  return pages + 2 * batches;
}
