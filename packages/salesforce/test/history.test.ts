import type { CrmAdapter, FieldChange, Page, ReadRequest } from '@holdfast/core';
import { afterEach, describe, expect, it } from 'vitest';
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

type Paged = Extract<ReadRequest, { readonly cursor: string | null }>;
async function drain(adapter: CrmAdapter, request: Paged = { kind: 'all', cursor: null }) {
  const rows: FieldChange[] = [];
  let cursor = request.cursor;
  do {
    const page: Page<'fieldChange'> = await adapter.read('fieldChange', { ...request, cursor });
    expect(page.rejects).toEqual([]);
    rows.push(...page.records);
    cursor = page.next;
  } while (cursor !== null);
  return rows;
}
const told = (rows: readonly FieldChange[]) =>
  rows.map(({ recordId, field, kind, before, after }) => [recordId, field, kind, before, after]);
const quoted = (text: string) => JSON.stringify(text);

describe('field history', () => {
  it('case 42: tracked fields only, told in the words of the domain; the rest is declared missing', async () => {
    const sandbox = org({ options: { trackedFields: ['Account.Industry', 'Account.OwnerId'] } });
    const id = sandbox.crm.create('Account', { Name: 'Ada', Industry: 'Shipping', Type: 'Customer' });
    sandbox.clock.advance(60_000);
    sandbox.crm.edit('Account', id, { Industry: 'Retail', Type: 'Prospect' });
    const rows = await drain(await sandbox.connect());
    expect(told(rows)).toEqual([[`Account:${id}`, 'account.industry', 'change', quoted('Shipping'), quoted('Retail')]]);
    expect(rows[0]?.at).toBe(sandbox.clock.now());
    expect(rows[0]?.id).toMatch(/^AccountHistory:017/);
  });

  it('a lookup has two rows, of the ids and of the names that people see: the ids are taken', async () => {
    const sandbox = org({ options: { trackedFields: ['Account.OwnerId'] } });
    const user = (name: string) =>
      sandbox.crm.create('User', {
        ...{ LastName: name, Username: `${name}@example.com`, Email: `${name}@example.com`, IsActive: true },
      });
    const [first, second] = [user('First'), user('Second')];
    const id = sandbox.crm.create('Account', { Name: 'Ada', OwnerId: first });
    sandbox.crm.edit('Account', id, { OwnerId: second });
    expect(told(await drain(await sandbox.connect()))).toEqual([
      [`Account:${id}`, 'account.ownerId', 'change', quoted(`User:${first}`), quoted(`User:${second}`)],
    ]);
  });

  it('stage, amount and close date come from OpportunityHistory, whether tracked or not', async () => {
    const sandbox = org({ options: { trackedFields: ['Opportunity.StageName', 'Opportunity.LeadSource'] } });
    const id = sandbox.crm.create('Opportunity', {
      ...{ Name: 'Renewal', StageName: 'Prospecting', Amount: 100.5, CloseDate: '2026-12-31' },
    });
    sandbox.clock.advance(60_000);
    sandbox.crm.edit('Opportunity', id, { StageName: 'Closed Won', LeadSource: 'Web' });
    const rows = told(await drain(await sandbox.connect()));
    const of = (field: string) => rows.filter((row) => row[1] === `opportunity.${field}`).map((row) => row.slice(2));
    expect(of('stage')).toEqual([
      ['entry', null, quoted('Prospecting')],
      ['entry', null, quoted('Closed Won')],
    ]);
    expect(of('amount')).toEqual([
      ['entry', null, '{"currency":"USD","minor":10050}'],
      ['entry', null, '{"currency":"USD","minor":10050}'],
    ]);
    expect(of('closeOn')[0]).toEqual(['entry', null, quoted('2026-12-31')]);
    expect(of('source')).toEqual([['change', null, quoted('Web')]]);
  });

  it('an org that tracks nothing keeps the stages of opportunities; without those too, nothing is served', async () => {
    const sandbox = org();
    const { read } = (await sandbox.connect()).capabilities;
    expect(read.fieldChange?.missing['account.industry']).toBe('No history of it can be read here');
    expect(read.fieldChange?.missing['opportunity.stage']).toBeUndefined();
    sandbox.crm.removeObject('OpportunityHistory');
    const { capabilities } = await sandbox.connect();
    expect(capabilities.read.fieldChange).toBeUndefined();
    expect(capabilities.unavailable.fieldChange).toContain('keeps no history');
  });

  it('an amount of several currencies is read where its row names one, and nowhere else', async () => {
    const sandbox = org({
      multiCurrency: true,
      options: { trackedFields: ['Contract.StatusCode', 'Account.AnnualRevenue'], currencyRates: { EUR: 1 } },
    });
    const options = { fields: { account: { recurring: 'AnnualRevenue' } } } as const;
    const adapter = await sandbox.connect(options);
    expect(adapter.capabilities.read.fieldChange?.missing['account.recurring']).toBeDefined();
    expect(adapter.capabilities.read.fieldChange?.missing['opportunity.amount']).toBeUndefined();
    sandbox.crm.create('Opportunity', {
      ...{ Name: 'R', StageName: 'Prospecting', Amount: 7, CloseDate: '2026-12-31', CurrencyIsoCode: 'EUR' },
    });
    const amounts = (await drain(adapter)).filter(({ field }) => field === 'opportunity.amount');
    expect(amounts.map(({ after }) => after)).toEqual(['{"currency":"EUR","minor":700}']);
  });

  it('what was added in a window is found by it; a deleted record takes its history along', async () => {
    const sandbox = org({ options: { trackedFields: ['Account.Industry'] } });
    const [kept, gone] = [sandbox.crm.create('Account', { Name: 'A' }), sandbox.crm.create('Account', { Name: 'B' })];
    for (const id of [kept, gone]) sandbox.crm.edit('Account', id, { Industry: 'Retail' });
    sandbox.clock.advance(60_000);
    const since = sandbox.clock.now();
    sandbox.crm.edit('Account', kept, { Industry: 'Shipping' });
    sandbox.clock.advance(60_000);
    sandbox.crm.remove('Account', gone);
    const adapter = await sandbox.connect();
    const window = { kind: 'changed', since, until: sandbox.clock.now(), cursor: null } as const;
    expect(told(await drain(adapter, window))).toEqual([
      [`Account:${kept}`, 'account.industry', 'change', quoted('Retail'), quoted('Shipping')],
    ]);
    expect((await drain(adapter)).map(({ recordId }) => recordId)).toEqual([`Account:${kept}`, `Account:${kept}`]);
  });

  it('costs no call at connect, and one for every 2,000 rows', async () => {
    const sandbox = org({ options: { trackedFields: ['Account.Industry'] } });
    const id = sandbox.crm.create('Account', { Name: 'Ada' });
    for (let n = 0; n < 2_500; n++) sandbox.crm.edit('Account', id, { Industry: n % 2 ? 'Retail' : 'Shipping' });
    const adapter = await sandbox.connect();
    const routes = sandbox.events.flatMap((it) => (it.type === 'call' ? it.route : []));
    expect(routes).toEqual(['/services/oauth2/token', '/services/data/{version}/composite']);
    expect(await drain(adapter)).toHaveLength(2_500);
    // two pages of accounts; opportunities have none, which costs one call to learn
    expect(sandbox.events.filter((it) => it.type === 'call' && it.purpose === 'read').length).toBe(3);
  });
});
