/**
 * How a given answer differs from a recorded one, in keys and types: nothing when they are alike. Every recorded key must be
 * there with the same type, and no other. In lists, every given element must be like one of the recorded ones, and a list
 * may be longer or shorter. Definitions (schemas) of another account hold other names, so only what both have is compared.
 */
export function alike(recorded: unknown, given: unknown, path = '$'): string[] {
  if (typeOf(recorded) !== typeOf(given)) return [`${path}: ${typeOf(given)} for ${typeOf(recorded)}`];
  if (Array.isArray(recorded) && Array.isArray(given)) return alikeLists(recorded, given, path);
  if (typeof recorded !== 'object' || recorded === null) return [];
  const a = recorded as Readonly<Record<string, unknown>>;
  const b = given as Readonly<Record<string, unknown>>;
  const lacking = Object.keys(a)
    .filter((key) => !(key in b))
    .map((key) => `${path}.${key}: missing`);
  const extra = Object.keys(b)
    .filter((key) => !(key in a))
    .map((key) => `${path}.${key}: not recorded`);
  const inner = Object.keys(a).flatMap((key) => (key in b ? alike(a[key], b[key], `${path}.${key}`) : []));
  return [...lacking, ...extra, ...inner];
}

/** Elements with an id are compared with their own recording; others with whichever is nearest. */
function alikeLists(recorded: readonly unknown[], given: readonly unknown[], path: string): string[] {
  if (path === '$.results' && recorded.length !== given.length)
    return [`${path}: ${given.length} for ${recorded.length}`];
  if (recorded.length === 0) return [];
  return given.flatMap((one) => {
    const id = idOf(one);
    const twin = id === undefined ? undefined : recorded.find((other) => idOf(other) === id);
    if (twin !== undefined) return alike(twin, one, `${path}[${id}]`);
    const differences = recorded.map((other) => alike(other, one, `${path}[]`));
    return differences.reduce((best, next) => (next.length < best.length ? next : best));
  });
}

function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}
