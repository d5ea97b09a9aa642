/** The array itself where it has room for the index, else a copy of at least twice the length; new places hold 0. */
export function grown<A extends Int16Array | Int32Array | Float64Array>(array: A, index: number): A {
  if (index < array.length) return array;
  const longer = new (array.constructor as new (length: number) => A)(Math.max(2 * array.length, index + 1));
  longer.set(array);
  return longer;
}
