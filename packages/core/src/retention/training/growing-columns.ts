type Column = Float64Array | Int32Array | Uint8Array;

/** A typed array that grows as it is filled; memory is at most twice what it holds. */
export interface GrowingColumn<A extends Column> {
  readonly push: (value: number) => void;
  /** A copy of exactly what was pushed. */
  readonly finish: () => A;
}

/** An empty column of a type: `growingColumn((length) => new Float64Array(length))`. */
export function growingColumn<A extends Column>(make: (length: number) => A): GrowingColumn<A> {
  let values = make(256);
  let count = 0;
  return {
    push: (value) => {
      if (count === values.length) {
        const larger = make(2 * count);
        larger.set(values);
        values = larger;
      }
      values[count] = value;
      count += 1;
    },
    finish: () => {
      const exact = make(count);
      exact.set(values.subarray(0, count));
      return exact;
    },
  };
}

/** Texts by their number, in the order in which they were first met. */
export function growingIndex() {
  const numbers = new Map<string, number>();
  return {
    numberOf: (text: string): number => {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, numbers.size);
      return numbers.size - 1;
    },
    finish: (): readonly string[] => [...numbers.keys()],
  };
}
