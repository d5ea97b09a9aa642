import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DAY_MS,
  DEFAULT_PROGRAM,
  type ExchangeRate,
  makeCode,
  type Program,
  type ReferralCode,
  type ReferralEvent,
} from '@holdfast/core';
import { expect, it, onTestFinished } from 'vitest';
import { followReferrals } from '../../src/referrals/follow-referrals.ts';
import { openReferrals, takeReferralEvents } from '../../src/referrals/open-referrals.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { createMemoryStore } from '../simulation/memory-store.ts';
import { profile } from './a-referral-book.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const at = (n: number) => ({ occurredAt: START + n * DAY_MS, recordedAt: START + n * DAY_MS });
const giving = (percent: number): Program => ({
  ...{ ...DEFAULT_PROGRAM, id: 'main' },
  rules: [
    {
      ...{
        id: 'won',
        version: `${percent}`,
        event: 'won',
        beneficiary: 'referrer',
        kind: 'credit',
        tiers: [],
        caps: [],
      },
      amount: { percent, disclosesAmount: true },
      ...{ durationMonths: 0, priority: 1, startsOn: '2020-01-01', endsOn: null, expiresAfterDays: null },
    },
  ],
});
const joins: ReferralEvent = {
  ...{ key: 'person', ...at(0), kind: 'participant' },
  participant: {
    ...{ id: 'contact:1', programId: 'main', accountId: 'account:1', role: 'customer', status: 'active' },
    ...{ statusSince: 0, termsVersion: DEFAULT_PROGRAM.terms.version, employerPermission: false, segment: 'private' },
    ...{ country: 'AT', taxFormOn: null },
  },
};
const sold = (on: number, n: number, currency = 'EUR', code: string | null = null): readonly ReferralEvent[] => {
  const parties = { participantId: 'contact:1', subjectId: `account:${on}` };
  const relation = { customerSince: null, customerUntil: null, opportunities: [], contacts: [] };
  const step = (type: 'opportunity_opened' | 'won', when: number): ReferralEvent => ({
    ...{ key: `${type} ${on}`, ...at(when), kind: 'progress' },
    progress: {
      ...{ key: `${type} ${on}`, type, subjectId: parties.subjectId, opportunityId: `opportunity:${on}`, ...at(when) },
      amount: { minor: 100_000, currency },
    },
  });
  return [
    {
      ...{ key: `claim ${on}`, ...at(n), kind: 'claim' },
      claim: {
        ...{ programId: 'main', ...parties, referrerAccountId: 'account:1', referredContactId: null },
        ...{ opportunityId: null, introducedAt: at(n).occurredAt, consent: 'introduced_in_person', code },
        touch: { key: `touch ${on}`, ...parties, evidence: 'activity', ...at(n), sourceId: null },
      },
      known: { relation, signals: [], isErased: false },
    },
    step('opportunity_opened', n + 1),
    step('won', n + 2),
  ];
};
const given = async (store: Parameters<typeof openReferrals>[0], program: Program) => {
  const engine = await openReferrals(store, { programs: [program] });
  return [...engine.state.rewards.all()].map((it) => [it.ruleVersion, it.amount.minor]);
};

it('bug: an edited program file changed what was given before; the journal keeps each wording for its time', async () => {
  const store = createMemoryStore();
  await store.acquire({ pid: 1, host: 'here', startedAt: 0, purpose: 'test' });
  const first = await openReferrals(store, { programs: [giving(1000)] });
  await takeReferralEvents(store, first, [joins, ...sold(7, 1)]);
  const edited = await openReferrals(store, { programs: [giving(2000)] });
  expect(await takeReferralEvents(store, edited, sold(8, 11))).toBe(3);
  const back = await openReferrals(store, { programs: [giving(1000)] });
  await takeReferralEvents(store, back, sold(9, 21));
  const expected = [
    ['1000', 10_000],
    ['2000', 20_000],
    ['1000', 10_000],
  ];
  expect([...back.state.rewards.all()].map((it) => [it.ruleVersion, it.amount.minor])).toEqual(expected);
  for (const percent of [1000, 2000, 3000]) expect(await given(store, giving(percent))).toEqual(expected);
  const kinds: string[] = [];
  for await (const batch of store.referralBatches()) kinds.push(batch.map(({ kind }) => kind).join(' '));
  expect(kinds.filter((it) => it === 'program')).toHaveLength(3);
  expect(kinds[0]).toBe('program');
});

it('another currency is refused once rewards were given, and nothing is written; before that it may be mended', async () => {
  const store = createMemoryStore();
  await store.acquire({ pid: 1, host: 'here', startedAt: 0, purpose: 'test' });
  const usd = { ...giving(1000), currency: 'USD' };
  await takeReferralEvents(store, await openReferrals(store, { programs: [usd] }), [joins]);
  await takeReferralEvents(store, await openReferrals(store, { programs: [giving(1000)] }), sold(7, 1));
  const other = await openReferrals(store, { programs: [usd] });
  const journal = async () => {
    const events: ReferralEvent[] = [];
    for await (const batch of store.referralBatches()) events.push(...batch);
    return events;
  };
  const before = await journal();
  await expect(takeReferralEvents(store, other, [])).rejects.toMatchObject({
    code: 'bad_program',
    message: expect.stringMatching(/"main" has given rewards in EUR, and its file says USD now\. Put EUR back; /),
  });
  expect(await journal()).toEqual(before);
});

