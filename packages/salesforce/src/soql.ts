/** Text that is a piece of SOQL already: a name from describe, or the result of `soql`. Never user text. */
export interface Soql {
  readonly soql: string;
}

type Hole = Soql | string | number | boolean | null | readonly string[];

/**
 * Builds SOQL: every hole becomes a literal (texts quoted and escaped, lists in brackets), a `Soql` hole goes in as
 * it is. jsforce's own builder drops an empty `IN` and leaves backslashes unescaped, so it is not used. Throws
 * `RangeError` for an empty list: the caller has nothing to ask then.
 */
export function soql(parts: TemplateStringsArray, ...holes: readonly Hole[]): Soql {
  return { soql: parts.reduce((built, part, index) => built + literal(holes[index - 1] as Hole) + part) };
}

/** A name of a field, relation or object from describe or from the maps; throws when it is anything else. */
export function name(path: string): Soql {
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(path)) throw new RangeError('Not a field or object name');
  return { soql: path };
}

/**
 * An instant as an unquoted UTC literal. Stamps are whole seconds, so a bound between two becomes the one before it
 * where it is the lower one, and the one after it where it is the upper one: nothing of that second is hidden.
 */
export function instantLiteral(at: number, bound: 'lower' | 'upper'): Soql {
  const second = bound === 'lower' ? Math.floor(at / 1000) : Math.ceil(at / 1000);
  return { soql: new Date(second * 1000).toISOString().replace('.000Z', 'Z') };
}

/** Joins pieces, leaving out the empty ones. */
export function join(pieces: readonly (Soql | null)[], separator: string): Soql {
  return { soql: pieces.flatMap((piece) => (piece === null || piece.soql === '' ? [] : [piece.soql])).join(separator) };
}

/** Cuts a list into chunks that fit one `IN`. */
export function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

function literal(hole: Hole): string {
  if (hole === null) return 'NULL';
  if (typeof hole === 'string') return quote(hole);
  if (typeof hole === 'boolean') return hole ? 'TRUE' : 'FALSE';
  if (typeof hole === 'number') {
    if (!Number.isFinite(hole)) throw new RangeError('Not a finite number');
    return String(hole);
  }
  if ('soql' in hole) return hole.soql;
  if (hole.length === 0) throw new RangeError('An IN needs at least one value');
  return `(${hole.map(quote).join(',')})`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '"': '\\"',
  "'": "\\'",
  '\\': '\\\\',
};

/** Quoted Escape Sequences, SOQL and SOSL Reference. */
function quote(text: string): string {
  return `'${text.replace(/[\n\r\t\b\f"'\\]/g, (character) => ESCAPES[character] ?? character)}'`;
}
