import { expect, test } from 'vitest';
import { datedPath, routeOf } from './paths.ts';

// left: paths of the client's typed methods; right: HubSpot's published date-versioned paths
test.each([
  ['/crm/v3/objects/companies', '/crm/objects/{version}/companies'],
  ['/crm/v3/objects/contacts/batch/upsert', '/crm/objects/{version}/contacts/batch/upsert'],
  ['/crm/v3/objects/deals/search', '/crm/objects/{version}/deals/search'],
  [
    '/crm/v4/associations/tasks/companies/batch/associate/default',
    '/crm/associations/{version}/tasks/companies/batch/associate/default',
  ],
  ['/crm/v4/associations/contacts/contacts/labels', '/crm/associations/{version}/contacts/contacts/labels'],
  ['/crm/v3/properties/companies/groups/holdfast', '/crm/properties/{version}/companies/groups/holdfast'],
  ['/crm/v3/pipelines/deals', '/crm/pipelines/{version}/deals'],
  ['/crm/v3/owners/', '/crm/owners/{version}'],
  ['/crm/v3/owners/71', '/crm/owners/{version}/71'],
  ['/oauth/v1/token', '/oauth/{version}/token'],
])('%s is called as %s', (classic, dated) => {
  expect(datedPath(classic)).toBe(dated);
});

test('a path that is not in the table is refused, not sent as it is', () => {
  expect(() => datedPath('/automation/v4/flows')).toThrow('No dated path');
});

test.each([
  ['/crm/owners/{version}/71', '/crm/owners/{version}/{id}'],
  ['/crm/properties/{version}/companies/holdfast_reasons', '/crm/properties/{version}/companies/{name}'],
  ['/crm/properties/{version}/companies/groups', '/crm/properties/{version}/companies/groups'],
  ['/crm/properties/{version}/companies/groups/holdfast', '/crm/properties/{version}/companies/groups/{name}'],
  ['/crm/objects/{version}/companies/batch/read', '/crm/objects/{version}/companies/batch/read'],
])('%s is logged as %s', (path, route) => {
  expect(routeOf(path)).toBe(route);
});
