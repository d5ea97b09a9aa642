import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AskProposal, NotAsked, PlanSummary, ReferralAsk } from '@holdfast/core';
import type { Book } from '@holdfast/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callCommand, callFailure } from './call-command.ts';
import { aProgram } from './referrals/a-program.ts';
import { type Bench, hubspotWorld, openBench, salesforceWorld, setUp, smallBook } from './world.ts';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const today = () => daysAgo(0).slice(0, 10);

/**
 * A customer introduced two newcomers 50 days ago by the CRM's own links: of one a sale was won, nobody called the other.
 * Another customer was in a small meeting with somebody new, who called us later: that has to be confirmed.
 */
function bookOfNewcomers(): Book {
  const book = smallBook(60);
  const of = (id: string) => book.contacts.find((it) => it.accountId === id);
  const sale = book.opportunities.find((it) => it.stage === 'won');
  const [advocate, host] = book.accounts.filter((it) => it.type === 'customer' && it.ownerId && of(it.id));
  const contact = of(advocate?.id ?? '');
  const brought = of(host?.id ?? '');
  if (!advocate || !host || !contact || !brought || !sale) throw new Error('The made-up book is too small.');
  const dates = { createdAt: daysAgo(60), updatedAt: daysAgo(20) };
  const newcomer = (id: string, name: string) => ({ ...advocate, id, name, domain: `${id}.example`, ...dates });
  const { phone: _, ...nobody } = contact;
  const person = (id: string, firstName: string, lastName: string) => ({
    ...{
      ...nobody,
      id: `${id}-p`,
      accountId: id,
      email: `${firstName}@${id}.example`,
      firstName,
      lastName,
      ...dates,
    },
  });
  const won = {
    ...{ ...sale, id: 'won-o', accountId: 'won', contactIds: ['won-p'], kind: 'new' as const, source: 'Web' },
    ...{ amount: 10_000, currency: 'USD', closeOn: daysAgo(20).slice(0, 10), createdAt: daysAgo(40) },
  };
  const meeting = {
    ...{ id: 'meeting-1', accountId: host.id, contactIds: [brought.id, 'met-p'], ownerId: host.ownerId ?? '' },
    ...{ kind: 'meeting' as const, subject: 'Catching up', occurredAt: daysAgo(15), createdAt: daysAgo(15) },
    updatedAt: daysAgo(15),
  };
  const call = {
    ...{
      ...meeting,
      id: 'call-1',
      accountId: 'met',
      contactIds: ['met-p'],
      kind: 'call' as const,
      direction: 'inbound' as const,
    },
    ...{ occurredAt: daysAgo(10), createdAt: daysAgo(10), updatedAt: daysAgo(10) },
  };
  const link = (id: string) => ({
    ...{ id: `${id}-r`, referrerContactId: contact.id, referredContactId: `${id}-p` },
    ...{ evidence: 'association' as const, claimedAt: daysAgo(50) },
  });
  return {
    ...book,
    accounts: [
      ...book.accounts,
      newcomer('won', 'Newcomer'),
      newcomer('silent', 'Silent'),
      newcomer('code', 'By code'),
      { ...newcomer('met', 'Met'), type: 'prospect' as const },
    ],
    contacts: [
      ...book.contacts,
      person('won', 'Oda', 'Winter'),
      person('silent', 'Ivo', 'Karst'),
      person('met', 'Una', 'Marsh'),
    ],
    activities: [...book.activities, meeting, call],
    opportunities: [...book.opportunities, won],
    referrals: [link('won'), link('silent')],
  };
}

/** 50.00 as credit for each sale won; nobody is kept aside. */
const [usual] = aProgram().rules;
const program = aProgram({
  ...{ seller: 'Example', approvalAbove: 100, policy: { protectionDays: 90 } },
  rules: [{ ...usual!, amount: { flat: 5000 } }],
});

const NOTICE = 'A business contact of yours introduced us.';
const CONFIRM = 'may we note that you introduced us?';

interface OurTask {
  readonly id: string;
  readonly key: string;
  readonly subject: string;
  readonly body: string;
  readonly owner: string;
}
interface Crm {
  readonly env: Readonly<Record<string, string>>;
  /** Our tasks, as a person sees them in the CRM. */
  readonly tasks: () => readonly OurTask[];
  readonly remove: (id: string) => void;
  readonly finish: (id: string) => void;
  readonly lastAsked: (contactId: string) => unknown;
  /** A person ticks "do not ask" on everybody. */
  readonly askNobody: () => void;
}

