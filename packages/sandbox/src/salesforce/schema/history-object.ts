import { idField, isDeletedField } from './common.ts';
import { decimal, field, lookup, picklist, systemOwned, text } from './field.ts';
import type { ObjectDef } from './object.ts';

const unchanging = { createable: false, updateable: false, deletable: false, undeletable: false } as const;

/** The lookup to the record that the history is of, which takes its history along when it goes. */
const parentLookup = (parent: string, relationship: string) =>
  lookup(`${parent}Id`, parent, relationship, { nillable: false, cascadeDelete: true, ...systemOwned });

const made = [
  lookup('CreatedById', 'User', null, { nillable: false, ...systemOwned }),
  field('CreatedDate', 'datetime', { nillable: false, ...systemOwned }),
];

/** Name of the object that keeps the field history of another. */
export const historyName = (parent: string): string =>
  parent === 'Opportunity' ? 'OpportunityFieldHistory' : `${parent}History`;

/** The field history of an object: AccountHistory, OpportunityFieldHistory. Only tracked fields appear in it. */
export function historyObject(parent: string): ObjectDef {
  return {
    name: historyName(parent),
    label: `${parent} History`,
    labelPlural: `${parent} History`,
    keyPrefix: '017',
    ...unchanging,
    fields: [
      idField(`${parent} History`),
      isDeletedField,
      parentLookup(parent, 'Histories'),
      ...made,
      text('Field', 255, systemOwned),
      text('DataType', 40, systemOwned),
      field('OldValue', 'textarea', { length: 4000, ...systemOwned }),
      field('NewValue', 'textarea', { length: 4000, ...systemOwned }),
    ],
  };
}

/** What an opportunity's stage, amount, close date and probability were, kept of every one. Object Reference, "OpportunityHistory". */
export const opportunityHistory: ObjectDef = {
  name: 'OpportunityHistory',
  label: 'Opportunity: Stage History',
  labelPlural: 'Opportunity: Stage History',
  keyPrefix: '008',
  ...unchanging,
  fields: [
    idField('Opportunity History'),
    isDeletedField,
    parentLookup('Opportunity', 'OpportunityHistories'),
    ...made,
    picklist('StageName', [], { label: 'Stage', ...systemOwned }),
    decimal('Amount', 'currency', 18, 2, systemOwned),
    decimal('ExpectedRevenue', 'currency', 18, 2, systemOwned),
    field('CloseDate', 'date', systemOwned),
    decimal('Probability', 'percent', 3, 0, systemOwned),
    picklist('ForecastCategory', [], systemOwned),
    field('SystemModstamp', 'datetime', { nillable: false, ...systemOwned }),
  ],
};
