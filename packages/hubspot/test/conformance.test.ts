import { hubspot } from '@holdfast/hubspot';
import { adapterConformance, type ConformanceHarness } from '@holdfast/testkit';
import { describe, test } from 'vitest';
import { openWorld } from './conformance-world.ts';

const harness: ConformanceHarness = {
  name: 'HubSpot',
  maps: hubspot.maps,
  serves: [
    'owner',
    'account',
    'accountParent',
    'contact',
    'contactRole',
    'opportunity',
    'order',
    'orderLine',
    'ticket',
    'activity',
    'mailParties',
    'meetingParties',
    'surveyResponse',
    'referralLink',
    'task',
    'note',
    'referral',
    'fieldChange',
  ],
  enters: ['owner', 'account', 'contact', 'opportunity', 'order', 'orderLine', 'ticket', 'activity', 'surveyResponse'],
  writes: ['account', 'contact', 'opportunity', 'task', 'note', 'referral', 'referralLink'],
  lacks: {
    'write:referralLink': 'where our own object has the links nobody is tied; below, where it has not',
    'changed owner': 'HubSpot cannot be asked for changed owners: they are swept',
    'deletions owner': 'a removed owner is listed nowhere: owners are swept',
    'merge owner': 'HubSpot merges no owners',
    'restore owner': 'a removed owner does not come back',
    'merge order': 'HubSpot merges no orders',
    'merge orderLine': 'HubSpot merges no line items',
    'merge activity': 'HubSpot merges no activities',
    'merge surveyResponse': 'HubSpot merges no feedback submissions',
    'fault:empty-page owner': 'the world makes empty pages of objects only',
  },
  open: () => openWorld(),
};

/** Where our own object has no links: ties by the label, and where there are no labels plain ones. */
const ties = (tier: 'professional' | 'free') =>
  adapterConformance({
    ...harness,
    name: `HubSpot, ${tier}`,
    lacks: {},
    open: () => openWorld(tier),
  }).filter(({ id }) => id.startsWith('link/'));

describe('conformance', () => {
  for (const one of [...ties('professional'), ...ties('free')]) test(one.name, one.run);

  for (const one of adapterConformance(harness)) test.skipIf(one.skipped !== undefined)(one.name, one.run);
});
