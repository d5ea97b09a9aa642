import type { Call } from '../org.ts';
import { idOf, type Row } from '../store/row.ts';
import { cellOf, type SObject } from '../store/sobject.ts';

/** True when sharing hides the record from this user. */
export const hiddenFrom = (call: Call, object: SObject, row: Row): boolean =>
  call.user.viewAllData === false &&
  (call.org.hidden.has(idOf(row)) ||
    (call.org.settings.privateObjects?.includes(object.def.name) === true &&
      cellOf(object, row, 'OwnerId') !== call.user.id));
