import type { OrgProfile } from '@holdfast/core';
import { hubspot } from '@holdfast/hubspot';
import { afterEach, describe, expect, test } from 'vitest';
import { installByHand } from './installed-fields.ts';
import { type TestPortal, testPortal } from './sandbox-portal.ts';

let portal: TestPortal;
afterEach(() => portal.close());

const profile: OrgProfile = {
  ...structuredClone(hubspot.profile),
  orgId: '44210077',
  confirmedAt: 1,
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
};

describe('check', () => {
  test('a healthy portal has no errors', async () => {
    portal = testPortal({ tier: 'professional' });
    installByHand(portal.emulator);
    const problems = await (await portal.connect()).check(profile);
    expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    expect(problems.map((problem) => problem.code)).toEqual(['unavailable', 'unavailable', 'unavailable']);
  });

  test('the profile of another portal stops everything', async () => {
    portal = testPortal();
    const problems = await (await portal.connect()).check({ ...profile, orgId: '1' });
    expect(problems).toMatchObject([{ severity: 'error', code: 'wrong-org' }]);
  });

  test('T33 values in use that the profile says nothing of are problems, archived options too', async () => {
    portal = testPortal();
    portal.emulator.create('companies', { name: 'A', lifecyclestage: '4321' });
    portal.emulator.create('companies', { name: 'B', lifecyclestage: '1234' });
    portal.emulator.create('deals', { dealname: 'C', pipeline: '71205318', dealstage: '139820411' });
    const problems = await (await portal.connect()).check(profile);
    const told = problems.filter((problem) => problem.code === 'unmapped-value').map((problem) => problem.message);
    expect(told).toHaveLength(4);
    expect(told.join()).toMatch(/"4321".*"1234".*deal pipeline "71205318".*deal stage "139820411"/);
  });

  test('a book kept on contacts is refused with a message, and does not pass for an empty one', async () => {
    portal = testPortal();
    portal.emulator.create('companies', { name: 'A', lifecyclestage: 'lead' });
    portal.emulator.create('contacts', { email: 'ann@example.com', lifecyclestage: 'customer' });
    const crm = await portal.connect();
    const told = async () => (await crm.check(profile)).filter(({ code }) => code === 'book-of-contacts');
    expect(await told()).toMatchObject([
      { severity: 'error', message: expect.stringMatching(/contacts.*companies only/) },
    ]);
    portal.emulator.create('companies', { name: 'B', lifecyclestage: 'customer' });
    portal.clock.advance(600_000);
    expect(await told()).toEqual([]);
  });

  test('fields that are not installed, named wrongly, or of another type', async () => {
    portal = testPortal();
    const crm = await portal.connect({
      fields: { account: { renewalOn: 'renewal_day', recurring: 'renewal_date', seatsUsed: 'seats_used' } },
    });
    const problems = await crm.check(null);
    const errors = problems.filter((problem) => problem.severity === 'error').map((problem) => problem.message);
    expect(errors).toEqual([
      expect.stringContaining('names renewal_day for account.renewalOn, and company has no such property'),
      expect.stringContaining('names renewal_date for account.recurring, but it is of type date, not number'),
    ]);
    expect(problems.filter((problem) => problem.code === 'not-installed')).toHaveLength(4);
  });

  test('T51 a missing scope makes its entities unavailable, with the scope to add', async () => {
    const scopes = [
      ...['companies', 'contacts', 'owners'].map((object) => `crm.objects.${object}.read`),
      ...['companies', 'contacts'].map((object) => `crm.schemas.${object}.read`),
    ];
    portal = testPortal({ tokens: { 'sandbox-token': { scopes } } });
    const crm = await portal.connect();
    expect(Object.keys(crm.capabilities.read)).not.toContain('opportunity');
    const problems = await crm.check(null);
    const deals = problems.find((problem) => problem.message.startsWith('opportunity'));
    expect(deals).toMatchObject({ severity: 'error', code: 'unavailable' });
    expect(deals?.message).toContain('crm.objects.deals.read');
  });
});
