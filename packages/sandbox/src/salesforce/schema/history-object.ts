import { idField, isDeletedField } from './common.ts';
import { field, lookup, systemOwned, text } from './field.ts';
import type { ObjectDef } from './object.ts';

/** The field history of an object: AccountHistory, OpportunityFieldHistory. Only tracked fields appear in it. */
export function historyObject(parent: string): ObjectDef {
  const name = parent === 'Opportunity' ? 'OpportunityFieldHistory' : `${parent}History`;
  return {
    name,
    label: `${parent} History`,
    labelPlural: `${parent} History`,
    keyPrefix: '017',
    createable: false,
    updateable: false,
    deletable: false,
    undeletable: false,
    fields: [
      idField(`${parent} History`),
      isDeletedField,
      lookup(`${parent}Id`, parent, 'Histories', { nillable: false, ...systemOwned }),
      lookup('CreatedById', 'User', null, { nillable: false, ...systemOwned }),
      field('CreatedDate', 'datetime', { nillable: false, ...systemOwned }),
      text('Field', 255, systemOwned),
      text('DataType', 40, systemOwned),
      field('OldValue', 'textarea', { length: 4000, ...systemOwned }),
      field('NewValue', 'textarea', { length: 4000, ...systemOwned }),
    ],
  };
}
