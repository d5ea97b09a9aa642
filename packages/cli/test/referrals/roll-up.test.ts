import { referralKey } from '@holdfast/core';
import { afterEach, describe, expect, test } from 'vitest';
import { CRMS, openStage, type Stage } from './stage.ts';
import { viewOf } from './vendor-view.ts';

interface Listed {
  readonly claims: readonly {
    readonly id: string;
    readonly claimedAt: string;
    readonly protectedUntil: string | null;
  }[];
}

describe.each(CRMS)('somebody who was referred before they had an account, on %s', (crm) => {
  let stage: Stage | null = null;
  afterEach(async () => {
    await stage?.close();
    stage = null;
  });

  const listed = async ({ referrals }: Stage) => (await referrals<Listed>('list')).claims;
  /** Our records in the CRM. */
  const records = ({ world }: Stage) => {
    const { ids, values, record } = viewOf(world);
    return ids(record.object).map((id) => {
      const fields = values(record.object, id);
      return { id, key: fields[record.field('holdfast_key')], state: fields[record.field('state')] };
    });
  };

  test('they get one later: listed once, with their date and protection, on one record; a second contact is a duplicate', async () => {
    stage = await openStage(crm, { accounts: { newco: {} }, people: { ned: { since: 0, by: 'ada' } } });
    const { goTo, hands, pull, look, referrals, writeBack, idOf } = stage;
    goTo(1);
    await writeBack();
    const before = await listed(stage);
    expect(before.map((it) => it.id)).toEqual(['friends/ada>ned']);
    const key = referralKey(`friends/${idOf('ada')}>${idOf('ned')}`);
    expect(records(stage)).toMatchObject([{ key, state: 'accepted' }]);
    const [made] = records(stage);
    goTo(10);
    hands.join('ned', 'newco');
    goTo(11);
    await writeBack();
    const { claimedAt, protectedUntil } = before[0]!;
    expect(await listed(stage)).toMatchObject([{ id: 'friends/ada>newco', claimedAt, protectedUntil }]);
    expect(records(stage)).toEqual([made]);
    const { timeline } = await referrals<{ timeline: readonly { what: string }[] }>('explain', 'friends/ada>ned');
    expect(timeline.map((it) => it.what)).toContain('roll-up: from ned');
    goTo(12);
    hands.addPerson({ id: 'nora', of: 'newco', since: 12, by: 'bea' });
    goTo(13);
    await pull();
    expect((await look()).claims).toEqual({ 'friends/ada>newco': 'accepted', 'friends/bea>newco': 'duplicate' });
    goTo(20);
    hands.openSale({ id: 'deal', of: 'newco', opened: 20 });
    hands.closeSale('deal', 'won', 20);
    goTo(21);
    await writeBack();
    const { claims, rewards, written } = await look();
    expect([claims, rewards]).toEqual([
      { 'friends/ada>newco': 'won sourced', 'friends/bea>newco': 'duplicate none' },
      ['adaco USD 100000 payable'],
    ]);
    expect(written).toMatchObject({ deal: 'won sourced', ada: '1 active' });
    expect(records(stage)).toHaveLength(2);
    expect(records(stage)).toContainEqual({ ...made, state: 'won' });
  });

  test('their mailbox tells the account from the first day; by hand they are the same party; who moves on takes nothing along', async () => {
    stage = await openStage(crm, {
      accounts: { newco: {}, othco: {} },
      people: { ned: { since: 0, by: 'ada', email: 'ned@newco.example' }, nan: { since: 0, email: 'nan@gmail.com' } },
    });
    const { goTo, hands, pull, look, refused, referrals } = stage;
    goTo(1);
    expect((await look()).claims).toEqual({ 'friends/ada>newco': 'accepted' });
    const again = await refused('submit', undefined, { advocate: 'bea', party: 'ned' });
    expect(again).toMatchObject({ code: 'earlier_claim_protected' });
    await referrals('submit', undefined, { advocate: 'bea', party: 'nan' });
    goTo(10);
    hands.join('ned', 'othco');
    hands.join('nan', 'othco');
    goTo(11);
    await pull();
    expect((await look()).claims).toEqual({
      ...{ 'friends/ada>newco': 'accepted', 'friends/bea>newco': 'duplicate', 'friends/bea>othco': 'accepted' },
    });
    const same = await referrals<{ isNew: boolean }>('submit', undefined, { advocate: 'ada', party: 'ned' });
    expect((await listed(stage)).map((it) => it.id).sort()).toEqual([
      ...['friends/ada>newco', 'friends/bea>newco', 'friends/bea>othco'],
    ]);
    expect(same.isNew).toBe(true);
  });

  test.each([
    ['a customer', 'beaco', { state: 'influenced', reason: 'existing_relation', protectedUntil: null }, 'influenced'],
    ['where a sale was lost long ago', 'newco', { state: 'accepted', reason: 'accepted' }, 'sourced'],
  ])(
    'they join %s: as if they had been claimed there, and nothing is said on the old sale',
    async (_, of, said, credit) => {
      stage = await openStage(crm, {
        accounts: { newco: { since: -500 } },
        people: { ned: { since: 0, by: 'ada' } },
        sales: { past: { of: 'newco', opened: -400, lost: -300 } },
      });
      const { goTo, hands, look, writeBack } = stage;
      goTo(1);
      await listed(stage);
      hands.join('ned', of);
      goTo(2);
      await writeBack();
      expect(await listed(stage)).toMatchObject([{ id: `friends/ada>${of}`, ...said }]);
      expect((await look()).written).toEqual({ ada: 'active' });
      hands.openSale({ id: 'deal', of, opened: 2 });
      goTo(5);
      await listed(stage);
      hands.closeSale('deal', 'won', 5);
      goTo(6);
      await writeBack();
      expect(await look()).toMatchObject({ claims: { [`friends/ada>${of}`]: `won ${credit}` } });
    },
  );

  test('another account gets the domain of their mailbox: they stay where they are claimed, for another referrer too', async () => {
    stage = await openStage(crm, {
      accounts: { newco: {}, twinco: {} },
      people: { ned: { since: 0, by: 'ada', email: 'ned@newco.example' } },
    });
    const { goTo, idOf, world, pull, refused } = stage;
    goTo(1);
    expect((await listed(stage)).map((it) => it.id)).toEqual(['friends/ada>newco']);
    const { objects, edit } = viewOf(world);
    const site = crm === 'hubspot' ? 'domain' : 'Website';
    edit(objects.account, idOf('twinco').replace(/^\w+:/, ''), { [site]: 'newco.example' });
    goTo(2);
    await pull();
    const again = await refused('submit', undefined, { advocate: 'bea', party: 'ned' });
    expect(again).toMatchObject({ code: 'earlier_claim_protected' });
    expect((await listed(stage)).map((it) => it.id).sort()).toEqual(['friends/ada>newco', 'friends/bea>newco']);
  });
});