async function openHubSpot(book: Book) {
  const world = await hubspotWorld({ book });
  const { emulator } = world;
  const text = (of: Readonly<Record<string, unknown>> | undefined, name: string) => String(of?.[name] ?? '');
  const crm: Crm = {
    env: world.env,
    tasks: () =>
      emulator.ids('tasks').flatMap((id) => {
        const record = emulator.get('tasks', id);
        const key = text(record?.properties, 'holdfast_key');
        if (key === '' || record?.archived) return [];
        const [subject = '', body = '', owner = ''] = ['hs_task_subject', 'hs_task_body', 'hubspot_owner_id'].map(
          (it) => text(record?.properties, it),
        );
        return [{ id, key, subject, body, owner }];
      }),
    remove: (id) => emulator.archive('tasks', id),
    finish: (id) => emulator.edit('tasks', id, { hs_task_status: 'COMPLETED' }),
    askNobody: () => {
      for (const id of emulator.ids('contacts')) emulator.edit('contacts', id, { holdfast_do_not_ask: 'true' });
    },
    lastAsked: (id) => emulator.get('contacts', id.split(':')[1] ?? '')?.properties['holdfast_last_asked_on'],
  };
  return { world, crm };
}

async function openSalesforce(book: Book) {
  const world = await salesforceWorld({}, book);
  const { emulator } = world;
  const crm: Crm = {
    env: world.env,
    tasks: () =>
      emulator.ids('Task').flatMap((id) => {
        const record = emulator.get('Task', id);
        const [key, subject, body, owner] = ['Holdfast_Key__c', 'Subject', 'Description', 'OwnerId'].map((it) =>
          String(record?.fields[it] ?? ''),
        ) as [string, string, string, string];
        return key === '' || record?.deleted ? [] : [{ id, key, subject, body, owner }];
      }),
    remove: (id) => emulator.remove('Task', id),
    finish: (id) => emulator.edit('Task', id, { Status: 'Completed' }),
    askNobody: () => {
      for (const id of emulator.ids('Contact')) emulator.edit('Contact', id, { Holdfast_Do_Not_Ask__c: true });
    },
    lastAsked: (id) => emulator.get('Contact', id.split(':')[1] ?? '')?.fields['Holdfast_Last_Asked_On__c'],
  };
  return { world, crm };
}

type Asks = Record<'proposals', readonly AskProposal[]> &
  Record<'notAsked', readonly NotAsked[]> & {
    readonly asks: readonly ReferralAsk[];
  };

