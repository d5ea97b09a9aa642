import { describe, expect, it } from 'vitest';
import { account, companies, smallBook } from './hubspot-support.ts';

const at = '/crm/objects/2026-03';
const ids = (answer: { body: { results: { id: string }[] } }) => answer.body.results.map((one) => one.id);

describe('lists', () => {
  it('T11 T12 pages of at most 100 by cursor give every record once; the last has no paging', () => {
    const target = account();
    const made = companies(target, 250);
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const answer = target.call('GET', `${at}/companies?limit=100${after && `&after=${after}`}`);
      seen.push(...ids(answer));
      after = answer.body.paging?.next?.after;
      if (after === undefined) break;
    }
    expect(seen.length).toBe(250);
    expect(new Set(seen)).toEqual(new Set(made));
    expect(target.call('GET', `${at}/companies?limit=101`).status).toBe(400);
    expect(target.call('GET', `${at}/companies?limit=51&propertiesWithHistory=name`).status).toBe(400);
    expect(target.call('GET', `${at}/companies?after=nonsense`).status).toBe(400);
  });

  it('a newer record may have a lower id, as in the real one', () => {
    const made = companies(account(), 20).map(Number);
    expect(made.some((id, index) => index > 0 && id < (made[index - 1] ?? 0))).toBe(true);
  });

  it('T16 inline associations: one target once per type; T25 without properties only the defaults', () => {
    const target = account({ book: smallBook });
    const acme = target.hubspot.idOf('accounts', 'a1');
    const answer = target.call('GET', `${at}/companies/${acme}?associations=contacts`);
    const linked = answer.body.associations.contacts.results;
    expect(linked.map((one: { id: string }) => one.id)).toEqual([linked[0].id, linked[0].id]);
    expect(linked.map((one: { type: string }) => one.type)).toEqual([
      'company_to_contact_unlabeled',
      'company_to_contact',
    ]);
    expect(Object.keys(answer.body.properties).sort()).toEqual([
      'createdate',
      'domain',
      'hs_lastmodifieddate',
      'hs_object_id',
      'name',
    ]);
  });

  it('T49 an overlong address is answered 414', () => {
    const properties = Array.from({ length: 1000 }, (_, index) => `a_property_of_some_length_${index}`).join(',');
    expect(account().call('GET', `${at}/companies?properties=${properties}`).status).toBe(414);
  });

  it('an unknown route is answered by an HTML page, an unknown object by an error without category', () => {
    const target = account();
    const page = target.call('GET', '/crm/objects/2026-03/companies/1/nonsense');
    expect([page.status, page.headers['Content-Type']]).toEqual([404, 'text/html;charset=utf-8']);
    expect(target.call('GET', '/crm/objects/2031-01/companies').status).toBe(404);
    const unknown = target.call('GET', `${at}/unicorns`);
    expect([unknown.status, unknown.body.category]).toEqual([400, undefined]);
    expect(target.call('GET', `${at}/companies/5`)).toMatchObject({
      status: 404,
      body: { category: 'OBJECT_NOT_FOUND' },
    });
  });

  it('an object answers to its names: companies, company, COMPANY, 0-2', () => {
    const target = account({ book: smallBook });
    for (const name of ['companies', 'company', 'COMPANY', '0-2'])
      expect(ids(target.call('GET', `${at}/${name}`)).length).toBe(3);
  });
});

