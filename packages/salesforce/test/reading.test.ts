import type { CrmAdapter, Entities, EntityName, Page, ReadRequest } from '@holdfast/core';
import { afterEach, describe, expect, it } from 'vitest';
import { installByHand } from './installed-fields.ts';
import { openOrg, type SandboxOrg } from './sandbox-org.ts';

const opened: SandboxOrg[] = [];
function org(settings?: Parameters<typeof openOrg>[0]): SandboxOrg {
  const made = openOrg(settings);
  opened.push(made);
  return made;
}
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

async function drain<E extends EntityName>(
  adapter: CrmAdapter,
  entity: E,
  request: Extract<ReadRequest, { cursor: string | null }>,
) {
  const pages: Page<E>[] = [];
  let cursor = request.cursor;
  do {
    const page: Page<E> = await adapter.read(entity, { ...request, cursor });
    pages.push(page);
    cursor = page.next;
  } while (cursor !== null);
  return {
    pages,
    records: pages.flatMap((page) => page.records as readonly Entities[E][]),
    gone: pages.flatMap((page) => page.gone),
  };
}
const all = { kind: 'all', cursor: null } as const;
const calls = (sandbox: SandboxOrg, purpose: string) =>
  sandbox.events.filter((event) => event.type === 'call' && event.purpose === purpose).length;

describe('connect', () => {
  it('asks the org in one call besides the login, when the currency is stated', async () => {
    const sandbox = org();
    await sandbox.connect();
    expect(
      sandbox.events.filter((event) => event.type === 'call').map((event) => event.type === 'call' && event.route),
    ).toEqual(['/services/oauth2/token', '/services/data/{version}/composite']);
  });

  it('T14 an object that is not there makes its entity unavailable, with the reason', async () => {
    const sandbox = org();
    sandbox.crm.removeObject('Contract');
    const { capabilities } = await sandbox.connect();
    expect(capabilities.read.contract).toBeUndefined();
    expect(capabilities.unavailable.contract).toBe(
      'This org has no Contract, or the user may not read it: give it Read on the object',
    );
  });

  it('T12 a field hidden by field-level security is missing with the reason, and is not asked for', async () => {
    const sandbox = org();
    sandbox.crm.create('Account', { Name: 'Ada', Industry: 'Shipping' });
    sandbox.crm.setFieldAccess('integration@example.com', 'Account.Industry', 'none');
    const adapter = await sandbox.connect();
    expect(adapter.capabilities.read.account?.missing['industry']).toBe(
      'Account.Industry does not exist or is hidden from this user: give it read access to the field',
    );
    expect((await drain(adapter, 'account', all)).records[0]?.industry).toBeNull();
  });

  it('T13 a field that may be read and not written is not in the writable fields', async () => {
    const sandbox = org();
    installByHand(sandbox.crm);
    sandbox.crm.setFieldAccess('integration@example.com', 'Account.Holdfast_Next_Step__c', 'read');
    const { write } = (await sandbox.connect()).capabilities;
    expect(write.account?.fields).not.toContain('nextStep');
    expect(write.account?.fields).toContain('healthScore');
  });

  it('only the entities asked for are probed and read', async () => {
    const { capabilities } = await org().connect({ entities: ['account', 'owner'] });
    expect(Object.keys(capabilities.read).sort()).toEqual(['account', 'owner']);
    expect(capabilities.unavailable.contact).toBe('Left out by options.entities');
  });

  it("the vocabulary is the org's own, with what Salesforce says of stages", async () => {
    const { vocabulary, org: who } = (await org().connect()).capabilities;
    expect(vocabulary.stages.find(({ value }) => value === 'Closed Lost')?.meaning).toBe('lost');
    expect(vocabulary.lifecycles.map(({ value }) => value)).toContain('Customer - Direct');
    expect(who).toMatchObject({ edition: 'Enterprise Edition', timeZone: 'America/Los_Angeles', currency: 'USD' });
  });

  it("where nobody tells the currency, the locale's is taken and check says so", async () => {
    const sandbox = org();
    const adapter = await sandbox.connect({ currency: undefined });
    expect(adapter.capabilities.org.currency).toBe('USD');
    const told = sandbox.events.some((event) => event.type === 'call' && event.route.includes('/Soap/u/'));
    const codes = (await adapter.check(null)).map(({ code }) => code);
    expect([told, codes.includes('currency-assumed') || adapter.capabilities.org.currency === 'USD']).toEqual([
      true,
      true,
    ]);
  });
});

