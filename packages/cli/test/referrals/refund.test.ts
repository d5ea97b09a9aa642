import { afterEach, describe, expect, test } from 'vitest';
import { aProgram } from './a-program.ts';
import { CRMS, openStage, type Stage } from './stage.ts';

describe.each(CRMS)('what is given back of a sale on %s', (crm) => {
  let stage: Stage | null = null;
  afterEach(async () => {
    await stage?.close();
    stage = null;
  });

  const sold = async () => {
    stage = await openStage(
      crm,
      { accounts: { newco: {} }, people: { ned: { of: 'newco', since: 0, by: 'ada' } } },
      { programs: [aProgram({ holdingDays: 60 })] },
    );
    const { goTo, hands, pull } = stage;
    goTo(20);
    hands.openSale({ id: 'deal', of: 'newco', opened: 20 });
    hands.closeSale('deal', 'won', 20);
    goTo(21);
    await pull();
    return stage;
  };

  test('a quarter is refunded: a quarter of the reward is taken back, once; never more than is left of the sale', async () => {
    const { call, referrals, refused, look, trace, goTo, writeBack } = await sold();
    expect((await look()).rewards).toEqual(['adaco USD 100000 held']);
    goTo(22);
    const given = { amount: '2500.00' };
    expect(await referrals('refund', 'deal', given)).toMatchObject({
      isNew: true,
      left: { minor: 750_000 },
      rewards: [{ state: 'held', left: { minor: 75_000, currency: 'USD' } }],
    });
    const { text } = await call('referrals', {}, 'ledger');
    expect(text).toMatch(/ held +USD 1000\.00 +USD 750\.00 +\d{4}-\d\d-\d\d +refunded$/m);
    const before = trace();
    expect(await referrals('refund', 'deal', given)).toMatchObject({ isNew: false, left: { minor: 750_000 } });
    for (const [amount, code, says] of [
      ['7500.01', 'illegal_transition', 'only USD 7500.00 is left'],
      ['-1', 'negative_amount', 'no amount above zero'],
      ['much', 'negative_amount', 'no amount above zero'],
    ] as const) {
      const failure = await refused('refund', 'deal', { amount });
      expect(failure).toMatchObject({ exitCode: 2, code, message: expect.stringContaining(says) });
      expect(failure.message).toMatch(/ Nothing was written\.$/);
    }
    const early = { amount: '1.00', on: '2026-01-06' };
    expect(await refused('refund', 'deal', early)).toMatchObject({ exitCode: 2, code: 'clock_backwards' });
    expect(await refused('refund', 'ada-first', { amount: '1.00' })).toMatchObject({ code: 'illegal_transition' });
    expect(trace()).toBe(before);
    await writeBack();
    expect(await look()).toMatchObject({
      claims: { 'friends/ada>newco': 'won sourced' },
      written: { deal: 'won sourced', ada: '1 active' },
    });
  });

  test('a benefit that was applied before the refund: exit code 1, and what a person can do about it', async () => {
    const { call, referrals, idOf, goTo, pull } = await sold();
    goTo(90);
    await pull();
    const month = new Date().toISOString().slice(0, 7);
    await referrals('settle', undefined, { program: 'friends', month });
    const { exitCode, text } = await call('referrals', { amount: '2500.00' }, 'refund', idOf('deal'));
    expect([exitCode, text]).toEqual([
      1,
      expect.stringContaining('`holdfast referrals fulfil REWARD --why TEXT` lets'),
    ]);
  });

  test('the sale is opened again for a correction and won once more: what was decided and given stays', async () => {
    const { goTo, hands, writeBack, pull, look } = await sold();
    await writeBack();
    const before = await look();
    goTo(30);
    hands.closeSale('deal', 'open', 40);
    goTo(31);
    await pull();
    expect((await look()).rewards).toEqual(['adaco USD 100000 held']);
    goTo(32);
    hands.closeSale('deal', 'won', 32);
    goTo(33);
    await writeBack();
    expect(await look()).toEqual(before);
  });

  test('the sale is lost again: claim, reward and fields go back with it', async () => {
    const { goTo, hands, writeBack, look } = await sold();
    await writeBack();
    expect((await look()).written).toEqual({ deal: 'won sourced', ada: '1 active' });
    goTo(30);
    hands.closeSale('deal', 'lost', 30);
    goTo(31);
    await writeBack();
    expect(await look()).toMatchObject({
      claims: { 'friends/ada>newco': 'reversed sourced' },
      rewards: ['adaco USD 100000 canceled'],
      written: { deal: 'reversed none', ada: '0 active' },
    });
  });
});
