import { describe, expect, it } from 'vitest';
import { type TestOrg, testOrg } from './salesforce-request.ts';

/** Numbers are those of the traps list for Salesforce: what the emulator must be able to produce. */
const accounts = (org: TestOrg, count: number): string[] =>
  Array.from({ length: count }, (_, index) => org.sf.create('Account', { Name: `Account ${index}` }));

const patch = (org: TestOrg, records: readonly object[], headers: Record<string, string> = {}, allOrNone = false) =>
  org.call(
    'PATCH',
    '/composite/sobjects',
    { allOrNone, records: records.map((record) => ({ attributes: { type: 'Account' }, ...record })) },
    { headers },
  );

describe('Salesforce: cases of writing', () => {
  it('case 9: a collection answers 200 with one result per record in order; a failed row has no id', () => {
    const org = testOrg();
    const [a, b] = accounts(org, 2);
    const answer = patch(org, [
      { id: a, Type: 'Prospect' },
      { id: b, Name: null },
      { id: '001000000000000AAA', Name: 'x' },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual([
      { id: a, success: true, errors: [] },
      {
        success: false,
        errors: [
          { statusCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [Name]', fields: ['Name'] },
        ],
      },
      {
        success: false,
        errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] }],
      },
    ]);
    const rolled = patch(
      org,
      [
        { id: a, Type: 'Other' },
        { id: b, Name: null },
      ],
      {},
      true,
    );
    expect(rolled.body[0].errors[0].statusCode).toBe('ALL_OR_NONE_OPERATION_ROLLED_BACK');
    expect(org.sf.get('Account', a as string)?.fields.Type).toBe('Prospect');
    expect(
      org.call('POST', '/composite/sobjects', {
        records: Array.from({ length: 201 }, () => ({ attributes: { type: 'Account' }, Name: 'x' })),
      }).status,
    ).toBe(400);
  });

  it('case 10: a locked row fails alone and can be tried again', () => {
    const org = testOrg();
    const [a, b] = accounts(org, 2) as [string, string];
    org.sf.lock(b, 1);
    const first = patch(org, [
      { id: a, Type: 'Other' },
      { id: b, Type: 'Other' },
    ]).body;
    expect(first[0].success).toBe(true);
    expect(first[1].errors[0]).toMatchObject({ statusCode: 'UNABLE_TO_LOCK_ROW' });
    expect(patch(org, [{ id: b, Type: 'Other' }]).body[0].success).toBe(true);
    org.sf.lock(a, 1);
    expect(org.call('POST', '/sobjects/Contact', { LastName: 'Berg', AccountId: a }).body[0].errorCode).toBe(
      'UNABLE_TO_LOCK_ROW',
    );
  });

  it('case 11: a duplicate rule answers with its matches; the header saves where the rule allows it', () => {
    const org = testOrg();
    org.sf.rules.duplicates.push({
      object: 'Contact',
      name: 'Standard Contact Duplicate Rule',
      fields: ['Email'],
      allowSave: true,
    });
    const existing = org.sf.create('Contact', { LastName: 'Berg', Email: 'berg@example.com' });
    const refused = org.call('POST', '/sobjects/Contact', { LastName: 'Berg', Email: 'BERG@example.com' });
    expect(refused.status).toBe(400);
    expect(refused.body[0]).toMatchObject({ errorCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?' });
    expect(refused.body[0].duplicateResult.matchResults[0].matchRecords[0].record.Id).toBe(existing);
    const saved = org.call(
      'POST',
      '/sobjects/Contact',
      { LastName: 'Berg', Email: 'berg@example.com' },
      { headers: { 'sforce-duplicate-rule-header': 'allowSave=true' } },
    );
    expect(saved.status).toBe(201);
  });

  it('case 13: a read-only field is refused on writing', () => {
    const org = testOrg();
    const [id] = accounts(org, 1);
    org.sf.setFieldAccess('integration@example.com', 'Account.Rating', 'read');
    const field = org
      .call('GET', '/sobjects/Account/describe')
      .body.fields.find((candidate: { name: string }) => candidate.name === 'Rating');
    expect(field).toMatchObject({ updateable: false, createable: false });
    const refused = org.call('PATCH', `/sobjects/Account/${id}`, { Rating: 'Hot' });
    expect(refused.body[0]).toMatchObject({ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Rating'] });
    expect(
      org.call('PATCH', `/sobjects/Account/${id}`, { SystemModstamp: '2020-01-01T00:00:00Z' }).body[0].errorCode,
    ).toBe('INVALID_FIELD_FOR_INSERT_UPDATE');
  });

  it('case 15: a person account has no writable Name, and __pc fields are its own', () => {
    const org = testOrg({ personAccounts: true });
    org.sf.defineField('Account', 'Hobby__pc', 'string', { length: 40 });
    const made = org.call('POST', '/sobjects/Account', { LastName: 'Berg', FirstName: 'Ada', Hobby__pc: 'Chess' });
    expect(made.status).toBe(201);
    expect(org.rows('SELECT Name, IsPersonAccount, Hobby__pc FROM Account')).toEqual([
      { Name: 'Ada Berg', IsPersonAccount: true, Hobby__pc: 'Chess' },
    ]);
    expect(org.rows('SELECT Name, IsPersonAccount FROM Contact')).toEqual([
      { Name: 'Ada Berg', IsPersonAccount: true },
    ]);
    const refused = org.call('PATCH', `/sobjects/Account/${made.body.id}`, { Name: 'No' });
    expect(refused.body[0]).toMatchObject({ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Name'] });
    expect(org.call('POST', '/sobjects/Account', { Name: 'Firm', Hobby__pc: 'Chess' }).status).toBe(400);
    expect(testOrg().query('SELECT IsPersonAccount FROM Account').status).toBe(400);
  });

  it('case 17: record types by DeveloperName; a restricted picklist refuses the other type’s value', () => {
    const org = testOrg({
      options: {
        recordTypes: [
          {
            object: 'Opportunity',
            developerName: 'Renewal_Deal',
            label: 'Renewal deal',
            isDefault: true,
            values: { Kind__c: ['Renewal'] },
          },
        ],
      },
    });
    org.sf.defineField('Opportunity', 'Kind__c', 'picklist', {
      restricted: true,
      values: ['New', 'Renewal'].map((value) => ({ value, label: value, active: true, defaultValue: false })),
    });
    const [type] = org.rows("SELECT Id, DeveloperName FROM RecordType WHERE SobjectType = 'Opportunity'");
    const infos = org.call('GET', '/sobjects/Opportunity/describe').body.recordTypeInfos;
    expect(
      infos.map((info: { developerName: string; recordTypeId: string }) => [info.developerName, info.recordTypeId]),
    ).toEqual([
      ['Renewal_Deal', type?.Id],
      ['Master', '012000000000000AAA'],
    ]);
    const deal = { Name: 'Deal', StageName: 'Qualification', CloseDate: '2026-12-01', RecordTypeId: type?.Id };
    const refused = org.call('POST', '/sobjects/Opportunity', { ...deal, Kind__c: 'New' });
    expect(refused.body[0]).toMatchObject({
      errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      fields: ['Kind__c'],
    });
    expect(org.call('POST', '/sobjects/Opportunity', { ...deal, Kind__c: 'Renewal' }).status).toBe(201);
    expect(org.call('POST', '/sobjects/Opportunity', { ...deal, Kind__c: 'Nonsense' }).status).toBe(400);
  });

  it('case 20: a session that ends in the middle of a run is 401 INVALID_SESSION_ID', () => {
    const org = testOrg({ options: { sessionMinutes: 15 } });
    expect(org.query('SELECT Id FROM Account').status).toBe(200);
    org.clock.advance(16 * 60_000);
    const answer = org.query('SELECT Id FROM Account');
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
  });

  it('case 21: the day’s calls run out with 403 and no Retry-After; limits say how many are left', () => {
    const org = testOrg({ options: { dailyRequestLimit: 3, sessionMinutes: 10_000 } });
    expect(org.query('SELECT Id FROM Account').headers['sforce-limit-info']).toBe('api-usage=1/3');
    expect(org.call('GET', '/limits').body.DailyApiRequests).toEqual({ Max: 3, Remaining: 1 });
    org.query('SELECT Id FROM Account');
    const refused = org.query('SELECT Id FROM Account');
    expect(refused.status).toBe(403);
    expect(refused.body[0].errorCode).toBe('REQUEST_LIMIT_EXCEEDED');
    expect(refused.headers).not.toHaveProperty('retry-after');
    expect(org.call('GET', '/services/data').headers).not.toHaveProperty('sforce-limit-info');
    org.clock.advance(86_400_000);
    expect(org.query('SELECT Id FROM Account').status).toBe(200);
    expect(testOrg().query('SELECT Id FROM Account').headers['sforce-limit-info']).toBe('api-usage=1/15000');
  });

  it('case 22: every kind of fault has the vendor’s own answer', () => {
    const { sf } = testOrg();
    expect(sf.faultResponse('bad-gateway-html')).toMatchObject({
      status: 502,
      headers: { 'content-type': expect.stringContaining('html') },
    });
    expect(sf.faultResponse('rate-limit-html').status).toBe(429);
    expect(sf.faultResponse('server-error-before').status).toBe(500);
    expect(sf.faultResponse('token-expired').status).toBe(401);
    expect(sf.faultResponse('rate-limit-burst').status).toBe(403);
    expect(() => JSON.parse(String(sf.faultResponse('truncate').body))).toThrow();
  });

  it('case 23: external ids with every awkward character, in any case; two matches are 300', () => {
    const org = testOrg();
    org.sf.defineField('Account', 'Erp__c', 'string', { length: 80, externalId: true, idLookup: true });
    const keys = ['a/b?c', '50% #1', "O'Neil & Søn", '日本 語'];
    for (const key of keys) {
      const path = `/sobjects/Account/Erp__c/${encodeURIComponent(key)}`;
      expect(org.call('PATCH', path, { Name: key }).status).toBe(201);
      expect(org.call('PATCH', path, { Name: `${key}!` }).body).toMatchObject({ success: true, created: false });
      expect(org.call('GET', path).body.Erp__c).toBe(key);
    }
    // jsforce leaves the value unencoded: the rest of the path is the value then.
    expect(org.call('GET', '/sobjects/Account/Erp__c/A/b%3Fc').body.Erp__c).toBe('a/b?c');
    const twins = [
      org.sf.create('Account', { Name: 'x', Erp__c: 'twin' }),
      org.sf.create('Account', { Name: 'y', Erp__c: 'TWIN' }),
    ];
    const many = org.call('PATCH', '/sobjects/Account/Erp__c/Twin', { Name: 'z' });
    expect(many.status).toBe(300);
    expect(many.body).toEqual(twins.map((id) => `/services/data/v66.0/sobjects/Account/${id}`));
    const wrong = org.call('PATCH', '/sobjects/Account/Namez/x', { Name: 'z' });
    expect(wrong.status).toBe(404);
    expect(wrong.body[0].message).toBe('Provided external ID field does not exist or is not accessible: Namez');
  });

  it('case 23: a unique external id refuses a second holder, also in other case unless case-sensitive', () => {
    const org = testOrg();
    org.sf.defineField('Account', 'Key__c', 'string', {
      length: 64,
      externalId: true,
      unique: true,
      caseSensitive: true,
    });
    org.sf.defineField('Account', 'Code__c', 'string', { length: 64, externalId: true, unique: true });
    const first = org.call('POST', '/sobjects/Account', { Name: 'a', Key__c: 'k', Code__c: 'c' }).body.id as string;
    expect(org.call('POST', '/sobjects/Account', { Name: 'b', Key__c: 'k' }).body[0]).toMatchObject({
      errorCode: 'DUPLICATE_VALUE',
      message: `duplicate value found: Key__c duplicates value on record with id: ${first.slice(0, 15)}`,
    });
    expect(org.call('POST', '/sobjects/Account', { Name: 'b', Key__c: 'K' }).status).toBe(201);
    expect(org.call('POST', '/sobjects/Account', { Name: 'b', Code__c: 'C' }).status).toBe(400);
  });

  it('case 24: upsert answers 201 on making and 200 with created false on changing', () => {
    const org = testOrg();
    org.sf.defineField('Account', 'Erp__c', 'string', { length: 80, externalId: true });
    expect(org.call('PATCH', '/sobjects/Account/Erp__c/7', { Name: 'x' })).toMatchObject({
      status: 201,
      body: { success: true, errors: [], created: true },
    });
    expect(org.call('PATCH', '/sobjects/Account/Erp__c/7', { Name: 'y' })).toMatchObject({
      status: 200,
      body: { success: true, errors: [], created: false },
    });
    const records = ['7', '8', ''].map((Erp__c) => ({ attributes: { type: 'Account' }, Erp__c, Name: 'z' }));
    const answer = org.call('PATCH', '/composite/sobjects/Account/Erp__c', { records });
    expect(
      answer.body.map((result: { success: boolean; created: boolean }) => [result.success, result.created]),
    ).toEqual([
      [true, false],
      [true, true],
      [false, false],
    ]);
  });

  it('case 28: a query longer than the URL limit is 414', () => {
    const ids = Array.from({ length: 900 }, (_, index) => `'001000000000${String(index).padStart(3, '0')}'`).join(',');
    expect(testOrg().query(`SELECT Id FROM Account WHERE Id IN (${ids})`).status).toBe(414);
  });

  it('case 38: a validation rule or flow answers with the admin’s own message', () => {
    const org = testOrg();
    const [id] = accounts(org, 1);
    org.sf.rules.validation.push({
      object: 'Account',
      fails: (record) => record('Type') === 'Prospect' && record('Industry') === null,
      message: 'A prospect needs an industry.',
      field: 'Industry',
    });
    expect(org.call('PATCH', `/sobjects/Account/${id}`, { Type: 'Prospect' }).body).toEqual([
      {
        message: 'A prospect needs an industry.',
        errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        fields: ['Industry'],
      },
    ]);
    org.sf.rules.validation.push({
      object: 'Account',
      fails: (record) => record('Rating') === 'Hot',
      message: 'Flow says no',
      code: 'CANNOT_EXECUTE_FLOW_TRIGGER',
    });
    expect(org.call('PATCH', `/sobjects/Account/${id}`, { Rating: 'Hot' }).body[0].errorCode).toBe(
      'CANNOT_EXECUTE_FLOW_TRIGGER',
    );
  });

  it('case 39: a field of a managed package carries its namespace', () => {
    const org = testOrg();
    const [id] = accounts(org, 1);
    org.sf.defineField('Account', 'ns__Tier__c', 'string', { length: 10 });
    org.call('PATCH', `/sobjects/Account/${id}`, { ns__Tier__c: 'Gold' });
    expect(org.rows("SELECT ns__Tier__c FROM Account WHERE ns__Tier__c = 'gold'")).toEqual([{ ns__Tier__c: 'Gold' }]);
  });

  it('case 40: our own update moves SystemModstamp, and says by whom', () => {
    const org = testOrg();
    const [id] = accounts(org, 1);
    org.clock.advance(5_000);
    org.call('PATCH', `/sobjects/Account/${id}`, { Type: 'Other' });
    expect(org.rows('SELECT SystemModstamp, LastModifiedById FROM Account')).toEqual([
      { SystemModstamp: '2026-11-01T12:00:05.000+0000', LastModifiedById: org.sf.users[0]?.id },
    ]);
    expect(org.sf.journal.at(-1)).toMatchObject({
      by: 'api',
      action: 'update',
      object: 'Account',
      id,
      field: 'Type',
      from: null,
      to: 'Other',
    });
  });

  it('case 41: without Sforce-Auto-Assign: FALSE an update hands the account to the assignment rule’s owner', () => {
    const org = testOrg();
    const [id] = accounts(org, 1) as [string];
    const owner = org.sf.get('Account', id)?.fields.OwnerId;
    const other = org.sf.create('User', {
      LastName: 'Other',
      Username: 'other@example.com',
      Email: 'other@example.com',
      IsActive: true,
    });
    org.sf.rules.assignment.set('Account', other);
    patch(org, [{ id, Type: 'Other' }], { 'sforce-auto-assign': 'FALSE' });
    expect(org.sf.get('Account', id)?.fields.OwnerId).toBe(owner);
    patch(org, [{ id, Type: 'Prospect' }]);
    expect(org.sf.get('Account', id)?.fields.OwnerId).toBe(other);
  });

  it('case 43: a percent field holds 12 for 12 %', () => {
    const org = testOrg();
    const [id] = accounts(org, 1);
    org.sf.defineField('Account', 'Share__c', 'percent', { precision: 4, scale: 1 });
    org.call('PATCH', `/sobjects/Account/${id}`, { Share__c: 12.34 });
    expect(org.rows('SELECT Share__c FROM Account')).toEqual([{ Share__c: 12.3 }]);
    expect(org.call('PATCH', `/sobjects/Account/${id}`, { Share__c: 1000 }).body[0].errorCode).toBe(
      'NUMBER_OUTSIDE_VALID_RANGE',
    );
  });
});
