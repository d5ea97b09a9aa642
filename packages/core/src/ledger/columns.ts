/** Numbers in a typed array that doubles as it fills: eight bytes a value instead of an object. */
export interface Column {
  readonly push: (value: number) => void;
  readonly at: (index: number) => number;
}

/** An empty column of 64-bit floats: whole numbers up to 2^53 are exact in it. */
export function openColumn(): Column {
  let values = new Float64Array(64);
  let length = 0;
  return {
    push: (value) => {
      if (length === values.length) {
        const wider = new Float64Array(length * 2);
        wider.set(values);
        values = wider;
      }
      values[length++] = value;
    },
    at: (index) => values[index]!,
  };
}

/** Values that occur often, each kept once and known by its number. */
export interface Interned<Value> {
  readonly number: (text: string, make: () => Value) => number;
  readonly find: (text: string) => number | undefined;
  readonly value: (number: number) => Value;
}

/** An empty table of values known by a text. */
export function openInterned<Value>(): Interned<Value> {
  const numbers = new Map<string, number>();
  const values: Value[] = [];
  return {
    number: (text, make) => {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, values.length);
      return values.push(make()) - 1;
    },
    find: (text) => numbers.get(text),
    value: (number) => values[number]!,
  };
}