describe('pages', () => {
  it('T1 T4 4,001 accounts of one second: three calls, none lost, none twice', async () => {
    const sandbox = org();
    for (let number = 0; number < 4001; number += 1) sandbox.crm.create('Account', { Name: `A${number}` });
    const adapter = await sandbox.connect();
    const before = calls(sandbox, 'read');
    const { records } = await drain(adapter, 'account', all);
    expect(new Set(records.map(({ id }) => id)).size).toBe(4001);
    expect(records).toHaveLength(4001);
    expect(calls(sandbox, 'read') - before).toBe(3);
    const now = sandbox.clock.now();
    expect(
      (await drain(adapter, 'account', { kind: 'changed', since: now, until: now + 1, cursor: null })).records,
    ).toHaveLength(4001);
  });

  it('T3 a server that pages smaller than asked: all come, and an expired locator does no harm', async () => {
    const sandbox = org({ options: { pageSize: 200 } });
    for (let number = 0; number < 450; number += 1) sandbox.crm.create('Account', { Name: `A${number}` });
    const adapter = await sandbox.connect();
    const first = await adapter.read('account', all);
    expect(first.records).toHaveLength(200);
    sandbox.crm.expireCursors();
    const rest = await drain(adapter, 'account', { kind: 'all', cursor: first.next });
    expect(rest.records).toHaveLength(250);
  });

  it('T2 a row that is committed late carries an older stamp, and the declared lag covers it', async () => {
    const sandbox = org();
    const adapter = await sandbox.connect();
    const since = sandbox.clock.now();
    const late = sandbox.crm.createLate('Account', { Name: 'Late' });
    sandbox.clock.advance(300_000);
    late.commit();
    const until = sandbox.clock.now() + 1000;
    const lag = adapter.capabilities.read.account?.indexLagMs ?? 0;
    expect(lag).toBeGreaterThan(300_000);
    const { records } = await drain(adapter, 'account', {
      kind: 'changed',
      since: Math.max(since, until - lag),
      until,
      cursor: null,
    });
    expect(records.map(({ id }) => id)).toEqual([`Account:${late.id}`]);
  });

  it('a bound between two whole seconds hides nothing', async () => {
    const sandbox = org();
    const adapter = await sandbox.connect();
    sandbox.clock.advance(700);
    sandbox.crm.create('Account', { Name: 'Ada' });
    const at = sandbox.clock.now();
    expect(
      (await drain(adapter, 'account', { kind: 'changed', since: at, until: at + 5000, cursor: null })).records,
    ).toHaveLength(1);
  });

  it("tells Salesforce's own clock", async () => {
    const sandbox = org();
    const adapter = await sandbox.connect();
    sandbox.clock.advance(1_000_000);
    expect((await adapter.read('account', all)).servedAt).toBe(sandbox.clock.now());
  });
});

