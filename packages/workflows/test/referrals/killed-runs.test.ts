import {
  buildPlan,
  type CrmAdapter,
  DAY_MS,
  type OrgProfile,
  type Program,
  type Proposal,
  type ReferralEngine,
  type ReferralEvent,
} from '@holdfast/core';
import { createRandom } from '@holdfast/core/stats';
import { createMemoryCrm, createTestClock, type MemoryCrm } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { pull } from '../../src/pull/pull.ts';
import { openReferrals, takeReferralEvents } from '../../src/referrals/open-referrals.ts';
import { createCallMeter } from '../../src/run/call-meter.ts';
import { scoreBook } from '../../src/score/score-book.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';

/**
 * The job of a program, step by step: claims and sales come in (accrue), a person approves, the month is settled, and
 * what referrals change is planned and applied: on opportunities, on contacts and as records. It is killed before or after any one effect, abandoned, and run again from the start.
 */
const SEEDS = Number(process.env['HOLDFAST_SEEDS'] ?? 1000);
const START = Date.parse('2026-01-01T00:00:00Z');
const day = (n: number) => START + n * DAY_MS;
const at = (n: number) => ({ occurredAt: day(n), recordedAt: day(n) });

const program: Program = {
  ...{ id: 'main', name: 'Friends', state: 'active', startsOn: '2020-01-01', endsOn: null, currency: 'EUR' },
  ...{ priority: 1, stackable: false, terms: { version: 't1', url: null, acceptedWithinDays: null }, budget: null },
  policy: {
    ...{ version: 'p1', model: 'best_evidence_then_first', trackingDays: 90, creditDays: 365, protectionDays: 90 },
    ...{ contactedBeforeDays: 30, retainedDays: 180, disputeDays: 30, rulingDays: 14, splitWeights: [10_000] },
    ...{ paysInfluence: false, afterLeaving: 'none', openClaimsPerParticipant: 20 },
  },
  rules: [
    {
      ...{ id: 'won', version: '1', event: 'won', beneficiary: 'referrer', kind: 'credit', tiers: [] },
      amount: { percent: 1000, disclosesAmount: true },
      caps: [{ scope: 'participant', interval: 'year', minor: 60_000 }],
      ...{ durationMonths: 0, priority: 1, startsOn: '2020-01-01', endsOn: null, expiresAfterDays: null },
    },
  ],
  ...{ holdingDays: 10, checksOff: [], approvalAbove: 20_000, jurisdictions: [] },
};

/** The people and accounts of the org, and what happens by the seed. */
interface Story {
  readonly crm: MemoryCrm;
  readonly batches: readonly (readonly ReferralEvent[])[];
}

