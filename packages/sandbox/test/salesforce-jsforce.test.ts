import { strToU8, zipSync } from 'fflate';
import { Connection } from 'jsforce';
import { setDefaults } from 'jsforce/lib/request.js';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { faultsOff } from '../src/faults/index.ts';
import {
  createSalesforce,
  type SalesforceEmulator,
  type SalesforceOptions,
  sandboxUser,
} from '../src/salesforce/index.ts';
import { listen } from '../src/server/index.ts';
import { testClock } from './salesforce-request.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

// Replacing the defaults also drops the proxy that jsforce takes from the environment even for the loopback address.
beforeAll(() => setDefaults({ retry: { maxRetries: 0 } }));

interface World {
  readonly sf: SalesforceEmulator;
  readonly connection: Connection;
  readonly origin: string;
}

async function world(options: Partial<SalesforceOptions> = {}): Promise<World> {
  const sf = createSalesforce({ edition: 'developer', clock: testClock(), ...options });
  const server = await listen({ emulator: sf, faults: faultsOff });
  closers.push(() => server.close());
  const connection = new Connection({ instanceUrl: server.origin, accessToken: 'sandbox-token', version: '66.0' });
  connection.metadata.pollInterval = 5;
  return { sf, connection, origin: server.origin };
}

const oauth = (loginUrl: string) => ({
  loginUrl,
  clientId: 'sandbox-client',
  clientSecret: 'sandbox-secret',
  redirectUri: 'http://localhost/callback',
});

describe('Salesforce through the real jsforce: signing in', () => {
  it('client credentials give a session, and identity names org and user', async () => {
    const { sf, origin } = await world();
    const connection = new Connection({ oauth2: oauth(origin), version: '66.0' });
    await connection.authorize({ grant_type: 'client_credentials' });
    expect(connection.instanceUrl).toBe(origin);
    expect((await connection.query('SELECT Id FROM Account')).totalSize).toBe(0);
    expect(connection.userInfo).toMatchObject({ id: sf.users[0]?.id, organizationId: sf.orgId });
    expect(connection.limitInfo.apiUsage).toMatchObject({ limit: 15_000 });
  });

  it('a wrong secret and an unknown client are refused in OAuth’s words', async () => {
    const { origin } = await world();
    const wrong = new Connection({ oauth2: { ...oauth(origin), clientSecret: 'no' }, version: '66.0' });
    await expect(wrong.authorize({ grant_type: 'client_credentials' })).rejects.toMatchObject({
      name: 'invalid_client',
    });
    const unknown = new Connection({ oauth2: { ...oauth(origin), clientId: 'no' }, version: '66.0' });
    await expect(unknown.authorize({ grant_type: 'client_credentials' })).rejects.toMatchObject({
      name: 'invalid_client_id',
    });
  });

  it('a refresh token is rotated: the used one is refused', async () => {
    const { origin } = await world();
    const connection = new Connection({ oauth2: oauth(origin), version: '66.0' });
    const first = await connection.oauth2.refreshToken('sandbox-refresh');
    expect(first.refresh_token).toMatch(/^sandbox-refresh-/);
    await expect(connection.oauth2.refreshToken('sandbox-refresh')).rejects.toMatchObject({
      name: 'invalid_grant',
      message: 'expired access/refresh token',
    });
    expect((await connection.oauth2.refreshToken(first.refresh_token as string)).access_token).not.toBe(
      first.access_token,
    );
  });

  it('a JWT bearer assertion is accepted by its shape, an authorization code once', async () => {
    const { origin } = await world();
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const assertion = `${part({ alg: 'RS256' })}.${part({ iss: 'sandbox-client', sub: sandboxUser.username, exp: 4_000_000_000 })}.c2ln`;
    const jwt = new Connection({ oauth2: oauth(origin), version: '66.0' });
    await jwt.authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
    expect((await jwt.query('SELECT Id FROM User')).totalSize).toBe(1);
    await jwt.authorize('sandbox-code');
    await expect(jwt.authorize('sandbox-code')).rejects.toMatchObject({ name: 'invalid_grant' });
  });
});

