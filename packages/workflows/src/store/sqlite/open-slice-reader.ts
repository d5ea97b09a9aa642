import type { Store } from '../store.ts';
import { openToRead } from './database.ts';
import { readSlices } from './read-slices.ts';
import { readSnapshots } from './snapshots.ts';

/** What a thread reads that helps to score: it changes nothing and needs no lease. */
export interface SliceReader extends Pick<Store, 'snapshots' | 'slices'> {
  readonly close: () => void;
}

/** Opens the file of a store that is open elsewhere in this process, for reading only. Throws `WorkspaceError`. */
export function openSliceReader(file: string): SliceReader {
  const database = openToRead(file);
  return {
    slices: async function* (range) {
      yield* readSlices(database, range);
    },
    snapshots: async (at, { from, limit }) => readSnapshots(database, at, from, limit),
    close: () => database.close(),
  };
}