it('bug: an edited table of rates changed what was given before; a later table counts for later sales', async () => {
  const store = createMemoryStore();
  await store.acquire({ pid: 1, host: 'here', startedAt: 0, purpose: 'test' });
  const programs = [giving(1000)];
  const rate = (value: number, on: string): ExchangeRate => ({ from: 'USD', to: 'EUR', value, on, source: 'ECB' });
  const first = await openReferrals(store, { programs, rates: [rate(0.9, '2026-01-02')] });
  await takeReferralEvents(store, first, [joins, ...sold(7, 1, 'USD')]);
  const edited = { programs, rates: [rate(0.8, '2026-01-02'), rate(0.7, '2026-01-22')] };
  await takeReferralEvents(store, await openReferrals(store, edited), sold(8, 21, 'USD'));
  // 10 % of 1,000.00 dollars at .90, then at .70
  for (const rates of [[], edited.rates]) {
    const engine = await openReferrals(store, { programs, rates });
    expect([...engine.state.rewards.all()].map((it) => it.amount.minor)).toEqual([9_000, 7_000]);
  }
});

it('bug: a sale without a rate was refused for good; it is taken when the table has the rate, and stays as it was taken', async () => {
  const store = createMemoryStore();
  await store.acquire({ pid: 1, host: 'here', startedAt: 0, purpose: 'test' });
  const programs = [giving(1000)];
  const rate = (value: number, on: string): ExchangeRate => ({ from: 'USD', to: 'EUR', value, on, source: 'ECB' });
  const given = async (rates: readonly ExchangeRate[], events: readonly ReferralEvent[] = []) => {
    const engine = await openReferrals(store, { programs, rates });
    await takeReferralEvents(store, engine, events);
    const refused = new Set(engine.state.refused.map(({ reason }) => reason));
    return [...refused, ...[...engine.state.rewards.all()].map((it) => it.amount.minor)];
  };
  expect(await given([], [joins, ...sold(7, 1, 'USD')])).toEqual(['no_rate']);
  expect(await given([rate(0.9, '2026-01-02')])).toEqual([9_000]);
  // what another file says later, or none at all, as when somebody is forgotten, changes nothing
  expect(await given([rate(0.5, '2026-01-02')])).toEqual([9_000]);
  expect(await given([], sold(8, 41, 'USD'))).toEqual(['no_rate', 9_000]);
  expect(await given([rate(0.7, '2026-02-12')])).toEqual([9_000, 7_000]);
  expect(await given([])).toEqual([9_000, 7_000]);
});

it('bug: after an erasure had shortened the journal, an edited program could get the key of an earlier wording and was left out', async () => {
  const store = createMemoryStore();
  await store.acquire({ pid: 1, host: 'here', startedAt: 0, purpose: 'test' });
  const wording = async (percent: number, events: readonly ReferralEvent[] = []) =>
    takeReferralEvents(store, await openReferrals(store, { programs: [giving(percent)] }), events);
  await wording(1000, [joins, ...sold(7, 1).slice(0, 1)]);
  await wording(2000);
  // a claim goes: the next wording has as many events before it as the last one had
  await store.rewriteReferralEvents((event) =>
    event.kind === 'participant' || event.kind === 'program' ? event : null,
  );
  await wording(3000, sold(9, 21));
  expect((await openReferrals(store, {})).state.programs.get('main')?.rules[0]?.version).toBe('3000');
});

it('a code of a file counts from the journal on, also when the file is gone; withdrawn there, it ends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-codes-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const store = openSqliteStore(join(folder, 'store.db'), { clock: { now: () => 0 } });
  await store.acquire({ pid: 1, host: 'here', startedAt: 0, purpose: 'test' });
  const programs = [giving(1000)];
  const made: ReferralCode = {
    ...{ code: makeCode(new Uint8Array(32).map((_, i) => i)) ?? '', programId: 'main', participantId: 'contact:1' },
    ...{ status: 'active', createdAt: at(0).occurredAt, expiresAt: null, maxUses: null, uses: 0 },
  };
  const standing = async (codes: readonly ReferralCode[], events: readonly ReferralEvent[] = []) => {
    const engine = await openReferrals(store, { programs });
    await followReferrals(store, engine, { profile, asOf: at(0).occurredAt, codes });
    await takeReferralEvents(store, engine, events);
    const claims = [...engine.state.claims.values()].map((it) => `${it.subjectId} ${it.state}`);
    return { claims, refused: engine.state.refused.map(({ reason }) => reason) };
  };
  await standing([made], [joins, ...sold(7, 1, 'EUR', made.code)]);
  expect(await standing([])).toEqual({ claims: ['account:7 won'], refused: [] });
  await standing([{ ...made, status: 'withdrawn' }]);
  const after = await standing([made], sold(8, 11, 'EUR', made.code).slice(0, 1));
  expect(after).toEqual({ claims: ['account:7 won'], refused: ['code_not_valid'] });
  // whoever was erased does not come back into the journal by the file
  const erase = {
    key: 'erase',
    ...at(30),
    kind: 'erase',
    partyId: 'contact:5',
    withdrawn: [],
    tombstones: [],
  } as const;
  const code = makeCode(new Uint8Array(32).map((_, i) => i + 1)) ?? '';
  await standing([], [erase]);
  await standing([{ ...made, code, participantId: 'contact:5' }]);
  expect((await openReferrals(store, { programs })).state.codes.size).toBe(1);
  await store.close();
});
