/** A list cut to what a page holds, with how many are left out. */
export interface CutList<T> {
  readonly shown: readonly T[];
  readonly more: number;
}

/** The first `most` of a list. */
export function cutList<T>(list: readonly T[], most: number): CutList<T> {
  return { shown: list.slice(0, most), more: Math.max(0, list.length - most) };
}
