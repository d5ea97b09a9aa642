import { linkKey, type Write } from '@holdfast/core';
import { afterEach, describe, expect, test } from 'vitest';
import { installByHand, post } from './installed-fields.ts';
import { type TestPortal, testPortal } from './sandbox-portal.ts';

let portal: TestPortal | undefined;
afterEach(() => {
  portal?.close();
  portal = undefined;
});

async function portalOf(tier: 'professional' | 'free') {
  const made = testPortal({ tier, customFields: {} });
  portal = made;
  if (tier === 'professional') {
    installByHand(made.emulator);
    const label = { name: 'referred_by', label: 'Referred by', inverseLabel: 'Referred' };
    post(made.emulator, '/crm/associations/2026-03/contacts/contacts/labels', label);
  }
  const ids = [1, 2, 3, 4].map((n) => made.emulator.create('contacts', { email: `p${n}@example.com` }));
  const write = (referred: number, referrer: number): Write<'referralLink'> => {
    const set = { referredId: `contact:${ids[referred]}`, referrerId: `contact:${ids[referrer]}` };
    return { key: `${referred}>${referrer}`, target: { externalKey: linkKey(set) }, set };
  };
  return { made, crm: await made.connect(), ids, write };
}
const statuses = (results: readonly { readonly status: string }[]) => results.map(({ status }) => status);

describe.each(['professional', 'free'] as const)('ties between two people, %s', (tier) => {
  test('a batch is one call; one of them is gone: that tie fails alone', async () => {
    const { made, crm, ids, write } = await portalOf(tier);
    made.emulator.archive('contacts', ids[3] ?? '');
    const before = made.events.length;
    const results = await crm.write('referralLink', [write(1, 0), write(2, 3), write(2, 0)]);
    expect(statuses(results)).toEqual(['written', 'failed', 'written']);
    const calls = made.events.slice(before).flatMap((it) => (it.type === 'call' ? it.route : []));
    const route = tier === 'free' ? 'associate/default' : 'create';
    expect(calls).toEqual([`/crm/associations/{version}/contacts/contacts/batch/${route}`]);
    const { records } = await crm.read('referralLink', {
      kind: 'keys',
      keys: [write(1, 0), write(2, 3), write(2, 0)].flatMap((it) =>
        'externalKey' in it.target ? it.target.externalKey : [],
      ),
    });
    expect(records.map(linkKey)).toEqual([write(1, 0), write(2, 0)].map(({ set }) => linkKey(set as never)));
  });

  test('only two contacts are tied, by the ids of both, and nobody to themselves', async () => {
    const { crm, write } = await portalOf(tier);
    const company = { ...write(0, 1), target: { externalKey: 'company:1>contact:2' } };
    const results = await crm.write('referralLink', [company, write(2, 2), { ...write(0, 1), target: { id: 'x:1' } }]);
    expect(statuses(results)).toEqual(['failed', 'failed', 'failed']);
  });
});

test('without a label in a portal that can have one, nothing is tied until it is installed; what was tied can go', async () => {
  portal = testPortal({ tier: 'professional', customFields: {} });
  const crm = await portal.connect();
  const [ada = '', ned = ''] = ['ada', 'ned'].map((it) =>
    portal?.emulator.create('contacts', { email: `${it}@example.com` }),
  );
  const set = { referredId: `contact:${ned}`, referrerId: `contact:${ada}` };
  const write: Write<'referralLink'> = { key: 'w', target: { externalKey: linkKey(set) }, set };
  expect(statuses(await crm.write('referralLink', [write]))).toEqual(['failed']);
  portal.emulator.link('contacts', ned, 'contacts', ada, 449);
  expect(statuses(await crm.write('referralLink', [{ ...write, set: {}, archive: true }]))).toEqual(['written']);
  expect((await crm.read('referralLink', { kind: 'keys', keys: [linkKey(set)] })).records).toEqual([]);
});
