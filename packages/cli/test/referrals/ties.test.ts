import { type HubSpotEmulator, sandboxToken } from '@holdfast/sandbox';
import { afterEach, describe, expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';

let stage: Stage | null = null;
afterEach(async () => {
  await stage?.close();
  stage = null;
});

const CASE = { accounts: { newco: {} }, people: { ned: { of: 'newco', since: 0 } } };
/** What HubSpot's API shows between the two, from who was referred and from who referred; the plain tie has no label. */
const TIERS = [
  ['professional', ['Referred by', null], ['Referred', null]],
  ['starter', [null], [null]],
] as const;

interface Planned {
  readonly byEntity: Readonly<Record<string, number>>;
}
interface Listed {
  readonly claims: readonly { readonly id: string; readonly evidence: string; readonly claimedAt: string }[];
}

/** A portal of a tier in which somebody has written down, by the command, that ada introduced ned. */
async function claimed(tier: (typeof TIERS)[number][0]): Promise<Stage> {
  stage = await openStage('hubspot', CASE, { tier });
  stage.goTo(1);
  await stage.referrals('submit', undefined, { advocate: 'ada', party: 'ned', consent: 'consent' });
  await stage.pull();
  return stage;
}

const nativeId = ({ idOf }: Stage, name: string) => idOf(name).replace('contact:', '');

/** The labels between two people as HubSpot's own API answers them, from the first to the second, in alphabetical order. */
function labels(of: Stage, from: string, to: string): readonly (string | null)[] {
  const body = JSON.stringify({ inputs: [{ id: nativeId(of, from) }] });
  const { body: answer } = (of.world.emulator as HubSpotEmulator).handle({
    ...{ method: 'POST', path: '/crm/associations/2026-03/contacts/contacts/batch/read', query: new URLSearchParams() },
    ...{ headers: { authorization: `Bearer ${sandboxToken}`, 'content-type': 'application/json' }, body },
  });
  const [found] = (JSON.parse(String(answer)) as { results: { to: Target[] }[] }).results;
  const target = found?.to.find(({ toObjectId }) => String(toObjectId) === nativeId(of, to));
  return (target?.associationTypes ?? []).map(({ label }) => label).sort();
}
interface Target {
  readonly toObjectId: number;
  readonly associationTypes: readonly { readonly label: string | null }[];
}

const plannedTies = async ({ call }: Stage) => ((await call('plan')).json as Planned).byEntity['referralLink'] ?? 0;
const applied = async ({ call }: Stage) => {
  const { exitCode, json } = await call('apply');
  expect(exitCode).toBe(0);
  return json as { readonly runId: string; readonly counts: Readonly<Record<string, number>> };
};
const claims = async ({ referrals }: Stage) => (await referrals<Listed>('list')).claims;
/** Everybody is read again, with who is tied to whom. */
const readAll = async ({ call }: Stage) => void (await call('pull', { full: true }));

describe.each(TIERS)('who referred whom, shown on HubSpot %s', (tier, forth, back) => {
  test('a claim by hand is tied by plan, proves nothing, is undone whole and not made again', async () => {
    const it = await claimed(tier);
    const before = await claims(it);
    expect(before).toMatchObject([{ id: 'friends/ada>newco', evidence: 'free_text' }]);
    expect([await plannedTies(it), labels(it, 'ned', 'ada')]).toEqual([1, []]);
    const { runId } = await applied(it);
    expect([labels(it, 'ned', 'ada'), labels(it, 'ada', 'ned')]).toEqual([forth, back]);

    it.goTo(2);
    await readAll(it);
    expect(await claims(it)).toEqual(before);
    expect(await plannedTies(it)).toBe(0);
    expect((await applied(it)).counts).toMatchObject({ written: 0 });

    expect((await it.call('undo', {}, runId)).exitCode).toBe(0);
    expect([labels(it, 'ned', 'ada'), labels(it, 'ada', 'ned')]).toEqual([[], []]);
    await readAll(it);
    expect(await plannedTies(it)).toBe(0);
    expect(await claims(it)).toEqual(before);
  });

  test('killed between the call and its answer: one tie after the next run, still ours and still no proof', async () => {
    const it = await claimed(tier);
    await it.call('plan');
    let left = 1;
    it.world.suffer({ next: ({ path }) => (path.endsWith(TYING[tier]) && left-- > 0 ? 'drop-after' : undefined) });
    const { runId, counts } = await applied(it);
    expect(counts).toMatchObject({ unprocessed: 0, failed: 0 });
    expect(labels(it, 'ned', 'ada')).toEqual(forth);
    await readAll(it);
    expect(await claims(it)).toMatchObject([{ evidence: 'free_text' }]);
    await it.call('undo', {}, runId);
    expect(labels(it, 'ned', 'ada')).toEqual([]);
  });

  test('a person takes the tie away: it is not made again', async () => {
    const it = await claimed(tier);
    await it.call('plan');
    await applied(it);
    (it.world.emulator as HubSpotEmulator).unlink('contacts', nativeId(it, 'ned'), 'contacts', nativeId(it, 'ada'));
    await readAll(it);
    expect([await plannedTies(it), labels(it, 'ned', 'ada')]).toEqual([0, []]);
  });

  test('a tie that a person made is theirs: nothing is added to it, and undo leaves it', async () => {
    const it = await claimed(tier);
    const emulator = it.world.emulator as HubSpotEmulator;
    emulator.link('contacts', nativeId(it, 'ned'), 'contacts', nativeId(it, 'ada'), 449);
    expect(await plannedTies(it)).toBe(1);
    const { runId, counts } = await applied(it);
    expect([counts['unchanged'], labels(it, 'ned', 'ada')]).toEqual([1, [null]]);
    expect(await plannedTies(it)).toBe(0);
    await it.call('undo', {}, runId);
    expect(labels(it, 'ned', 'ada')).toEqual([null]);
  });

  test('who was referred is merged into another record: the tie goes along, proves nothing, and is undone', async () => {
    const it = await claimed(tier);
    it.hands.addPerson({ id: 'ned-again', of: 'newco', since: 1 });
    await it.call('plan');
    const { runId } = await applied(it);
    it.hands.merge('contacts', 'ned-again', 'ned');
    it.goTo(3);
    await readAll(it);
    expect(labels(it, 'ned-again', 'ada')).toEqual(forth);
    expect(await claims(it)).toMatchObject([{ evidence: 'free_text' }]);
    expect(await plannedTies(it)).toBe(0);
    await it.call('undo', {}, runId);
    expect(labels(it, 'ned-again', 'ada')).toEqual([]);
  });
});

const TYING = { professional: '/batch/create', starter: '/associate/default' } as const;

test('a label that a person put on the two since stays when ours is undone', async () => {
  const it = await claimed('professional');
  await it.call('plan');
  const { runId } = await applied(it);
  const emulator = it.world.emulator as HubSpotEmulator;
  const { body } = emulator.handle({
    ...{ method: 'POST', path: '/crm/associations/2026-03/contacts/contacts/labels', query: new URLSearchParams() },
    ...{ headers: { authorization: `Bearer ${sandboxToken}`, 'content-type': 'application/json' } },
    body: JSON.stringify({ name: 'colleague', label: 'Colleague' }),
  });
  const [{ typeId } = { typeId: 0 }] = (JSON.parse(String(body)) as { results: { typeId: number }[] }).results;
  const ours = [...emulator.state.associationTypes.values()].find(({ label }) => label === 'Referred by')?.typeId ?? 0;
  for (const type of [ours, typeId])
    emulator.link('contacts', nativeId(it, 'ned'), 'contacts', nativeId(it, 'ada'), type);
  expect(labels(it, 'ned', 'ada')).toContain('Colleague');
  await it.call('undo', {}, runId);
  expect(labels(it, 'ned', 'ada')).toEqual(['Colleague', null]);
});

test('where our own object has the links, nobody is tied', async () => {
  stage = await openStage('hubspot', CASE);
  stage.goTo(1);
  await stage.referrals('submit', undefined, { advocate: 'ada', party: 'ned', consent: 'consent' });
  await stage.pull();
  expect([await plannedTies(stage), labels(stage, 'ned', 'ada')]).toEqual([0, []]);
});

test('a tie that a person made by the label is a claim of its own, and nothing is planned for it, also once they took it away', async () => {
  stage = await openStage('hubspot', CASE, { tier: 'professional' });
  stage.hands.note('ned', 'ada');
  stage.goTo(1);
  await readAll(stage);
  expect(await claims(stage)).toMatchObject([{ id: 'friends/ada>newco', evidence: 'recorded' }]);
  expect(await plannedTies(stage)).toBe(0);
  const emulator = stage.world.emulator as HubSpotEmulator;
  emulator.unlink('contacts', nativeId(stage, 'ned'), 'contacts', nativeId(stage, 'ada'));
  await readAll(stage);
  expect(await claims(stage)).toHaveLength(1);
  expect(await plannedTies(stage)).toBe(0);
});