describe('Salesforce through the real jsforce: records', () => {
  it('creates, updates, upserts, retrieves and destroys in collections', async () => {
    const { connection, sf } = await world();
    sf.defineField('Account', 'Erp__c', 'string', { length: 40, externalId: true });
    const made = await connection.sobject('Account').create([{ Name: 'a', Erp__c: '1' }, { Name: 'b' }]);
    expect(made.map((result) => result.success)).toEqual([true, true]);
    const ids = made.map((result) => result.id as string);
    const updated = await connection.sobject('Account').update(ids.map((Id) => ({ Id, Type: 'Prospect' })));
    expect(updated.every((result) => result.success)).toBe(true);
    const upserted = await connection.sobject('Account').upsert(
      [
        { Erp__c: '1', Name: 'A' },
        { Erp__c: '2', Name: 'c' },
      ],
      'Erp__c',
    );
    expect(upserted.map((result) => ('created' in result ? result.created : undefined))).toEqual([false, true]);
    expect((await connection.sobject('Account').retrieve(ids)).map((record) => record.Name)).toEqual(['A', 'b']);
    await connection.sobject('Account').destroy(ids);
    expect((await connection.query('SELECT Id FROM Account')).totalSize).toBe(1);
  });

  it('follows pages when told to, and names the error of a bad query', async () => {
    const { connection, sf } = await world({ options: { pageSize: 7 } });
    for (let index = 0; index < 20; index += 1) sf.create('Account', { Name: `Account ${index}` });
    const all = await connection.query('SELECT Id FROM Account', { autoFetch: true, maxFetch: 100_000 });
    expect(all.records).toHaveLength(20);
    await expect(connection.query('SELECT Nope FROM Account')).rejects.toMatchObject({ errorCode: 'INVALID_FIELD' });
    await expect(connection.query('SELECT Id FORM Account')).rejects.toMatchObject({ errorCode: 'MALFORMED_QUERY' });
  });

  it('merges two accounts over SOAP', async () => {
    const { connection, sf } = await world();
    const [master, loser] = [sf.create('Account', { Name: 'a' }), sf.create('Account', { Name: 'b' })] as const;
    const contact = sf.create('Contact', { LastName: 'Berg', AccountId: loser });
    const result = await connection.soap.merge({
      masterRecord: { type: 'Account', Id: master },
      recordToMergeIds: [loser],
    } as never);
    expect(result).toMatchObject({ success: true, id: master, mergedRecordIds: [loser], updatedRelatedIds: [contact] });
    expect(sf.get('Account', loser)).toMatchObject({ deleted: true, fields: { MasterRecordId: master } });
  });
});

const manifest = (types: Readonly<Record<string, readonly string[]>>): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Package xmlns="http://soap.sforce.com/2006/04/metadata">${Object.entries(
    types,
  )
    .map(
      ([name, members]) =>
        `<types>${members.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`,
    )
    .join('')}<version>66.0</version></Package>`;

const score = `<fields><fullName>Score__c</fullName><label>Score</label><precision>3</precision><scale>0</scale><required>false</required><type>Number</type></fields>`;
const band = `<fields><fullName>Band__c</fullName><label>Band</label><type>Picklist</type><valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted><value><fullName>good</fullName><default>false</default><label>Good</label></value></valueSetDefinition></valueSet></fields>`;
const accountXml = (...fields: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">${fields.join('')}</CustomObject>`;
const grant = (field: string, editable: boolean): string =>
  `<fieldPermissions><editable>${editable}</editable><field>${field}</field><readable>true</readable></fieldPermissions>`;
const setXml = (...grants: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">${grants.join('')}<hasActivationRequired>false</hasActivationRequired><label>Scores</label></PermissionSet>`;

const zipOf = (files: Readonly<Record<string, string>>): Buffer =>
  Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))));

const both = (...grants: readonly string[]): Buffer =>
  zipOf({
    'package.xml': manifest({ CustomField: ['Account.Score__c', 'Account.Band__c'], PermissionSet: ['Scores'] }),
    'objects/Account.object': accountXml(score, band),
    'permissionsets/Scores.permissionset': setXml(...grants),
  });

