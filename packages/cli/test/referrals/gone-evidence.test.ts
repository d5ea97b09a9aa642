import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SalesforceEmulator } from '@holdfast/sandbox';
import { afterEach, describe, expect, test } from 'vitest';
import { dayOf } from './a-case.ts';
import { aProgram } from './a-program.ts';
import { CRMS, openStage, type Stage } from './stage.ts';

const CLAIM = 'friends/ada>newco';
const OTHER = 'friends/bea>newco';
const LOOKED_AT = 'Your introduction is being looked at.';

let stage: Stage | null = null;
afterEach(async () => {
  await stage?.close();
  stage = null;
});

/** What the CRM says goes into the journal, as with `holdfast run`. */
const keep = async (it: Stage, day: number) => {
  it.goTo(day);
  await it.pull();
  await it.call('score');
};
const statesOf = async (it: Stage) => (await it.look()).claims;

describe.each(CRMS)('what a person recorded is taken out of the CRM again, on %s', (crm) => {
  /** Somebody noted that ada introduced ned, and Holdfast took it up. */
  const noted = async () => {
    stage = await openStage(
      crm,
      { accounts: { newco: {} }, people: { ned: { of: 'newco', since: 0, by: 'ada' } } },
      { programs: [aProgram({ holdingDays: 60 })] },
    );
    await keep(stage, 2);
    expect(await statesOf(stage)).toEqual({ [CLAIM]: 'accepted' });
    return stage;
  };

  test('turned to somebody else: the old claim waits, the new one is taken up, credited and paid for', async () => {
    const it = await noted();
    it.hands.unnote('ned', 'ada');
    it.hands.note('ned', 'bea');
    await keep(it, 5);
    expect(await it.look()).toMatchObject({
      claims: { [CLAIM]: 'under_review', [OTHER]: 'accepted' },
      signals: { [CLAIM]: ['evidence_gone review'] },
    });
    it.goTo(20);
    it.hands.openSale({ id: 'deal', of: 'newco', opened: 20 });
    it.goTo(30);
    it.hands.closeSale('deal', 'won', 30);
    it.goTo(31);
    await it.writeBack();
    expect(await it.look()).toMatchObject({
      claims: { [CLAIM]: 'under_review none', [OTHER]: 'won sourced' },
      ...{ rewards: ['beaco USD 100000 held'], written: { deal: 'won sourced', bea: '1 active' } },
      records: { [CLAIM]: `under_review none: ${LOOKED_AT}` },
    });
    // a pull in which nothing changed says nothing
    await keep(it, 32);
    const { claims, rewards } = await it.look();
    await keep(it, 33);
    expect(await it.look()).toMatchObject({ claims, rewards });
  });

  test('taken away, a second pull says nothing more; noted again: the claim stands where it stood', async () => {
    const it = await noted();
    it.hands.unnote('ned', 'ada');
    await keep(it, 5);
    expect(await statesOf(it)).toEqual({ [CLAIM]: 'under_review' });
    const journal = it.trace();
    await it.call('score');
    expect(it.trace()).toBe(journal);
    const { text, json } = await it.call('referrals', {}, 'list');
    expect(text).toContain('No longer recorded in the CRM: 1.');
    expect((json as { claims: unknown[] }).claims).toMatchObject([{ denied: false, evidenceGone: true }]);
    const id = `friends/${it.idOf('ada')}>${it.idOf('newco')}`;
    const explained = await it.call('referrals', {}, 'explain', id);
    expect(explained.text).toMatch(/Check evidence_gone, .+ there no longer: a person has to ask why\./);
    const told = await it.call('referrals', { forReferrer: true }, 'explain', id);
    expect(told.text).toContain(LOOKED_AT);
    it.hands.note('ned', 'ada');
    await keep(it, 7);
    expect(await it.look()).toMatchObject({ claims: { [CLAIM]: 'accepted' }, signals: {} });
  });

  test('after the sale: what nobody approved waits; a person clears it, and it goes on', async () => {
    const it = await noted();
    it.hands.openSale({ id: 'deal', of: 'newco', opened: 2 });
    it.hands.closeSale('deal', 'won', 3);
    await keep(it, 4);
    expect((await it.look()).rewards).toEqual(['adaco USD 100000 held']);
    it.hands.unnote('ned', 'ada');
    await keep(it, 6);
    expect(await it.look()).toMatchObject({
      ...{ claims: { [CLAIM]: 'won sourced' }, rewards: ['adaco USD 100000 review_required evidence_gone'] },
    });
    await it.referrals('clear', CLAIM, { check: 'evidence_gone', why: 'emptied by an import' });
    await keep(it, 100);
    expect((await it.look()).rewards).toEqual(['adaco USD 100000 payable']);
  });

  test('the person who was referred is merged, or works elsewhere: no correction', async () => {
    const it = await noted();
    it.hands.addPerson({ id: 'twin', of: 'newco', since: 2 });
    await keep(it, 3);
    it.hands.merge('contacts', 'ned', 'twin');
    await keep(it, 5);
    expect(await statesOf(it)).toEqual({ [CLAIM]: 'accepted' });
    it.hands.join('ned', 'beaco');
    await keep(it, 7);
    expect(await statesOf(it)).toEqual({ [CLAIM]: 'accepted' });
  });
});

test("Salesforce's own Referral is rejected: the claim waits; accepted after all: it stands again", async () => {
  const it = await openStage(
    'salesforce',
    { accounts: { newco: {} }, people: { ned: { of: 'newco', since: 0 } } },
    { org: { referrals: 'marketing' } },
  );
  stage = it;
  const emulator = it.world.emulator as SalesforceEmulator;
  const native = (name: string) => it.idOf(name).split(':')[1] ?? '';
  it.goTo(1);
  const record = emulator.create('Referral', {
    ...{ ReferrerId: native('ada'), ReferredPartyId: native('ned'), ReferralDate: dayOf(1) },
    UsageType: 'Referral Management',
  });
  await keep(it, 2);
  expect(await statesOf(it)).toEqual({ [CLAIM]: 'accepted' });
  emulator.edit('Referral', record, { Status: 'Rejected' });
  await keep(it, 4);
  expect(await statesOf(it)).toEqual({ [CLAIM]: 'under_review' });
  emulator.edit('Referral', record, { Status: 'Accepted' });
  await keep(it, 6);
  expect(await statesOf(it)).toEqual({ [CLAIM]: 'accepted' });
});

test('the lookup is taken out of the configuration: not shown is not gone; back in it, a correction counts again', async () => {
  const it = await openStage(
    'salesforce',
    { accounts: { newco: {} }, people: { ned: { of: 'newco', since: 0, by: 'ada' } } },
    { org: { referrals: 'marketing' } },
  );
  stage = it;
  await keep(it, 2);
  const path = join(it.folder, 'holdfast.config.json');
  const config = readFileSync(path, 'utf8');
  const { options, ...rest } = JSON.parse(config) as { options: { fields: { contact: object } } };
  const { contact: _, ...fields } = options.fields;
  writeFileSync(path, JSON.stringify({ ...rest, options: { ...options, fields } }));
  // everything is read again after a week: what nobody reads any more is dropped from the store
  await keep(it, 12);
  expect(await statesOf(it)).toEqual({ [CLAIM]: 'accepted' });
  writeFileSync(path, config);
  for (const day of [13, 22]) {
    await keep(it, day);
    expect(await statesOf(it)).toEqual({ [CLAIM]: 'accepted' });
  }
  it.hands.unnote('ned', 'ada');
  await keep(it, 24);
  expect(await statesOf(it)).toEqual({ [CLAIM]: 'under_review' });
});
