import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aProgram } from './a-program.ts';
import { CRMS, openStage, type Stage } from './stage.ts';

const GIVEN = {
  accounts: { newco: {}, adatwin: { type: 'customer' as const, since: -300 }, secondco: {}, thirdco: {} },
  people: {
    ned: { of: 'newco', since: 0, by: 'ada' },
    sam: { of: 'secondco', since: 0 },
    tom: { of: 'thirdco', since: 0 },
    ann: { of: 'adaco', since: -200 },
  },
};

describe.each(CRMS)('what the parts of `holdfast referrals` answer on %s', (crm) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(crm, GIVEN, { programs: [aProgram({ holdingDays: 0, approvalAbove: 1 })] });
    stage.goTo(20);
    stage.hands.openSale({ id: 'deal', of: 'newco', opened: 20 });
    stage.hands.closeSale('deal', 'won', 20);
    stage.goTo(30);
    await stage.pull();
  });
  afterAll(() => stage.close());

  test('the list has the id of each claim on a line of its own, as a shell takes it, and within 80 columns', async () => {
    const { text, json } = await stage.call('referrals', {}, 'list');
    const [claim] = (json as { claims: readonly { id: string }[] }).claims;
    const lines = text.split('\n').filter((it) => it.includes('>') && !it.includes('->'));
    expect(lines).toEqual([`    '${claim?.id}'`]);
    expect(lines[0]?.length).toBeLessThanOrEqual(80);
    expect(await stage.referrals('explain', `friends/ada>newco`)).toMatchObject({ state: 'won' });
  });

  test('no answer holds an instant as a number: all are ISO texts', async () => {
    const { referrals, file } = stage;
    const why = { why: 'seen' };
    const [reward] = (await referrals<{ rewards: readonly { key: string }[] }>('ledger')).rewards;
    const payee = {
      ...{ name: 'Ada', address: 'Street 1', payout: 'AT00', taxId: '1', country: 'AT', taxFormOn: '2026-01-02' },
      sanctions: 'clear',
    };
    const answers = [
      await referrals('submit', undefined, { advocate: 'ada', party: 'sam' }),
      await referrals('submit', undefined, { advocate: 'bea', party: 'tom' }),
      await referrals('ask'),
      await referrals('ask', undefined, {
        note: stage.idOf('ann'),
        trigger: 'promoter',
        channel: 'call',
        outcome: 'accepted',
      }),
      await referrals('participant', 'ada', { status: 'active', by: 'seller' }),
      await referrals('code', 'ada'),
      await referrals('decide', 'deal', { to: 'friends/ada>newco', role: 'manager', ...why }),
      await referrals('notify', 'friends/ada>secondco'),
      await referrals('disqualify', 'friends/ada>secondco', why),
      await referrals('withdraw', 'friends/bea>thirdco', why),
      await referrals('approve', reward?.key),
      await referrals('payee', 'adaco', { from: file('payee.json', payee) }),
      await referrals('refund', 'deal', { amount: '1.00' }),
      await referrals('settle', undefined, { program: 'friends', month: '2026-01' }),
      await referrals('elsewhere', 'deal', why),
      await referrals('dispute', 'deal', { to: 'friends/ada>newco', ...why }).catch(() => null),
      await referrals('statement', 'adaco', { month: '2026-01' }),
      await referrals('ledger'),
      await referrals('explain', 'friends/ada>newco'),
      await referrals('explain', 'friends/ada>newco', { forReferrer: true }),
      await referrals('graph'),
      await referrals('list'),
    ];
    expect(answers.flatMap((it, place) => epochs(it, String(place)))).toEqual([]);
    expect(JSON.stringify(answers[0])).toMatch(/"claimedAt":"2026-02-04T\d\d:\d\d:\d\d\.\d{3}Z"/);
  });

  test('a referrer who asks: a claim that is not on record looks like one that was refused, to the day', async () => {
    const { referrals, refused } = stage;
    expect(await refused('submit', undefined, { advocate: 'ada', party: 'ann' })).toMatchObject({ exitCode: 2 });
    stage.goTo(40);
    await stage.pull();
    const kept = await referrals('explain', 'friends/ada>adaco', { forReferrer: true });
    expect(await referrals('explain', 'friends/ada>beaco', { forReferrer: true })).toEqual(kept);
    expect(kept).toMatchObject({ on: '2026-02-14' });
  });

  test('ids that a merge has taken away: every part finds the record that is left, and says so', async () => {
    const { hands, idOf, call, goTo, pull } = stage;
    const gone = idOf('ann');
    const claim = `friends/${gone}>${idOf('newco')}`;
    goTo(50);
    hands.merge('contacts', 'ada', 'ann');
    await pull();
    const now = idOf('ada');
    // that records were merged is no reason why a claim stands where it stands
    const { json: list } = await call('referrals', {}, 'list');
    const { claims } = list as { readonly claims: readonly { readonly id: string }[] };
    const merged = claims.find(({ id }) => id === claim.replace(gone, now));
    expect(merged).toMatchObject({ state: 'won', reason: 'progressed' });
    for (const [what, about, options] of [
      ['participant', gone, {}],
      ['code', gone, {}],
      ['statement', gone, { month: '2026-01' }],
      ['explain', claim, {}],
      ['notify', claim, {}],
    ] as const) {
      const { text, json } = await call('referrals', options, what, about);
      const to = about === gone ? now : claim.replace(gone, now);
      expect([what, text.split('\n')[0]]).toEqual([what, `${about} goes by ${to} now.`]);
      expect(json).toMatchObject({ renamed: [{ from: about, to }] });
    }
    const [oldTwin, twin] = [idOf('adatwin'), () => idOf('adaco')];
    hands.merge('accounts', 'adaco', 'adatwin');
    await pull();
    const explained = await call('explain', {}, oldTwin);
    expect(explained.text.split('\n')[0]).toBe(`${oldTwin} goes by ${twin()} now.`);
    expect(explained.json).toMatchObject({ id: twin(), renamed: [{ from: oldTwin, to: twin() }] });
    const told = await call('referrals', { forReferrer: true }, 'explain', claim);
    expect(told.text).not.toContain('goes by');
  });
});

/** Numbers that are milliseconds of a year of this century, by their place in the answer. */
function epochs(value: unknown, place: string): readonly string[] {
  if (typeof value === 'number')
    return value > 946_684_800_000 && value < 4_102_444_800_000 ? [`${place}: ${value}`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, it]) => epochs(it, `${place}.${name}`));
}
