import { expect, it } from 'vitest';
import { routeOf } from './route.ts';

it.each([
  ['https://acme.my.salesforce.com/services/data/v66.0/query?q=SELECT%20Id', '/services/data/{version}/query'],
  [
    'https://acme.my.salesforce.com/services/data/v66.0/query/0r8xx5R2yF2gs3VASQ-2000',
    '/services/data/{version}/query/{locator}',
  ],
  [
    'https://acme.my.salesforce.com/services/data/v66.0/composite/sobjects/Task/Holdfast_Key__c',
    '/services/data/{version}/composite/sobjects/Task/Holdfast_Key__c',
  ],
  [
    'https://acme.my.salesforce.com/services/data/v66.0/metadata/deployRequest/0Af5e00000Wxyz1CAB?includeDetails=true',
    '/services/data/{version}/metadata/deployRequest/{id}',
  ],
  ['https://acme.my.salesforce.com/services/Soap/u/66.0', '/services/Soap/u/{version}'],
])('%s', (address, route) => expect(routeOf(address)).toBe(route));
