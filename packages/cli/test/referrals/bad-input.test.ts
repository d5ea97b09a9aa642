import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aProgram } from './a-program.ts';
import { CRMS, openStage, type Stage } from './stage.ts';

interface Listed {
  readonly toMend: readonly { readonly key: string; readonly reason: string; readonly detail: string }[];
}

/** A customer who refers, a newcomer without a sale, and two whose sales cannot be taken as they stand. */
const GIVEN = {
  accounts: { newco: {}, minus: {}, foreign: {} },
  people: {
    ned: { of: 'newco', since: 0 },
    mia: { of: 'minus', since: 0, by: 'ada' },
    fay: { of: 'foreign', since: 0, by: 'bea' },
  },
};

describe.each(CRMS)('bad input on %s: one refusal with its reason and the next step, nothing half-written', (crm) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(crm, GIVEN);
    await stage.referrals('list');
  });
  afterAll(() => stage.close());

  const claim = { advocate: 'ada', party: 'newco' };

  test.each([
    ['unknown program', { program: 'fiends' }, 'unknown_program', 'Choose one with --program: friends'],
    ['code with a wrong checksum', { code: 'ACDEFGHA' }, 'bad_code', 'type it once more'],
    ['a code that nobody has', { code: 'AAAAAAAA' }, 'code_not_valid', 'Ask the referrer'],
    ['a clock running backwards', { introduced: '2999-01-01' }, 'clock_backwards', 'Check the clock or the date'],
    ['no basis to hold the data', { consent: 'none' }, 'no_consent', 'Ask for it'],
    ['an advocate who is not there', { advocate: 'nobody:0' }, 'unknown_participant', 'id of a contact'],
    ['a party that is not there', { party: 'nobody:0' }, 'ineligible', 'Check the id'],
  ])('%s', async (_title, options, code, says) => {
    const before = stage.trace();
    const failure = await stage.refused('submit', undefined, { ...claim, ...options });
    expect(failure).toMatchObject({ exitCode: 2, code, message: expect.stringContaining(says) });
    expect(failure.message).toMatch(/^Refused \(\w+\): [^\n]+ Nothing was written\.$/);
    expect(stage.trace()).toBe(before);
  });

  test.each([
    ['negative amount', { budget: { minor: -1, interval: 'year' as const } }, 'budget.minor: is not above zero'],
    ['currency that is none', { currency: 'dollars' }, 'currency: is no currency code'],
  ])('a program file with a %s', async (_title, wrong, says) => {
    const before = stage.trace();
    stage.program(aProgram(wrong));
    const failure = await stage.refused('list');
    expect(failure).toMatchObject({ exitCode: 2, code: 'bad_program', message: expect.stringContaining(says) });
    expect(failure.message).toMatch(/Correct the file and run again\.$/);
    expect(stage.trace()).toBe(before);
    stage.program(aProgram());
  });

  test('a clock running backwards: the machine stands before the journal', async () => {
    const before = stage.trace();
    const now = Date.now();
    stage.goTo(-10);
    for (const what of ['list', 'ledger', 'ask', 'graph']) {
      const failure = await stage.refused(what);
      expect(failure).toMatchObject({ exitCode: 1, code: 'clock_backwards' });
      expect(failure.message).toMatch(
        /^Refused \(clock_backwards\): It is \S+ on this machine, but .* set it and run again\. [^\n]*by itself\.$/,
      );
    }
    expect(stage.trace()).toBe(before);
    stage.goTo((now - Date.now()) / 86_400_000 - 10);
  });

  test('a code for somebody who is suspended: refused until they are active again', async () => {
    await stage.referrals('participant', 'bea', { status: 'suspended', by: 'seller' });
    const before = stage.trace();
    const failure = await stage.refused('code', 'bea');
    expect(failure).toMatchObject({ exitCode: 2, code: 'participant_not_active' });
    expect(failure.message).toMatch(/ is suspended\. Activate them first\. Nothing was written\.$/);
    expect(stage.trace()).toBe(before);
    await stage.referrals('participant', 'bea', { status: 'active', by: 'seller' });
    expect(await stage.referrals('code', 'bea')).toMatchObject({ code: { status: 'active', participantId: 'bea' } });
    const { text } = await stage.call('referrals', {}, 'code', stage.idOf('bea'));
    expect(text).toContain('put "seller" into the program\'s file');
  });

  test('expired terms: kept on record as rejected, nobody is credited, the CRM stays as it was', async () => {
    const { terms } = aProgram();
    stage.program(aProgram({ terms: { ...terms, acceptedWithinDays: 30 } }));
    const [journal, changes] = JSON.parse(stage.trace());
    const failure = await stage.refused('submit', undefined, claim);
    expect(failure).toMatchObject({ exitCode: 2, code: 'terms_expired' });
    expect(failure.message).toMatch(/ Ask for it again\. The claim is kept on record: rejected\.$/);
    const [journalNow, changesNow] = JSON.parse(stage.trace());
    expect(changesNow).toEqual(changes);
    expect(journalNow.slice(0, journal.length)).toEqual(journal);
    expect((await stage.look()).claims).toMatchObject({ 'friends/ada>newco': 'rejected' });
    stage.program(aProgram());
  });

  test('a claim about an existing customer: credit as sourced is refused, the claim is noted as influenced', async () => {
    const { exitCode, text } = await stage.call(
      'referrals',
      { advocate: stage.idOf('ada'), party: stage.idOf('beaco') },
      'submit',
    );
    expect(exitCode).toBe(1);
    expect(text).toMatch(/^Refused \(existing_relation\): credit as sourced\. [^\n]+$/m);
    expect(text).toMatch(/^Next: /m);
    expect((await stage.look()).claims).toMatchObject({ 'friends/ada>beaco': 'influenced' });
  });

  test('negative amount: the sale is not taken until it is mended in the CRM', async () => {
    stage.goTo(10);
    stage.hands.openSale({ id: 'less', of: 'minus', opened: 10, amount: -500 });
    stage.hands.closeSale('less', 'won', 10);
    stage.goTo(11);
    await stage.pull();
    const { exitCode, text } = await stage.call('referrals', {}, 'list');
    expect(exitCode).toBe(1);
    expect(text).toMatch(/^Refused \(negative_amount\): An amount is negative\. Enter a refund instead\. \(/m);
    expect((await stage.look()).rewards).toEqual([]);
    stage.goTo(12);
    stage.hands.setAmount('less', 500);
    stage.goTo(13);
    await stage.pull();
    expect(await stage.look()).toMatchObject({
      claims: { 'friends/ada>minus': 'won sourced' },
      rewards: ['adaco USD 5000 payable'],
    });
  });
});

describe.each(CRMS)('bad input on %s', (crm) => {
  let stage: Stage;
  afterAll(() => stage.close());

  test('currency without rate: the sale is not taken until the table of rates has it', async () => {
    stage = await openStage(crm, GIVEN, { programs: [aProgram({ currency: 'EUR' })] });
    stage.goTo(20);
    stage.hands.openSale({ id: 'abroad', of: 'foreign', opened: 20, currency: 'USD' });
    stage.hands.closeSale('abroad', 'won', 20);
    stage.goTo(21);
    await stage.pull();
    const { exitCode, text } = await stage.call('referrals', {}, 'list');
    expect(exitCode).toBe(1);
    expect(text).toMatch(/^Refused \(no_rate\): No rate for USD on 2026-01-25\. Add it to the rate table\./m);
    expect((await stage.referrals<Listed>('list')).toMend.map(({ reason }) => reason)).toContain('no_rate');
    stage.file('programs/rates.json', [{ from: 'USD', to: 'EUR', value: 0.9, on: '2026-01-23', source: 'made up' }]);
    // 10 % of 10,000.00 at 0.9
    expect((await stage.look()).rewards).toContain('beaco EUR 90000 payable');
  });
});