describe('values', () => {
  it('T31 values are strings or null; a cleared value stays an empty string, an absent one is null', () => {
    const target = account();
    const [id] = companies(target, 1);
    const written = target.call('PATCH', `${at}/companies/${id}`, {
      properties: { numberofemployees: 12, city: '', hs_is_target_account: true },
    });
    expect(written.body.properties).toMatchObject({ numberofemployees: '12', city: '', hs_is_target_account: 'true' });
    const read = target.call('GET', `${at}/companies/${id}?properties=numberofemployees,city,zip`);
    expect(read.body.properties).toMatchObject({ numberofemployees: '12', city: '', zip: null });
  });

  it('T31 T33 wrong values are refused with the name of the property, and nothing is written', () => {
    const target = account();
    const [id] = companies(target, 1);
    const refused = (properties: object) => {
      const answer = target.call('PATCH', `${at}/companies/${id}`, { properties: { city: 'Ulm', ...properties } });
      return [answer.status, answer.body.errors?.[0]?.code, answer.body.errors?.[0]?.context.propertyName[0]];
    };
    expect(refused({ no_such: '1' })).toEqual([400, 'PROPERTY_DOESNT_EXIST', 'no_such']);
    expect(refused({ numberofemployees: 'many' })).toEqual([400, 'INVALID_INTEGER', 'numberofemployees']);
    expect(refused({ lifecyclestage: 'Customer' })).toEqual([400, 'INVALID_OPTION', 'lifecyclestage']);
    expect(refused({ notes_last_updated: '0' })).toEqual([400, 'READ_ONLY_VALUE', 'notes_last_updated']);
    expect(refused({ renewal_date: '1761523200001' })).toEqual([400, 'INVALID_DATE', 'renewal_date']);
    expect(refused({ description: 'x'.repeat(65_537) })).toEqual([400, 'PROPERTY_VALUE_TOO_LONG', 'description']);
    expect(target.hubspot.get('companies', id ?? '')?.properties['city']).toBeUndefined();
  });

  it('T32 a date is given as a day or as midnight in UTC and read as a day; a datetime is read as ISO', () => {
    const target = account();
    const [id] = companies(target, 1);
    const properties = { renewal_date: String(Date.parse('2027-01-31T00:00:00Z')), closedate: '1767225600000' };
    expect(target.call('PATCH', `${at}/companies/${id}`, { properties }).body.properties).toMatchObject({
      renewal_date: '2027-01-31',
      closedate: '2026-01-01T00:00:00.000Z',
    });
  });

  it('T35 an amount in another currency is converted, and one without a rate is not', () => {
    const target = account({ currency: 'EUR', exchangeRates: { USD: 0.5 } });
    const home = (currency: string) => {
      const id = target.hubspot.create('deals', {
        dealname: 'x',
        dealstage: 'closedwon',
        amount: '100',
        deal_currency_code: currency,
      });
      return target.hubspot.get('deals', id)?.properties['amount_in_home_currency'];
    };
    expect([home('EUR'), home('USD'), home('JPY')]).toEqual(['100', '50', undefined]);
  });

  it('T36 an archived owner is listed apart, has no user id, and cannot be assigned', () => {
    const target = account({ book: smallBook });
    const [live] = target.call('GET', '/crm/owners/2026-03').body.results;
    const [gone] = target.call('GET', '/crm/owners/2026-03?archived=true').body.results;
    expect([live.email, gone.email, live.userId, gone.userId]).toEqual([
      'ada@example.com',
      'bo@example.com',
      9_586_500,
      undefined,
    ]);
    const acme = target.hubspot.idOf('accounts', 'a1');
    const assign = (owner: string) =>
      target.call('PATCH', `${at}/companies/${acme}`, { properties: { hubspot_owner_id: owner } }).status;
    expect([assign(live.id), assign(gone.id), assign(String(live.userId))]).toEqual([200, 400, 400]);
  });

  it('T38 history: newest first, with who changed it', () => {
    const target = account();
    const [id] = companies(target, 1);
    target.clock.advance(1000);
    target.call('PATCH', `${at}/companies/${id}`, { properties: { name: 'Second' } });
    const { name } = target.call('GET', `${at}/companies/${id}?propertiesWithHistory=name`).body.propertiesWithHistory;
    expect(name.map((one: { value: string; sourceType: string }) => [one.value, one.sourceType])).toEqual([
      ['Second', 'INTEGRATION'],
      ['Company 0', 'IMPORT'],
    ]);
  });

  it('every write moves the modification date, even one that changes nothing', () => {
    const target = account();
    const [id = ''] = companies(target, 1);
    target.clock.advance(5000);
    target.call('PATCH', `${at}/companies/${id}`, { properties: { name: 'Company 0' } });
    expect(target.hubspot.get('companies', id)?.updatedAt).toBe(target.clock.now());
  });
});

