import type { CrmAdapter, Page, Write } from '@holdfast/core';
import type { HubSpotTier } from '@holdfast/sandbox';
import { afterEach, describe, expect, test } from 'vitest';
import { type TestPortal, testPortal } from './sandbox-portal.ts';

const OBJECT = 'holdfast_referral';
let portal: TestPortal | undefined;
afterEach(() => {
  portal?.close();
  portal = undefined;
});

async function installed(tier: HubSpotTier = 'enterprise'): Promise<readonly [TestPortal, CrmAdapter]> {
  const made = testPortal({ tier, customFields: {} });
  portal = made;
  const first = await made.connect();
  const { changes, refusals } = await first.schema!.plan('installed');
  expect(refusals).toEqual([]);
  const results = await first.schema!.apply(changes);
  expect(results.filter(({ status }) => status !== 'done')).toEqual([]);
  return [made, await made.connect()];
}

function people({ emulator }: TestPortal) {
  return {
    ada: emulator.create('contacts', { email: 'ada@example.com' }),
    grace: emulator.create('contacts', { email: 'grace@example.org' }),
    advocates: emulator.create('companies', { name: 'Advocates' }),
    prospects: emulator.create('companies', { name: 'Prospects' }),
    deal: emulator.create('deals', { dealname: 'First sale' }),
  };
}

const claim = (ids: ReturnType<typeof people>, set: Write<'referral'>['set'] = {}): Write<'referral'> => ({
  key: 'one',
  target: { externalKey: 'program/ada/grace' },
  set: {
    ...{ state: 'accepted', claimedOn: '2026-05-01', protectedUntilOn: '2026-10-28', policyVersion: '3' },
    ...{ rewardState: 'pending', rewardAmount: { minor: 25_000, currency: 'EUR' } },
    ...{ advocateId: `contact:${ids.ada}`, advocateAccountId: `company:${ids.advocates}` },
    prospectId: `contact:${ids.grace}`,
    ...set,
  },
});

const statuses = (results: readonly { readonly status: string }[]) => results.map(({ status }) => status);
const read = async (crm: CrmAdapter) =>
  (await crm.read('referral', { kind: 'keys', keys: ['program/ada/grace'] })).records;

describe('the object for referrals', () => {
  test('T59 below Enterprise there is none, install makes none, and the reason names what carries referrals instead', async () => {
    const [, crm] = await installed('professional');
    expect(crm.capabilities.write.referral).toBeUndefined();
    expect(crm.capabilities.unavailable.referral).toContain('the deal carries state and credit');
    expect(crm.capabilities.write.opportunity?.fields).toEqual(['referralState', 'referralCredit']);
    await expect(crm.read('referral', { kind: 'all', cursor: null })).rejects.toMatchObject({ code: 'invalid' });
  });

  test('install makes it with its labels; again there is nothing to do; uninstall takes it away, records and name', async () => {
    const [made, crm] = await installed();
    expect(crm.capabilities.write.referral).toMatchObject({
      create: true,
      fields: expect.arrayContaining(['prospectId']),
    });
    expect((await crm.schema!.plan('installed')).changes).toEqual([]);
    await crm.write('referral', [claim(people(made))]);
    const { changes } = await crm.schema!.plan('removed');
    expect(changes.filter(({ object }) => object === OBJECT)).toMatchObject([{ what: 'object with its records' }]);
    expect(statuses(await crm.schema!.apply(changes)).filter((status) => status !== 'done')).toEqual([]);
    const bare = await made.connect();
    expect(bare.capabilities.read.referral).toBeUndefined();
    expect((await bare.schema!.plan('removed')).changes).toEqual([]);
    const again = await bare.schema!.plan('installed');
    expect(statuses(await bare.schema!.apply(again.changes)).filter((status) => status !== 'done')).toEqual([]);
  });

  test('half an install is resumed: properties and labels that are lacking', async () => {
    const made = testPortal({ tier: 'enterprise', customFields: {} });
    portal = made;
    const crm = await made.connect();
    const ours = (await crm.schema!.plan('installed')).changes.filter(({ object }) => object === OBJECT);
    await crm.schema!.apply(ours.slice(0, 2));
    const rest = (await crm.schema!.plan('installed')).changes.filter(({ object }) => object === OBJECT);
    expect(rest).toEqual(ours.slice(2));
  });
});

