/**
 * The identity of a record across the house: the CRM's own object name and id, `company:42`, `Account:001...`.
 * One entity may come from several objects (an activity does), so a bare id would collide.
 */
export type Id = string;

/** Qualifies a CRM's own id by the object it belongs to. */
export function qualifyId(object: string, nativeId: string): Id {
  return `${object}:${nativeId}`;
}

/** The two halves of a qualified id; throws on text that is not one. */
export function parseId(id: Id): { readonly object: string; readonly nativeId: string } {
  const colon = id.indexOf(':');
  if (colon < 1 || colon === id.length - 1) throw new TypeError(`Not a qualified record id: ${JSON.stringify(id)}`);
  return { object: id.slice(0, colon), nativeId: id.slice(colon + 1) };
}