describe('creating', () => {
  it('what HubSpot requires is required', () => {
    const target = account();
    const create = (object: string, properties: object) =>
      target.call('POST', `${at}/${object}`, { properties }).status;
    expect(create('companies', { city: 'Ulm' })).toBe(400);
    expect(create('companies', { domain: 'x.example.com' })).toBe(201);
    expect(create('deals', { dealname: 'x' })).toBe(400);
    expect(create('deals', { dealname: 'x', dealstage: 'closedwon' })).toBe(201);
    expect(create('notes', { hs_note_body: 'x' })).toBe(400);
    expect(create('emails', { hs_timestamp: '1767225600000' })).toBe(400);
    expect(create('tickets', { subject: 'x', hs_pipeline_stage: '1' })).toBe(201);
    expect(create('feedback_submissions', {})).toBe(405);
  });

  it('a contact with a known e-mail address is a conflict that names the other', () => {
    const target = account({ book: smallBook });
    const answer = target.call('POST', `${at}/contacts`, { properties: { email: 'CY@example.com' } });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      category: 'CONFLICT',
      message: `Contact already exists. Existing ID: ${target.hubspot.idOf('contacts', 'c1')}`,
    });
  });

  it('activity moves the roll-ups of the records it is linked to, and their modification date', () => {
    const target = account({ book: smallBook });
    const acme = target.hubspot.idOf('accounts', 'a1') ?? '';
    const before = target.hubspot.get('companies', acme);
    expect(before?.properties['notes_last_updated']).toBe('2026-09-20T10:00:00.000Z');
    target.call('POST', `${at}/notes`, {
      properties: { hs_timestamp: '2026-11-01T08:00:00.000Z', hs_note_body: 'From us' },
      associations: [{ to: { id: acme }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 190 }] }],
    });
    const after = target.hubspot.get('companies', acme);
    expect(after?.properties).toMatchObject({
      notes_last_updated: '2026-11-01T08:00:00.000Z',
      num_notes: '2',
      num_contacted_notes: '1',
    });
    expect(after?.updatedAt).toBe(target.clock.now());
  });
});

