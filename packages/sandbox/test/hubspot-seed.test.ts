import { describe, expect, it } from 'vitest';
import { generateBook } from '../src/book/index.ts';
import { createHubSpot } from '../src/hubspot/index.ts';
import { account, emptyBook, smallBook, testClock } from './hubspot-support.ts';

describe('an account seeded from a book', () => {
  const target = account({ book: smallBook });
  const { hubspot } = target;
  const of = (table: Parameters<typeof hubspot.idOf>[0], id: string, object: string) =>
    hubspot.get(object, hubspot.idOf(table, id) ?? '');

  it('companies: vendor properties, and the customer’s own for contract and usage', () => {
    expect(of('accounts', 'a1', 'companies')?.properties).toMatchObject({
      name: 'Acme',
      lifecyclestage: 'customer',
      industry: 'MACHINERY',
      hubspot_owner_id: target.call('GET', '/crm/owners/2026-03').body.results[0].id,
      renewal_date: '2026-12-01',
      contract_value: '1200',
      contract_status: 'active',
      auto_renewal: 'true',
      seats_bought: '10',
      seats_used: '6',
      num_associated_contacts: '1',
      num_associated_deals: '1',
    });
    expect(of('accounts', 'a3', 'companies')?.properties).toMatchObject({ lifecyclestage: 'lead', type: 'PROSPECT' });
    expect(of('accounts', 'a2', 'companies')?.properties['hs_parent_company_id']).toBe(hubspot.idOf('accounts', 'a1'));
  });

  it('usage of earlier periods is the history of the company’s properties', () => {
    const url = `/crm/objects/2026-03/companies/${hubspot.idOf('accounts', 'a1')}?propertiesWithHistory=seats_used`;
    const values = target.call('GET', url).body.propertiesWithHistory.seats_used;
    expect(values.map((one: { value: string; timestamp: string }) => [one.value, one.timestamp])).toEqual([
      ['6', '2026-10-01T00:00:00.000Z'],
      ['8', '2026-09-01T00:00:00.000Z'],
    ]);
  });

  it('deals: renewals in their own pipeline, won and lost by stage, the source of a lead in a custom field', () => {
    expect(of('opportunities', 'd1', 'deals')?.properties).toMatchObject({
      pipeline: '71205318',
      dealstage: '139820413',
      dealtype: 'existingbusiness',
      amount: '1200',
      closedate: '2026-12-01T10:00:00.000Z',
      hs_is_closed: 'false',
    });
    expect(of('opportunities', 'd2', 'deals')?.properties).toMatchObject({
      pipeline: 'default',
      dealstage: 'closedwon',
      hs_is_closed_won: 'true',
      lead_source: 'Referral',
    });
    const free = account({ book: smallBook, tier: 'free' }).hubspot;
    expect(free.get('deals', free.idOf('opportunities', 'd1') ?? '')?.properties).toMatchObject({
      pipeline: 'default',
      dealstage: 'presentationscheduled',
    });
  });

  it('orders and their lines, tickets, activities, survey answers by tier', () => {
    expect(of('orders', 'r1', 'orders')?.properties).toMatchObject({
      hs_external_order_id: 'N-1',
      promised_date: '2026-08-10',
      shipped_date: '2026-08-12',
    });
    const lines = hubspot.ids('line_items').map((id) => hubspot.get('line_items', id)?.properties);
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'Seats', amount: '1200' }),
        expect.objectContaining({ name: 'Pump', hs_discount_percentage: '15', amount: '68', line_kind: 'goods' }),
      ]),
    );
    expect(of('tickets', 't1', 'tickets')?.properties).toMatchObject({
      subject: 'Leak',
      hs_pipeline_stage: '1',
      hs_ticket_priority: 'HIGH',
    });
    expect(hubspot.ids('calls').length).toBe(1);
    expect(hubspot.ids('feedback_submissions').length).toBe(1);
    expect(account({ book: smallBook, tier: 'starter' }).hubspot.ids('feedback_submissions').length).toBe(0);
  });

  it('a referral known by a field names the referrer on the deal', () => {
    const book = {
      ...smallBook,
      referrals: smallBook.referrals.map((one) => ({ ...one, evidence: 'field' as const })),
    };
    const other = account({ book }).hubspot;
    expect(other.get('deals', other.idOf('opportunities', 'd2') ?? '')?.properties['referred_by_contact']).toBe(
      other.idOf('contacts', 'c1'),
    );
  });

  it('nothing in an empty book, and the same account from the same book', () => {
    expect(account({ book: emptyBook }).call('GET', '/crm/objects/2026-03/companies').body).toEqual({ results: [] });
    const list = () => account({ book: smallBook }).call('GET', '/crm/objects/2026-03/contacts?properties=email').body;
    expect(list()).toEqual(list());
  });

  it('dates of records are the book’s own', () => {
    expect(of('accounts', 'a3', 'companies')).toMatchObject({
      createdAt: Date.parse('2025-01-10T08:00:00Z'),
      updatedAt: Date.parse('2026-10-02T08:00:00Z'),
    });
  });
});

