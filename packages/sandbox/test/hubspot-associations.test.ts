import { describe, expect, it } from 'vitest';
import { type Account, account, companies, smallBook } from './hubspot-support.ts';

const v = '2026-03';
const built = (associationTypeId: number) => ({ associationCategory: 'HUBSPOT_DEFINED', associationTypeId });
const own = (associationTypeId: number) => ({ associationCategory: 'USER_DEFINED', associationTypeId });

function links(target: Account, from: string, id: string | undefined, to: string) {
  const answer = target.call('POST', `/crm/associations/${v}/${from}/${to}/batch/read`, { inputs: [{ id }] });
  return (answer.body.results[0]?.to ?? []) as {
    toObjectId: number;
    associationTypes: { typeId: number; label: string | null }[];
  }[];
}

const types = (link: { associationTypes: { typeId: number }[] } | undefined) =>
  link?.associationTypes.map((type) => type.typeId).sort((a, b) => a - b);

describe('associations', () => {
  it('T13 a link changes no modification date', () => {
    const target = account({ book: smallBook });
    const acme = target.hubspot.idOf('accounts', 'a1') ?? '';
    const contact = target.hubspot.idOf('contacts', 'c2') ?? '';
    const before = target.hubspot.get('companies', acme)?.updatedAt;
    expect(
      target.call('PUT', `/crm/objects/${v}/contacts/${contact}/associations/default/companies/${acme}`).status,
    ).toBe(200);
    expect(links(target, 'companies', acme, 'contacts').length).toBe(2);
    expect(target.hubspot.get('companies', acme)?.updatedAt).toBe(before);
  });

  it('T14 more than 500 links come in pages', () => {
    const target = account();
    const [company = ''] = companies(target, 1);
    for (let i = 0; i < 501; i += 1)
      target.hubspot.create('contacts', { email: `p${i}@example.com` }, [{ object: 'companies', id: company }]);
    const read = (after?: string) =>
      target.call('POST', `/crm/associations/${v}/companies/contacts/batch/read`, { inputs: [{ id: company, after }] })
        .body.results[0];
    const first = read();
    expect([first.to.length, read(first.paging.next.after).to.length]).toEqual([500, 1]);
    const single = target.call('GET', `/crm/objects/${v}/companies/${company}/associations/contacts`);
    expect([single.body.results.length, single.body.paging.next.after]).toEqual([500, first.paging.next.after]);
    expect(target.call('GET', `/crm/objects/2026-09/companies/${company}/associations/contacts`).status).toBe(404);
  });

  it('T15 none are an error beside the others, with 207, and inside a 200 in 2026-09', () => {
    const target = account({ book: smallBook });
    const inputs = ['a1', 'a2', 'a3'].map((id) => ({ id: target.hubspot.idOf('accounts', id) }));
    const read = (base: string) => target.call('POST', `${base}/companies/deals/batch/read`, { inputs });
    const answer = read('/crm/associations/2026-03');
    expect([answer.status, answer.body.results.length, answer.body.numErrors]).toEqual([207, 2, 1]);
    expect(answer.body.errors[0].subCategory).toBe('crm.associations.NO_ASSOCIATIONS_FOUND');
    expect([read('/crm/v4/associations').status, read('/crm/associations/2026-09').status]).toEqual([207, 200]);
    const many = { inputs: Array.from({ length: 1001 }, (_, id) => ({ id: String(id) })) };
    expect(target.call('POST', '/crm/associations/2026-03/companies/deals/batch/read', many).status).toBe(400);
  });

  it('T16 T17 a target stands once, with all its types, and its id is a number', () => {
    const target = account({ book: smallBook });
    const [link, ...others] = links(target, 'companies', target.hubspot.idOf('accounts', 'a1'), 'contacts');
    expect(others).toEqual([]);
    expect(link?.toObjectId).toBe(Number(target.hubspot.idOf('contacts', 'c1')));
    expect(types(link)).toEqual([2, 280]);
  });

  it('T18 a second primary company takes the place of the first, whose plain link stays', () => {
    const target = account({ book: smallBook });
    const [acme, bolt, cy] = [
      target.hubspot.idOf('accounts', 'a1'),
      target.hubspot.idOf('accounts', 'a2'),
      target.hubspot.idOf('contacts', 'c1') ?? '',
    ];
    const of = (company: string | undefined) =>
      types(links(target, 'contacts', cy, 'companies').find((link) => String(link.toObjectId) === company));
    expect([of(acme), of(bolt)]).toEqual([[1, 279], [279]]);
    expect(target.hubspot.get('contacts', cy)?.properties['associatedcompanyid']).toBe(acme);
    expect(
      target.call('PUT', `/crm/objects/${v}/contacts/${cy}/associations/companies/${bolt}`, [built(1)]).status,
    ).toBe(201);
    expect([of(acme), of(bolt)]).toEqual([[279], [1, 279]]);
    expect(target.hubspot.get('contacts', cy)?.properties['associatedcompanyid']).toBe(bolt);
  });

  it('a contact’s first company becomes primary, from whichever side it is linked', () => {
    const target = account();
    const [one = '', two = ''] = companies(target, 2);
    const contact = target.hubspot.create('contacts', { email: 'x@example.com' });
    target.hubspot.link('companies', one, 'contacts', contact);
    target.hubspot.link('contacts', contact, 'companies', two);
    expect(links(target, 'contacts', contact, 'companies').map(types)).toEqual([[1, 279], [279]]);
  });

  it('T19 setting labels replaces the labels of the pair, and only those', () => {
    const target = account({ book: smallBook });
    const [acme, cy] = [target.hubspot.idOf('accounts', 'a1'), target.hubspot.idOf('contacts', 'c1') ?? ''];
    const made = ['billing', 'legal'].map(
      (name) =>
        target.call('POST', `/crm/associations/${v}/contacts/companies/labels`, { name, label: name }).body.results[0]
          .typeId,
    );
    const put = (...labels: number[]) =>
      target.call('PUT', `/crm/objects/${v}/contacts/${cy}/associations/companies/${acme}`, labels.map(own));
    put(made[0]);
    put(made[1]);
    expect(types(links(target, 'contacts', cy, 'companies').find((link) => String(link.toObjectId) === acme))).toEqual(
      [1, made[1], 279].sort((a, b) => a - b),
    );
    put(made[0], made[1]);
    expect(types(links(target, 'contacts', cy, 'companies')[0])?.length).toBe(4);
  });

  it('labels need Professional; below it they are refused with 403 and the allowance is 0', () => {
    for (const [tier, status, limit] of [
      ['free', 403, 0],
      ['starter', 403, 0],
      ['professional', 200, 10],
      ['enterprise', 200, 10],
    ] as const) {
      const target = account({ tier });
      const made = target.call('POST', `/crm/associations/${v}/contacts/contacts/labels`, {
        name: 'referred_by',
        label: 'Referred by',
        inverseLabel: 'Referred',
      });
      expect(made.status).toBe(status);
      expect(target.call('GET', '/crm/limits/2026-03/associations/labels').body.limit).toBe(limit);
      expect(target.call('GET', `/crm/associations/${v}/contacts/contacts/labels`).body.results.length).toBe(
        status === 200 ? 3 : 1,
      );
    }
  });

  it('a pair of labels reads each way by its own name; at most ten between two objects; a removed one goes from the records', () => {
    const target = account({ book: smallBook });
    const [cy, di] = [target.hubspot.idOf('contacts', 'c1'), target.hubspot.idOf('contacts', 'c2')];
    const seen = (id: string | undefined) =>
      links(target, 'contacts', id, 'contacts')[0]?.associationTypes.map((type) => type.label);
    expect([seen(di), seen(cy)]).toEqual([
      [null, 'Referred by'],
      [null, 'Referred'],
    ]);
    const labels = `/crm/associations/${v}/contacts/companies/labels`;
    const make = (index: number) => target.call('POST', labels, { name: `l${index}`, label: `L${index}` });
    const first = make(0).body.results[0].typeId;
    for (let i = 1; i < 10; i += 1) expect(make(i).status).toBe(200);
    expect(make(10).status).toBe(400);
    expect(make(3).status).toBe(409);
    const acme = target.hubspot.idOf('accounts', 'a1') ?? '';
    target.hubspot.link('contacts', cy ?? '', 'companies', acme, first);
    expect(target.call('DELETE', `${labels}/${first}`).status).toBe(204);
    expect(types(links(target, 'contacts', cy, 'companies')[0])).toEqual([1, 279]);
  });

  it('batch create and archive: a missing record is an error of its item', () => {
    const target = account({ book: smallBook });
    const [acme, di] = [target.hubspot.idOf('accounts', 'a1'), target.hubspot.idOf('contacts', 'c2')];
    const inputs = [acme, '12'].map((id) => ({ from: { id }, to: { id: di }, types: [built(280)] }));
    const answer = target.call('POST', `/crm/associations/${v}/companies/contacts/batch/create`, { inputs });
    expect([answer.status, answer.body.results.length, answer.body.numErrors]).toEqual([207, 1, 1]);
    expect(links(target, 'companies', acme, 'contacts').length).toBe(2);
    const archive = (version: string) =>
      target.call('POST', `/crm/associations/${version}/companies/contacts/batch/archive`, {
        inputs: [{ from: { id: acme }, to: [{ id: di }] }],
      }).status;
    expect([archive(v), archive('2026-09')]).toEqual([204, 200]);
    expect(links(target, 'companies', acme, 'contacts').length).toBe(1);
  });

  it('T21 a company may be the parent of its own parent; a second parent takes the place of the first', () => {
    const target = account({ book: smallBook });
    const [acme = '', bolt = '', cole = ''] = ['a1', 'a2', 'a3'].map((id) => target.hubspot.idOf('accounts', id) ?? '');
    const parent = (id: string) => target.hubspot.get('companies', id)?.properties['hs_parent_company_id'];
    expect(parent(bolt)).toBe(acme);
    target.hubspot.link('companies', acme, 'companies', bolt, 14);
    expect([parent(acme), parent(bolt)]).toEqual([bolt, acme]);
    target.hubspot.link('companies', bolt, 'companies', cole, 14);
    expect(parent(bolt)).toBe(cole);
    expect(target.hubspot.get('companies', acme)?.properties['hs_num_child_companies']).toBe('0');
  });
});
