/** What a person is called in texts. */
export interface PersonWords {
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

const FORGOTTEN = '[forgotten]';
const NUMBER = /\+?\(?\d[\d\s().\-/]{5,}\d/gu;
/** So many digits at the end tell a number, however its country is written. */
const ENDING = 9;
const FEWEST = 7;
const LETTER = '[\\p{L}\\p{M}\\p{N}_]';
const BLANK = '(?:\\s|&nbsp;|%20|\\+|\\\\[nrt])+';

/**
 * A function that takes a person out of any text, as it stands in JSON, HTML, CSV or an address line: whole ids, whole names
 * in either order, addresses with and without a tag, mailboxes that are not one plain word, numbers however they are spaced.
 * Whole words only: contact 1 is not contact 12, nor Smith Smithson.
 */
export function personEraser({ ids, names, emails, phones }: PersonWords): (text: string) => string {
  const exact = alternatives([...ids.map(whole), ...names.filter((it) => !isPhrase(it)).flatMap(plainName)], 'gu');
  const loose = alternatives([...names.filter(isPhrase).flatMap(phrase), ...emails.flatMap(address)], 'giu');
  const numbers = phones.map(digits).filter((it) => it.length >= FEWEST);
  const isTheirs = (found: string) => numbers.some((it) => sameNumber(digits(found), it));
  return (text) => {
    const worded = text.replace(loose, FORGOTTEN).replace(exact, FORGOTTEN);
    return numbers.length === 0 ? worded : worded.replace(NUMBER, (it) => (isTheirs(it) ? FORGOTTEN : it));
  };
}

/** Nothing to look for is found nowhere. */
function alternatives(patterns: readonly string[], flags: string): RegExp {
  return new RegExp(patterns.length === 0 ? '(?!)' : patterns.join('|'), flags);
}

function isPhrase(name: string): boolean {
  return /\S\s+\S/.test(name.trim());
}

/** A single word is often one of the language too: as it is written, and in capitals; no name of a JSON field. */
function plainName(name: string): readonly string[] {
  const word = name.trim();
  return word === '' ? [] : [word, word.toUpperCase()].map((it) => `${bounded(written(it))}(?!":)`);
}

function phrase(name: string): readonly string[] {
  const parts = name.trim().split(/\s+/).map(written);
  const turned = [`${parts.at(-1)},?`, ...parts.slice(0, -1)];
  return [parts, turned].map((it) => bounded(it.join(BLANK)));
}

/** A word as JSON, HTML, CSV and an address line write it, and with its marks apart or left out. */
function written(word: string): string {
  const apart = word.normalize('NFD');
  const forms = [word, word.normalize('NFC'), apart, apart.replace(/\p{M}/gu, '')].map(inAnyText);
  return `(?:${[...new Set([...forms, literal(encodeURIComponent(word))])].join('|')})`;
}

/** Signs that some form of text writes in its own way; JSON within JSON has more backslashes. */
const SIGNS: readonly (readonly [sign: string, pattern: string])[] = [
  ['&', '&(?:amp;)?'],
  ['"', '(?:(?:\\\\*"){1,2}|&quot;)'],
  ["'", "(?:'|&#39;|&#x27;)"],
  ['<', '(?:<|&lt;)'],
  ['>', '(?:>|&gt;)'],
];

function inAnyText(word: string): string {
  return SIGNS.reduce((pattern, [sign, any]) => pattern.replaceAll(sign, () => any), literal(word));
}

function address(email: string): readonly string[] {
  const [mailbox = '', host = ''] = email.trim().split('@');
  if (mailbox === '' || host === '') return [];
  const bare = mailbox.replace(/\+.*$/, '');
  const at = '(?:@|%40|&#64;|\\\\u0040)';
  const after = `(?!${LETTER}|[.-][\\p{L}\\p{N}])`;
  const full = [...new Set([mailbox, bare])].map(
    (it) => `${before('.+-')}${literal(it)}(?:\\+[^\\s@]*)?${at}${literal(host)}${after}`,
  );
  const isTelling = bare.length >= 5 && /[\p{L}\p{N}][._-][\p{L}\p{N}]|\p{N}/u.test(bare);
  return isTelling ? [...full, bounded(literal(bare))] : full;
}

function whole(word: string): string {
  return bounded(literal(word));
}

function bounded(pattern: string): string {
  return `${before('')}${pattern}(?!${LETTER})`;
}

/** Where a word begins, also behind a line break as JSON writes it and a sign as an address line does. */
function before(others: string): string {
  return `(?<=^|[^\\p{L}\\p{M}\\p{N}_${others}]|\\\\[nrtbf]|%[0-9A-Fa-f]{2})`;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function digits(text: string): string {
  return text.replace(/\D/g, '');
}

function sameNumber(a: string, b: string): boolean {
  return a === b || (Math.min(a.length, b.length) >= ENDING && a.slice(-ENDING) === b.slice(-ENDING));
}
