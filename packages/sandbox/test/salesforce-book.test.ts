import { describe, expect, it } from 'vitest';
import { type Book, generateBenchBook, generateBook } from '../src/book/index.ts';
import type { SalesforceSettings } from '../src/salesforce/index.ts';
import { type TestOrg, testOrg } from './salesforce-request.ts';

const dated = { createdAt: '2024-01-02T03:04:05Z', updatedAt: '2026-10-02T03:04:05Z' };

const book: Book = {
  owners: [{ id: 'o1', name: 'Ada Berg', email: 'ada@example.com', active: false }],
  accounts: [
    {
      id: 'a1',
      name: 'Acme',
      domain: 'acme.example',
      type: 'customer',
      ownerId: 'o1',
      industry: 'Retail',
      country: 'Norway',
      employees: 12,
      annualRevenue: 5000,
      currency: 'EUR',
      ...dated,
    },
    { id: 'a2', name: 'Acme Sub', type: 'prospect', parentId: 'a1', ...dated },
    { id: 'a3', name: 'Pal', type: 'partner', ...dated },
    { id: 'a4', name: 'Test', type: 'test', ...dated },
  ],
  contacts: [
    {
      id: 'c1',
      accountId: 'a1',
      otherAccountIds: ['a2'],
      firstName: 'Bo',
      lastName: 'Dahl',
      email: 'bo@example.com',
      role: 'decision maker',
      ...dated,
    },
    { id: 'c2', accountId: 'a2', lastName: 'Lund', ...dated },
  ],
  opportunities: [
    {
      id: 'd1',
      accountId: 'a1',
      ownerId: 'o1',
      contactIds: ['c1'],
      name: 'Renewal 2026',
      kind: 'renewal',
      stage: 'won',
      amount: 1200.5,
      currency: 'EUR',
      closeOn: '2026-03-01',
      source: 'Referral',
      ...dated,
    },
    { id: 'd2', accountId: 'a2', name: 'New', kind: 'new', stage: 'proposal', ...dated },
  ],
  opportunityLines: [{ id: 'l1', opportunityId: 'd1', product: 'Seat', quantity: 3, unitPrice: 400, ...dated }],
  contracts: [
    {
      id: 'k1',
      accountId: 'a1',
      status: 'active',
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      noticeDays: 90,
      autoRenews: true,
      annualValue: 1200,
      noticeGivenOn: '2026-09-09',
      ...dated,
    },
  ],
  orders: [
    {
      id: 'r1',
      accountId: 'a1',
      number: 'PO-7',
      status: 'shipped',
      orderedOn: '2026-05-01',
      promisedOn: '2026-05-10',
      shippedOn: '2026-05-12',
      amount: 99.5,
      ...dated,
    },
  ],
  orderLines: [
    {
      id: 's1',
      orderId: 'r1',
      product: 'Pump',
      kind: 'goods',
      quantity: 2,
      unitPrice: 50,
      discount: 0.15,
      shippedOn: '2026-05-12',
      acceptedOn: '2026-05-20',
      acceptedQuantity: 1,
      ...dated,
    },
  ],
  tickets: [
    {
      id: 't1',
      accountId: 'a1',
      contactId: 'c1',
      subject: 'Leak',
      priority: 'urgent',
      status: 'closed',
      escalated: true,
      openedAt: '2026-06-01T08:00:00Z',
      closedAt: '2026-06-03T09:00:00Z',
      updatedAt: '2026-06-03T09:00:00Z',
    },
  ],
  activities: [
    {
      id: 'v1',
      accountId: 'a1',
      contactIds: ['c1'],
      ownerId: 'o1',
      kind: 'call',
      direction: 'inbound',
      subject: 'Hello',
      occurredAt: '2026-10-01T10:00:00Z',
      ...dated,
    },
    { id: 'v2', accountId: 'a1', kind: 'meeting', occurredAt: '2026-10-02T10:00:00Z', ...dated },
    { id: 'v3', accountId: 'a1', kind: 'email', occurredAt: '2024-02-02T10:00:00Z', ...dated },
  ],
  surveys: [{ id: 'n1', accountId: 'a1', contactId: 'c1', kind: 'nps', score: 9, respondedAt: '2026-08-01T10:00:00Z' }],
  usage: [
    {
      accountId: 'a1',
      periodOn: '2026-08-01',
      seatsBought: 10,
      seatsUsed: 4,
      events: 70,
      recordedAt: '2026-09-01T00:00:00Z',
    },
    {
      accountId: 'a1',
      periodOn: '2026-09-01',
      seatsBought: 12,
      seatsUsed: 6,
      events: 90,
      recordedAt: '2026-10-01T00:00:00Z',
    },
  ],
  referrals: [
    { id: 'f1', referrerContactId: 'c1', opportunityId: 'd2', evidence: 'field', claimedAt: '2026-02-01T00:00:00Z' },
    {
      id: 'f2',
      referrerContactId: 'c1',
      referredContactId: 'c2',
      evidence: 'association',
      claimedAt: '2026-02-01T00:00:00Z',
    },
  ],
};

