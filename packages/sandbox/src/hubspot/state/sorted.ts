/** Position of the first element for which `before(element)` is false, in an array where those for which it is true come first. */
export function lowerBound<T>(array: readonly T[], before: (element: T) => boolean): number {
  let low = 0;
  let high = array.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(array[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Inserts into a sorted array, at once when the element belongs at the end. */
export function insertSorted<T>(array: T[], element: T, compare: (a: T, b: T) => number): void {
  const last = array[array.length - 1];
  if (last === undefined || compare(last, element) <= 0) array.push(element);
  else
    array.splice(
      lowerBound(array, (other) => compare(other, element) <= 0),
      0,
      element,
    );
}