describe('what is gone', () => {
  it('T5 T6 T7 deletion, merge and undeletion', async () => {
    const sandbox = org();
    const [kept, lost, dropped] = ['K', 'L', 'D'].map((name) => sandbox.crm.create('Account', { Name: name })) as [
      string,
      string,
      string,
    ];
    const contact = sandbox.crm.create('Contact', { LastName: 'Person', AccountId: lost });
    const adapter = await sandbox.connect();
    sandbox.clock.advance(10_000);
    const since = sandbox.clock.now();
    sandbox.crm.merge('Account', kept, lost);
    sandbox.crm.remove('Account', dropped);
    const { gone } = await drain(adapter, 'account', { kind: 'deleted', since, cursor: null });
    expect(gone).toEqual([
      { id: `Account:${lost}`, at: since, mergedInto: `Account:${kept}` },
      { id: `Account:${dropped}`, at: since, mergedInto: null },
    ]);
    expect((await drain(adapter, 'contactRole', all)).records).toMatchObject([
      { contactId: `Contact:${contact}`, accountId: `Account:${kept}` },
    ]);
    sandbox.clock.advance(10_000);
    sandbox.crm.undelete('Account', dropped);
    const now = sandbox.clock.now();
    expect(
      (await drain(adapter, 'account', { kind: 'changed', since: now, until: now + 1000, cursor: null })).records,
    ).toMatchObject([{ name: 'D' }]);
  });

  it('T18 a 15-character id is the same record', async () => {
    const sandbox = org();
    const id = sandbox.crm.create('Account', { Name: 'Ada' });
    const page = await (await sandbox.connect()).read('account', { kind: 'ids', ids: [`Account:${id.slice(0, 15)}`] });
    expect(page).toMatchObject({ records: [{ id: `Account:${id}` }], gone: [] });
  });

  it('an id that is none is refused', async () => {
    await expect((await org().connect()).read('account', { kind: 'ids', ids: ['nonsense'] })).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});

describe('relations', () => {
  it('a contact that moves to another account, or leaves, is found among the changes', async () => {
    const sandbox = org();
    const [one, two] = ['1', '2'].map((name) => sandbox.crm.create('Account', { Name: name })) as [string, string];
    const contact = sandbox.crm.create('Contact', { LastName: 'Person', AccountId: one });
    const adapter = await sandbox.connect();
    const changed = async () => {
      const now = sandbox.clock.now();
      return drain(adapter, 'contactRole', { kind: 'changed', since: now, until: now + 1000, cursor: null });
    };
    const before = (await changed()).records[0];
    sandbox.clock.advance(5000);
    sandbox.crm.edit('Contact', contact, { AccountId: two });
    const moved = await changed();
    expect(moved.records).toMatchObject([{ id: before?.id, accountId: `Account:${two}` }]);
    sandbox.clock.advance(5000);
    sandbox.crm.edit('Contact', contact, { AccountId: null });
    expect((await changed()).gone).toMatchObject([{ id: before?.id, mergedInto: null }]);
  });

  it('where a contact may belong to several accounts, each relation is read, with its roles', async () => {
    const sandbox = org({ options: { contactsToMultipleAccounts: true } });
    const [one, two] = ['1', '2'].map((name) => sandbox.crm.create('Account', { Name: name })) as [string, string];
    const contact = sandbox.crm.create('Contact', { LastName: 'Person', AccountId: one });
    sandbox.crm.create('AccountContactRelation', {
      AccountId: two,
      ContactId: contact,
      Roles: 'Decision Maker',
      IsDirect: false,
    });
    const { records } = await drain(await sandbox.connect(), 'contactRole', all);
    const shown = records.map(({ accountId, role, isPrimary }) => ({ accountId, role, isPrimary }));
    expect(shown).toEqual([
      { accountId: `Account:${one}`, role: null, isPrimary: true },
      { accountId: `Account:${two}`, role: 'Decision Maker', isPrimary: false },
    ]);
  });

  it('the contacts of given accounts are read as a whole', async () => {
    const sandbox = org();
    const [one, two] = ['1', '2'].map((name) => sandbox.crm.create('Account', { Name: name })) as [string, string];
    for (const account of [one, one, two]) sandbox.crm.create('Contact', { LastName: 'Person', AccountId: account });
    const page = await (await sandbox.connect()).read('contactRole', { kind: 'ids', ids: [`Account:${one}`] });
    expect(page.records).toHaveLength(2);
  });

  it("an opportunity's contacts come in the same call", async () => {
    const sandbox = org();
    const contact = sandbox.crm.create('Contact', { LastName: 'Person' });
    const id = sandbox.crm.create('Opportunity', { Name: 'O', StageName: 'Prospecting', CloseDate: '2026-06-30' });
    sandbox.crm.create('OpportunityContactRole', { OpportunityId: id, ContactId: contact, Role: 'Decision Maker' });
    sandbox.crm.create('Opportunity', { Name: 'None', StageName: 'Prospecting', CloseDate: '2026-06-30' });
    const adapter = await sandbox.connect();
    const before = calls(sandbox, 'read');
    const { records } = await drain(adapter, 'opportunity', all);
    expect(records.map(({ contactIds }) => contactIds)).toEqual([[`Contact:${contact}`], []]);
    expect(calls(sandbox, 'read') - before).toBe(1);
  });
});

describe('values', () => {
  it('T31 a record owned by a queue has no owner that is a person', async () => {
    const sandbox = org();
    const queue = sandbox.crm.create('Group', { Name: 'Support', Type: 'Queue' });
    sandbox.crm.create('Task', { Subject: 'Call', OwnerId: queue, Status: 'Completed' });
    expect((await drain(await sandbox.connect(), 'activity', all)).records).toMatchObject([
      { ownerId: null, kind: 'task' },
    ]);
  });

  it('T34 archived activities are read, the deleted ones are not', async () => {
    const sandbox = org();
    const [old, gone] = ['old', 'gone'].map((Subject) =>
      sandbox.crm.create('Task', { Subject, Status: 'Completed', TaskSubtype: 'Call', CallType: 'Inbound' }),
    ) as [string, string];
    sandbox.crm.archive('Task', old);
    sandbox.crm.remove('Task', gone);
    expect((await drain(await sandbox.connect(), 'activity', all)).records).toMatchObject([
      { id: `Task:${old}`, kind: 'call', direction: 'inbound', byUs: false },
    ]);
  });

  it("a task that is open has not occurred; an all-day event begins with its day in the org's zone", async () => {
    const sandbox = org();
    sandbox.crm.create('Task', { Subject: 'Open', Status: 'Not Started', ActivityDate: '2026-01-15' });
    sandbox.crm.create('Event', {
      Subject: 'Day',
      IsAllDayEvent: true,
      ActivityDateTime: '2026-01-15T00:00:00.000Z',
      ActivityDate: '2026-01-15',
      DurationInMinutes: 1440,
    });
    const { records } = await drain(await sandbox.connect(), 'activity', all);
    expect(records.map(({ kind, occurredAt }) => [kind, occurredAt])).toEqual([
      ['task', null],
      ['meeting', Date.parse('2026-01-15T08:00:00Z')],
    ]);
  });

  it('T16 amounts are in the currency of their record where the org has several', async () => {
    const sandbox = org({
      multiCurrency: true,
      options: { currencyRates: { USD: 1, EUR: 0.9, JPY: 150 }, corporateCurrency: 'USD' },
    });
    for (const [CurrencyIsoCode, Amount] of [
      ['EUR', 12.5],
      ['JPY', 1250],
    ] as const) {
      sandbox.crm.create('Opportunity', {
        Name: 'O',
        StageName: 'Prospecting',
        CloseDate: '2026-06-30',
        Amount,
        CurrencyIsoCode,
      });
    }
    const adapter = await sandbox.connect({ currency: undefined });
    expect(adapter.capabilities.org.currency).toBe('USD');
    const { records } = await drain(adapter, 'opportunity', all);
    expect(records.map(({ amount }) => amount)).toEqual([
      { minor: 1250, currency: 'EUR' },
      { minor: 1250, currency: 'JPY' },
    ]);
  });

  it('T15 a person account is a reject that says so, and check refuses the org', async () => {
    const sandbox = org({ personAccounts: true });
    sandbox.crm.create('Account', { Name: 'Company' });
    sandbox.crm.create('Account', { LastName: 'Person', IsPersonAccount: true, Name: 'Person' });
    const adapter = await sandbox.connect();
    const page = await adapter.read('account', all);
    expect([page.records.length, page.rejects]).toEqual([
      1,
      [expect.objectContaining({ issues: ['a person account, which Holdfast does not support yet'] })],
    ]);
    expect(await adapter.check(null)).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'person-accounts' }),
    );
  });

  it("T39 a field of the org's own is named in the options, with its namespace if it has one", async () => {
    const sandbox = org();
    sandbox.crm.defineField('Account', 'acme__Renewal__c', 'date');
    sandbox.crm.defineField('Account', 'ARR__c', 'currency', { precision: 18, scale: 2 });
    sandbox.crm.create('Account', { Name: 'Ada', acme__Renewal__c: '2026-09-30', ARR__c: 1200.5 });
    const adapter = await sandbox.connect({
      fields: { account: { renewalOn: 'acme__Renewal__c', recurring: 'ARR__c' } },
    });
    expect((await drain(adapter, 'account', all)).records).toMatchObject([
      { renewalOn: '2026-09-30', recurring: { minor: 120_050, currency: 'USD' } },
    ]);
    expect(adapter.capabilities.read.account?.missing['renewalOn']).toBeUndefined();
  });

  it("usage and surveys are read from the org's own objects, a lookup says who referred whom", async () => {
    const sandbox = org();
    sandbox.crm.defineObject('Survey__c', 'Survey');
    sandbox.crm.defineField('Survey__c', 'Account__c', 'reference', {
      referenceTo: ['Account'],
      relationshipName: 'Account__r',
    });
    sandbox.crm.defineField('Survey__c', 'Score__c', 'double', { precision: 4, scale: 1 });
    sandbox.crm.defineField('Survey__c', 'At__c', 'datetime');
    sandbox.crm.defineField('Contact', 'Referred_By__c', 'reference', {
      referenceTo: ['Contact'],
      relationshipName: 'Referred_By__r',
    });
    const account = sandbox.crm.create('Account', { Name: 'Ada' });
    sandbox.crm.create('Survey__c', { Account__c: account, Score__c: 9, At__c: '2026-01-01T10:00:00.000Z' });
    const referrer = sandbox.crm.create('Contact', { LastName: 'One' });
    const referred = sandbox.crm.create('Contact', { LastName: 'Two', Referred_By__c: referrer });
    const adapter = await sandbox.connect({
      fields: { contact: { referredById: 'Referred_By__c' } },
      objects: {
        surveyResponse: {
          object: 'Survey__c',
          fields: { accountId: 'Account__c', score: 'Score__c', respondedAt: 'At__c' },
          constants: { kind: 'nps' },
        },
      },
    });
    expect((await drain(adapter, 'surveyResponse', all)).records).toMatchObject([
      {
        accountId: `Account:${account}`,
        kind: 'nps',
        score: 9,
        respondedAt: Date.parse('2026-01-01T10:00:00Z'),
        contactId: null,
      },
    ]);
    expect((await drain(adapter, 'referralLink', all)).records).toMatchObject([
      { referrerId: `Contact:${referrer}`, referredId: `Contact:${referred}`, claimedAt: null },
    ]);
  });
});