const seeded = (options: SalesforceSettings = {}): TestOrg => testOrg({ book, options });

describe('Salesforce seeded from a book', () => {
  it('accounts, owners and hierarchy sit in standard fields', () => {
    const org = seeded();
    expect(
      org.rows(
        "SELECT AccountNumber, Type, Website, BillingCountry, NumberOfEmployees, AnnualRevenue, Owner.Name, Owner.IsActive, SystemModstamp FROM Account WHERE Name = 'Acme'",
      ),
    ).toMatchObject([
      {
        AccountNumber: 'a1',
        Type: 'Customer - Direct',
        Website: 'acme.example',
        BillingCountry: 'Norway',
        NumberOfEmployees: 12,
        AnnualRevenue: 5000,
        Owner: { Name: 'Ada Berg', IsActive: false },
        SystemModstamp: '2026-10-02T03:04:05.000+0000',
      },
    ]);
    expect(org.rows('SELECT Type FROM Account ORDER BY AccountNumber').map((row) => row.Type)).toEqual([
      'Customer - Direct',
      'Prospect',
      'Partner',
      'Test',
    ]);
    expect(org.rows("SELECT Parent.Name FROM Account WHERE AccountNumber = 'a2'")).toMatchObject([
      { Parent: { Name: 'Acme' } },
    ]);
    expect(org.sf.idOf('accounts', 'a1')).toMatch(/^001/);
  });

  it('opportunities carry the customer’s stages, types, roles and referrer', () => {
    const org = seeded();
    expect(
      org.rows(
        'SELECT Name, StageName, IsWon, IsClosed, Probability, Type, Amount, LeadSource, HasOpportunityLineItem FROM Opportunity ORDER BY Name DESC',
      ),
    ).toEqual([
      {
        Name: 'Renewal 2026',
        StageName: 'Closed Won',
        IsWon: true,
        IsClosed: true,
        Probability: 100,
        Type: 'Renewal',
        Amount: 1200.5,
        LeadSource: 'Customer Referral',
        HasOpportunityLineItem: true,
      },
      {
        Name: 'New',
        StageName: 'Proposal/Price Quote',
        IsWon: false,
        IsClosed: false,
        Probability: 75,
        Type: 'New Customer',
        Amount: null,
        LeadSource: null,
        HasOpportunityLineItem: false,
      },
    ]);
    expect(org.rows('SELECT Role, IsPrimary, Contact.Name FROM OpportunityContactRole')).toMatchObject([
      { Role: 'Decision Maker', IsPrimary: true, Contact: { Name: 'Bo Dahl' } },
    ]);
    expect(org.rows('SELECT Quantity, UnitPrice, TotalPrice, Product2.Name FROM OpportunityLineItem')).toMatchObject([
      { Quantity: 3, UnitPrice: 400, TotalPrice: 1200, Product2: { Name: 'Seat' } },
    ]);
    expect(org.rows("SELECT Referred_By__r.Name FROM Opportunity WHERE Name = 'New'")).toMatchObject([
      { Referred_By__r: { Name: 'Bo Dahl' } },
    ]);
    expect(org.rows("SELECT Referred_By__r.Name FROM Contact WHERE LastName = 'Lund'")).toMatchObject([
      { Referred_By__r: { Name: 'Bo Dahl' } },
    ]);
  });

  it('contracts, orders, tickets, surveys and usage sit where this customer keeps them', () => {
    const org = seeded();
    expect(
      org.rows(
        'SELECT Status, StartDate, EndDate, ContractTerm, OwnerExpirationNotice, Annual_Value__c, Auto_Renews__c, Notice_Given_On__c FROM Contract',
      ),
    ).toEqual([
      {
        Status: 'Activated',
        StartDate: '2026-01-01',
        EndDate: '2026-12-31',
        ContractTerm: 12,
        OwnerExpirationNotice: '90',
        Annual_Value__c: 1200,
        Auto_Renews__c: true,
        Notice_Given_On__c: '2026-09-09',
      },
    ]);
    expect(
      org.rows(
        'SELECT OrderReferenceNumber, Status, EffectiveDate, Promised_Date__c, Shipped_Date__c, TotalAmount FROM Order',
      ),
    ).toEqual([
      {
        OrderReferenceNumber: 'PO-7',
        Status: 'Shipped',
        EffectiveDate: '2026-05-01',
        Promised_Date__c: '2026-05-10',
        Shipped_Date__c: '2026-05-12',
        TotalAmount: 99.5,
      },
    ]);
    expect(
      org.rows('SELECT Quantity, Discount__c, Line_Kind__c, Accepted_Date__c, Accepted_Quantity__c FROM OrderItem'),
    ).toEqual([
      { Quantity: 2, Discount__c: 15, Line_Kind__c: 'Goods', Accepted_Date__c: '2026-05-20', Accepted_Quantity__c: 1 },
    ]);
    expect(
      org.rows('SELECT Subject, Priority, Status, IsClosed, IsEscalated, CreatedDate, ClosedDate FROM Case'),
    ).toEqual([
      {
        Subject: 'Leak',
        Priority: 'Urgent',
        Status: 'Closed',
        IsClosed: true,
        IsEscalated: true,
        CreatedDate: '2026-06-01T08:00:00.000+0000',
        ClosedDate: '2026-06-03T09:00:00.000+0000',
      },
    ]);
    expect(
      org.rows('SELECT Kind__c, Score__c, Responded_At__c, Account__r.Name FROM Survey_Response__c'),
    ).toMatchObject([
      { Kind__c: 'NPS', Score__c: 9, Responded_At__c: '2026-08-01T10:00:00.000+0000', Account__r: { Name: 'Acme' } },
    ]);
    expect(org.rows('SELECT Seats_Used__c, Events__c FROM Product_Usage__c ORDER BY Period_Start__c')).toEqual([
      { Seats_Used__c: 4, Events__c: 70 },
      { Seats_Used__c: 6, Events__c: 90 },
    ]);
    expect(org.rows("SELECT Seats_Bought__c, Seats_Used__c FROM Account WHERE Name = 'Acme'")).toEqual([
      { Seats_Bought__c: 12, Seats_Used__c: 6 },
    ]);
  });

  it('activities: calls and mails are tasks, meetings events; those older than a year are archived', () => {
    const org = seeded();
    expect(
      org.rows('SELECT Subject, Type, CallType, TaskSubtype, ActivityDate, CompletedDateTime, Who.Name FROM Task'),
    ).toMatchObject([
      {
        Subject: 'Hello',
        Type: 'Call',
        CallType: 'Inbound',
        TaskSubtype: 'Call',
        ActivityDate: '2026-10-01',
        CompletedDateTime: '2026-10-01T10:00:00.000+0000',
        Who: { Name: 'Bo Dahl' },
      },
    ]);
    expect(org.query('SELECT Id FROM Task', true).body.totalSize).toBe(2);
    expect(org.rows('SELECT ActivityDateTime, DurationInMinutes, Account.Name FROM Event')).toMatchObject([
      { ActivityDateTime: '2026-10-02T10:00:00.000+0000', DurationInMinutes: 60, Account: { Name: 'Acme' } },
    ]);
    expect(org.rows("SELECT LastActivityDate FROM Account WHERE Name = 'Acme'")).toEqual([
      { LastActivityDate: '2026-10-02' },
    ]);
  });

  it('further accounts of a contact: relations where the org keeps them, else the older roles', () => {
    expect(seeded().rows('SELECT Role, Account.Name FROM AccountContactRole ORDER BY Id')).toMatchObject([
      { Role: 'Decision Maker', Account: { Name: 'Acme' } },
      { Role: 'Decision Maker', Account: { Name: 'Acme Sub' } },
    ]);
    expect(
      seeded({ contactsToMultipleAccounts: true }).rows(
        'SELECT Roles, IsDirect, Account.Name, Contact.LastName FROM AccountContactRelation ORDER BY Id',
      ),
    ).toMatchObject([
      { IsDirect: true, Account: { Name: 'Acme' }, Contact: { LastName: 'Dahl' } },
      { IsDirect: false, Account: { Name: 'Acme Sub' }, Contact: { LastName: 'Dahl' } },
      { Roles: null, IsDirect: true, Account: { Name: 'Acme Sub' }, Contact: { LastName: 'Lund' } },
    ]);
  });

  it('nothing that Holdfast owns exists, and nothing is in the journal', () => {
    const org = seeded();
    const fields = org
      .call('GET', '/sobjects')
      .body.sobjects.flatMap((object: { name: string }) =>
        org.call('GET', `/sobjects/${object.name}/describe`).body.fields.map((field: { name: string }) => field.name),
      );
    expect(fields.filter((name: string) => /holdfast/i.test(name))).toEqual([]);
    expect(org.sf.journal).toEqual([]);
  });

  it('the same seed gives the same ids and answers', () => {
    const soql = 'SELECT Id, Name, OwnerId FROM Account';
    expect(seeded().query(soql).body).toEqual(seeded().query(soql).body);
  });
});

