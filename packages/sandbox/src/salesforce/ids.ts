const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const checksumAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The three characters that make a case-sensitive 15-character id safe to compare case-insensitively. */
export function checksum(id15: string): string {
  let suffix = '';
  for (let group = 0; group < 15; group += 5) {
    let bits = 0;
    for (let offset = 0; offset < 5; offset++) {
      const code = id15.charCodeAt(group + offset);
      if (code >= 65 && code <= 90) bits |= 1 << offset;
    }
    suffix += checksumAlphabet[bits];
  }
  return suffix;
}

/** True for a string shaped like a record id, 15 or 18 characters. */
const isId = (value: string): boolean => /^[0-9A-Za-z]{15}([0-9A-Za-z]{3})?$/.test(value);

/** The 18-character form of a 15- or 18-character id; undefined when it is no id. */
export function toId18(value: string): string | undefined {
  if (!isId(value)) return undefined;
  return value.length === 18 ? value : value + checksum(value);
}

function base62(value: number, width: number): string {
  let rest = value;
  let digits = '';
  for (let place = 0; place < width; place++) {
    digits = alphabet[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** Gives out ids in ascending order; the same seed gives the same ids. */
export interface IdSource {
  next(keyPrefix: string): string;
}

/** Makes an id source: key prefix, two characters of the instance (from the seed), `0`, and a counter per prefix. */
export function idSource(seed: number): IdSource {
  const counters = new Map<string, number>();
  const instance = base62((Math.abs(Math.trunc(seed)) * 7919 + 2025) % 3844, 2);
  return {
    next(keyPrefix) {
      const count = (counters.get(keyPrefix) ?? 0) + 1;
      counters.set(keyPrefix, count);
      const id15 = `${keyPrefix}${instance}0${base62(count, 9)}`;
      return id15 + checksum(id15);
    },
  };
}
