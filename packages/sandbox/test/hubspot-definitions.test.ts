import { describe, expect, it } from 'vitest';
import { account, companies, smallBook } from './hubspot-support.ts';

const at = '/crm/properties/2026-03';
const field = (name: string, more: object = {}) => ({
  name,
  label: name,
  type: 'string',
  fieldType: 'text',
  groupName: 'companyinformation',
  ...more,
});

describe('properties', () => {
  it('T58 making one twice is 409; an archived name comes back as it was, whatever is asked', () => {
    const target = account();
    const create = (body: object) => target.call('POST', `${at}/companies`, body);
    expect(create(field('mine', { label: 'First' })).status).toBe(201);
    const again = create(field('mine', { type: 'number', fieldType: 'number' }));
    expect([again.status, again.body.category, again.body.subCategory]).toEqual([
      409,
      'OBJECT_ALREADY_EXISTS',
      'Properties.PROPERTY_WITH_NAME_EXISTS',
    ]);
    const [id = ''] = companies(target, 1);
    target.hubspot.edit('companies', id, { mine: 'kept' });
    expect(target.call('DELETE', `${at}/companies/mine`).status).toBe(204);
    expect(target.call('GET', `${at}/companies/mine`).status).toBe(404);
    expect(
      target.call('GET', `/crm/objects/2026-03/companies/${id}?properties=mine`).body.properties,
    ).not.toHaveProperty('mine');
    const back = create(field('mine', { label: 'Second', type: 'number', fieldType: 'number' }));
    expect([back.status, back.body.label, back.body.type]).toEqual([201, 'First', 'string']);
    expect(target.call('GET', `/crm/objects/2026-03/companies/${id}?properties=mine`).body.properties.mine).toBe(
      'kept',
    );
  });

  it('T33 PATCH of options replaces the whole list; an option that went stays on records', () => {
    const target = account();
    const options = ['a', 'b'].map((value) => ({ label: value, value }));
    target.call('POST', `${at}/companies`, field('pick', { type: 'enumeration', fieldType: 'select', options }));
    const [id = ''] = companies(target, 1);
    target.call('PATCH', `/crm/objects/2026-03/companies/${id}`, { properties: { pick: 'a' } });
    const changed = target.call('PATCH', `${at}/companies/pick`, { options: [{ label: 'c', value: 'c' }] });
    expect(changed.body.options.map((option: { value: string }) => option.value)).toEqual(['c']);
    expect(target.hubspot.get('companies', id)?.properties['pick']).toBe('a');
    expect(target.call('PATCH', `/crm/objects/2026-03/companies/${id}`, { properties: { pick: 'a' } }).status).toBe(
      400,
    );
  });

  it('T62 a property that a formula uses cannot be archived, nor can one of the vendor’s own', () => {
    const target = account();
    target.call('POST', `${at}/companies`, field('base', { type: 'number', fieldType: 'number' }));
    const formula = field('twice', {
      type: 'number',
      fieldType: 'calculation_equation',
      calculationFormula: 'base * 2',
    });
    expect(target.call('POST', `${at}/companies`, formula).status).toBe(201);
    const refused = target.call('DELETE', `${at}/companies/base`);
    expect([refused.status, refused.body.subCategory]).toEqual([
      400,
      'PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE',
    ]);
    expect(target.call('DELETE', `${at}/companies/name`).status).toBe(400);
    expect(account({ tier: 'starter' }).call('POST', `${at}/companies`, formula).status).toBe(403);
  });

  it('T61 limits: ten unique properties, and as many custom ones as the tier allows; the limits endpoint tells', () => {
    const target = account({ customFields: {} });
    const unique = Array.from(
      { length: 11 },
      (_, index) => target.call('POST', `${at}/companies`, field(`key_${index}`, { hasUniqueValue: true })).status,
    );
    expect(unique).toEqual([...Array.from({ length: 10 }, () => 201), 400]);
    const free = account({ tier: 'free', customFields: {}, propertyLimit: 2 });
    const inputs = ['one', 'two', 'three'].map((name) => field(name));
    const batch = free.call('POST', `${at}/companies/batch/create`, { inputs });
    expect([batch.status, batch.body.results.length, batch.body.errors[0].subCategory]).toEqual([
      207,
      2,
      'Properties.PROPERTY_LIMIT_REACHED',
    ]);
    const limits = free.call('GET', '/crm/limits/2026-03/custom-properties').body;
    expect(limits.byObjectType.find((one: { objectTypeId: string }) => one.objectTypeId === '0-2')).toEqual({
      objectTypeId: '0-2',
      limit: 2,
      usage: 2,
    });
  });

  it('no property of ours exists before install', () => {
    const target = account({ book: smallBook });
    const names = ['companies', 'contacts', 'deals', 'tasks'].flatMap((object) =>
      target.call('GET', `${at}/${object}`).body.results.map((one: { name: string }) => one.name),
    );
    expect(names.filter((name) => name.startsWith('holdfast'))).toEqual([]);
    expect(names.length).toBeGreaterThan(100);
  });

  it('groups: made once, needed by properties, kept while they hold any', () => {
    const target = account();
    const group = { name: 'holdfast', label: 'Holdfast', displayOrder: -1 };
    expect(target.call('POST', `${at}/companies`, field('x', { groupName: 'holdfast' })).status).toBe(400);
    expect(target.call('POST', `${at}/companies/groups`, group).status).toBe(201);
    expect(target.call('POST', `${at}/companies/groups`, group)).toMatchObject({
      status: 409,
      body: { category: 'OBJECT_ALREADY_EXISTS' },
    });
    expect(target.call('POST', `${at}/companies`, field('x', { groupName: 'holdfast' })).status).toBe(201);
    const refused = target.call('DELETE', `${at}/companies/groups/holdfast`);
    expect([refused.status, refused.body.subCategory]).toEqual([400, 'Properties.GROUP_WITH_ACTIVE_PROPERTIES']);
    target.call('DELETE', `${at}/companies/x`);
    expect(target.call('DELETE', `${at}/companies/groups/holdfast`).status).toBe(204);
    expect(target.call('GET', `${at}/companies/groups`).body.results.map((one: { name: string }) => one.name)).toEqual([
      'companyinformation',
    ]);
  });
});

