import { describe, expect, it } from 'vitest';
import { type Account, account, companies, smallBook, testClock } from './hubspot-support.ts';

const path = (object: string) => `/crm/objects/2026-03/${object}/search`;

function search(target: Account, object: string, body: object) {
  return target.call('POST', path(object), body);
}

const where = (...filters: object[]) => ({ filterGroups: [{ filters }] });
const names = (answer: { body: { results: { properties: { name: string } }[] } }) =>
  answer.body.results.map((one) => one.properties.name).sort();

describe('search', () => {
  it('T1 limit, body and result caps: 200 a page, 3,000 characters, 10,000 results', () => {
    const target = account({ customFields: {} });
    companies(target, 10_050);
    expect(search(target, 'companies', { limit: 201 }).status).toBe(400);
    expect(search(target, 'companies', { query: 'x'.repeat(3000) }).status).toBe(400);
    expect(search(target, 'companies', { sorts: ['name', 'domain'] }).status).toBe(400);
    const last = search(target, 'companies', { limit: 200, after: '9800' });
    expect(last.body.total).toBe(10_050);
    expect(last.body.results.length).toBe(200);
    expect(last.body.paging.next.after).toBe('10000');
    const beyond = search(target, 'companies', { limit: 200, after: '10000' });
    expect([beyond.status, beyond.body.category]).toEqual([400, 'VALIDATION_ERROR']);
  });

  it('T1 too many filter groups or filters are refused: 5 groups, 6 filters a group, 18 in all', () => {
    const target = account();
    const filter = { propertyName: 'name', operator: 'HAS_PROPERTY' };
    const groups = (count: number, size: number) => ({
      filterGroups: Array.from({ length: count }, () => ({ filters: Array.from({ length: size }, () => filter) })),
    });
    expect(
      [groups(5, 3), groups(3, 6), groups(6, 1), groups(1, 7), groups(4, 5)].map(
        (body) => search(target, 'companies', body).status,
      ),
    ).toEqual([200, 200, 400, 400, 400]);
  });

  it('T2 T4 many records of one millisecond are reached by id, and an equal-or-later filter finds the edge', () => {
    const target = account();
    companies(target, 30);
    const at = String(target.clock.now());
    const same = { propertyName: 'hs_lastmodifieddate', operator: 'EQ', value: at };
    const first = search(target, 'companies', { ...where(same), sorts: ['hs_object_id'], limit: 20 });
    const last = first.body.results.at(-1).id;
    const rest = search(target, 'companies', {
      ...where(same, { propertyName: 'hs_object_id', operator: 'GT', value: last }),
      sorts: ['hs_object_id'],
      limit: 20,
    });
    expect(first.body.total).toBe(30);
    expect(rest.body.results.length).toBe(10);
    const ids = [...first.body.results, ...rest.body.results].map((one: { id: string }) => one.id);
    expect(new Set(ids).size).toBe(30);
    expect(
      search(target, 'companies', where({ propertyName: 'hs_lastmodifieddate', operator: 'GT', value: at })).body.total,
    ).toBe(0);
    expect(
      search(target, 'companies', where({ propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: at })).body
        .total,
    ).toBe(30);
  });

  it('T3 a record modified while paging moves to the end, and an offset then skips another', () => {
    const target = account();
    const ids = companies(target, 4).map((id) => {
      target.clock.advance(1000);
      target.hubspot.edit('companies', id, { city: 'Ulm' });
      return id;
    });
    const body = { sorts: ['hs_lastmodifieddate'], limit: 2 };
    expect(search(target, 'companies', body).body.results.map((one: { id: string }) => one.id)).toEqual(
      ids.slice(0, 2),
    );
    target.clock.advance(1000);
    target.hubspot.edit('companies', ids[0] ?? '', { city: 'Bonn' });
    const second = search(target, 'companies', { ...body, after: '2' });
    expect(second.body.results.map((one: { id: string }) => one.id)).toEqual([ids[3], ids[0]]);
  });

  it('T5 search index lag: each record appears by its own delay, reads see it at once', () => {
    const target = account({ indexLagMs: 10_000 });
    const ids = companies(target, 40);
    const seen = () => search(target, 'companies', { limit: 100 }).body.total;
    expect(seen()).toBe(0);
    expect(target.call('GET', `/crm/objects/2026-03/companies/${ids[0]}`).status).toBe(200);
    target.clock.advance(7500);
    expect(seen()).toBeGreaterThan(0);
    expect(seen()).toBeLessThan(40);
    target.clock.advance(2500);
    expect(seen()).toBe(40);
  });

  it('T5 while the index lags a search matches old values and shows new ones, and counts archived records (recorded so)', () => {
    const target = account({ indexLagMs: 10_000 });
    const [id = '', gone = ''] = companies(target, 2);
    target.clock.advance(20_000);
    target.hubspot.edit('companies', id, { name: 'Renamed' });
    target.hubspot.archive('companies', gone);
    const old = search(target, 'companies', {
      ...where({ propertyName: 'name', operator: 'EQ', value: 'Company 0' }),
      properties: ['name'],
    });
    expect(names(old)).toEqual(['Renamed']);
    const all = search(target, 'companies', {});
    expect([all.body.total, all.body.results.length]).toEqual([2, 1]);
    target.clock.advance(20_000);
    expect(search(target, 'companies', {}).body.total).toBe(1);
    expect(
      search(target, 'companies', where({ propertyName: 'name', operator: 'EQ', value: 'Company 0' })).body.total,
    ).toBe(0);
  });

  it('T7 contacts keep lastmodifieddate; the other name exists but T8 an unknown property gives nothing and no error', () => {
    const target = account({ book: smallBook });
    const after = (propertyName: string) =>
      search(target, 'contacts', where({ propertyName, operator: 'GTE', value: '0' })).body.total;
    expect(after('lastmodifieddate')).toBe(3);
    const unknown = search(
      target,
      'contacts',
      where({ propertyName: 'no_such_property', operator: 'GTE', value: '0' }),
    );
    expect([unknown.status, unknown.body.total]).toEqual([200, 0]);
    expect(
      search(target, 'contacts', { properties: ['no_such_property'], limit: 1 }).body.results[0].properties,
    ).not.toHaveProperty('no_such_property');
  });

  it('T32 dates are filtered by milliseconds or a bare day, never by ISO text', () => {
    const target = account({ book: smallBook });
    const renewal = (operator: string, value: string) =>
      search(target, 'companies', where({ propertyName: 'renewal_date', operator, value }));
    expect(renewal('EQ', '2026-12-01').body.total).toBe(1);
    expect(renewal('LTE', String(Date.parse('2026-12-01T00:00:00Z'))).body.total).toBe(1);
    expect(renewal('LT', '2026-12-01').body.total).toBe(0);
    expect(renewal('GT', '2026-11-30T00:00:00Z').status).toBe(400);
  });

  it('operators: text without case, IN by lower case only, enumerations exactly, tokens, presence, between', () => {
    const target = account({ book: smallBook });
    const found = (filter: object) => names(search(target, 'companies', { ...where(filter), properties: ['name'] }));
    const name = (operator: string, rest: object) => found({ propertyName: 'name', operator, ...rest });
    expect(name('EQ', { value: 'ACME' })).toEqual(['Acme']);
    expect(name('NEQ', { value: 'acme' })).toEqual(['Bolt', 'Cole']);
    expect(name('IN', { values: ['acme', 'bolt'] })).toEqual(['Acme', 'Bolt']);
    expect(name('IN', { values: ['Acme', 'bolt'] })).toEqual(['Bolt']);
    expect(name('NOT_IN', { values: ['acme'] })).toEqual(['Bolt', 'Cole']);
    expect(name('CONTAINS_TOKEN', { value: 'ac*' })).toEqual(['Acme']);
    expect(name('NOT_CONTAINS_TOKEN', { value: 'acme' })).toEqual(['Bolt', 'Cole']);
    expect(found({ propertyName: 'lifecyclestage', operator: 'EQ', value: 'customer' })).toEqual(['Acme', 'Bolt']);
    expect(found({ propertyName: 'lifecyclestage', operator: 'EQ', value: 'Customer' })).toEqual([]);
    expect(found({ propertyName: 'renewal_date', operator: 'HAS_PROPERTY' })).toEqual(['Acme']);
    expect(found({ propertyName: 'renewal_date', operator: 'NOT_HAS_PROPERTY' })).toEqual(['Bolt', 'Cole']);
    expect(found({ propertyName: 'seats_used', operator: 'BETWEEN', value: '6', highValue: '7' })).toEqual(['Acme']);
    expect(found({ propertyName: 'seats_used', operator: 'LT', value: '6' })).toEqual([]);
    const contact = target.hubspot.idOf('contacts', 'c1');
    expect(found({ propertyName: 'associations.contact', operator: 'EQ', value: contact })).toEqual(['Acme', 'Bolt']);
    expect(search(target, 'companies', { query: 'col', properties: ['name'] }).body.total).toBe(1);
    expect(search(target, 'companies', where({ propertyName: 'name', operator: 'IS', value: 'x' })).status).toBe(400);
  });

  it('a search over links sees a new link although no record changed', () => {
    const target = account({ book: smallBook });
    const di = target.hubspot.idOf('contacts', 'c2');
    const linked = () =>
      search(target, 'companies', where({ propertyName: 'associations.contact', operator: 'EQ', value: di })).body
        .total;
    expect(linked()).toBe(1);
    target.hubspot.link('contacts', di ?? '', 'companies', target.hubspot.idOf('accounts', 'a1') ?? '');
    expect(linked()).toBe(2);
  });

  it('T28 archived records never appear; T11 T12 the last page has no paging', () => {
    const target = account({ book: smallBook });
    target.hubspot.archive('companies', target.hubspot.idOf('accounts', 'a2') ?? '');
    const answer = search(target, 'companies', { limit: 2, properties: ['name'] });
    expect(names(answer)).toEqual(['Acme', 'Cole']);
    expect(answer.body).not.toHaveProperty('paging');
  });

  it('T43 five a second and no limit headers; the sixth is refused with the recorded body', () => {
    const target = account({ rateLimits: true });
    const statuses = Array.from({ length: 6 }, () => search(target, 'companies', {}));
    expect(statuses.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(Object.keys(statuses[0]?.headers ?? {}).filter((name) => name.includes('RateLimit'))).toEqual([]);
    expect(statuses[5]?.body).toMatchObject({
      status: 'error',
      category: 'RATE_LIMITS',
      message: 'You have reached your secondly limit.',
    });
    target.clock.advance(1000);
    expect(search(target, 'companies', {}).status).toBe(200);
  });

  it('both path families answer alike', () => {
    const target = account({ book: smallBook, clock: testClock() });
    const [dated, classic] = ['/crm/objects/2026-09/companies/search', '/crm/v3/objects/COMPANY/search'].map(
      (url) => target.call('POST', url, { limit: 3 }).body,
    );
    expect(dated).toEqual(classic);
  });
});
