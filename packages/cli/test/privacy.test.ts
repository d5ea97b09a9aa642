import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ReferralCase } from './referrals/a-case.ts';
import { aProgram } from './referrals/a-program.ts';
import { CRMS, openStage, type Stage } from './referrals/stage.ts';

/** Who asks to be erased: how they are called, with a number that only typed texts and the vault hold. */
const PEOPLE = {
  zoe: { name: 'Zoë Quentissima', email: 'zoe.quentissima@Private-Zoe.example', phone: '+49 30 765 43 21' },
  pia: { name: "Pia O'Prospekt", email: 'pia.prospekt@private-pia.example', phone: '+43 1 888 77 66' },
  otto: { name: 'Otto Xylander', email: 'otto.xylander@newco.example', phone: '0176 555 1234 9' },
  dora: { name: 'Dora Disputkin', email: 'dora.disputkin@discoco.example', phone: '+1 212 555 0187' },
} as const;
type Person = keyof typeof PEOPLE;
const WHO = Object.keys(PEOPLE) as Person[];

const person = (id: Person, of: string | undefined, since: number, by?: string) => ({
  ...{ name: PEOPLE[id].name, email: PEOPLE[id].email, since },
  ...(of !== undefined && { of }),
  ...(by !== undefined && { by }),
});

/**
 * Zoë (of a customer) introduced the buyer of wonco and is paid in cash; Ada introduced Pia, who has no account, Otto of
 * newco, who has not bought, and Dora, who has, and disputes it; Bea claims newco too.
 */
const CASE: ReferralCase = {
  accounts: { zoeco: { type: 'customer', since: -700 }, wonco: {}, newco: {}, discoco: {} },
  people: {
    zoe: person('zoe', 'zoeco', -600),
    walt: { of: 'wonco', since: -20, by: 'zoe', name: 'Walt Unrelated' },
    pia: person('pia', undefined, -20, 'ada'),
    otto: person('otto', 'newco', -20, 'ada'),
    nils: { of: 'newco', since: -19, by: 'bea', name: 'Nils Bystander' },
    dora: person('dora', 'discoco', -20, 'ada'),
  },
  sales: {
    'zoe-first': { of: 'zoeco', with: ['zoe'], opened: -690, won: -680, amount: 5000 },
    'wonco-sale': { of: 'wonco', with: ['walt'], opened: -10, amount: 20_000 },
    'discoco-sale': { of: 'discoco', with: ['dora'], opened: -10, won: -2 },
  },
};

const [credit] = aProgram().rules;
const PROGRAM = aProgram({ giftCapPerYear: 500_000, rules: [{ ...credit!, kind: 'cash' }] });

const PAYEE = {
  ...{ name: PEOPLE.zoe.name, address: 'Elbe 1', email: PEOPLE.zoe.email, phone: PEOPLE.zoe.phone },
  ...{ payout: 'IBAN 0001', taxId: 'TAX-4711', country: 'AT', taxFormOn: '2026-01-01', sanctions: 'clear' },
};

describe.each(CRMS)('a deletion request on %s', { timeout: 240_000 }, (crm) => {
  let stage: Stage;
  afterEach(() => stage.close());

  test('leaves name, mail and phone nowhere but in the vault, which expires; who comes back is refused in neutral words', async () => {
    stage = await openStage(crm, CASE, { programs: [PROGRAM], from: 0 });
    await liveThrough(stage);
    const before = await money(stage);
    expect(before.rewards.length).toBeGreaterThan(1);
    for (const who of WHO) expect([who, findPerson(stage, who).length > 0]).toEqual([who, true]);
    // typed reasons lose the names of those whom they are about; somebody else may still be named in them
    expect(WHO.filter((who) => traces(stage.trace(), who).length > 0)).toEqual(['pia', 'otto']);

    for (const who of WHO) {
      const { email, phone } = PEOPLE[who];
      const { json } = await stage.call('forget', { email, phone }, stage.idOf(who));
      expect(json).toMatchObject({ payee: who === 'zoe' ? 'restricted' : null });
    }
    expect(WHO.flatMap((who) => findPerson(stage, who))).toEqual([]);
    expect(await money(stage)).toEqual(before);
    const { claims } = await stage.referrals<Listed>('list');
    expect(claims.find((it) => it.subjectId === 'pia')).toBeUndefined();
    expect(claims.find((it) => it.subjectId === 'newco' && it.referrerId === 'ada')?.state).toBe('withdrawn');
    expect(claims.find((it) => it.subjectId === 'newco' && it.referrerId === 'bea')?.state).toBe('duplicate');
    expect(claims.find((it) => it.subjectId === 'wonco')?.state).toBe('won');

    await stage.call('pull', { full: true });
    await stage.call('run', { attended: true });
    expect(WHO.flatMap((who) => findPerson(stage, who))).toEqual([]);
    expect(await money(stage)).toEqual(before);

    await comeBack(stage);
    expect(await money(stage)).toEqual(before);
    await expireVault(stage);
  });
});

