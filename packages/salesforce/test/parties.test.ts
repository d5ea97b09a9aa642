import type { CrmAdapter } from '@holdfast/core';
import { salesforce } from '@holdfast/salesforce';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openOrg } from './sandbox-org.ts';

const HOST = 'https://acme.my.salesforce.com';
const DATA = '/services/data/v66.0';
const field = (name: string, type = 'string') => ({ name, type, createable: true, updateable: true });
const COMMON = ['Id', 'CreatedDate', 'SystemModstamp', 'IsDeleted'].map((name) => field(name));
const describes: Readonly<Record<string, object>> = {
  EmailMessage: shape(
    'EmailMessage',
    [
      'ActivityId',
      'Incoming',
      'MessageDate',
      'ThreadIdentifier',
      'Subject',
      'FromAddress',
      'FromName',
      'ToAddress',
      'CcAddress',
      'Status',
    ],
    'EmailMessageRelations',
  ),
  Event: shape('Event', ['WhoId', 'Subject', 'StartDateTime', 'IsRecurrence', 'IsChild'], 'EventRelations'),
};

function shape(name: string, fields: readonly string[], child: string) {
  const childRelationships = [{ relationshipName: child, childSObject: child.slice(0, -1) }];
  const all = [...COMMON, ...fields.map((it) => field(it))];
  return { name, createable: true, updateable: true, queryable: true, fields: all, childRelationships };
}

const open: CrmAdapter[] = [];
beforeAll(() => nock.disableNetConnect());
afterEach(async () => {
  for (const crm of open.splice(0)) await crm.close();
  nock.cleanAll();
});
afterAll(() => nock.restore());

interface Composite {
  readonly compositeRequest: readonly { readonly referenceId: string; readonly url: string }[];
}

async function connect(): Promise<CrmAdapter> {
  let asked: Composite = { compositeRequest: [] };
  nock(HOST)
    .post(`${DATA}/composite`, (body: Composite) => {
      asked = body;
      return true;
    })
    .times(3)
    .reply(200, () => ({ compositeResponse: asked.compositeRequest.map((it) => answer(it.referenceId, it.url)) }));
  const crm = await salesforce.connect(
    { instanceUrl: HOST, accessToken: 'canary', currency: 'EUR', entities: ['mailParties', 'meetingParties'] },
    { clock: { now: () => 0, sleep: async () => {} }, random: () => 0.5, log: () => {} },
  );
  open.push(crm);
  return crm;
}

function answer(referenceId: string, url: string) {
  const described = describes[referenceId];
  if (described) return { referenceId, httpStatusCode: 200, body: described };
  const isOrg = referenceId === 'organization';
  if (!isOrg && !url.includes('/query'))
    return {
      referenceId,
      httpStatusCode: 404,
      body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
    };
  const records = isOrg ? [{ Id: '00D000000000001AAA', Name: 'Acme', OrganizationType: 'Enterprise Edition' }] : [];
  return { referenceId, httpStatusCode: 200, body: { totalSize: records.length, done: true, records } };
}

async function readRows(entity: 'mailParties' | 'meetingParties', ...rows: readonly object[]) {
  const crm = await connect();
  let asked = '';
  const records = rows.map((it) => ({
    ...{
      CreatedDate: '2026-03-02T08:00:00.000+0000',
      SystemModstamp: '2026-03-02T08:05:00.000+0000',
      IsDeleted: false,
    },
    ...it,
  }));
  nock(HOST)
    .get(new RegExp(`^${DATA}/query(All)?`))
    .query((query) => {
      asked = String(query['q']);
      return true;
    })
    .reply(200, { totalSize: rows.length, done: true, records });
  const page = await crm.read(entity, { kind: 'all', cursor: null });
  expect(page.rejects).toEqual([]);
  return { asked, records: page.records };
}

const MAIL = {
  ...{ Id: '02s000000000001AAA', ActivityId: '00T000000000001EAA', Incoming: true, Subject: 'Fwd: Intro Ana / Jonas' },
  ...{ MessageDate: '2026-03-01T10:00:00.000+0000', ThreadIdentifier: 'thread-1', FromName: 'Ana Berg' },
  ...{ FromAddress: 'Ana.Berg@example.com', ToAddress: 'sales@example.net; jonas@example.org', CcAddress: null },
};
const related = (...records: readonly object[]) => ({ totalSize: records.length, done: true, records });