describe('batches', () => {
  const at909 = '/crm/objects/2026-09';

  it('T30 T48 partial failure: 207 on classic and 2026-03 paths, inside a 200 in 2026-09', () => {
    const target = account();
    const [one] = companies(target, 1);
    const body = { inputs: [{ id: one }, { id: '123' }], properties: ['name'] };
    const answers = ['/crm/v3/objects', at, at909].map((base) =>
      target.call('POST', `${base}/companies/batch/read`, body),
    );
    expect(answers.map((answer) => answer.status)).toEqual([207, 207, 200]);
    for (const answer of answers) {
      expect(ids(answer)).toEqual([one]);
      expect(answer.body).toMatchObject({
        numErrors: 1,
        errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['123'] } }],
      });
    }
  });

  it('T48 101 inputs and duplicate ids are refused whole', () => {
    const target = account();
    const [one] = companies(target, 1);
    const update = (inputs: object[]) => target.call('POST', `${at}/companies/batch/update`, { inputs });
    expect(update(Array.from({ length: 101 }, (_, id) => ({ id: String(id), properties: {} }))).status).toBe(400);
    const twice = update([
      { id: one, properties: { city: 'A' } },
      { id: one, properties: { city: 'B' } },
    ]);
    expect([twice.status, twice.body.message]).toEqual([
      400,
      expect.stringContaining('Duplicate IDs found in batch input'),
    ]);
    expect(target.hubspot.get('companies', one ?? '')?.properties['city']).toBeUndefined();
  });

  it('T48 results come in another order than the inputs, the same one for the same seed', () => {
    const order = (seed: number) => {
      const target = account({ seed });
      const made = companies(target, 20);
      const answer = target.call('POST', `${at}/companies/batch/update`, {
        inputs: made.map((id) => ({ id, properties: { city: 'Ulm' } })),
      });
      return ids(answer).map((id) => made.indexOf(id));
    };
    expect(order(1)).not.toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect([...order(1)].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(order(1)).toEqual(order(1));
  });

  it('T48 one bad item of an update is an error beside the others', () => {
    const target = account();
    const [one, two] = companies(target, 2);
    const answer = target.call('POST', `${at909}/companies/batch/update`, {
      inputs: [
        { id: one, properties: { numberofemployees: 'many' } },
        { id: two, properties: { numberofemployees: '7' } },
      ],
    });
    expect(answer.status).toBe(200);
    expect(ids(answer)).toEqual([two]);
    expect(answer.body.errors[0]).toMatchObject({ category: 'VALIDATION_ERROR', context: { id: [one] } });
  });

  it('T47 a create fails whole, unless every input carries its own trace id', () => {
    const target = account();
    const inputs = [{ properties: { name: 'Good' } }, { properties: { nope: 'x' } }];
    expect(target.call('POST', `${at}/companies/batch/create`, { inputs }).status).toBe(400);
    expect(target.hubspot.ids('companies').length).toBe(0);
    const traced = inputs.map((input, index) => ({ ...input, objectWriteTraceId: `t${index}` }));
    const answer = target.call('POST', `${at}/companies/batch/create`, { inputs: traced });
    expect(answer.status).toBe(207);
    expect(answer.body.results).toMatchObject([{ objectWriteTraceId: 't0' }]);
    expect(answer.body.errors[0].context.objectWriteTraceId).toEqual(['t1']);
  });

  it('T47 upsert by a unique property creates once and updates after', () => {
    const target = account({ book: smallBook });
    const key = {
      name: 'holdfast_key',
      label: 'Holdfast key',
      type: 'string',
      fieldType: 'text',
      groupName: 'task',
      hasUniqueValue: true,
    };
    expect(target.call('POST', '/crm/properties/2026-03/tasks', key).status).toBe(201);
    const upsert = () =>
      target.call('POST', `${at}/tasks/batch/upsert`, {
        inputs: [
          {
            id: 'k-1',
            idProperty: 'holdfast_key',
            properties: { hs_timestamp: '2026-11-03T08:00:00Z', hs_task_subject: 'Call' },
          },
        ],
      });
    const [first, second] = [upsert(), upsert()];
    expect([first.body.results[0].new, second.body.results[0].new]).toEqual([true, false]);
    expect(second.body.results[0].id).toBe(first.body.results[0].id);
    expect(target.hubspot.ids('tasks').length).toBe(1);
    const notUnique = { inputs: [{ id: 'x', idProperty: 'hs_task_subject', properties: {} }] };
    expect(target.call('POST', `${at}/tasks/batch/upsert`, notUnique).status).toBe(400);
  });

  it('T63 admin rules bind writes of 2026-09 only, item by item', () => {
    const target = account({ requiredByAdmin: { companies: ['city'] } });
    const create = (base: string, properties: object) => target.call('POST', `${base}/companies`, { properties });
    expect(create(at, { name: 'A' }).status).toBe(201);
    const refused = create(at909, { name: 'B' });
    expect([refused.status, refused.body.errors[0].code, refused.body.errors[0].context.propertyName]).toEqual([
      400,
      'MISSING_REQUIRED_PROPERTY',
      ['city'],
    ]);
    const [one, two] = companies(target, 2);
    const answer = target.call('POST', `${at909}/companies/batch/update`, {
      inputs: [
        { id: one, properties: { city: '' } },
        { id: two, properties: { zip: '1' } },
      ],
    });
    expect([ids(answer), answer.body.numErrors]).toEqual([[two], 1]);
  });
});