/** Everything that leaves traces: reasons with names in them, reports and lists with names, a payout with the vault. */
async function liveThrough(stage: Stage): Promise<void> {
  const quiet = (what: string, about?: string, options = {}) => stage.referrals(what, about, options);
  await quiet('participant', 'zoe', { permission: 'yes', country: 'AT', by: 'owner:1' });
  const from = stage.file('payee.json', PAYEE);
  expect(await stage.call('referrals', { from }, 'payee', stage.idOf('zoe'))).toMatchObject({ json: { isNew: true } });
  rmSync(from);
  expect(statSync(join(stage.folder, '.holdfast', 'vault.json')).mode & 0o777).toBe(0o600);
  stage.goTo(1);
  stage.hands.closeSale('wonco-sale', 'won', 0);
  await stage.pull();
  const { dora, otto, pia } = PEOPLE;
  const why = `${dora.name} <${dora.email}> rang from ${dora.phone}; so did ${otto.name.toUpperCase()}, ${otto.phone}`;
  await quiet('dispute', 'discoco-sale', { to: 'friends/ada>discoco', why });
  await quiet('rule', 'discoco-sale', { why: `${dora.name} agrees, and ${pia.name} (${pia.phone})` });
  for (const line of ['list', 'ledger', 'graph', 'ask']) await quiet(line, undefined, { names: true });
  for (const it of ['friends/ada>pia', 'friends/ada>discoco']) await quiet('explain', it);
  await stage.call('trust', {}, 'act');
  await stage.call('run', { attended: true });
  await stage.pull();
  await stage.call('report', { names: true });
  await stage.call('report', { names: true, out: join(stage.folder, '.holdfast', 'runs', 'mine.html') });
  const month = '2026-01';
  const settled = await stage.call('referrals', { program: 'friends', month, withVault: true }, 'settle');
  const { files } = settled.json as { readonly files: readonly string[] };
  expect(readFileSync(files[2] ?? '', 'utf8')).toContain(`${PEOPLE.zoe.name},Elbe 1,IBAN 0001,TAX-4711,AT`);
  expect(readFileSync(files[0] ?? '', 'utf8')).not.toContain('Quentissima');
  expect(files.map((it) => statSync(it).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
  await quiet('statement', 'zoe', { month });
}

interface Listed {
  readonly claims: readonly { readonly subjectId: string; readonly referrerId: string; readonly state: string }[];
}

/** Balances, rewards and entries of everybody: what an erasure must not change. */
async function money(
  stage: Stage,
): Promise<{ readonly rewards: readonly object[]; readonly entries: readonly unknown[] }> {
  const ledger = await stage.referrals<{ rewards: object[]; balances: { partyId: string }[] }>('ledger');
  const entries = [];
  for (const { partyId } of ledger.balances) {
    const party = stage.idOf(partyId);
    entries.push(await stage.referrals('ledger', undefined, { party }));
  }
  return { ...ledger, entries };
}

/** The same person under a new id, noted in the CRM and brought by hand: refused, and the referrer learns nothing. */
async function comeBack(stage: Stage): Promise<void> {
  const { pia } = PEOPLE;
  expect(await stage.refused('submit', undefined, { advocate: 'bea', party: 'pia' })).toMatchObject({
    code: 'ineligible',
  });
  stage.hands.addPerson({ id: 'pia2', name: pia.name, email: pia.email.toUpperCase(), since: 1, by: 'ada' });
  await stage.pull();
  const { claims } = await stage.referrals<Listed>('list');
  expect(claims.filter((it) => it.subjectId === 'pia2')).toEqual([]);
  const failure = await stage.refused('submit', undefined, { advocate: 'bea', party: 'pia2' });
  expect(failure).toMatchObject({ code: 'ineligible', exitCode: 2 });
  await stage.refused('submit', undefined, { advocate: 'bea', party: 'beaco' });
  const told = async (id: string) => (await stage.referrals('explain', id, { forReferrer: true })) as object;
  const refused = await told('friends/bea>beaco');
  expect(refused).toMatchObject({ text: 'This introduction could not be taken up.' });
  for (const id of ['friends/bea>pia2', 'friends/ada>pia2', 'friends/ada>pia']) expect(await told(id)).toEqual(refused);
}

async function expireVault(stage: Stage): Promise<void> {
  const file = join(stage.folder, '.holdfast', 'vault.json');
  const [entry] = JSON.parse(readFileSync(file, 'utf8'));
  expect(entry).toMatchObject({ name: PEOPLE.zoe.name, email: null, phone: null, restricted: true });
  const paidOn = Date.parse('2026-01-06T00:00:00Z');
  expect(entry.expiresAt - 3_653 * 86_400_000).toBeGreaterThan(paidOn);
  vi.setSystemTime(entry.expiresAt - 3_600_000);
  await stage.pull();
  expect(existsSync(file)).toBe(true);
  vi.setSystemTime(entry.expiresAt);
  await stage.pull();
  expect(existsSync(file)).toBe(false);
}

/** Where a person is found in the folder: every byte of every file but the vault, free pages and logs included. */
function findPerson({ folder }: Stage, who: Person): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((it) => it.isFile() && it.name !== 'vault.json')
    .flatMap((it) => {
      const file = join(it.parentPath, it.name);
      return traces(readFileSync(file, 'utf8'), who).map((trace) => `${file.slice(folder.length)}: ${trace}`);
    });
}

/** Name, mail, mailbox and number as they may be written: plain, in either case, in JSON, HTML or an address line. */
function traces(text: string, who: Person): readonly string[] {
  const { name, email, phone } = PEOPLE[who];
  const [first = '', last = ''] = name.split(' ');
  const words = [name, `${last}, ${first}`, last, email, email.split('@')[0] ?? '', phone];
  const html = (it: string) => it.replaceAll("'", '&#39;');
  const forms = words.flatMap((it) => [it, html(it), JSON.stringify(it).slice(1, -1), encodeURIComponent(it)]);
  const plain = text.toLowerCase();
  const digits = phone.replaceAll(/\D/g, '').slice(-9);
  const dense = text.replaceAll(/(?<=\d)[ ().-]+(?=\d)/g, '');
  const found = [...new Set(forms.map((it) => it.toLowerCase()))].filter((it) => plain.includes(it));
  return dense.includes(digits) ? [...found, digits] : found;
}