describe('Salesforce: size', () => {
  it('the demo book of 2,000 accounts opens whole; the time is printed', () => {
    const { book } = generateBook({ accounts: 2000, seed: 7, asOf: '2026-11-01T00:00:00Z' });
    const started = performance.now();
    const org = testOrg({ edition: 'enterprise', book });
    console.log(`2,000 accounts open in ${(performance.now() - started).toFixed(0)} ms`);
    expect(org.query('SELECT COUNT() FROM Account').body.totalSize).toBe(2000);
    expect(org.query('SELECT COUNT() FROM Opportunity').body.totalSize).toBe(book.opportunities.length);
  });

  it('100,000 accounts are paged whole by a keyset within a window; the median time is printed', () => {
    const asOf = '2026-11-01T00:00:00Z';
    const org = testOrg({ edition: 'unlimited', book: generateBenchBook({ accounts: 100_000, seed: 7, asOf }) });
    const page = (after: string) =>
      org.query(
        `SELECT Id, Name, Type, OwnerId, Industry, AnnualRevenue, SystemModstamp FROM Account WHERE SystemModstamp >= 2000-01-01T00:00:00.000Z AND SystemModstamp < 2027-01-01T00:00:00.000Z AND Id > '${after}' ORDER BY Id LIMIT 2000`,
      ).body.records as { Id: string }[];
    const times: number[] = [];
    const ids: string[] = [];
    for (let after = '000000000000000'; ; ) {
      const before = process.cpuUsage();
      const records = page(after);
      times.push(process.cpuUsage(before).user / 1000);
      ids.push(...records.map((record) => record.Id));
      if (records.length < 2000) break;
      after = records.at(-1)?.Id as string;
    }
    expect(new Set(ids).size).toBe(100_000);
    const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
    console.log(
      `100,000 accounts: ${times.length} pages, median ${median.toFixed(1)} ms, slowest ${times.at(-1)?.toFixed(1)} ms`,
    );
    expect(org.query('SELECT COUNT() FROM Contact').body.totalSize).toBe(200_000);
  });
});
