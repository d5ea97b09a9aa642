/**
 * A short text that is the same for the same content: two 32-bit FNV-1a sums (Fowler, Noll, Vo) with different starts,
 * over UTF-16 code units. Names a plan; it is no protection against forgery.
 */
export function fingerprint(parts: Iterable<string>): string {
  let a = 0x811c9dc5;
  let b = 0x050c5d1f;
  for (const part of parts) {
    for (let index = 0; index < part.length; index += 1) {
      const unit = part.charCodeAt(index);
      a = Math.imul(a ^ unit, 0x01000193);
      b = Math.imul(b ^ unit, 0x01000193);
    }
    // A mark between the parts, so that moving text from one to the next changes the sum.
    a = Math.imul(a ^ 0x1ffff, 0x01000193);
    b = Math.imul(b ^ 0x1ffff, 0x01000193);
  }
  const hex = (sum: number) => (sum >>> 0).toString(16).padStart(8, '0');
  return hex(a) + hex(b);
}

/** JSON with keys in order, so that equal values are equal texts; `undefined` fields are left out. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value).filter(([, it]) => it !== undefined);
  entries.sort(([x], [y]) => (x < y ? -1 : 1));
  return `{${entries.map(([key, it]) => `${JSON.stringify(key)}:${canonicalJson(it)}`).join(',')}}`;
}
