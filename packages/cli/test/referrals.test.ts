import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Book } from '@holdfast/sandbox';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_ANSWERS } from '../src/demo/answers.ts';
import { callCommand, callFailure } from './call-command.ts';
import { expectOneSentence } from './one-sentence.ts';
import { aProgram } from './referrals/a-program.ts';
import { type Bench, hubspotWorld, openBench, smallBook } from './world.ts';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** A customer introduced two newcomers by the CRM's own links; one bought for 10,000.00, of the other's sale the amount is below zero. */
function bookOfNewcomers(): { readonly book: Book; readonly advocate: string; readonly customer: string } {
  const book = smallBook(24);
  const contactOf = (id: string) => book.contacts.find((it) => it.accountId === id);
  const wonAt = (id: string) => book.opportunities.some((it) => it.accountId === id && it.stage === 'won');
  const customers = book.accounts.filter((it) => it.type === 'customer' && contactOf(it.id) && wonAt(it.id));
  const [advocate, customer] = customers;
  const contact = contactOf(advocate?.id ?? '');
  const sale = book.opportunities.find((it) => it.stage === 'won');
  if (!advocate || !customer || !contact || !sale) throw new Error('The made-up book is too small.');
  const dates = { createdAt: daysAgo(60), updatedAt: daysAgo(20) };
  const newcomer = (id: string, name: string) => ({ ...advocate, id, name, domain: `${id}.example`, ...dates });
  const person = (id: string) => ({ ...contact, id: `${id}-p`, accountId: id, email: `p@${id}.example`, ...dates });
  const bought = (id: string, amount: number) => ({
    ...{ ...sale, id: `${id}-o`, accountId: id, contactIds: [`${id}-p`], kind: 'new' as const, source: 'Web', amount },
    ...{ currency: 'USD', closeOn: daysAgo(20).slice(0, 10), createdAt: daysAgo(40), updatedAt: daysAgo(20) },
  });
  const link = (id: string) => ({
    ...{ id: `${id}-r`, referrerContactId: contact.id, referredContactId: `${id}-p` },
    ...{ evidence: 'association' as const, claimedAt: daysAgo(50) },
  });
  return {
    ...{ advocate: advocate.name, customer: customer.name },
    book: {
      ...book,
      accounts: [
        ...book.accounts,
        newcomer('new', 'Newcomer'),
        newcomer('minus', 'Minus'),
        newcomer('by-hand', 'Byhand'),
      ],
      contacts: [...book.contacts, person('new'), person('minus'), person('by-hand')],
      opportunities: [...book.opportunities, bought('new', 10_000), bought('minus', -500)],
      referrals: [link('new'), link('minus')],
    },
  };
}

const program = aProgram({ approvalAbove: 50_000, policy: { protectionDays: 90 } });
type Listed = {
  readonly claims: readonly { readonly id: string; readonly subjectId: string; readonly state: string }[];
  readonly toMend: readonly { readonly reason: string }[];
};
type Balances = { readonly balances: readonly object[]; readonly rewards: readonly { readonly key: string }[] };

