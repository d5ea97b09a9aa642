import type { CrmAdapter, Entities } from '@holdfast/core';
import { hubspot } from '@holdfast/hubspot';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testClock, testPortal } from './sandbox-portal.ts';

const API = 'https://api.hubapi.com';
const json = { 'content-type': 'application/json;charset=utf-8' };
const property = (name: string, type = 'string') => ({ name, type, fieldType: 'text', label: name, groupName: 'g' });
const MAIL = ['from', 'to', 'cc'].flatMap((role) =>
  ['email', 'firstname', 'lastname'].map((it) => `hs_email_${role}_${it}`),
);
const DATES = ['hs_createdate', 'hs_lastmodifieddate', 'hs_timestamp'].map((name) => property(name, 'datetime'));
const PROPERTIES = {
  emails: ['hs_email_headers', 'hs_email_subject', 'hs_email_thread_id', 'hs_email_direction', ...MAIL].map((it) =>
    property(it),
  ),
  meetings: [property('hs_meeting_title')],
  contacts: [property('email')],
};

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

/** A record in the shape of HubSpot's documentation of lists, with the contacts that it is linked to. */
const record = (id: string, properties: object, contacts: readonly string[] = []) => ({
  ...{ id, createdAt: '2026-03-02T08:00:00.000Z', updatedAt: '2026-03-02T08:05:00.000Z', archived: false },
  properties: { hs_timestamp: '2026-03-01T10:00:00.000Z', ...properties },
  ...(contacts.length > 0 && {
    associations: { contacts: { results: contacts.map((to) => ({ id: to, type: 'email_to_contact' })) } },
  }),
});
const list = (...results: readonly object[]) => ({ results });

async function connect(mails: object): Promise<CrmAdapter> {
  nock(API).get('/account-info/2026-03/details').reply(200, { portalId: 42, timeZone: 'UTC' }, json);
  for (const [object, own] of Object.entries(PROPERTIES))
    nock(API)
      .get(`/crm/properties/2026-03/${object}`)
      .query(true)
      .reply(200, { results: [...DATES, ...own] }, json);
  nock(API).get('/crm/objects/2026-03/emails').query(true).reply(200, mails, json);
  return hubspot.connect(
    { token: 'pat-canary-5ecret', entities: ['mailParties', 'meetingParties', 'contact'] },
    { clock: testClock(), random: () => 0.5, log: () => {} },
  );
}

async function readMails(...mails: readonly object[]): Promise<readonly Entities['mailParties'][]> {
  const crm = await connect(list(record('9', { hs_email_from_email: 'someone@example.com' })));
  nock(API)
    .get('/crm/objects/2026-03/emails')
    .query(true)
    .reply(200, list(...mails), json);
  const page = await crm.read('mailParties', { kind: 'all', cursor: null });
  expect(page.rejects).toEqual([]);
  return page.records;
}

const HEADERS = JSON.stringify({
  from: { email: 'Ana.Berg+crm@example.com', firstName: 'Ana', lastName: 'Berg' },
  sender: { email: 'ana.berg@example.com' },
  to: [{ email: 'jonas@example.org', firstName: 'Jonas', lastName: 'Roth' }, { email: 'sales@example.net' }],
  cc: [{ email: 'private@gmail.com' }],
  bcc: [],
});

