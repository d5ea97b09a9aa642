import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReferralCase } from './referrals/a-case.ts';
import { aProgram } from './referrals/a-program.ts';
import { openStage, type Stage } from './referrals/stage.ts';

/** Zoe introduced Walt of wonco, who has bought for 20,000.00; Ada introduced Pia, who has no account. */
const CASE: ReferralCase = {
  accounts: { zoeco: { type: 'customer', since: -700 }, wonco: {} },
  people: {
    zoe: { of: 'zoeco', since: -600, name: 'Zoe Quentissima', email: 'zoe.q@private.example' },
    walt: { of: 'wonco', since: -20, by: 'zoe', name: 'Walt Unrelated' },
    pia: { since: -20, by: 'ada', name: 'Pia Prospekt', email: 'pia.p@private.example' },
  },
  sales: {
    'zoe-first': { of: 'zoeco', with: ['zoe'], opened: -690, won: -680, amount: 5000 },
    'wonco-sale': { of: 'wonco', with: ['walt'], opened: -10, amount: 20_000 },
  },
};
const [credit] = aProgram().rules;
const PROGRAM = aProgram({ giftCapPerYear: 500_000, rules: [{ ...credit!, kind: 'cash' }] });
const PAYEE = {
  ...{ name: 'Zoe Quentissima', address: 'Elbe 1, "Haus"', payout: 'IBAN 0001' },
  ...{ country: 'AT', taxFormOn: '2026-01-01', sanctions: 'clear' },
};
interface Settled {
  readonly batch: { readonly rows: readonly { partyId: string; paid: number; held: number; reason: string | null }[] };
  readonly files: readonly string[];
}

describe('people of the referral programs', { timeout: 120_000 }, () => {
  let stage: Stage;
  const vault = () => join(stage.folder, '.holdfast', 'vault.json');
  const settle = async (options = {}) => {
    const { json, text, exitCode } = await stage.call(
      'referrals',
      { program: 'friends', month: '2026-01', ...options },
      'settle',
    );
    return { ...(json as Settled), text, exitCode };
  };
  const enter = (content: unknown, who = 'zoe') =>
    stage.call('referrals', { from: stage.file('payee.json', content) }, 'payee', stage.idOf(who));
  beforeEach(async () => {
    stage = await openStage('hubspot', CASE, { programs: [PROGRAM] });
    await stage.referrals('participant', 'zoe', { permission: 'yes', country: 'AT' });
    stage.goTo(1);
    stage.hands.closeSale('wonco-sale', 'won', 0);
    await stage.pull();
  });
  afterEach(() => stage.close());

  test('nobody is paid who is not in the vault; what it holds is said nowhere but in the restricted export', async () => {
    const { batch, exitCode, text } = await settle();
    expect(batch.rows).toMatchObject([{ partyId: stage.idOf('zoe'), paid: 0, reason: 'residence_unknown' }]);
    expect(text).toMatch(/ in the vault of payees\.\n.*`holdfast referrals payee ID --from FILE`; .* next month /);
    expect([exitCode, existsSync(vault())]).toEqual([1, false]);
    const entered = await enter(PAYEE);
    expect(JSON.stringify(entered)).not.toMatch(/Zoe|Elbe|IBAN/);
    expect(entered).toMatchObject({ exitCode: 0, json: { isNew: true, expiresAt: null } });
    expect(statSync(vault()).mode & 0o777).toBe(0o600);
    stage.goTo(30);
    const paid = await settle({ month: '2026-02', withVault: true });
    expect(paid.batch.rows).toMatchObject([{ paid: 200_000, held: 0, reason: null }]);
    expect(paid.text).not.toMatch(/Zoe|Elbe|IBAN/);
    const [plain, , restricted] = paid.files.map((it) => readFileSync(it, 'utf8'));
    expect(plain).not.toMatch(/Zoe|Elbe|IBAN/);
    expect(restricted).toBe(
      `party,currency,paid,name,address,payout,tax id,country\n${stage.idOf('zoe')},USD,2000.00,Zoe Quentissima,"Elbe 1, ""Haus""",IBAN 0001,,AT\n`,
    );
    expect(stage.trace()).not.toMatch(/Elbe|IBAN/);
    expect((await enter(PAYEE)).json).toMatchObject({ isNew: false });
  });

  test('a file that says too little or too much, and a payee whom nobody knows', async () => {
    const refused = (content: unknown) => stage.refused('payee', 'zoe', { from: stage.file('payee.json', content) });
    expect(await refused({ ...PAYEE, name: undefined })).toMatchObject({ code: 'bad_payee', exitCode: 2 });
    expect((await refused({ ...PAYEE, country: 'Austria' })).message).toContain('country: is no country code');
    expect(await refused({ ...PAYEE, iban: 'x' })).toMatchObject({ code: 'bad_payee' });
    const from = stage.file('payee.json', PAYEE);
    expect(await stage.refused('payee', 'contact:404', { from })).toMatchObject({ code: 'not-found', exitCode: 2 });
    expect(existsSync(vault())).toBe(false);
  });

  test('somebody who was erased is still paid what is owed, from an entry that expires', async () => {
    await enter(PAYEE);
    expect((await stage.call('forget', {}, stage.idOf('zoe'))).json).toMatchObject({ payee: 'restricted' });
    const expiresAt = () => JSON.parse(readFileSync(vault(), 'utf8'))[0].expiresAt as number;
    expect(expiresAt()).toBeGreaterThan(Date.now() + 3_650 * 86_400_000);
    // entered again it is restricted from the start
    expect((await enter(PAYEE)).text).toContain('The person was erased: it is kept until 2036-01-0');
    expect(JSON.parse(readFileSync(vault(), 'utf8'))).toMatchObject([{ restricted: true, email: null }]);
    expect((await settle()).batch.rows).toMatchObject([{ partyId: stage.idOf('zoe'), paid: 200_000 }]);
  });

  test('list says until when a person must be told who holds their data; notify, and it is done', async () => {
    interface Listed {
      readonly claims: readonly { readonly id: string; readonly notice: string; readonly noticeDueOn: string | null }[];
    }
    const pia = async () => {
      const { claims } = await stage.referrals<Listed>('list');
      return claims.find((it) => it.id === 'friends/ada>pia');
    };
    // claimed on 16 December 2025
    expect(await pia()).toMatchObject({ notice: 'due', noticeDueOn: '2026-01-16' });
    stage.goTo(12);
    expect(await pia()).toMatchObject({ notice: 'overdue' });
    const said = (await stage.call('referrals', {}, 'list')).text;
    expect(said).toContain('overdue 2026-01-16');
    expect(said).toMatch(/Not told in time .*: 1\./);
    await stage.referrals('notify', 'friends/ada>pia');
    expect(await pia()).toMatchObject({ notice: 'given' });
    expect((await stage.call('referrals', {}, 'list')).text).not.toContain('Not told in time');
  });

  test('who does something is an id, never a name', async () => {
    const failure = await stage.refused('withdraw', 'friends/ada>pia', { why: 'x', by: 'Ada Lovelace' });
    expect(failure).toMatchObject({ code: 'usage', message: expect.stringContaining('an id such as owner:7') });
  });
});