describe('holdfast referrals', () => {
  let ready: Bench;
  let folder: string;
  const ids = { advocate: '', account: '', customer: '', newcomer: '', byHand: '' };
  beforeAll(async () => {
    const { book, advocate, customer } = bookOfNewcomers();
    const world = await hubspotWorld({ book });
    ready = openBench(world.env);
    const answers = join(ready.folder, 'answers.json');
    writeFileSync(answers, JSON.stringify(DEMO_ANSWERS.hubspot));
    const at = { folder: ready.folder, env: world.env };
    await callCommand('init', { ...at, positional: ['hubspot'], options: { yes: true, answers } });
    await callCommand('pull', at);
    cpSync(join(ready.folder, '.holdfast', 'store.db'), join(ready.folder, 'pulled.db'));
    await world.close();
    const idOf = async (name: string) => {
      const { json } = await callCommand('explain', { folder: ready.folder, positional: [name] });
      return (json as { readonly id: string }).id;
    };
    ids.account = await idOf(advocate);
    ids.customer = await idOf(customer);
    ids.newcomer = await idOf('Newcomer');
    ids.byHand = await idOf('Byhand');
    folder = ready.folder;
    mkdirSync(join(folder, 'programs'));
    file('friends.json', program);
    const { json } = await callCommand('referrals', { folder });
    ids.advocate = (json as { readonly claims: readonly { referrerId: string }[] }).claims[0]?.referrerId ?? '';
  }, 60_000);
  afterAll(() => ready.remove());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-referrals-'));
    cpSync(ready.folder, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = (name: string, content: unknown) => {
    const path = join(folder, 'programs', name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const run = (line: string, options: object = {}) =>
    callCommand('referrals', { folder, positional: words(line), options: { ...options } });
  const found = async <T>(line: string, options: object = {}) => (await run(line, options)).json as T;
  const refused = (line: string, options: object = {}) =>
    callFailure('referrals', { folder, positional: words(line), options: { ...options } });
  /** The key of a reward has blanks in it: only the first one parts. */
  const words = (line: string) => line.split(/ (.*)/).filter((it) => it !== '');
  const journal = () => {
    const store = new DatabaseSync(join(folder, '.holdfast', 'store.db'), { readOnly: true });
    const rows = store.prepare('SELECT * FROM referral_events').all();
    store.close();
    return JSON.stringify(rows);
  };
  const withoutJournal = () => {
    rmSync(join(folder, '.holdfast', 'store.db'));
    cpSync(join(folder, 'pulled.db'), join(folder, '.holdfast', 'store.db'));
  };
  const claimOf = (subject: string) => `friends/${ids.advocate}>${subject}`;

  test('claims of the CRM: the sale is won, 10 % of 10,000.00 waits for approval, a negative amount is refused', async () => {
    const { text, json, exitCode } = await run('list');
    const states = (json as Listed).claims.map((it) => [it.id, it.state]);
    expect(states).toContainEqual([claimOf(ids.newcomer), 'won']);
    expect(exitCode).toBe(1);
    expect((json as Listed).toMend.map((it) => it.reason)).toEqual(['negative_amount']);
    expect(text).toContain('Refused (negative_amount): An amount is negative. Enter a refund instead.');
    expect(text).not.toMatch(/NaN|undefined/);
    const ledger = await found<Balances>('ledger');
    const nothing = { pending: 0, payable: 0, receivable: 0 };
    expect(ledger.balances).toEqual([
      { partyId: ids.account, currency: 'USD', ...nothing, held: 100_000, net: 100_000 },
    ]);
    expect((await run('ledger')).text).toMatch(/USD 1000\.00 {2}.*needs_approval|USD 1000\.00.*\n.*needs_approval/);
  });

  test('a program that comes after weeks without one: what the journal had is taken up, credited and rewarded', async () => {
    withoutJournal();
    rmSync(join(folder, 'programs', 'friends.json'));
    const before = await run('');
    expect(before.text).toContain('Programs: default (active).');
    expect((await found<Balances>('ledger')).balances).toEqual([]);
    file('friends.json', program);
    const { claims } = await found<Listed>('list');
    expect(claims.map((it) => [it.id, it.state])).toContainEqual([claimOf(ids.newcomer), 'won']);
    const nothing = { pending: 0, payable: 0, receivable: 0 };
    expect((await found<Balances>('ledger')).balances).toEqual([
      { partyId: ids.account, currency: 'USD', ...nothing, held: 100_000, net: 100_000 },
    ]);
  });

  test('approve, settle, statement: paid once, also when it is settled again', async () => {
    const [reward] = (await found<Balances>('ledger')).rewards;
    const payees = file('../payees.json', {});
    expect((await run(`approve ${reward?.key}`)).text).toMatch(/is payable: USD 1000\.00\.$/);
    const month = new Date().toISOString().slice(0, 7);
    const settled = await run('settle', { program: 'friends', month, payees });
    expect(settled.text).toMatch(/^Settled: friends\/\d{4}-\d\d, 1 rows\./);
    expect((await run('settle', { program: 'friends', month, payees })).text).toMatch(/^Settled before: /);
    const [csv = ''] = (settled.json as { readonly files: readonly string[] }).files;
    expect(readFileSync(csv, 'utf8').split('\n')[1]).toBe(
      `${ids.account},benefit,USD,1000.00,0.00,1000.00,0.00,,0.00,`,
    );
    const made = await found<{ readonly statements: readonly object[] }>(`statement ${ids.advocate}`, { month });
    const line = { opening: 0, accrued: 100_000, reversed: 0, paid: 100_000, closing: 0 };
    expect(made.statements).toMatchObject([{ partyId: ids.account, currency: 'USD', ...line }]);
    expect(await found('statement', { month, all: true })).toMatchObject({
      parties: null,
      statements: made.statements,
    });
    expect((await run('ledger', { party: ids.account })).text).toContain('fulfil');
    expect(await refused(`approve ${reward?.key}`)).toMatchObject({ code: 'illegal_transition', exitCode: 2 });
  });

  test('explain, plan and report look without writing; score keeps what the pull says; a past instant leaves no trace', async () => {
    withoutJournal();
    const empty = journal();
    const look = (name: string, ...positional: readonly string[]) => callCommand(name, { folder, positional });
    await look('explain', 'Newcomer');
    await look('plan');
    await look('report');
    await look('forecast');
    expect(journal()).toBe(empty);
    const of = (json: unknown) => (json as { readonly referrals: object }).referrals;
    const { json } = await look('score');
    expect(of(json)).toEqual({ won: 1, opportunity: 1 });
    const kept = journal();
    expect(kept).not.toBe(empty);
    // the links are 50 days old, the sale was won 20 days ago
    const past = await callCommand('score', { folder, options: { asOf: daysAgo(30).slice(0, 10) } });
    expect(of(past.json)).toEqual({ opportunity: 2 });
    await look('score');
    expect(journal()).toBe(kept);
  });

  test('as a process: dashed options reach their part, a refusal is one line on stderr', async () => {
    const claim = claimOf(ids.newcomer);
    await run('list');
    const told = await ready.run('referrals', 'explain', claim, '--for-referrer', '--workspace', folder);
    expect(told).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\d{4}-\d\d-\d\d: [^\n]+\n$/) });
    const decide = ['referrals', 'decide', 'deal:0', '--to', claim, '--role', 'manager', '--why', 'x'];
    const ended = await ready.run(...decide, '--approved-by', 'owner:1', '--workspace', folder);
    expectOneSentence(ended, 2, 'Refused (illegal_transition)', 'Nothing was written');
  });

  test('who led to whom, and whom to ask: ids of people only, and words to send', async () => {
    expect((await run('graph')).text).toContain(`(${ids.account})\n  Newcomer (${ids.newcomer}): won\n  Minus (`);
    const asked = await run('ask');
    const { proposals, notAsked } = asked.json as Record<'proposals' | 'notAsked', readonly object[]>;
    expect(proposals.length + notAsked.length).toBeGreaterThan(0);
    for (const it of proposals) expect(it).toMatchObject({ text: { disclosure: expect.stringContaining('benefit') } });
    expect(asked.text).toMatch(proposals.length > 0 ? /^To ask for an introduction \(\d+ of \d+\)/ : /^Nobody to ask/);
    expect(asked.text).not.toMatch(/NaN|undefined/);
  });

  test('a claim by hand is taken once, follows the clock, and its referrer is told in neutral words', async () => {
    const given = { advocate: ids.advocate, party: ids.byHand };
    const taken = await run('submit', given);
    expect(taken).toMatchObject({ exitCode: 0, json: { isNew: true, limit: null } });
    expect(await found('submit', given)).toMatchObject({ isNew: false });
    const { claims } = await found<{ readonly claims: readonly object[] }>('list');
    expect(claims).toContainEqual(expect.objectContaining({ id: claimOf(ids.byHand), followUp: 'due' }));
    expect((await run(`explain ${claimOf(ids.byHand)}`)).text).toContain('submit: submitted');
    const told = await run(`explain ${claimOf(ids.byHand)}`, { forReferrer: true });
    expect(told.text).toMatch(/^\d{4}-\d\d-\d\d: Thank you: your introduction was taken up\.$/);
  });

  test('a check sends a claim to a person: what it found and how to appeal for staff only; lifted and confirmed, it stands', async () => {
    const introduced = daysAgo(10).slice(0, 10);
    const taken = await run('submit', { advocate: ids.advocate, party: ids.byHand, introduced });
    expect(taken).toMatchObject({ json: { claim: { state: 'under_review' } } });
    const claim = claimOf(ids.byHand);
    expect((await run(`explain ${claim}`)).text).toMatch(
      /^Check back_dated, Back-dated claim \(review, \S+\): .*records bear out\.\n {2}Found: why text, days \d+\.\n {2}Counts until \d{4}-\d\d-\d\d\. Appeal: The participant asks/m,
    );
    const told = await run(`explain ${claim}`, { forReferrer: true });
    expect(told.text).toMatch(/^\d{4}-\d\d-\d\d: Your introduction is being looked at\.$/);
    const other = await refused(`clear ${claim}`, { check: 'loop', why: 'asked them' });
    expect(other).toMatchObject({ code: 'illegal_transition', message: expect.stringContaining('See what explain') });
    const lifted = await run(`clear ${claim}`, { check: 'back_dated', why: 'asked them', by: 'owner:1' });
    expect(lifted.text).toMatch(/^Lifted: the check stops and holds nothing/);
    expect((await run(`explain ${claim}`)).text).toMatch(/^ {2}Lifted on \S+ by owner:1: asked them$/m);
    expect((await run(`confirm ${claim}`, { why: 'asked them' })).text).toContain('is accepted');
  });

  test('a decision is overridden by a role with a reason; a dispute holds the reward until it is ruled', async () => {
    const { timeline } = await found<{ readonly timeline: readonly { readonly what: string }[] }>(
      `explain ${claimOf(ids.newcomer)}`,
    );
    const sale = timeline.map((it) => it.what.match(/^decision 1 on (\S+):/)?.[1]).find((it) => it !== undefined);
    const to = claimOf(ids.newcomer);
    expect(await refused(`decide ${sale}`, { to, role: 'clerk', why: 'so' })).toMatchObject({ code: 'not_permitted' });
    expect((await run(`dispute ${sale}`, { to, why: 'another says so' })).text).toMatch(/^Disputed/);
    expect((await run('ledger')).text).toContain('dispute_open');
    expect((await run(`rule ${sale}`, { why: 'it stands' })).text).toContain(`${to}  sourced  100 %`);
    const decided = await run(`decide ${sale}`, {
      to: 'nobody',
      role: 'manager',
      why: 'own opportunity',
      by: 'owner:1',
    });
    expect(decided.text).toContain(`${to}  influenced  0 %  overridden`);
  });

  test('currency without rate: one refusal that names it; a rate in programs/rates.json mends it', async () => {
    withoutJournal();
    file('friends.json', { ...program, currency: 'EUR' });
    const { exitCode, text } = await run('list');
    expect(exitCode).toBe(1);
    expect(text).toMatch(/^Refused \(no_rate\): No rate for USD on \d{4}-\d\d-\d\d\. Add it to the rate table\./m);
    const on = daysAgo(21).slice(0, 10);
    file('rates.json', [{ from: 'USD', to: 'EUR', value: 0.9, on, source: 'made up' }]);
    expect((await run('list')).text).not.toContain('no_rate');
    // 10 % of 10,000.00 at 0.9
    expect((await found<Balances>('ledger')).balances).toMatchObject([{ currency: 'EUR', net: 90_000 }]);
  });

  test('a claim about an existing customer: credit as sourced is refused, the claim is noted as influenced', async () => {
    const { exitCode, text, json } = await run('submit', { advocate: ids.advocate, party: ids.customer });
    expect({ exitCode, json }).toMatchObject({ exitCode: 1, json: { claim: { state: 'influenced' } } });
    expect(text).toMatch(/^Refused \((existing_relation|open_opportunity)\): credit as sourced\./m);
    expect((await run(`explain ${claimOf(ids.customer)}`, { forReferrer: true })).text).toMatch(
      /: Thank you: your introduction was taken up\.$/,
    );
  });

  test('expired terms: refused with the next step, kept on record as rejected', async () => {
    file('friends.json', { ...program, terms: { version: 't1', url: null, acceptedWithinDays: 30 } });
    const failure = await refused('submit', { advocate: ids.advocate, party: ids.byHand });
    expect(failure).toMatchObject({ exitCode: 2, code: 'terms_expired' });
    expect(failure.message).toMatch(
      /^Refused \(terms_expired\): The acceptance ran out \d+ days before the claim\. Ask for it again\. The claim is kept on record: rejected\.$/,
    );
  });

  test.each([
    ['unknown program', { program: 'fiends' }, 'unknown_program', 'Choose one with --program: friends'],
    ['wrong check letter', { code: 'ACDEFGHA' }, 'bad_code', 'type it once more'],
    ['a code that nobody has', { code: 'AAAAAAAA' }, 'code_not_valid', 'Ask the referrer'],
    ['a clock that runs backwards', { introduced: '2999-01-01' }, 'clock_backwards', 'Check the clock or the date'],
    ['no basis to hold the data', { consent: 'none' }, 'no_consent', 'Ask for it'],
    ['an advocate who is not there', { advocate: 'contact:0' }, 'unknown_participant', 'id of a contact'],
    ['a party that is not there', { party: 'company:0' }, 'ineligible', 'Check the id'],
  ])('%s: one refusal, and nothing is written', async (_title, options, code, says) => {
    await run('list');
    const before = journal();
    const failure = await refused('submit', { advocate: ids.advocate, party: ids.byHand, ...options });
    expect(failure).toMatchObject({ exitCode: 2, code, message: expect.stringContaining(says) });
    expect(failure.message).toMatch(/^Refused \(\w+\): [^\n]+ Nothing was written\.$/);
    expect(journal()).toBe(before);
  });

  test("oneself and one's own account: refused, kept on record", async () => {
    const own = await refused('submit', { advocate: ids.advocate, party: ids.account });
    expect(own).toMatchObject({ exitCode: 2, code: 'self_referral' });
  });

  test('the clock of the machine runs backwards: nothing is taken before it is set', async () => {
    const runs = join(folder, '.holdfast', 'runs');
    const [pulled = ''] = readdirSync(runs, { recursive: true })
      .map(String)
      .filter((it) => it.endsWith('run.json'));
    const content = JSON.parse(readFileSync(join(runs, pulled), 'utf8'));
    writeFileSync(join(runs, pulled), JSON.stringify({ ...content, asOf: content.asOf + 86_400_000 }));
    const message = expect.stringMatching(
      /^Refused \(clock_backwards\): It is \S+ on this machine, but .* set it and run again\. [^\n]*by itself\.$/,
    );
    expect(await refused('list')).toEqual({ exitCode: 1, code: 'clock_backwards', message });
  });

  test.each([
    ['a negative amount', { ...program, budget: { minor: -1, interval: 'year' } }, 'budget.minor: is not above zero'],
    ['a mistyped field', { ...program, holdingDay: 3 }, 'holdingDay'],
    ['a check that there is not', { ...program, checksOff: [{ check: 'lop', participantId: null }] }, 'check "lop"'],
    ['no JSON', '{', 'is no JSON'],
  ])('a program file with %s: file, place and next step', async (_title, content, says) => {
    const path = file('friends.json', content);
    const failure = await refused('list');
    expect(failure).toMatchObject({ exitCode: 2, code: 'bad_program' });
    for (const it of [path, says, 'run again']) expect(failure.message).toContain(it);
  });

  test('two programs of one id; rates, codes and payees that are wrong', async () => {
    file('more.json', program);
    expect(await refused('list')).toMatchObject({ exitCode: 2, code: 'bad_program' });
    rmSync(file('more.json', ''));
    const negative = file('rates.json', [{ from: 'USD', to: 'EUR', value: -1, on: '2026-01-01', source: 'x' }]);
    const message = expect.stringContaining('[0].value: is not above zero');
    expect(await refused('list')).toMatchObject({ exitCode: 2, code: 'bad_rates', message });
    rmSync(negative);
    rmSync(file('codes.json', [{ code: 'A' }]));
    const payees = file('../payees.json', { 'company:1': { country: 'Austria' } });
    const month = '2026-01';
    expect(await refused('settle', { program: 'friends', month, payees })).toMatchObject({ code: 'bad_payees' });
    expect(await refused('settle', { program: 'fiends', month, payees: file('../payees.json', {}) })).toMatchObject({
      code: 'unknown_program',
    });
    const later = { program: 'friends', month: '2999-01', payees: file('../payees.json', {}) };
    expect(await refused('settle', later)).toMatchObject({ exitCode: 2, code: 'future_event' });
    expect(await refused('approve nothing')).toMatchObject({ exitCode: 2, code: 'unknown_reward' });
    expect(await refused('explain nothing')).toMatchObject({ exitCode: 2, code: 'not-found' });
  });

  test.each([
    ['sumbit', {}, 'choose one of list, ask, '],
    ['submit', {}, 'submit needs --party'],
    ['submit', { party: 'company:1' }, 'submit needs --advocate, or --code'],
    ['list', { why: 'x' }, '--why does not belong to list'],
    ['list x', {}, 'list takes no argument'],
    ['decide', { to: 'x', role: 'x', why: 'x' }, 'decide needs OPPORTUNITY'],
    ['statement x', { month: '2026-13' }, '--month must be a month'],
    ['submit', { advocate: 'a', party: 'b', introduced: 'today' }, '--introduced must be a day'],
    ['submit', { advocate: 'a', party: 'b', consent: 'yes' }, '--consent must be one of'],
  ])('wrong usage: %s %j', async (line, options, says) => {
    const failure = await refused(line, options);
    expect(failure).toMatchObject({ exitCode: 2, code: 'usage', message: expect.stringContaining(says) });
  });
});
