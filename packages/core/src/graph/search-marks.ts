import { type EdgeTable, MARK, STRIDE } from './edge-table.ts';

/** Two marks for each search that no node bears yet: for what lies below its top, and, one more, for what lies above its bottom. */
export type SearchMarks = () => number;

/** Marks are counted up from search to search; before they run out all are taken away. */
export function createSearchMarks(table: EdgeTable): SearchMarks {
  let last = 0;
  return () => {
    if (last > 2 ** 31 - 4) {
      for (let at = MARK; at < table.nodes.length; at += STRIDE) table.nodes[at] = 0;
      last = 0;
    }
    last += 2;
    return last;
  };
}