describe('Salesforce through the real jsforce: metadata', () => {
  it('a deployed field exists for nobody until its permission set is assigned', async () => {
    const { connection, sf } = await world();
    const account = sf.create('Account', { Name: 'a' });
    const result = await connection.metadata
      .deploy(both(grant('Account.Score__c', true), grant('Account.Band__c', false)), {})
      .complete(true);
    expect(result).toMatchObject({
      status: 'Succeeded',
      success: true,
      numberComponentErrors: 0,
      numberComponentsDeployed: 3,
    });
    await expect(connection.query('SELECT Score__c FROM Account')).rejects.toMatchObject({
      errorCode: 'INVALID_FIELD',
    });
    const set = await connection.query<{ Id: string }>("SELECT Id FROM PermissionSet WHERE Name = 'Scores'");
    await connection
      .sobject('PermissionSetAssignment')
      .create({ PermissionSetId: set.records[0]?.Id as string, AssigneeId: sf.users[0]?.id as string });
    const fields = (await connection.sobject('Account').describe()).fields;
    expect(fields.find((field) => field.name === 'Score__c')).toMatchObject({
      type: 'double',
      precision: 3,
      scale: 0,
      updateable: true,
      custom: true,
    });
    expect(fields.find((field) => field.name === 'Band__c')).toMatchObject({
      type: 'picklist',
      restrictedPicklist: true,
      updateable: false,
    });
    await connection.sobject('Account').update({ Id: account, Score__c: 61.6 });
    expect((await connection.query('SELECT Score__c FROM Account')).records[0]).toMatchObject({ Score__c: 62 });
    await expect(connection.sobject('Account').update({ Id: account, Band__c: 'good' })).rejects.toMatchObject({
      errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    });
  });

  it('checkOnly changes nothing', async () => {
    const { connection } = await world();
    const result = await connection.metadata
      .deploy(both(grant('Account.Score__c', true)), { checkOnly: true })
      .complete(true);
    expect(result).toMatchObject({ success: true, checkOnly: true });
    expect(await connection.metadata.list([{ type: 'PermissionSet' }])).toEqual([]);
    expect((await connection.query("SELECT Id FROM PermissionSet WHERE Name = 'Scores'")).totalSize).toBe(0);
  });

  it('a permission set is replaced whole: what the new file leaves out is no longer granted', async () => {
    const { connection, sf } = await world();
    await connection.metadata
      .deploy(both(grant('Account.Score__c', true), grant('Account.Band__c', true)), {})
      .complete(true);
    const set = await connection.query<{ Id: string }>("SELECT Id FROM PermissionSet WHERE Name = 'Scores'");
    await connection
      .sobject('PermissionSetAssignment')
      .create({ PermissionSetId: set.records[0]?.Id as string, AssigneeId: sf.users[0]?.id as string });
    expect((await connection.query('SELECT Band__c FROM Account')).totalSize).toBe(0);
    const smaller = zipOf({
      'package.xml': manifest({ PermissionSet: ['Scores'] }),
      'permissionsets/Scores.permissionset': setXml(grant('Account.Score__c', true)),
    });
    await connection.metadata.deploy(smaller, {}).complete(true);
    await expect(connection.query('SELECT Band__c FROM Account')).rejects.toMatchObject({ errorCode: 'INVALID_FIELD' });
    const held = await connection.query<{ Field: string }>('SELECT Field, PermissionsEdit FROM FieldPermissions');
    expect(held.records.map((record) => record.Field)).toEqual(['Account.Score__c']);
    expect(await connection.metadata.read('PermissionSet', 'Scores')).toMatchObject({
      fullName: 'Scores',
      fieldPermissions: [{ field: 'Account.Score__c', editable: true }],
    });
  });

  it('one bad component takes the whole deployment back, and says which', async () => {
    const { connection } = await world();
    const result = await connection.metadata
      .deploy(both(grant('Account.Missing__c', true)), { rollbackOnError: true })
      .complete(true);
    expect(result).toMatchObject({ success: false, status: 'Failed', numberComponentErrors: 1 });
    const [failure] = [result.details?.componentFailures ?? []].flat();
    expect(failure).toMatchObject({
      fullName: 'Scores',
      componentType: 'PermissionSet',
      problem: 'In field: field - no CustomField named Account.Missing__c found',
    });
    expect(
      [await connection.metadata.read('CustomField', 'Account.Score__c')].flat()[0]?.fullName ?? undefined,
    ).toBeUndefined();
  });

  it('malformed XML, a missing file, a wrong type and a changed type are component failures', async () => {
    const { connection, sf } = await world();
    sf.defineField('Account', 'Score__c', 'string', { length: 10 });
    const problems = async (files: Readonly<Record<string, string>>): Promise<string> => {
      const result = await connection.metadata.deploy(zipOf(files), {}).complete(true);
      expect(result.success).toBe(false);
      return (
        [result.details?.componentFailures ?? []]
          .flat()
          .map((failure) => failure.problem)
          .join('|') || String(result.errorMessage)
      );
    };
    const only = manifest({ CustomField: ['Account.Score__c'] });
    expect(await problems({ 'package.xml': only, 'objects/Account.object': accountXml(score) })).toContain(
      'Cannot change the data type',
    );
    expect(await problems({ 'package.xml': only, 'objects/Account.object': '<CustomObject><fields>' })).toContain(
      'Error parsing file',
    );
    expect(await problems({ 'package.xml': only })).toContain('named in package.xml, but was not found');
    expect(
      await problems({ 'package.xml': only, 'objects/Account.object': accountXml(score.replace('Number', 'Numeral')) }),
    ).toContain('FieldType');
    expect(await problems({ 'objects/Account.object': accountXml(score) })).toContain('No package.xml found');
  });

  it('destructiveChanges takes a field away, its grants with it', async () => {
    const { connection } = await world();
    await connection.metadata.deploy(both(grant('Account.Score__c', true)), {}).complete(true);
    const gone = zipOf({
      'package.xml': manifest({}),
      'destructiveChanges.xml': manifest({ CustomField: ['Account.Score__c'] }),
    });
    expect(await connection.metadata.deploy(gone, {}).complete(true)).toMatchObject({ success: true });
    expect((await connection.query('SELECT Id FROM FieldPermissions')).totalSize).toBe(0);
    expect((await connection.metadata.list([{ type: 'CustomField' }])).map((found) => found.fullName)).toEqual([
      'Account.Band__c',
    ]);
  });

  it('a custom object comes with its name field and takes records once it is granted', async () => {
    const { connection, sf } = await world();
    const objectXml = `<?xml version="1.0" encoding="UTF-8"?><CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><deploymentStatus>Deployed</deploymentStatus><fields><fullName>Account__c</fullName><label>Account</label><referenceTo>Account</referenceTo><relationshipName>Visits</relationshipName><type>Lookup</type></fields><label>Visit</label><nameField><displayFormat>V-{00000}</displayFormat><label>Visit Number</label><type>AutoNumber</type></nameField><pluralLabel>Visits</pluralLabel><sharingModel>ReadWrite</sharingModel></CustomObject>`;
    const files = {
      'package.xml': manifest({ CustomObject: ['Visit__c'], PermissionSet: ['Visits'] }),
      'objects/Visit__c.object': objectXml,
      'permissionsets/Visits.permissionset': setXml(grant('Visit__c.Account__c', true)),
    };
    expect(await connection.metadata.deploy(zipOf(files), {}).complete(true)).toMatchObject({ success: true });
    const set = await connection.query<{ Id: string }>("SELECT Id FROM PermissionSet WHERE Name = 'Visits'");
    await connection
      .sobject('PermissionSetAssignment')
      .create({ PermissionSetId: set.records[0]?.Id as string, AssigneeId: sf.users[0]?.id as string });
    const account = sf.create('Account', { Name: 'a' });
    await connection.sobject('Visit__c').create({ Account__c: account });
    const parent = await connection.query('SELECT Name, (SELECT Id, Name FROM Visits__r) FROM Account');
    expect(parent.records[0]).toMatchObject({ Visits__r: { totalSize: 1 } });
  });

  it('a deployment that takes its time is polled, and professional edition has no Metadata API', async () => {
    const slow = await world({ options: { deployPolls: 3 } });
    expect(
      await slow.connection.metadata.deploy(both(grant('Account.Score__c', true)), {}).complete(true),
    ).toMatchObject({ done: true, success: true });
    const { connection } = await world({ edition: 'professional' });
    await expect(connection.metadata.deploy(both(), {}).complete(true)).rejects.toMatchObject({
      errorCode: 'sf:API_DISABLED_FOR_ORG',
    });
    const limited = await world({ users: [{ ...sandboxUser, modifyMetadata: false }] });
    await expect(limited.connection.metadata.list([{ type: 'CustomField' }])).rejects.toMatchObject({
      errorCode: 'sf:INSUFFICIENT_ACCESS',
    });
  });

  it('the REST deploy takes a multipart body and answers with an id to poll', async () => {
    const { sf } = await world();
    const boundary = 'sandbox-boundary';
    const zip = both(grant('Account.Score__c', true)).toString('latin1');
    const body = `--${boundary}\r\nContent-Disposition: form-data; name="entity_content"\r\nContent-Type: application/json\r\n\r\n${JSON.stringify({ deployOptions: { checkOnly: false } })}\r\n--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="package.zip"\r\nContent-Type: application/zip\r\n\r\n${zip}\r\n--${boundary}--\r\n`;
    const headers = {
      authorization: 'Bearer sandbox-token',
      'content-type': `multipart/form-data; boundary=${boundary}`,
    };
    const query = new URLSearchParams({ includeDetails: 'true' });
    const started = sf.handle({
      method: 'POST',
      path: '/services/data/v66.0/metadata/deployRequest',
      query,
      headers,
      body,
    });
    expect(started.status).toBe(201);
    const { id } = JSON.parse(String(started.body)) as { id: string };
    const status = sf.handle({
      method: 'GET',
      path: `/services/data/v66.0/metadata/deployRequest/${id}`,
      query,
      headers,
      body: '',
    });
    expect(JSON.parse(String(status.body))).toMatchObject({
      id,
      deployResult: { success: true, status: 'Succeeded', numberComponentsDeployed: 3 },
    });
  });
});
