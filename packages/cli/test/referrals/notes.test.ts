import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HubSpotEmulator, type SalesforceEmulator, sandboxToken } from '@holdfast/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf } from './a-case.ts';
import { CRMS, openStage, type Stage } from './stage.ts';

/** Ada brought Newco before notes are switched on, and Thirdco later; Bea brought Secondco. */
const GIVEN = {
  accounts: { newco: {}, secondco: {}, thirdco: {} },
  people: { ned: { of: 'newco', since: 0, by: 'ada' }, tom: { of: 'secondco', since: 0, by: 'bea' } },
};
const [TAKEN, WON, ENDED] = [
  'This company was introduced to us.',
  'The introduction led to a sale.',
  'The introduction did not lead to a sale.',
];

/** A note as it is seen in the CRM, with the records that it stands on. */
interface SeenNote {
  readonly id: string;
  readonly text: string;
  readonly on: string;
  readonly at: readonly string[];
}

function notesIn({ crm, world, named }: Stage): readonly SeenNote[] {
  if (crm === 'salesforce') {
    const org = world.emulator as SalesforceEmulator;
    return org.ids('Task').flatMap((id) => {
      const {
        Holdfast_Key__c: key,
        Subject,
        ActivityDate,
        AccountId,
        WhatId,
        Status,
      } = org.get('Task', id)?.fields ?? {};
      if (!String(key ?? '').startsWith('note-')) return [];
      expect(Status).toBe('Completed');
      const at = [named(`Account:${AccountId}`), ...(WhatId === AccountId ? [] : [named(`Opportunity:${WhatId}`)])];
      return [{ id, text: String(Subject), on: String(ActivityDate), at }];
    });
  }
  const portal = world.emulator as HubSpotEmulator;
  return portal.ids('notes').flatMap((id) => {
    const { holdfast_key: key, hs_note_body: body, hs_timestamp: at } = portal.get('notes', id)?.properties ?? {};
    if (!key) return [];
    const linked = (object: string) => {
      const path = `/crm/v4/objects/notes/${id}/associations/${object}`;
      const headers = { authorization: `Bearer ${sandboxToken}` };
      const answer = portal.handle({ method: 'GET', path, query: new URLSearchParams(), headers, body: '' });
      return (JSON.parse(String(answer.body)) as { results: { toObjectId: number }[] }).results;
    };
    const on = [
      ...linked('companies').map((it) => named(`company:${it.toObjectId}`)),
      ...linked('deals').map((it) => named(`deal:${it.toObjectId}`)),
    ];
    return [{ id, text: String(body).replaceAll(/<\/?p>/g, ''), on: String(at).slice(0, 10), at: on }];
  });
}

const shown = (stage: Stage) => notesIn(stage).map(({ id: _, ...note }) => note);

function remove({ crm, world }: Stage, id: string): void {
  if (crm === 'salesforce') (world.emulator as SalesforceEmulator).remove('Task', id);
  else (world.emulator as HubSpotEmulator).archive('notes', id);
}

function edit({ crm, world }: Stage, id: string, text: string): void {
  if (crm === 'salesforce') (world.emulator as SalesforceEmulator).edit('Task', id, { Subject: text });
  else (world.emulator as HubSpotEmulator).edit('notes', id, { hs_note_body: `<p>${text}</p>` });
}