describe.each([
  ['hubspot', openHubSpot],
  ['salesforce', openSalesforce],
] as const)('%s: asks and tasks', (_name, open) => {
  let world: Awaited<ReturnType<typeof open>>['world'];
  let crm: Crm;
  let bench: Bench;
  let folder: string;
  beforeAll(async () => {
    ({ world, crm } = await open(bookOfNewcomers()));
    bench = openBench(world.env);
    folder = bench.folder;
    mkdirSync(join(folder, 'programs'));
    file('friends.json', program);
    await setUp(world, bench);
  }, 60_000);
  afterAll(async () => {
    await world.close();
    bench.remove();
  });
  const file = (name: string, content: unknown) =>
    writeFileSync(join(folder, 'programs', name), JSON.stringify(content));
  const call = (name: string, positional: readonly string[] = [], options: object = {}) =>
    callCommand(name, { folder, env: crm.env, positional, options: { ...options } });
  const referrals = async <T>(positional: readonly string[], options: object = {}) =>
    (await call('referrals', positional, options)).json as T;
  const refused = (positional: readonly string[], options: object = {}) =>
    callFailure('referrals', { folder, positional, options: { ...options } });
  const planned = async () => (await call('plan')).json as PlanSummary & { readonly notes: readonly string[] };
  const run = async () => void (await call('run', [], { attended: true }));

  test('at stage write there are no tasks, and a plan with tasks is not applied there', async () => {
    await run();
    expect(crm.tasks()).toEqual([]);
    await call('trust', ['act']);
    expect((await planned()).byEntity.task).toBeGreaterThan(1);
    await call('trust', ['write']);
    const failure = await callFailure('apply', { folder, env: crm.env });
    expect(failure).toMatchObject({ code: 'stage', message: expect.stringContaining('holdfast trust act') });
    expect(crm.tasks()).toEqual([]);
  });

  test('at stage act: at most two new a day for each owner, with the words to send; a second run makes no second', async () => {
    await call('trust', ['act']);
    await run();
    const tasks = crm.tasks();
    const subjects = new Set(tasks.map((it) => it.subject));
    expect([...subjects].sort()).toEqual([
      'Ask for an introduction',
      'Ask whether this was an introduction',
      'First contact after an introduction',
    ]);
    for (const owner of new Set(tasks.map((it) => it.owner)))
      expect(tasks.filter((it) => it.owner === owner).length).toBeLessThanOrEqual(2);
    for (const { key, subject, body } of tasks) {
      expect(key).toMatch(/^(ask|confirm|contact)-[0-9a-f]{16}$/);
      expect(body).not.toMatch(/reward|benefit|fraud|suspic|score|risk|@|contact:/i);
      const toSend = key.startsWith('ask') ? 'would you introduce us?' : subject.startsWith('First') ? NOTICE : CONFIRM;
      expect(body).toContain(toSend);
    }
    await run();
    expect(crm.tasks().map((it) => it.key)).toEqual(tasks.map((it) => it.key));
  });

  test('a closed ask counts as asked: its day goes onto the contact, and the person rests', async () => {
    const task = crm.tasks().find((it) => it.key.startsWith('ask-'));
    crm.finish(task?.id ?? '');
    await run();
    await run();
    const { asks, proposals } = await referrals<Asks>(['ask']);
    expect(asks).toMatchObject([{ askedOn: today(), outcome: null }]);
    const contactId = asks[0]?.contactId ?? '';
    expect(crm.lastAsked(contactId)).toBe(today());
    expect(proposals.map((it) => it.contactId)).not.toContain(contactId);
  });

  test('deleted by a person means no', async () => {
    const before = crm.tasks();
    const task = before.find((it) => it.key.startsWith('contact-'));
    crm.remove(task?.id ?? '');
    await run();
    expect(crm.tasks().map((it) => it.key)).toEqual(before.map((it) => it.key).filter((it) => it !== task?.key));
    expect((await planned()).heldBack['a person deleted such a task']).toBe(1);
  });

  test('an ask by hand: noted once, answered once; an account in its cool-down is not proposed', async () => {
    const [first] = (await referrals<Asks>(['ask'])).proposals;
    const note = first?.contactId ?? '';
    const noted = await referrals<{ ask: ReferralAsk }>(['ask'], { note, channel: 'call', by: 'owner:1' });
    expect(noted).toMatchObject({ isNew: true, against: null });
    expect(noted.ask).toMatchObject({ trigger: first?.trigger, channel: 'call', ownerId: 'owner:1', askedOn: today() });
    expect(await referrals(['ask'], { note })).toMatchObject({ isNew: false, ask: { key: noted.ask.key } });
    expect(await referrals(['ask'], { note, outcome: 'declined' })).toMatchObject({ ask: { outcome: 'declined' } });
    expect(await refused(['ask'], { note, outcome: 'accepted' })).toMatchObject({ code: 'illegal_transition' });
    const { proposals, notAsked } = await referrals<Asks>(['ask']);
    expect(proposals.map((it) => it.accountId)).not.toContain(first?.accountId);
    expect(notAsked).toContainEqual(expect.objectContaining({ accountId: first?.accountId }));
    expect(await refused(['ask'], { note: 'contact:0' })).toMatchObject({ code: 'unknown_participant' });
    expect(await refused(['ask'], { outcome: 'accepted' })).toMatchObject({ exitCode: 2, code: 'usage' });
  });

  test('a clause of a contract: its account is asked as long as it is due; a bad file is refused', async () => {
    const { proposals } = await referrals<Asks>(['ask']);
    const accountId = proposals[0]?.accountId ?? '';
    const clause = {
      ...{ id: 'clause-1', contractId: 'contract:1', accountId, programId: 'friends', kind: 'introductions', count: 2 },
      ...{ fromOn: daysAgo(100).slice(0, 10), untilOn: daysAgo(-20).slice(0, 10) },
    };
    file('clauses.json', [clause]);
    const asked = await call('referrals', ['ask']);
    expect((asked.json as Asks).proposals).toContainEqual(
      expect.objectContaining({ accountId, trigger: 'clause_due' }),
    );
    expect(asked.text).toContain(`introductions  0 of 2  due  2 by ${clause.untilOn}`);
    expect((await call('referrals', ['list'])).text).toContain('0 of 2');
    file('clauses.json', [{ ...clause, programId: 'fiends' }]);
    expect(await refused(['list'])).toMatchObject({ code: 'bad_clauses', exitCode: 2 });
    file('clauses.json', []);
  });

  test('the list says which first contacts are late', async () => {
    const { text, json } = await call('referrals', ['list']);
    expect(text).toMatch(/^First contacts: escalated 1\.$/m);
    const { claims } = json as { readonly claims: readonly { readonly followUp: string }[] };
    expect(claims.map((it) => it.followUp).sort()).toEqual(['done', 'escalated']);
  });

  test('a code: made, shared with its disclosure, typed wrong refused, used once, used up', async () => {
    const { claims } = await referrals<{ claims: readonly { referrerId: string; subjectId: string }[] }>(['list']);
    const advocate = claims[0]?.referrerId ?? '';
    const idOf = async (name: string) => ((await call('explain', [name])).json as { readonly id: string }).id;
    const party = await idOf('By code');
    const other = await idOf('Silent');
    const { code, share } = await referrals<{ code: { code: string }; share: string }>(['code', advocate], {
      uses: '1',
    });
    expect(share).toContain(`Please mention the code ${code.code}`);
    expect(share).toMatch(/I may receive a benefit from Example if this leads to business\.$/);
    const [a, b, ...rest] = code.code;
    const wrong = a === b ? `${a}${rest.join('')}` : `${b}${a}${rest.join('')}`;
    expect(await refused(['submit'], { advocate, party, code: wrong })).toMatchObject({ code: 'bad_code' });
    expect(await refused(['submit'], { party, code: wrong })).toMatchObject({ code: 'bad_code' });
    expect(await referrals(['submit'], { party, code: code.code })).toMatchObject({
      ...{ isNew: true, claim: { participantId: advocate } },
    });
    expect(await refused(['submit'], { advocate, party: other, code: code.code })).toMatchObject({
      ...{ code: 'code_not_valid', message: expect.stringContaining('used 1 times') },
    });
    expect(await referrals(['code', advocate], { withdraw: code.code })).toMatchObject({
      ...{ code: { status: 'withdrawn', uses: 1 }, share: null },
    });
  });

  test('left before the sale: no reward, whatever the CRM is read to say later; active again, it is back', async () => {
    type Ledger = { readonly balances: readonly { readonly net: number }[] };
    const owed = async () => (await referrals<Ledger>(['ledger'])).balances.map((it) => it.net);
    const { claims } = await referrals<{ claims: readonly { referrerId: string; credit: string | null }[] }>(['list']);
    const advocate = claims.find((it) => it.credit === 'sourced')?.referrerId ?? '';
    expect(await owed()).toEqual([5000]);
    const since = daysAgo(30).slice(0, 10);
    const left = await referrals(['participant', advocate], { status: 'left', since, by: 'owner:1' });
    expect(left).toMatchObject({ isNew: true, participant: { status: 'left', past: [{ status: 'active' }] } });
    expect((await owed()).every((it) => it === 0)).toBe(true);
    await call('pull', [], { full: true });
    expect((await owed()).every((it) => it === 0)).toBe(true);
    expect(await referrals(['participant', advocate])).toMatchObject({ isNew: false, participant: { status: 'left' } });
    await referrals(['participant', advocate], { status: 'active', since });
    expect(await owed()).toEqual([5000]);
    expect(await refused(['participant', 'contact:0'], { status: 'active' })).toMatchObject({
      code: 'unknown_participant',
    });
  });

  test('an open ask is taken back once the person does not want it; what was closed stays', async () => {
    const asked = () => crm.tasks().filter((it) => it.key.startsWith('ask-')).length;
    expect(asked()).toBeGreaterThan(1);
    crm.askNobody();
    await run();
    expect(asked()).toBe(1);
  });
});

test('where the org takes no key of ours on tasks there are none, and the plan says why', async () => {
  const { world, crm } = await openHubSpot(smallBook(24));
  const bench = openBench(world.env);
  const { folder } = bench;
  await setUp(world, bench, 'observe');
  await callCommand('trust', { folder, positional: ['act'] });
  await callCommand('pull', { folder, env: crm.env });
  const { json, text } = await callCommand('plan', { folder });
  expect((json as PlanSummary).byEntity.task).toBeUndefined();
  expect(text).toMatch(/^Note: No tasks are planned: The unique property holdfast_key of tasks is not installed/m);
  await world.close();
  bench.remove();
}, 60_000);