describe('merges and deletions', () => {
  it('T22 T23 a merge makes a new record; old ids lead to it in single calls, not in a batch update; links by them are gone', () => {
    const target = account({ book: smallBook });
    const [acme = '', bolt = ''] = ['a1', 'a2'].map((id) => target.hubspot.idOf('accounts', id) ?? '');
    const merged = target.hubspot.merge('companies', acme, bolt);
    expect([acme, bolt]).not.toContain(merged);
    const read = target.call('GET', `${at}/companies/${bolt}?properties=name,hs_merged_object_ids`);
    expect(read.body).toMatchObject({
      id: merged,
      properties: { name: 'Acme', hs_merged_object_ids: `${acme};${bolt}` },
    });
    expect(target.call('PATCH', `${at}/companies/${acme}`, { properties: { city: 'Ulm' } }).body.id).toBe(merged);
    const batch = target.call('POST', `${at}/companies/batch/update`, {
      inputs: [{ id: acme, properties: { city: 'Bonn' } }],
    });
    expect([batch.status, batch.body.results.length]).toEqual([207, 0]);
    const links = (id: string) =>
      target.call('POST', '/crm/associations/2026-03/companies/contacts/batch/read', { inputs: [{ id }] }).body;
    expect(links(acme).errors[0].subCategory).toBe('crm.associations.NO_ASSOCIATIONS_FOUND');
    expect(links(merged).results[0].to.length).toBe(1);
    expect(target.hubspot.ids('companies')).not.toContain(acme);
  });

  it('T22 merged contacts answer to both e-mail addresses', () => {
    const target = account({ book: smallBook });
    const [cy = '', di = ''] = ['c1', 'c2'].map((id) => target.hubspot.idOf('contacts', id) ?? '');
    const merged = target.hubspot.merge('contacts', cy, di);
    expect(target.hubspot.get('contacts', merged)?.properties).toMatchObject({
      email: 'cy@example.com',
      hs_additional_emails: 'di@example.com',
      lastname: 'Ek',
    });
    const byEmail = target.call('GET', `${at}/contacts/di@example.com?idProperty=email`);
    expect(byEmail.body.id).toBe(merged);
  });

  it('T23 chains of merges are cumulative', () => {
    const target = account();
    const [a = '', b = '', c = ''] = companies(target, 3);
    const ab = target.hubspot.merge('companies', a, b);
    const abc = target.hubspot.merge('companies', c, ab);
    const ids = target.hubspot.get('companies', a)?.properties['hs_merged_object_ids']?.split(';') ?? [];
    expect(target.hubspot.get('companies', a)?.id).toBe(abc);
    expect(new Set(ids)).toEqual(new Set([a, b, ab, c]));
  });

  it('T28 T29 archived records are listed apart for 90 days, can be restored, and then are gone', () => {
    const target = account();
    const [one = '', two = ''] = companies(target, 2);
    expect(target.call('DELETE', `${at}/companies/${one}`).status).toBe(204);
    expect(ids(target.call('GET', `${at}/companies`))).toEqual([two]);
    const archived = target.call('GET', `${at}/companies?archived=true`);
    expect(archived.body.results).toMatchObject([
      { id: one, archived: true, archivedAt: new Date(target.clock.now()).toISOString() },
    ]);
    expect(target.call('GET', `${at}/companies/${one}`).status).toBe(404);
    target.hubspot.restore('companies', one);
    expect(target.call('GET', `${at}/companies/${one}`).status).toBe(200);
    target.hubspot.archive('companies', one);
    target.clock.advance(91 * 86_400_000);
    expect(target.call('GET', `${at}/companies?archived=true`).body.results).toEqual([]);
  });

  it('T28 a privacy deletion leaves nothing, not even in the archive', () => {
    const target = account({ book: smallBook });
    const cy = target.hubspot.idOf('contacts', 'c1') ?? '';
    expect(target.call('POST', `${at}/contacts/gdpr-delete`, { objectId: cy }).status).toBe(204);
    expect(target.call('GET', `${at}/contacts?archived=true`).body.results).toEqual([]);
    expect(target.hubspot.get('contacts', cy)).toBeUndefined();
    expect(target.call('POST', `${at}/contacts/search`, { query: 'cy' }).body.total).toBe(0);
  });

  it('the journal tells what changed, by whom and in which request', () => {
    const target = account();
    const [one = ''] = companies(target, 1);
    const from = target.hubspot.journal.length;
    target.call('PATCH', `${at}/companies/${one}`, { properties: { city: 'Ulm' } });
    target.hubspot.edit('companies', one, { city: 'Bonn' });
    expect(target.hubspot.journal.slice(from)).toMatchObject([
      {
        request: 1,
        by: 'api',
        action: 'update',
        object: 'companies',
        id: one,
        field: 'city',
        from: undefined,
        to: 'Ulm',
      },
      { request: 0, by: 'person', field: 'city', from: 'Ulm', to: 'Bonn' },
    ]);
    expect(target.hubspot.calls.get('PATCH /crm/objects/{V}/companies/{id}')).toBe(1);
  });
});
