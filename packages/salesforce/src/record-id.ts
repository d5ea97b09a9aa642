const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The 18-character form of a Salesforce record id: 15-character ids differ by case alone, so two records would
 * collide where case is ignored. The suffix holds which letters are capitals, five to a character. `null` for text
 * that is not an id. (Salesforce help 000385585.)
 */
export function recordId(value: string): string | null {
  if (!/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(value)) return null;
  const base = value.slice(0, 15);
  const suffix = [0, 5, 10].map((start) => ALPHABET[capitals(base.slice(start, start + 5))]).join('');
  return base + suffix;
}

function capitals(five: string): number {
  return [...five].reduce((bits, letter, index) => (letter >= 'A' && letter <= 'Z' ? bits | (1 << index) : bits), 0);
}
