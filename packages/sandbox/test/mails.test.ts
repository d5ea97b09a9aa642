import { describe, expect, it } from 'vitest';
import { type BookMail, bookOfIntroductions, generateIntroductions } from '../src/book/index.ts';
import { createHubSpot, sandboxToken } from '../src/hubspot/index.ts';
import { emptyBook, smallBook, testClock } from './hubspot-support.ts';
import { testOrg } from './salesforce-request.ts';

const at = '2026-10-01T08:00:00.000Z';
const dated = { occurredAt: at, createdAt: '2026-10-02T08:00:00.000Z', updatedAt: '2026-10-02T08:00:00.000Z' };
const book = {
  ...emptyBook,
  owners: smallBook.owners,
  accounts: smallBook.accounts,
  contacts: smallBook.contacts,
  activities: [
    { id: 'm1', kind: 'email', direction: 'inbound', subject: 'Intro', contactIds: ['c1', 'c3'], ...dated },
    { id: 'm2', kind: 'meeting', subject: 'Demo', contactIds: ['c1', 'c2'], ...dated },
  ],
} as const;
const mails: readonly BookMail[] = [
  {
    ...{ activityId: 'm1', from: 'Cy <CY@example.com>', thread: 't-1' },
    ...{ to: ['Ada Berg <ada@example.com>'], cc: ['stranger@example.net'] },
  },
];

describe('HubSpot', () => {
  const tokens = {
    [sandboxToken]: { scopes: 'all' as const },
    'blind-token-1': { scopes: ['crm.objects.contacts.read'] },
  };
  const portal = createHubSpot({ tier: 'professional', clock: testClock(), book, mails, tokens });
  const mailSeenBy = (token: string) => {
    const names = 'hs_email_headers,hs_email_from_email,hs_email_cc_email,hs_email_thread_id,hs_email_subject';
    const response = portal.handle({
      ...{ method: 'GET', path: '/crm/objects/2026-03/emails', body: '' },
      ...{ query: new URLSearchParams({ properties: `${names},hs_timestamp` }) },
      headers: { authorization: `Bearer ${token}` },
    });
    return JSON.parse(String(response.body)).results[0].properties;
  };

  it('a mail has its headers as JSON, and beside them what each role says', () => {
    const seen = mailSeenBy(sandboxToken);
    expect(JSON.parse(seen.hs_email_headers)).toEqual({
      from: { email: 'CY@example.com', firstName: 'Cy', lastName: '' },
      to: [{ email: 'ada@example.com', firstName: 'Ada', lastName: 'Berg' }],
      ...{ cc: [{ email: 'stranger@example.net' }], bcc: [] },
    });
    expect(seen).toMatchObject({
      ...{ hs_email_from_email: 'CY@example.com', hs_email_cc_email: 'stranger@example.net' },
      ...{ hs_email_thread_id: 't-1', hs_email_subject: 'Intro' },
    });
  });

  it('a token without sales-email-read sees that there was a mail and when, and nothing that stands in it', () => {
    expect(mailSeenBy('blind-token-1')).toMatchObject({
      ...{ hs_email_headers: null, hs_email_from_email: null, hs_email_cc_email: null, hs_email_subject: null },
      hs_timestamp: at,
    });
  });
});

describe('Salesforce', () => {
  const soql = `SELECT Subject, FromName, ToAddress, CcAddress, Incoming, MessageDate, ActivityId,
    (SELECT RelationId, RelationType FROM EmailMessageRelations) FROM EmailMessage`;

  it('mails are records only with the setting, whom the org knows by their address related to them', () => {
    const org = testOrg({ book, mails, options: { mailsAsRecords: true } });
    const [mail] = org.rows(soql);
    const [contact, linked] = [org.sf.idOf('contacts', 'c1'), org.sf.idOf('contacts', 'c3')];
    expect(mail).toMatchObject({
      ...{ Subject: 'Intro', FromName: 'Cy', ToAddress: 'ada@example.com', CcAddress: 'stranger@example.net' },
      ...{ Incoming: true, MessageDate: '2026-10-01T08:00:00.000+0000' },
      ActivityId: org.sf.idOf('activities', 'm1'),
    });
    const related = (mail!['EmailMessageRelations'] as { records: { RelationId: string; RelationType: string }[] })
      .records;
    expect(related.map((it) => [it.RelationId, it.RelationType])).toEqual([
      [contact, 'FromAddress'],
      [org.sf.idOf('owners', 'o1'), 'ToAddress'],
      [linked, 'OtherAddress'],
    ]);
    expect(testOrg({ book, mails }).rows(soql)).toEqual([]);
  });

  it('a meeting has its invited contacts as relations, the first on the event itself too', () => {
    const org = testOrg({ book });
    const [event] = org.rows('SELECT WhoId, (SELECT RelationId FROM EventRelations) FROM Event');
    const ids = ['c1', 'c2'].map((it) => org.sf.idOf('contacts', it));
    expect(event).toMatchObject({ WhoId: ids[0] });
    const { records } = event!['EventRelations'] as { records: { RelationId: string }[] };
    expect(records.map((it) => it.RelationId)).toEqual(ids);
  });
});

describe('a book of introductions as an ordinary one', () => {
  const { book: introductions } = generateIntroductions({ seed: 7, introductions: 40 });
  const filled = bookOfIntroductions(introductions);

  it('keeps every account, contact, activity and link, and a mail for each that is shown', () => {
    for (const table of ['accounts', 'contacts', 'activities'] as const)
      expect(filled.book[table].map(({ id }) => id)).toEqual(introductions[table].map(({ id }) => id));
    expect(filled.book.referrals).toHaveLength(introductions.links.length);
    expect(filled.mails).toHaveLength(introductions.activities.filter((it) => it.from !== undefined).length);
  });

  it('an account became a customer on the day of a sale that was won', () => {
    const won = filled.book.opportunities.filter(({ stage }) => stage === 'won');
    const since = introductions.accounts.flatMap((it) => (it.since === undefined ? [] : [[it.id, it.since]]));
    expect(won.map((it) => [it.accountId, it.closeOn]).sort()).toEqual(since.sort());
  });

  it('what a CRM does not keep is no evidence in the truth: no second addresses, fewer people in meetings', () => {
    const keeps = { recipientNames: false, otherAddresses: false, otherDomains: false, strangersInMeetings: false };
    const { book: less } = generateIntroductions({ seed: 7, introductions: 40, keeps });
    expect(less.contacts.every(({ emails }) => emails.length === 1)).toBe(true);
    expect(less.activities.flatMap((it) => it.to ?? []).filter((it) => it.includes('<'))).toEqual(
      less.activities.flatMap((it) => it.to ?? []).filter((it) => it.endsWith('@seller.example>')),
    );
  });
});
