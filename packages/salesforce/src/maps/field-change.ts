import { instant } from '../codecs.ts';
import { constant, fields } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

/** What a row of a History object gives; the adapter puts both values into the domain's own (`read/history.ts`). */
const row = {
  createdAt: fields<number | null>(['CreatedDate'], ({ CreatedDate }, context) => instant.decode(CreatedDate, context)),
  updatedAt: fields<number | null>(['CreatedDate'], ({ CreatedDate }, context) => instant.decode(CreatedDate, context)),
  at: fields<number>(['CreatedDate'], ({ CreatedDate }, context) => instant.decode(CreatedDate, context) ?? 0),
  field: fields<string>(['Field'], ({ Field }) => String(Field ?? '')),
  kind: constant('change'),
  before: fields<string | null>(['OldValue'], () => null),
  after: fields<string | null>(['NewValue'], () => null),
} as const;

const of = <const E extends string>(entity: E, lookup: string) => ({
  entity: constant(entity),
  recordId: fields<string | null>([lookup], () => null),
});

/**
 * Field history, of the fields that the org tracks (20 an object), kept for 18 months and given by the API for 24. Stage,
 * amount and close date of opportunities are kept of every one and without end in OpportunityHistory, and read there
 * (Object Reference, "OpportunityHistory" and "StandardObjectNameHistory").
 */
export const fieldChange = {
  sources: [
    { object: 'AccountHistory', fields: { ...row, ...of('account', 'AccountId') } },
    {
      object: 'OpportunityHistory',
      fields: {
        ...row,
        ...of('opportunity', 'OpportunityId'),
        kind: constant('entry'),
        field: fields<string>(['StageName', 'Amount', 'CloseDate'], () => ''),
        after: fields<string | null>(['StageName', 'Amount', 'CloseDate'], () => null),
        before: constant(null),
      },
    },
    { object: 'OpportunityFieldHistory', fields: { ...row, ...of('opportunity', 'OpportunityId') } },
    { object: 'ContractHistory', fields: { ...row, ...of('contract', 'ContractId') } },
    { object: 'OrderHistory', fields: { ...row, ...of('order', 'OrderId') } },
    { object: 'OrderItemHistory', fields: { ...row, ...of('orderLine', 'OrderItemId') } },
    { object: 'CaseHistory', fields: { ...row, ...of('ticket', 'CaseId') } },
  ],
} as const satisfies SalesforceMap<'fieldChange'>;
