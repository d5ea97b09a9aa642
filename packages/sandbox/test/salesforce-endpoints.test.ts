import { describe, expect, it } from 'vitest';
import { testOrg } from './salesforce-request.ts';

const base = '/services/data/v66.0';

describe('Salesforce: composite', () => {
  it('a later subrequest takes ids from an earlier answer', () => {
    const org = testOrg();
    const answer = org.call('POST', '/composite', {
      compositeRequest: [
        { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'account', body: { Name: 'Acme' } },
        {
          method: 'POST',
          url: `${base}/sobjects/Contact`,
          referenceId: 'contact',
          body: { LastName: 'Berg', AccountId: '@{account.id}' },
        },
        {
          method: 'GET',
          url: `${base}/query?q=SELECT Account.Name FROM Contact WHERE Id = '@{contact.id}'`,
          referenceId: 'query',
        },
      ],
    });
    expect(answer.body.compositeResponse.map((reply: { httpStatusCode: number }) => reply.httpStatusCode)).toEqual([
      201, 201, 200,
    ]);
    expect(answer.body.compositeResponse[2].body.records[0].Account.Name).toBe('Acme');
  });

  it('allOrNone takes everything back and says PROCESSING_HALTED for the others', () => {
    const org = testOrg();
    const answer = org.call('POST', '/composite', {
      allOrNone: true,
      compositeRequest: [
        { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'one', body: { Name: 'Acme' } },
        { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'two', body: {} },
      ],
    });
    expect(
      answer.body.compositeResponse.map((reply: { body: { errorCode: string }[] }) => reply.body[0]?.errorCode),
    ).toEqual(['PROCESSING_HALTED', 'REQUIRED_FIELD_MISSING']);
    expect(org.query('SELECT COUNT() FROM Account').body.totalSize).toBe(0);
    expect(org.sf.journal).toEqual([]);
  });

  it('more than 25 subrequests are refused; a batch says whether any failed', () => {
    const org = testOrg();
    const many = Array.from({ length: 26 }, (_, index) => ({
      method: 'GET',
      url: `${base}/limits`,
      referenceId: `r${index}`,
    }));
    expect(org.call('POST', '/composite', { compositeRequest: many }).status).toBe(400);
    const batch = org.call('POST', '/composite/batch', {
      batchRequests: [
        { method: 'GET', url: 'v66.0/limits' },
        { method: 'GET', url: 'v66.0/sobjects/Nope' },
      ],
    });
    expect(batch.body).toMatchObject({
      hasErrors: true,
      results: [{ statusCode: 200 }, { statusCode: 404, result: [{ errorCode: 'NOT_FOUND' }] }],
    });
  });
});

