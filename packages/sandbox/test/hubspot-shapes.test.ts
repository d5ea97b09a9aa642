import { describe, expect, it } from 'vitest';
import { shapeErrors } from './client-shape.ts';
import { account, smallBook } from './hubspot-support.ts';

const target = account({ book: smallBook, tier: 'enterprise' });
const { hubspot, call } = target;
const [acme, bolt] = [hubspot.idOf('accounts', 'a1') ?? '', hubspot.idOf('accounts', 'a2') ?? ''];
const cy = hubspot.idOf('contacts', 'c1') ?? '';
const v4 = '/crm/v4/associations/companies/contacts';
const note = () =>
  call('POST', '/crm/v3/objects/notes', {
    properties: { hs_timestamp: '2026-11-01T10:00:00Z', hs_note_body: 'Hello' },
    associations: [{ to: { id: acme }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 190 }] }],
  });

/** Calls whose answers no recording shows, and the client's model for each. */
const cases: readonly (readonly [
  title: string,
  answer: () => { status: number; body: unknown },
  status: number,
  area: string,
  model: string,
])[] = [
  [
    'list',
    () =>
      call(
        'GET',
        '/crm/v3/objects/companies?limit=2&properties=name&associations=contacts,deals&propertiesWithHistory=seats_used',
      ),
    200,
    'crm/companies',
    'CollectionResponseSimplePublicObjectWithAssociationsForwardPaging',
  ],
  [
    'list of archived',
    () => call('GET', '/crm/v3/objects/contacts?archived=true'),
    200,
    'crm/contacts',
    'CollectionResponseSimplePublicObjectWithAssociationsForwardPaging',
  ],
  [
    'get',
    () => call('GET', `/crm/v3/objects/companies/${acme}`),
    200,
    'crm/companies',
    'SimplePublicObjectWithAssociations',
  ],
  ['create', note, 201, 'crm/objects/notes', 'SimplePublicObject'],
  [
    'update',
    () => call('PATCH', `/crm/v3/objects/companies/${bolt}`, { properties: { name: 'Bolt & Co' } }),
    200,
    'crm/companies',
    'SimplePublicObject',
  ],
  [
    'batch read',
    () => call('POST', '/crm/v3/objects/companies/batch/read', { inputs: [{ id: acme }], properties: ['name'] }),
    200,
    'crm/companies',
    'BatchResponseSimplePublicObject',
  ],
  [
    'batch read with errors',
    () =>
      call('POST', '/crm/v3/objects/companies/batch/read', {
        inputs: [{ id: acme }, { id: '1' }],
        properties: ['name'],
      }),
    207,
    'crm/companies',
    'BatchResponseSimplePublicObjectWithErrors',
  ],
  [
    'batch upsert',
    () =>
      call('POST', '/crm/v3/objects/contacts/batch/upsert', {
        inputs: [{ id: 'cy@example.com', idProperty: 'email', properties: { jobtitle: 'CFO' } }],
      }),
    200,
    'crm/contacts',
    'BatchResponseSimplePublicUpsertObject',
  ],
  [
    'search',
    () => call('POST', '/crm/v3/objects/deals/search', { limit: 1 }),
    200,
    'crm/deals',
    'CollectionResponseWithTotalSimplePublicObject',
  ],
  [
    'associations read',
    () => call('POST', `${v4}/batch/read`, { inputs: [{ id: acme }] }),
    200,
    'crm/associations/v4',
    'BatchResponsePublicAssociationMultiWithLabel',
  ],
  [
    'associations read with errors',
    () => call('POST', `${v4}/batch/read`, { inputs: [{ id: acme }, { id: '9' }] }),
    207,
    'crm/associations/v4',
    'BatchResponsePublicAssociationMultiWithLabelWithErrors',
  ],
  [
    'associations of one record',
    () => call('GET', `/crm/v4/objects/companies/${acme}/associations/contacts`),
    200,
    'crm/associations/v4',
    'CollectionResponseMultiAssociatedObjectWithLabelForwardPaging',
  ],
  [
    'associations create',
    () =>
      call('POST', `${v4}/batch/create`, {
        inputs: [
          {
            from: { id: bolt },
            to: { id: cy },
            types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 280 }],
          },
        ],
      }),
    201,
    'crm/associations/v4',
    'BatchResponseLabelsBetweenObjectPair',
  ],
  [
    'associations by default',
    () => call('PUT', `/crm/v4/objects/companies/${acme}/associations/default/contacts/${cy}`),
    200,
    'crm/associations/v4',
    'BatchResponsePublicDefaultAssociation',
  ],
  [
    'labels',
    () => call('GET', '/crm/v4/associations/contacts/contacts/labels'),
    200,
    'crm/associations/v4/schema',
    'CollectionResponseAssociationSpecWithLabelNoPaging',
  ],
  [
    'label created',
    () => call('POST', '/crm/v4/associations/contacts/companies/labels', { name: 'billing', label: 'Billing' }),
    200,
    'crm/associations/v4/schema',
    'CollectionResponseAssociationSpecWithLabelNoPaging',
  ],
  [
    'properties',
    () => call('GET', '/crm/v3/properties/deals'),
    200,
    'crm/properties',
    'CollectionResponsePropertyNoPaging',
  ],
  [
    'property created',
    () =>
      call('POST', '/crm/v3/properties/deals', {
        name: 'made_up',
        label: 'Made up',
        type: 'string',
        fieldType: 'text',
        groupName: 'dealinformation',
      }),
    201,
    'crm/properties',
    'Property',
  ],
  [
    'properties by name',
    () =>
      call('POST', '/crm/v3/properties/deals/batch/read', {
        archived: false,
        inputs: [{ name: 'amount' }, { name: 'nope' }],
      }),
    207,
    'crm/properties',
    'BatchResponsePropertyWithErrors',
  ],
  [
    'groups',
    () => call('GET', '/crm/v3/properties/deals/groups'),
    200,
    'crm/properties',
    'CollectionResponsePropertyGroupNoPaging',
  ],
  [
    'owners',
    () => call('GET', '/crm/v3/owners/?limit=1'),
    200,
    'crm/owners',
    'CollectionResponsePublicOwnerForwardPaging',
  ],
  [
    'archived owners',
    () => call('GET', '/crm/v3/owners?archived=true'),
    200,
    'crm/owners',
    'CollectionResponsePublicOwnerForwardPaging',
  ],
  [
    'pipelines',
    () => call('GET', '/crm/v3/pipelines/deals'),
    200,
    'crm/pipelines',
    'CollectionResponsePipelineNoPaging',
  ],
  ['schemas', () => call('GET', '/crm-object-schemas/v3/schemas/contacts'), 200, 'crm/schemas', 'ObjectSchema'],
  [
    'merge',
    () => call('POST', '/crm/v3/objects/companies/merge', { primaryObjectId: acme, objectIdToMerge: bolt }),
    200,
    'crm/companies',
    'SimplePublicObject',
  ],
];

describe('answers that no recording covers have the shape that the client declares', () => {
  for (const [title, answer, status, area, model] of cases) {
    it(`${title}: ${model}`, () => {
      const given = answer();
      expect(given.status, JSON.stringify(given.body)).toBe(status);
      expect(shapeErrors(area, model, given.body)).toEqual([]);
    });
  }

  it('the judge itself: a wrong type, a missing and an undeclared field are told', () => {
    const wrong = { id: 7, properties: {}, createdAt: '2026-01-01T00:00:00Z', archived: false, colour: 'red' };
    expect(shapeErrors('crm/companies', 'SimplePublicObject', wrong)).toEqual([
      '$.colour: undeclared',
      '$.id: number for string',
      '$.updatedAt: missing',
    ]);
  });
});
