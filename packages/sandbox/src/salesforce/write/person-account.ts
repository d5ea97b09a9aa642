import type { ApiFault } from '../errors.ts';
import type { Call } from '../org.ts';
import type { Cell, Row } from '../store/row.ts';
import { cellOf, type SObject } from '../store/sobject.ts';

/** Fields that only person accounts have. */
const isPersonField = (name: string): boolean =>
  /^Person[A-Z]/.test(name) ||
  name.endsWith('__pc') ||
  name === 'FirstName' ||
  name === 'LastName' ||
  name === 'Salutation';

/** What a person account refuses: Name (it is made of first and last name), and a business account its person fields. */
export function personAccountFaults(
  _call: Call,
  object: SObject,
  row: Row | undefined,
  values: Map<string, Cell>,
): readonly ApiFault[] {
  if (object.def.name !== 'Account' || !object.fields.has('ispersonaccount')) return [];
  const isPerson =
    row === undefined ? (values.get('LastName') ?? null) !== null : cellOf(object, row, 'IsPersonAccount') === true;
  const wrong = [...values.keys()].filter((name) => (isPerson ? name === 'Name' : isPersonField(name)));
  if (wrong.length > 0) {
    return [
      {
        code: 'INVALID_FIELD_FOR_INSERT_UPDATE',
        message: `Account: bad field names on insert/update call: ${wrong.join(', ')}`,
        fields: wrong,
      },
    ];
  }
  if (row !== undefined && values.has('RecordTypeId') && values.size > 1) {
    return [
      {
        code: 'INVALID_FIELD_FOR_INSERT_UPDATE',
        message: 'Cannot change the record type of an account together with other fields',
        fields: ['RecordTypeId'],
      },
    ];
  }
  return [];
}