describe('Salesforce: the rest of the API', () => {
  it('versions from v31 to the newest, without session or limit header', () => {
    const { body, headers } = testOrg().call('GET', '/services/data', undefined, { token: 'none' });
    expect(body).toHaveLength(36);
    expect(body.at(-1)).toEqual({ label: "Spring '26", url: '/services/data/v66.0', version: '66.0' });
    expect(body.at(-2).label).toBe("Winter '26");
    expect(headers).not.toHaveProperty('sforce-limit-info');
    expect(testOrg().call('GET', '/services/data/v67.0/limits').status).toBe(404);
  });

  it('describe has 45 keys and 57 a field, an ETag, and is 304 to who has it already', () => {
    const org = testOrg();
    const first = org.call('GET', '/sobjects/Account/describe');
    expect(Object.keys(first.body)).toHaveLength(45);
    expect(Object.keys(first.body.fields[0])).toHaveLength(57);
    expect(first.headers['etag']).toMatch(/^"[0-9a-f]{8}"$/);
    const headers = { 'if-modified-since': first.headers['last-modified'] as string };
    expect(org.call('GET', '/sobjects/Account/describe', undefined, { headers }).status).toBe(304);
    org.clock.advance(5000);
    org.sf.defineField('Account', 'New__c', 'string', { length: 10 });
    expect(org.call('GET', '/sobjects/Account/describe', undefined, { headers }).status).toBe(200);
  });

  it('counts, identity, unknown paths and methods, broken JSON', () => {
    const org = testOrg();
    org.sf.create('Account', { Name: 'a' });
    expect(org.call('GET', '/limits/recordCount', undefined, { query: { sObjects: 'Account,Contact' } }).body).toEqual({
      sObjects: [
        { count: 1, name: 'Account' },
        { count: 0, name: 'Contact' },
      ],
    });
    expect(org.call('GET', '/services/oauth2/userinfo').body).toMatchObject({
      organization_id: org.sf.orgId,
      user_id: org.sf.users[0]?.id,
    });
    expect(org.call('GET', '/nowhere').body).toEqual([
      { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' },
    ]);
    expect(org.call('PUT', '/sobjects/Account').status).toBe(405);
    expect(org.call('POST', '/sobjects/Account', '{"Name":').body[0].errorCode).toBe('JSON_PARSER_ERROR');
    expect(org.call('POST', '/composite/sobjects', { records: [null] }).status).toBeGreaterThanOrEqual(400);
  });

  it('values: trimmed text, empty is null, rounding half away from zero, numbers as text, wrong kinds refused', () => {
    const org = testOrg();
    org.sf.defineField('Account', 'Score__c', 'double', { precision: 3, scale: 0 });
    const { id } = org.call('POST', '/sobjects/Account', {
      Name: '  Acme  ',
      Description: '',
      NumberOfEmployees: '12',
      Score__c: 62.5,
    }).body;
    expect(org.sf.get('Account', id)?.fields).toMatchObject({
      Name: 'Acme',
      Description: null,
      NumberOfEmployees: 12,
      Score__c: 63,
    });
    const codes = [
      { Name: 5 },
      { Name: 'x'.repeat(256) },
      { OwnerId: id },
      { ParentId: '001000000000000AAA' },
      { ParentId: 'abc' },
      { CleanStatus: 'Nope' },
      { AnnualRevenue: 'many' },
    ].map((input) => org.call('PATCH', `/sobjects/Account/${id}`, input).body[0].errorCode);
    expect(codes).toEqual([
      'JSON_PARSER_ERROR',
      'STRING_TOO_LONG',
      'FIELD_INTEGRITY_EXCEPTION',
      'INVALID_CROSS_REFERENCE_KEY',
      'MALFORMED_ID',
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'JSON_PARSER_ERROR',
    ]);
    expect(org.call('PATCH', `/sobjects/Account/${id}`, { Score__c: null }).status).toBe(204);
    expect(org.sf.get('Account', id)?.fields.Score__c).toBeNull();
  });

  it('lines move the opportunity’s amount, and a stage its probability', () => {
    const org = testOrg();
    const deal = org.call('POST', '/sobjects/Opportunity', {
      Name: 'Deal',
      StageName: 'Qualification',
      CloseDate: '2026-12-01',
      Amount: 5,
    }).body.id;
    expect(org.sf.get('Opportunity', deal)?.fields).toMatchObject({
      Probability: 10,
      IsClosed: false,
      Fiscal: '2026 4',
    });
    org.call('PATCH', `/sobjects/Opportunity/${deal}`, { StageName: 'Closed Won' });
    expect(org.sf.get('Opportunity', deal)?.fields).toMatchObject({
      Probability: 100,
      IsWon: true,
      ForecastCategoryName: 'Closed',
    });
    const line = org.call('POST', '/sobjects/OpportunityLineItem', { OpportunityId: deal, Quantity: 3, UnitPrice: 400 })
      .body.id;
    expect(org.sf.get('Opportunity', deal)?.fields.Amount).toBe(1200);
    org.call('DELETE', `/sobjects/OpportunityLineItem/${line}`);
    expect(org.sf.get('Opportunity', deal)?.fields.Amount).toBe(0);
  });

  it('calls are counted by template', () => {
    const org = testOrg();
    org.query('SELECT Id FROM Account');
    org.query('SELECT Id FROM Contact');
    org.call('GET', '/sobjects/Account/describe');
    expect([...org.sf.calls]).toEqual([
      ['GET /services/data/{version}/query', 2],
      ['GET /services/data/{version}/sobjects/{object}/describe', 1],
    ]);
  });
});
