import { sandboxToken } from '@holdfast/sandbox';
import { expect, test } from 'vitest';
import { hubspotWorld, openBench, salesforceWorld, setUp, succeed, type World } from './world.ts';

const READ_ONLY_SCOPES = [
  ...['companies', 'contacts', 'deals', 'owners', 'orders', 'line_items', 'products', 'feedback_submissions'].map(
    (object) => `crm.objects.${object}.read`,
  ),
  ...['companies', 'contacts', 'deals', 'line_items'].map((object) => `crm.schemas.${object}.read`),
  'crm.objects.custom.read',
  'tickets',
  'sales-email-read',
  'oauth',
];

const READ_ONLY_OBJECTS = [
  'Account',
  'Contact',
  'Opportunity',
  'Contract',
  'Order',
  'OrderItem',
  'Case',
  'Task',
  'Event',
];

const worlds: readonly (readonly [string, () => Promise<World>])[] = [
  ['hubspot', () => hubspotWorld({ tokens: { [sandboxToken]: { scopes: READ_ONLY_SCOPES } } })],
  [
    'salesforce',
    () =>
      salesforceWorld({
        modifyAllData: false,
        modifyMetadata: false,
        viewAllData: true,
        objectAccess: Object.fromEntries(READ_ONLY_OBJECTS.map((object) => [object, 'read' as const])),
      }),
  ],
];

test.each(worlds)(
  '%s: a run in stage observe needs no permission to write, and the offline commands no connection',
  async (_crm, open) => {
    const world = await open();
    const bench = openBench(world.env);
    await setUp(world, bench, 'observe');
    const { stdout } = await succeed(bench, 'run', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ applied: null, inBook: expect.any(Number) });
    expect(world.emulator.journal.filter(({ by }) => by === 'api')).toEqual([]);
    await world.close();
    for (const command of ['score', 'plan', 'report', 'referrals']) await succeed(bench, command);
    bench.remove();
  },
);
