import { CrmError, type Id, parseId } from '@holdfast/core';

/** The two halves of a qualified id. Throws `invalid` for text that is none. */
export function idParts(id: Id): { readonly object: string; readonly nativeId: string } {
  try {
    return parseId(id);
  } catch (cause) {
    throw new CrmError('invalid', 'An id is not one of this org: make a new plan, or read the records again.', {
      cause,
    });
  }
}
