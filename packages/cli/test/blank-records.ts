import type { Account, Contract, Opportunity } from '@holdfast/core';
import { entitySchemas } from '@holdfast/core/model';

/** An account with nothing known but what is given. */
export const anAccount = (fields: Partial<Account>): Account => ({
  ...(blank('account') as unknown as Account),
  ...fields,
});

/** A contract with nothing known but what is given. */
export const aContract = (fields: Partial<Contract>): Contract => ({
  ...(blank('contract') as unknown as Contract),
  ...fields,
});

/** An opportunity with nothing known but what is given. */
export const anOpportunity = (fields: Partial<Opportunity>): Opportunity => ({
  ...(blank('opportunity') as unknown as Opportunity),
  ...fields,
});

function blank(entity: 'account' | 'contract' | 'opportunity'): Readonly<Record<string, string | null>> {
  const fields = Object.keys(entitySchemas[entity].shape);
  return Object.fromEntries(fields.map((field) => [field, field === 'id' ? `${entity}:1` : null]));
}