describe('referrals', () => {
  test('T47 one is made with its labelled links, once however often it is sent', async () => {
    const [made, crm] = await installed();
    const ids = people(made);
    const write = claim(ids);
    expect(statuses(await crm.write('referral', [write]))).toEqual(['written']);
    expect(statuses(await crm.write('referral', [write]))).toEqual(['written']);
    expect(made.emulator.ids(OBJECT)).toHaveLength(1);
    expect(await read(crm)).toEqual([
      expect.objectContaining({
        ...write.set,
        key: 'program/ada/grace',
        credit: null,
        accountId: null,
        opportunityId: null,
      }),
    ]);
    expect((await crm.read('referral', { kind: 'all', cursor: null })).records).toEqual(await read(crm));
  });

  test('T19 links are moved one by one: the others keep their labels, and nothing is left behind', async () => {
    const [made, crm] = await installed();
    const ids = people(made);
    const [first] = await crm.write('referral', [claim(ids)]);
    const id = first?.status === 'written' ? first.id : '';
    const other = made.emulator.create('contacts', { email: 'hopper@example.org' });
    const set: Write<'referral'>['set'] = {
      ...{ state: 'won' as const, credit: 'sourced' as const, prospectId: `contact:${other}` },
      ...{ accountId: `company:${ids.prospects}`, opportunityId: `deal:${ids.deal}`, rewardAmount: null },
    };
    expect(statuses(await crm.write('referral', [{ key: 'two', target: { id }, set }]))).toEqual(['written']);
    expect(await read(crm)).toMatchObject([{ ...set, advocateId: `contact:${ids.ada}`, rewardState: 'pending' }]);
    const clear = { key: 'three', target: { id }, set: { advocateId: null, opportunityId: null } };
    expect(statuses(await crm.write('referral', [clear]))).toEqual(['written']);
    const { records } = await crm.read('referral', { kind: 'ids', ids: [id], withoutLinks: true });
    expect(records).toMatchObject([{ advocateId: null, opportunityId: null, prospectId: `contact:${other}` }]);
  });

  test('T26 merged contacts and companies: the links follow, and the losers are told with their survivor', async () => {
    const [made, crm] = await installed();
    const ids = people(made);
    await crm.write('referral', [claim(ids)]);
    const winner = made.emulator.create('contacts', { email: 'ada.b@example.com' });
    const survivor = made.emulator.merge('contacts', winner, ids.ada);
    expect(await read(crm)).toMatchObject([{ advocateId: `contact:${survivor}` }]);
    const told: unknown[] = [];
    for (let cursor: string | null = null; ; ) {
      const page: Page<'contact'> = await crm.read('contact', { kind: 'deleted', since: 0, cursor });
      told.push(...page.gone);
      cursor = page.next;
      if (cursor === null) break;
    }
    expect(told).toContainEqual(
      expect.objectContaining({ id: `contact:${ids.ada}`, mergedInto: `contact:${survivor}` }),
    );
  });

  test('a link to a record that is gone fails that referral, and says so', async () => {
    const [made, crm] = await installed();
    const [result] = await crm.write('referral', [claim(people(made), { opportunityId: 'deal:999999' })]);
    expect(result).toMatchObject({ status: 'failed' });
  });

  test('a reward in another currency than the portal counts in is refused, never converted', async () => {
    const [made, crm] = await installed();
    const write = claim(people(made), { rewardAmount: { minor: 100, currency: 'USD' } });
    expect(await crm.write('referral', [write])).toMatchObject([{ status: 'failed', error: { code: 'invalid' } }]);
    expect(made.emulator.ids(OBJECT)).toEqual([]);
  });

  test('ours is archived by its key, and again without harm', async () => {
    const [made, crm] = await installed();
    await crm.write('referral', [claim(people(made))]);
    const away = { key: 'away', target: { externalKey: 'program/ada/grace' }, set: {}, archive: true } as const;
    expect(statuses(await crm.write('referral', [away]))).toEqual(['written']);
    expect(made.emulator.ids(OBJECT)).toEqual([]);
  });
});