describe('tiers', () => {
  it('T59 custom objects are for Enterprise: 403 below', () => {
    const status = (tier: 'free' | 'professional' | 'enterprise') =>
      account({ tier }).call('GET', '/crm-object-schemas/2026-03/schemas').status;
    expect([status('free'), status('professional'), status('enterprise')]).toEqual([403, 403, 200]);
    const target = account({ tier: 'enterprise' });
    const made = target.call('POST', '/crm-object-schemas/2026-03/schemas', {
      name: 'plan',
      labels: { singular: 'Plan', plural: 'Plans' },
      primaryDisplayProperty: 'plan_name',
      requiredProperties: ['plan_name'],
      properties: [{ name: 'plan_name', label: 'Plan name', type: 'string', fieldType: 'text' }],
      associatedObjects: ['COMPANY'],
    });
    expect([made.status, made.body.fullyQualifiedName]).toEqual([201, 'p44210077_plan']);
    expect(
      target.call('POST', `/crm/objects/2026-03/${made.body.objectTypeId}`, { properties: { plan_name: 'Grow' } })
        .status,
    ).toBe(201);
  });

  it('pipelines: one for deals on Free, the renewal one from Starter; stage metadata is text', () => {
    const pipelines = (tier: 'free' | 'starter') =>
      account({ tier, book: smallBook }).call('GET', '/crm/pipelines/2026-03/deals').body.results;
    expect(pipelines('free').map((one: { id: string }) => one.id)).toEqual(['default']);
    const [, renewals] = pipelines('starter');
    expect(renewals.id).toMatch(/^\d+$/);
    expect(renewals.stages[3]).toMatchObject({ label: 'Renewed', metadata: { isClosed: 'true', probability: '1.0' } });
    const full = account({ tier: 'free' }).call('POST', '/crm/pipelines/2026-03/deals', {
      label: 'More',
      displayOrder: 2,
      stages: [],
    });
    expect(full.status).toBe(400);
  });

  it('T60 the account tells its id, type, zone and currency', () => {
    const target = account({ accountType: 'SANDBOX', timeZone: 'America/New_York', portalId: 7 });
    expect(target.call('GET', '/account-info/2026-03/details').body).toMatchObject({
      portalId: 7,
      accountType: 'SANDBOX',
      timeZone: 'America/New_York',
      utcOffset: '-05:00',
      utcOffsetMilliseconds: -18_000_000,
      companyCurrency: 'EUR',
    });
  });
});
