import { expect, test } from 'vitest';
import type { ReferralRecord } from '../model/types.ts';
import { followConversion } from './follow-conversion.ts';

const fields = {
  ...{ id: 'Referral:1', createdAt: null, updatedAt: null, key: 'k', state: null, credit: null, claimedOn: null },
  ...{ protectedUntilOn: null, decisionReason: null, policyVersion: null, rewardState: null, rewardAmount: null },
  ...{ advocateId: null, advocateAccountId: null, prospectId: 'Lead:1', accountId: null, opportunityId: null },
  ...{ advocateConfirmed: null, prospectConfirmed: null },
  ...{ convertedContactId: null, convertedAccountId: null, convertedOpportunityId: null },
} satisfies ReferralRecord;

test('a lead that was not converted is left alone', () => {
  expect(followConversion(fields)).toEqual({});
});

test('a converted lead: the contact takes its place, its account and sale only where none is named', () => {
  const converted = { ...fields, convertedContactId: 'Contact:1', convertedAccountId: 'Account:1' };
  expect(followConversion(converted)).toEqual({ prospectId: 'Contact:1', accountId: 'Account:1' });
  expect(followConversion({ ...converted, accountId: 'Account:2', convertedOpportunityId: 'Opportunity:1' })).toEqual({
    prospectId: 'Contact:1',
    opportunityId: 'Opportunity:1',
  });
});

test('following twice changes nothing more', () => {
  const converted = { ...fields, convertedContactId: 'Contact:1', convertedAccountId: 'Account:1' };
  expect(followConversion({ ...converted, ...followConversion(converted) })).toEqual({});
});