describe('who took part in a mail', () => {
  it('relations tell contacts and users, the mail itself the others; drafts are not asked for', async () => {
    const EmailMessageRelations = related(
      { RelationId: '003000000000001AAA', RelationType: 'FromAddress', RelationAddress: 'ana.berg@example.com' },
      { RelationId: '005000000000001AAA', RelationType: 'ToAddress', RelationAddress: 'sales@example.net' },
      { RelationId: '003000000000002AAA', RelationType: 'OtherAddress', RelationAddress: null },
    );
    const { asked, records } = await readRows('mailParties', { ...MAIL, EmailMessageRelations });
    expect(asked).toContain('(SELECT RelationId, RelationType, RelationAddress FROM EmailMessageRelations)');
    expect(asked).toContain("Status != '5'");
    expect(records[0]).toEqual({
      ...{ id: 'EmailMessage:02s000000000001AAA', activityId: 'Task:00T000000000001EAA', direction: 'inbound' },
      ...{
        createdAt: Date.UTC(2026, 2, 2, 8),
        updatedAt: Date.UTC(2026, 2, 2, 8, 5),
        occurredAt: Date.UTC(2026, 2, 1, 10),
      },
      ...{ thread: 'thread-1', hints: { introduces: true, reply: false, forward: true, bulk: false } },
      contactIds: ['Contact:003000000000001AAA', 'Contact:003000000000002AAA'],
      parties: [
        party('from', 'ana.berg@example.com', { contactId: 'Contact:003000000000001AAA', name: 'ana berg' }),
        party('to', 'sales@example.net', { own: true }),
        party('to', 'jonas@example.org'),
      ],
    });
  });

  it('a mail without relations is told by its addresses; one without any is hidden', async () => {
    const nobody = { FromAddress: null, FromName: null, ToAddress: null };
    const { records } = await readRows(
      'mailParties',
      { ...MAIL, EmailMessageRelations: null },
      { ...MAIL, ...nobody, Id: '02s000000000002AAA', EmailMessageRelations: null },
    );
    expect(records).toMatchObject([
      { parties: [{ role: 'from', name: 'ana berg' }, { role: 'to' }, { role: 'to' }], contactIds: [] },
      { parties: null },
    ]);
  });
});

it('in a meeting were the contact that it is about and those invited; users and leads are no contacts', async () => {
  const invited = ['003000000000002AAA', '005000000000001AAA', '00Q000000000001AAA', '003000000000001AAA'];
  const { asked, records } = await readRows('meetingParties', {
    ...{
      Id: '00U000000000001EAA',
      WhoId: '003000000000001AAA',
      Subject: 'Webinar',
      StartDateTime: '2026-03-01T10:00:00.000+0000',
    },
    EventRelations: related(...invited.map((RelationId) => ({ RelationId }))),
  });
  expect(asked).toContain('(SELECT RelationId FROM EventRelations)');
  expect(records).toEqual([
    expect.objectContaining({
      ...{ id: 'Event:00U000000000001EAA', contactIds: ['Contact:003000000000001AAA', 'Contact:003000000000002AAA'] },
      hints: { introduces: false, reply: false, forward: false, bulk: true },
    }),
  ]);
});

it('an org without the object for mails says so, and goes on without', async () => {
  const sandbox = openOrg();
  nock.enableNetConnect();
  sandbox.crm.removeObject('EmailMessage');
  const crm = await sandbox.connect();
  expect(crm.capabilities.unavailable.mailParties).toMatch(/This org has no EmailMessage/);
  expect(crm.capabilities.read.meetingParties).toBeDefined();
  await crm.close();
  sandbox.close();
});

function party(role: string, mailbox: string, more: object = {}) {
  const address = { mailbox, domain: mailbox.slice(mailbox.indexOf('@') + 1) };
  return { role, contactId: null, address, name: null, own: false, ...more };
}
