import { referralKey } from '@holdfast/core';
import { afterEach, describe, expect, test } from 'vitest';
import { aProgram } from './a-program.ts';
import { CRMS, openStage, type Stage } from './stage.ts';
import { viewOf } from './vendor-view.ts';

const CLAIM = 'friends/ada>newco';
const LOOKED_AT = 'Your introduction is being looked at.';

describe.each(CRMS)('what the two say when they are asked, on %s', (crm) => {
  let stage: Stage | null = null;
  afterEach(async () => {
    await stage?.close();
    stage = null;
  });

  /** A sale under way on ada's introduction of ned, with our record of it in the CRM. */
  const introduced = async () => {
    stage = await openStage(
      crm,
      { accounts: { newco: {} }, people: { ned: { of: 'newco', since: 0, by: 'ada' } } },
      { programs: [aProgram({ holdingDays: 60 })] },
    );
    const { goTo, hands } = stage;
    goTo(20);
    hands.openSale({ id: 'deal', of: 'newco', opened: 20 });
    goTo(21);
    await stage.writeBack();
    return keep(stage);
  };

  /** What the CRM says goes into the journal, as with `holdfast run`. */
  const keep = async (it: Stage) => {
    await it.call('score');
    return it;
  };

  /** A person writes on our record what one of the two said; an empty text empties it. */
  const note = ({ world, idOf }: Stage, side: 'advocate' | 'prospect', answer: 'yes' | 'no' | '') => {
    const { ids, values, edit, record } = viewOf(world);
    const key = referralKey(`friends/${idOf('ada')}>${idOf('newco')}`);
    const id = ids(record.object).find((it) => values(record.object, it)[record.field('holdfast_key')] === key);
    edit(record.object, id ?? '', { [record.field(`${side}_confirmed`)]: answer });
  };

  const written = ({ world }: Stage) => world.emulator.journal.filter((it) => it.by === 'api').length;

  test('noted "no" before the sale: the claim waits, nobody is credited; cleared, it is credited and paid for', async () => {
    const it = await introduced();
    note(it, 'advocate', 'yes');
    note(it, 'prospect', 'no');
    it.goTo(22);
    await it.writeBack();
    expect(await it.look()).toMatchObject({
      claims: { [CLAIM]: 'under_review' },
      signals: { [CLAIM]: ['denied review'] },
      written: { deal: 'under_review' },
      records: { [CLAIM]: `under_review: ${LOOKED_AT}` },
    });
    it.goTo(30);
    it.hands.closeSale('deal', 'won', 30);
    it.goTo(31);
    await it.writeBack();
    expect((await it.look()).rewards).toEqual([]);
    await it.referrals('clear', CLAIM, { check: 'denied', why: 'ned had forgotten' });
    await it.writeBack();
    expect(await it.look()).toMatchObject({
      ...{ claims: { [CLAIM]: 'won sourced' }, rewards: ['adaco USD 100000 held'] },
      written: { deal: 'won sourced', ada: '1 active' },
    });
    // the note is still there: what a person lifted stays lifted
    it.goTo(100);
    await it.writeBack();
    expect((await it.look()).rewards).toEqual(['adaco USD 100000 payable']);
  });

  test('noted "no" after the sale: the next pull holds the reward; a second run writes nothing; cleared, it goes on', async () => {
    const it = await introduced();
    it.goTo(30);
    it.hands.closeSale('deal', 'won', 30);
    it.goTo(31);
    await it.writeBack();
    await keep(it);
    note(it, 'prospect', 'no');
    it.goTo(32);
    await it.writeBack();
    expect(await it.look()).toMatchObject({
      ...{ claims: { [CLAIM]: 'won sourced' }, rewards: ['adaco USD 100000 review_required denied'] },
    });
    const [before, journal] = [written(it), it.trace()];
    await it.writeBack();
    expect(written(it)).toBe(before);
    expect(it.trace()).toBe(journal);
    it.goTo(120);
    await it.pull();
    expect((await it.look()).rewards).toEqual(['adaco USD 100000 review_required denied']);
    const { text, json } = await it.call('referrals', {}, 'list');
    expect(text).toContain('Denied by one of the two: 1.');
    expect((json as { claims: unknown[] }).claims).toContainEqual(expect.objectContaining({ denied: true }));
    const explained = await it.call('referrals', {}, 'explain', `friends/${it.idOf('ada')}>${it.idOf('newco')}`);
    expect(explained.text).toMatch(/Check denied, .+: One of the two said that there was no introduction/);
    expect(explained.text).toMatch(/Found: record \S+, said by prospect\./);
    await it.referrals('clear', CLAIM, { check: 'denied', why: 'ned had forgotten' });
    expect((await it.look()).rewards).toEqual(['adaco USD 100000 payable']);
  });

  test('emptied again: what waited goes on by itself', async () => {
    const it = await introduced();
    note(it, 'advocate', 'no');
    it.goTo(22);
    await it.writeBack();
    expect((await it.look()).claims).toEqual({ [CLAIM]: 'under_review' });
    note(it, 'advocate', '');
    it.goTo(23);
    await it.writeBack();
    expect(await it.look()).toMatchObject({ claims: { [CLAIM]: 'opportunity' }, written: { deal: 'opportunity' } });
  });

  test('what is written back names nobody who said so, and no denial', async () => {
    const it = await introduced();
    note(it, 'prospect', 'no');
    it.goTo(22);
    await it.writeBack();
    const texts = it.world.emulator.journal.filter(({ by, action }) => by === 'api' && action !== 'schema');
    expect(texts.filter(({ to }) => /den(ied|ial)|said|no introduction/i.test(String(to)))).toEqual([]);
    const told = await it.call(
      'referrals',
      { forReferrer: true },
      'explain',
      `friends/${it.idOf('ada')}>${it.idOf('newco')}`,
    );
    expect(told.text).toContain(LOOKED_AT);
    expect(told.text).not.toMatch(/den(ied|ial)|said/i);
  });
});