describe('who took part in a mail', () => {
  test('headers: addresses as they are compared, names of all, hints in place of the subject, linked contacts', async () => {
    const mail = {
      hs_email_headers: HEADERS,
      hs_email_subject: 'Re: Introduction: Ana <> Jonas',
      hs_email_thread_id: 't1',
    };
    const [read] = await readMails(record('7', { ...mail, hs_email_direction: 'INCOMING_EMAIL' }, ['11', '12']));
    expect(read).toEqual({
      ...{
        id: 'email:7',
        activityId: null,
        direction: 'inbound',
        thread: 't1',
        contactIds: ['contact:11', 'contact:12'],
      },
      ...{ createdAt: Date.UTC(2026, 2, 2, 8), updatedAt: Date.UTC(2026, 2, 2, 8, 5) },
      occurredAt: Date.UTC(2026, 2, 1, 10),
      hints: { introduces: true, reply: true, forward: false, bulk: false },
      parties: [
        party('from', { mailbox: 'ana.berg@example.com', domain: 'example.com' }, 'ana berg'),
        party('to', { mailbox: 'jonas@example.org', domain: 'example.org' }, 'jonas roth'),
        party('to', { mailbox: 'sales@example.net', domain: 'example.net' }),
        party('cc', { mailbox: 'private@gmail.com', domain: null }),
      ],
    });
    expect(JSON.stringify(read)).not.toContain('Introduction');
  });

  test('without headers the single properties tell, several recipients divided by semicolons', async () => {
    const to = { hs_email_to_email: 'a@example.org;b@example.org', hs_email_to_firstname: 'Ada;Bo' };
    const [read, broken] = await readMails(
      record('7', { hs_email_from_email: 'us@example.net', ...to, hs_email_to_lastname: 'Ek;Lund' }),
      record('8', { hs_email_headers: '{not json', hs_email_from_email: 'us@example.net' }),
    );
    expect(read?.parties).toEqual([
      party('from', { mailbox: 'us@example.net', domain: 'example.net' }),
      party('to', { mailbox: 'a@example.org', domain: 'example.org' }, 'ada ek'),
      party('to', { mailbox: 'b@example.org', domain: 'example.org' }, 'bo lund'),
    ]);
    expect(broken?.parties).toHaveLength(1);
  });

  test('a mail that says nobody is hidden, not empty', async () => {
    const [read] = await readMails(record('7', { hs_email_headers: null, hs_email_subject: null }));
    expect(read).toMatchObject({ parties: null, hints: null, contactIds: [] });
  });
});

describe('a token without sales-email-read', () => {
  test('mails that are all emptied: the class is unavailable with the scope to ask for, meetings are read', async () => {
    const emptied = { hs_email_headers: null, hs_email_from_email: null };
    nock(API)
      .post('/crm/objects/2026-03/emails/search')
      .reply(200, { total: 1, ...list(record('9', emptied)) }, json);
    const { capabilities } = await connect(list(record('7', emptied), record('8', emptied)));
    expect(capabilities.read.mailParties).toBeUndefined();
    expect(capabilities.unavailable.mailParties).toMatch(/scope sales-email-read.*does not mean that there were none/);
    expect(capabilities.read.meetingParties).toBeDefined();
  });

  test('the oldest mails were logged by hand and name nobody, another one does: nothing is hidden', async () => {
    const named = record('9', { hs_email_headers: HEADERS });
    nock(API)
      .post('/crm/objects/2026-03/emails/search')
      .reply(200, { total: 1, ...list(named) }, json);
    const { capabilities } = await connect(list(record('7', { hs_email_headers: null })));
    expect(capabilities.read.mailParties).toBeDefined();
  });

  test('a portal without mails hides none', async () => {
    expect((await connect(list())).capabilities.read.mailParties).toBeDefined();
  });

  test('the sandbox empties what stands in a mail for such a token, and the check says so', async () => {
    const scopes = hubspot.permissions.map(({ name }) => name).filter((it) => it !== 'sales-email-read');
    const portal = testPortal({ tokens: { 'sandbox-token': { scopes } } });
    const at = '2026-11-01T10:00:00.000Z';
    const mail = {
      hs_timestamp: at,
      hs_email_direction: 'EMAIL',
      hs_email_subject: 'Intro',
      hs_email_headers: HEADERS,
    };
    portal.emulator.create('emails', mail);
    const crm = await portal.connect();
    const problems = await crm.check(null);
    expect(problems.map(({ message }) => message).join()).toMatch(/mailParties cannot be read: .*sales-email-read/);
    await crm.close();
    portal.close();
  });
});

test('of a meeting the linked contacts were there; its title becomes hints', async () => {
  const crm = await connect(list());
  nock(API)
    .get('/crm/objects/2026-03/meetings')
    .query(true)
    .reply(200, list(record('5', { hs_meeting_title: 'Intro Ana / Jonas' }, ['11', '12'])), json);
  const { records } = await crm.read('meetingParties', { kind: 'all', cursor: null });
  expect(records).toEqual([
    expect.objectContaining({
      id: 'meeting:5',
      contactIds: ['contact:11', 'contact:12'],
      hints: expect.objectContaining({ introduces: true }),
    }),
  ]);
});

function party(role: string, address: object, name: string | null = null) {
  return { role, contactId: null, address, name, own: false };
}