function tell(seed: number): Story {
  const random = createRandom(seed);
  const below = (n: number) => Math.floor(random.uniform() * n);
  const crm = createMemoryCrm({ clock: createTestClock(START), referralObject: true });
  const people = [1, 2, 3].map((n) => crm.edits.create('contact', { name: `P${n}` }));
  const accounts = [1, 2, 3, 4, 5, 6].map((n) => crm.edits.create('account', { name: `A${n}`, lifecycle: 'customer' }));
  people.forEach((id, n) => void crm.edits.link('contactRole', accounts[n]!, id));
  // their stages are no word of the profile: what became of them is told by the story
  const deals = [3, 4, 5].map((on) => crm.edits.create('opportunity', { accountId: accounts[on]! }));
  const joins = people.map(
    (id, n): ReferralEvent => ({
      ...{ key: `person ${id}`, ...at(0), kind: 'participant' },
      participant: {
        ...{ id, programId: 'main', accountId: accounts[n]!, role: 'customer', status: 'active', statusSince: 0 },
        ...{ termsVersion: 't1', employerPermission: false, segment: 'private', country: 'AT', taxFormOn: null },
      },
    }),
  );
  const claims = Array.from({ length: 2 + below(4) }, (): ReferralEvent => {
    const [by, on, n] = [below(3), 3 + below(3), 1 + below(20)];
    const touch = { participantId: people[by]!, subjectId: accounts[on]!, evidence: 'activity' as const, ...at(n) };
    return {
      ...{ key: `claim ${by}>${on}`, ...at(n), kind: 'claim' },
      claim: {
        ...{ programId: 'main', participantId: people[by]!, referrerAccountId: accounts[by]! },
        ...{ subjectId: accounts[on]!, referredContactId: null, opportunityId: null, introducedAt: day(n) },
        ...{
          consent: 'introduced_in_person',
          code: null,
          touch: { key: `touch ${by}>${on}`, sourceId: null, ...touch },
        },
      },
      known: {
        relation: { customerSince: null, customerUntil: null, opportunities: [], contacts: [] },
        ...{ signals: [], isErased: false },
      },
    };
  });
  const sales = [3, 4, 5].flatMap((on): ReferralEvent[] => {
    const n = 21 + below(10);
    const happened = (type: 'opportunity_opened' | 'won' | 'refunded', when: number, minor: number | null) => ({
      ...{ key: `${type} ${on}`, ...at(when), kind: 'progress' as const },
      progress: {
        ...{ key: `${type} ${on}`, type, subjectId: accounts[on]!, opportunityId: null, ...at(when) },
        ...{ opportunityId: deals[on - 3]!, amount: minor === null ? null : { minor, currency: 'EUR' } },
      },
    });
    const won = 100_000 + below(300_000);
    const refund = random.uniform() < 0.3 ? [happened('refunded', 40 + below(30), Math.floor(won / 3))] : [];
    return [happened('opportunity_opened', n, null), happened('won', n + 5, won), ...refund];
  });
  return { crm, batches: [[...joins, ...claims], sales.sort((a, b) => a.occurredAt - b.occurredAt)] };
}

const profile: OrgProfile = {
  ...{ orgId: 'memory-1', confirmedAt: 1, unit: 'record', currency: 'EUR', rates: {}, timeZone: 'UTC' },
  book: {
    ...{ lifecycles: { customer: 'customer' }, blank: 'other', wonOpportunity: false, activeContract: false },
    pilot: [],
  },
  ...{ opportunities: { stages: {}, pipelines: {}, types: {} }, tickets: { stages: {}, urgent: [] } },
  ...{ contracts: { statuses: {} }, orders: { statuses: {} }, referralSources: [], fiscalYearStartMonth: 1 },
};

const aStore = () => openSqliteStore(':memory:', { clock: createTestClock(day(78)) });

class Killed extends Error {}

/** Counts effects and dies before or after one of them. */
function deadline(killAt: number) {
  let steps = 0;
  const step = async <T>(effect: () => Promise<T>): Promise<T> => {
    steps += 1;
    if (steps === killAt) throw new Killed();
    const result = await effect();
    steps += 1;
    if (steps === killAt) throw new Killed();
    return result;
  };
  return { step, taken: () => steps };
}

const EFFECTS = ['appendReferralEvents', 'noteIntents', 'noteOutcomes', 'saveRun', 'commitPage'] as const;

/** The whole job, as a command runs it: from the journal, whatever an earlier run has left. */
async function run(story: Story, store: Store, step: ReturnType<typeof deadline>['step'], runId: string) {
  const watched = { ...store };
  for (const name of EFFECTS) {
    const effect = store[name] as (...all: readonly unknown[]) => Promise<unknown>;
    Object.assign(watched, { [name]: (...all: readonly unknown[]) => step(() => effect(...all)) });
  }
  const connected = story.crm.connect({ log: () => {} });
  const adapter: CrmAdapter = {
    ...connected,
    write: (entity, batch, signal) => step(() => connected.write(entity, batch, signal)),
  };
  await watched.acquire({ pid: 1, host: 'here', startedAt: 0, purpose: 'test' });
  try {
    const engine = await openReferrals(watched, { programs: [program], rates: [] });
    for (const batch of story.batches) await takeReferralEvents(watched, engine, batch);
    await takeReferralEvents(watched, engine, [{ key: 'day 75', ...at(75), kind: 'day' }]);
    await takeReferralEvents(watched, engine, approvals(engine));
    await takeReferralEvents(watched, engine, [{ key: 'day 76', ...at(76), kind: 'day' }]);
    const settle = { programId: 'main', period: '2026-03', by: 'owner:1', payees: payeesOf(engine) };
    await takeReferralEvents(watched, engine, [{ key: 'settle', ...at(77), kind: 'settle', ...settle }]);
    return await writeBack(watched, adapter, runId);
  } finally {
    await watched.release();
  }
}