function switchOn(stage: Stage, since: string): void {
  const file = join(stage.folder, 'holdfast.config.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), notes: { since } }));
}

interface Planned {
  readonly byEntity: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}
interface Applied {
  readonly runId: string;
  readonly counts: { readonly written: number; readonly conflict: number; readonly failed: number };
}

async function planned(stage: Stage): Promise<Planned> {
  await stage.pull();
  return (await stage.call('plan')).json as Planned;
}

async function applied(stage: Stage): Promise<Applied> {
  const { json } = await stage.call('apply');
  expect((json as Applied).counts).toMatchObject({ conflict: 0, failed: 0 });
  return json as Applied;
}

/** Everything that happens after day 5, the same with and without notes. */
function live({ goTo, hands }: Stage): void {
  goTo(10);
  hands.addPerson({ id: 'sam', of: 'thirdco', since: 10, by: 'ada' });
  hands.openSale({ id: 'deal', of: 'newco', opened: 10 });
  hands.openSale({ id: 'other', of: 'secondco', opened: 10 });
  goTo(11);
  hands.closeSale('deal', 'won', 11);
  hands.closeSale('other', 'lost', 11);
  goTo(12);
}

function features({ folder }: Stage): string {
  const runs = join(folder, '.holdfast', 'runs');
  const of = (id: string) => join(runs, id, 'features.csv');
  const newest = readdirSync(runs)
    .sort()
    .findLast((id) => readdirSync(join(runs, id)).includes('features.csv'));
  return readFileSync(of(newest ?? ''), 'utf8');
}

describe.each(CRMS)('notes on the timelines of %s', (crm) => {
  let stage: Stage;
  let made: Applied;
  let withNotes: string;
  beforeAll(async () => {
    stage = await openStage(crm, GIVEN);
    await stage.call('trust', {}, 'act');
    stage.goTo(5);
  });
  afterAll(() => stage.close());

  test('off, as it is by default: nothing of notes is planned, written or installed', async () => {
    const { byEntity } = await planned(stage);
    expect(byEntity).not.toHaveProperty('note');
    await applied(stage);
    expect(notesIn(stage)).toEqual([]);
    const { text } = await stage.call('install');
    expect(text).not.toContain('note');
  });

  test('switched on: what came of introductions since, each on its own timeline; nothing of the past', async () => {
    switchOn(stage, dayOf(5));
    if (crm === 'hubspot') {
      expect((await planned(stage)).notes.join('\n')).toMatch(/No notes are planned: .* run "holdfast install"/);
      await stage.call('install', { apply: true });
    }
    live(stage);
    await stage.call('trust', {}, 'write');
    const early = await planned(stage);
    expect(early.byEntity).not.toHaveProperty('note');
    expect(early.notes.join('\n')).toContain('holdfast trust act');
    await stage.call('trust', {}, 'act');
    const plan = await planned(stage);
    expect(plan.byEntity['note']).toBe(3);
    expect(plan.notes.join('\n')).toContain('3 new notes move the day of last activity');
    made = await applied(stage);
    const expected = [
      { text: TAKEN, on: dayOf(10), at: ['thirdco'] },
      { text: WON, on: dayOf(11), at: ['newco', 'deal'] },
      { text: ENDED, on: dayOf(11), at: ['secondco', 'other'] },
    ];
    expect(shown(stage)).toHaveLength(3);
    expect(shown(stage)).toEqual(expect.arrayContaining(expected));
  });

  test('read as a customer: no person, no other company, no reward, no suspicion', () => {
    const text = JSON.stringify(notesIn(stage).map((it) => it.text));
    expect(text).not.toMatch(/ada|bea|ned|sam|tom|quentin|ottilie|reward|credit|review|fraud|\d/i);
  });

  test('a second run writes none, and one that a person deleted is not made again', async () => {
    expect((await planned(stage)).byEntity).not.toHaveProperty('note');
    remove(stage, notesIn(stage).find(({ text }) => text === TAKEN)?.id ?? '');
    stage.goTo(13);
    expect((await planned(stage)).byEntity).not.toHaveProperty('note');
    expect(notesIn(stage)).toHaveLength(2);
  });

  test('neither accounts that are merged nor people who are forgotten bring a note again', async () => {
    await stage.pull();
    await stage.call('score');
    withNotes = features(stage);
    stage.hands.merge('accounts', 'newco', 'thirdco');
    await stage.call('pull', { full: true });
    expect((await planned(stage)).byEntity).not.toHaveProperty('note');
    const before = shown(stage);
    for (const person of ['ned', 'tom', 'sam', 'ada', 'bea']) await stage.call('forget', {}, stage.idOf(person));
    expect((await planned(stage)).byEntity).not.toHaveProperty('note');
    expect(shown(stage)).toEqual(before);
  });

  test('one that a person edited is left alone, by runs and by undo; undo takes the others away, and they stay away', async () => {
    const theirs = notesIn(stage).find(({ text }) => text === ENDED)?.id ?? '';
    edit(stage, theirs, 'Ask again in spring.');
    expect((await planned(stage)).byEntity).not.toHaveProperty('note');
    await stage.call('undo', {}, made.runId);
    expect(notesIn(stage).map(({ text }) => text)).toEqual(['Ask again in spring.']);
    expect((await planned(stage)).byEntity).not.toHaveProperty('note');
  });

  test('they are no touches: every feature is what it is without notes and tasks of ours', async () => {
    await stage.close();
    stage = await openStage(crm, GIVEN);
    live(stage);
    stage.goTo(13);
    await stage.pull();
    await stage.call('score');
    expect(withNotes).toBe(features(stage));
  });
});
