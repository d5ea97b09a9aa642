import type { SalesforceOptions } from '../options.ts';
import { type Field, field, lookup, picklist, systemOwned, text } from './field.ts';

/** RecordTypeId: present only on objects that have record types. */
export const recordTypeField: Field = lookup('RecordTypeId', 'RecordType', null, {
  permissionable: false,
  defaultedOnCreate: true,
});

/** CurrencyIsoCode: present only in a multi-currency org. */
export const currencyField = (options: SalesforceOptions): Field =>
  picklist('CurrencyIsoCode', Object.keys(options.options?.currencyRates ?? { USD: 1 }), {
    label: 'Currency',
    length: 3,
    restricted: true,
    permissionable: false,
    defaultedOnCreate: true,
  });

/** What person accounts add to Account and Contact. */
export function personAccountFields(object: string): readonly Field[] {
  if (object === 'Contact')
    return [field('IsPersonAccount', 'boolean', { label: 'Is Person Account', ...systemOwned })];
  return [
    text('LastName', 80, { permissionable: false, compoundFieldName: 'Name' }),
    text('FirstName', 40, { permissionable: false, compoundFieldName: 'Name' }),
    text('Salutation', 40, { permissionable: false, compoundFieldName: 'Name' }),
    lookup('PersonContactId', 'Contact', null, systemOwned),
    field('IsPersonAccount', 'boolean', { label: 'Is Person Account', ...systemOwned }),
    field('PersonEmail', 'email', { label: 'Email', length: 80 }),
    field('PersonMobilePhone', 'phone', { label: 'Mobile', length: 40 }),
    text('PersonTitle', 80, { label: 'Title' }),
    field('PersonBirthdate', 'date', { label: 'Birthdate' }),
    field('PersonHasOptedOutOfEmail', 'boolean', { label: 'Email Opt Out' }),
  ];
}