describe('an account is filled when somebody looks', () => {
  const { book } = generateBook({ accounts: 60, seed: 4, asOf: '2026-11-01T00:00:00Z' });
  const objects = ['companies', 'contacts', 'deals', 'line_items', 'orders', 'tickets', 'calls', 'notes', 'tasks'];
  const contents = (hubspot: ReturnType<typeof createHubSpot>, order: readonly string[]) =>
    order
      .map((object) => [object, hubspot.ids(object).map((id) => hubspot.get(object, id))] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));

  it('in whatever order that is, with the same ids, values and links', () => {
    const make = () => createHubSpot({ book, tier: 'professional', clock: testClock() });
    expect(contents(make(), [...objects].reverse())).toEqual(contents(make(), objects));
  });

  it('a record made before anybody looked is the one that it would be after', () => {
    const made = (look: boolean) => {
      const target = account({ book });
      if (look) contents(target.hubspot, objects);
      return target.call('POST', '/crm/objects/2026-03/companies', { properties: { name: 'Late' } }).body.id;
    };
    expect(made(false)).toBe(made(true));
  });
});

describe('size', () => {
  it('a generated book of 2,000 accounts is served whole', () => {
    const { book } = generateBook({ accounts: 2000, seed: 1, asOf: '2026-11-01T00:00:00Z' });
    const started = performance.now();
    const hubspot = createHubSpot({ book, tier: 'professional', clock: testClock() });
    console.log(`seeding 2,000 accounts: ${Math.round(performance.now() - started)} ms`);
    expect(hubspot.ids('companies').length).toBe(2000);
    expect(hubspot.ids('deals').length).toBe(book.opportunities.length);
    expect(hubspot.ids('contacts').length).toBe(book.contacts.length);
  });

  it('at 100,000 companies lists, searches and batches answer; their median times are printed', () => {
    const dates = (index: number) => ({
      createdAt: '2025-01-01T00:00:00.000Z',
      updatedAt: new Date(1_760_000_000_000 + index * 1000).toISOString(),
    });
    const accounts = Array.from({ length: 100_000 }, (_, index) => ({
      id: `a${index}`,
      name: `Company ${index}`,
      domain: `c${index}.example.com`,
      type: 'customer' as const,
      ...dates(index),
    }));
    const target = account({ book: { ...emptyBook, accounts }, journal: false, judged: false });
    const ids = target.hubspot.ids('companies');
    const middle = ids[50_000] ?? '';
    const median = (run: () => { status: number }) => {
      const times = Array.from({ length: 31 }, () => {
        const started = performance.now();
        expect(run().status).toBe(200);
        return performance.now() - started;
      });
      return times.sort((a, b) => a - b)[15] ?? 0;
    };
    const search = (body: object) => () =>
      target.call('POST', '/crm/objects/2026-03/companies/search', { properties: ['name'], limit: 100, ...body });
    const since = (value: number) => ({ propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: String(value) });
    let moved = 0;
    const keyset = () => {
      moved += 1;
      const after = { propertyName: 'hs_object_id', operator: 'GT', value: ids[90_000 + moved] };
      return search({ filterGroups: [{ filters: [since(0), after] }], sorts: ['hs_object_id'] })();
    };
    const figures = {
      list: median(() =>
        target.call('GET', `/crm/objects/2026-03/companies?limit=100&after=${middle}&properties=name,domain`),
      ),
      'search of recent changes': median(
        search({
          filterGroups: [{ filters: [since(1_760_000_000_000 + 99_000_000)] }],
          sorts: ['hs_lastmodifieddate'],
        }),
      ),
      'page of a quiet search': median(
        search({ filterGroups: [{ filters: [since(0)] }], sorts: ['hs_lastmodifieddate'], after: '5000' }),
      ),
      'search by id, moving': median(keyset),
      'batch read': median(() =>
        target.call('POST', '/crm/objects/2026-03/companies/batch/read', {
          properties: ['name'],
          inputs: ids.slice(0, 100).map((id) => ({ id })),
        }),
      ),
      'batch update': median(() =>
        target.call('POST', '/crm/objects/2026-03/companies/batch/update', {
          inputs: ids.slice(moved, moved + 100).map((id) => ({ id, properties: { city: 'Ulm' } })),
        }),
      ),
    };
    for (const [name, ms] of Object.entries(figures)) console.log(`100,000 companies, ${name}: ${ms.toFixed(2)} ms`);
  });
});