/** A person approves what is above the limit; the same rewards whenever the run is repeated. */
function approvals(engine: ReferralEngine): readonly ReferralEvent[] {
  const waiting = [...engine.state.rewards.all()].filter((it) => it.reason === 'needs_approval');
  return waiting.map(
    ({ key }): ReferralEvent => ({
      ...{ key: `approve ${key}`, ...at(75), kind: 'act', by: 'owner:1' },
      does: { act: 'approve', rewardKey: key, why: 'looked at' },
    }),
  );
}

function payeesOf(engine: ReferralEngine) {
  const parties = new Set([...engine.state.rewards.all()].map((it) => it.beneficiary.partyId));
  const payee = { country: 'AT', taxFormOn: null, sanctions: 'clear' as const };
  return Object.fromEntries([...parties].sort().map((id) => [id, payee]));
}

/** What the command does: pull, score the book with its referrals, plan, apply. */
async function writeBack(store: Store, adapter: CrmAdapter, runId: string): Promise<ReferralEngine> {
  const context = { clock: createTestClock(day(78)), random: () => 0.5, meter: createCallMeter() };
  await pull(adapter, store, context);
  const proposals: Proposal[] = [];
  const { opportunity, contact, referral } = adapter.capabilities.write;
  const { engine } = await scoreBook(store, {
    ...{ profile, asOf: day(78), referrals: { programs: [program], journal: 'kept' } },
    writable: { opportunity: opportunity!.fields, contact: contact!.fields, referral: referral!.fields },
    onProposal: (it) => void proposals.push(it),
  });
  const plan = buildPlan({ crm: 'memory', orgId: 'memory-1', asOf: day(78), proposals });
  if (plan.writes.length > 0) await applyPlan(adapter, store, plan, { ...context, runId, attended: true });
  return engine;
}

/** The ledger and what stands in the CRM, without what tells one run from another. */
function picture(story: Story, engine: ReferralEngine): string {
  const stand = (['referral', 'contact', 'opportunity'] as const).map((entity) =>
    story.crm
      .records(entity)
      .map(({ createdAt: _, updatedAt: __, id, ...rest }) =>
        JSON.stringify(entity === 'referral' ? rest : { id, ...rest }),
      )
      .sort(),
  );
  const { ledger, batches } = engine.state.rewards;
  return JSON.stringify([[...ledger.transactions()], [...batches()], stand]);
}

async function uninterrupted(seed: number) {
  const story = tell(seed);
  const { step, taken } = deadline(0);
  const engine = await run(story, aStore(), step, 'whole');
  const written = [
    ...story.crm.records('opportunity').filter((it) => it.referralState !== null),
    ...story.crm.records('contact').filter((it) => it.advocateStatus !== null),
  ];
  const records = story.crm.records('referral').length;
  return { picture: picture(story, engine), steps: taken(), records, written: written.length };
}

describe('killed between any two steps of accrue, approve, settle, write back', () => {
  it(`run again, the ledger and the CRM are those of the uninterrupted run (${SEEDS} seeds)`, async () => {
    let killed = 0;
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const whole = await uninterrupted(seed);
      expect(Math.min(whole.records, whole.written)).toBeGreaterThan(0);
      const story = tell(seed);
      const store = aStore();
      const killAt = 1 + (seed % whole.steps);
      await run(story, store, deadline(killAt).step, 'first').then(
        () => {},
        (error: unknown) => {
          if (!(error instanceof Killed)) throw error;
          killed += 1;
        },
      );
      const engine = await run(story, store, deadline(0).step, 'second');
      expect(picture(story, engine), `seed ${seed}, killed at ${killAt}`).toBe(whole.picture);
      await run(story, store, deadline(0).step, 'third').then((again) =>
        expect(picture(story, again)).toBe(whole.picture),
      );
    }
    expect(killed).toBeGreaterThan(SEEDS * 0.9);
  }, 600_000);
});
