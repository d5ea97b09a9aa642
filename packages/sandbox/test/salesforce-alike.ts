/** An object of unknown members. */
export type Bag = Record<string, unknown>;

/** True for a plain object. */
export const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Maps whose keys are data: links differ by object and version. */
const dictionaries = new Set(['urls', 'httpHeaders']);

const ofDescribe = new Set([
  'childRelationships',
  'fields',
  'recordTypeInfos',
  'picklistValues',
  'sobjects',
  'supportedScopes',
  'sObjects',
]);

/** Where two answers differ in keys or types; lists of results and records one by one. */
export function alike(recorded: unknown, answered: unknown, path = ''): readonly string[] {
  if (Array.isArray(recorded) && Array.isArray(answered)) {
    // Lists of a describe are the org's own: their elements' shape counts. Results and records are compared one by one.
    const count = ofDescribe.has(path.split('.').at(-1) ?? '') ? 1 : Math.max(recorded.length, answered.length);
    if (count === 1 && (recorded.length === 0 || answered.length === 0)) return [];
    return Array.from({ length: count }, (_, index) =>
      alike(recorded[index], answered[index], `${path}[${index}]`),
    ).flat();
  }
  if (isBag(recorded) && isBag(answered)) {
    if (dictionaries.has(path.split('.').at(-1) ?? '')) return [];
    const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
    const missing = Object.keys(recorded).filter((key) => !(key in answered));
    const extra = Object.keys(answered).filter((key) => !(key in recorded));
    const common = Object.keys(recorded).filter((key) => key in answered);
    return [
      ...missing.map((key) => `${at(key)} is missing`),
      ...extra.map((key) => `${at(key)} is not recorded`),
      ...common.flatMap((key) => alike(recorded[key], answered[key], at(key))),
    ];
  }
  const kind = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
  if (path.endsWith('relationshipName') && recorded !== undefined && answered !== undefined) return [];
  return kind(recorded) === kind(answered) ? [] : [`${path} is ${kind(answered)}, recorded ${kind(recorded)}`];
}

/** In a describe the names of the fields are part of the answer. */
export function fieldNames(recorded: unknown, answered: unknown): readonly string[] {
  if (!isBag(recorded) || !isBag(answered) || !Array.isArray(recorded.fields) || !Array.isArray(answered.fields))
    return [];
  const names = (fields: readonly unknown[]): Set<string> =>
    new Set(fields.map((field) => String((field as Bag).name)));
  const [ours, theirs] = [names(answered.fields), names(recorded.fields)];
  return [...theirs].filter((name) => !ours.has(name)).map((name) => `field ${name} is missing`);
}
