import { salesforce } from '@holdfast/salesforce';
import { adapterConformance, type ConformanceHarness } from '@holdfast/testkit';
import { describe, test } from 'vitest';
import { openWorld } from './conformance-world.ts';

const noMerge = 'Salesforce merges accounts and contacts (and leads) alone';

const harness: ConformanceHarness = {
  name: 'Salesforce',
  maps: salesforce.maps,
  serves: [
    'owner',
    'account',
    'accountParent',
    'contact',
    'contactRole',
    'opportunity',
    'lead',
    'contract',
    'order',
    'orderLine',
    'ticket',
    'activity',
    'mailParties',
    'meetingParties',
    'task',
    'note',
    'referral',
    'fieldChange',
  ],
  enters: ['account', 'contact', 'opportunity', 'lead', 'contract', 'order', 'orderLine', 'ticket', 'activity'],
  writes: ['account', 'contact', 'opportunity', 'lead', 'task', 'note', 'referral', 'referralLink'],
  lacks: {
    'write:referralLink': 'who referred whom is a lookup of the org, never written',
    'relation:referralLink': 'a new org has no lookup from a contact to who referred it',
    'fault:link-lost': 'a task and its link are one record here: neither exists without the other',
    'merge opportunity': noMerge,
    'merge contract': noMerge,
    'merge order': noMerge,
    'merge orderLine': noMerge,
    'merge ticket': noMerge,
    'merge activity': noMerge,
  },
  open: () => openWorld(),
};

/** An org that has bought the standard object Referral. */
const bought: ConformanceHarness = {
  ...harness,
  name: 'Salesforce with Referral',
  serves: [...harness.serves, 'referralLink'],
  enters: [...harness.enters, 'referralLink'],
  lacks: { ...harness.lacks, 'merge referralLink': noMerge, 'corrupt referralLink': 'whatever it holds can be read' },
  open: () => openWorld(true),
};

describe('conformance', () => {
  for (const one of adapterConformance(harness)) test.skipIf(one.skipped !== undefined)(one.name, one.run);
});

// what else such an org has is read as in any other
describe('conformance of an org with the standard object Referral', () => {
  for (const one of adapterConformance(bought))
    if (/ referralLink:|capability\//.test(one.name)) test.skipIf(one.skipped !== undefined)(one.name, one.run);
});
