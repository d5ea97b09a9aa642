import {
  buildPlan,
  DAY_MS,
  type Id,
  type OrgProfile,
  type PlannedWrite,
  type Program,
  type Proposal,
} from '@holdfast/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ABook, aBook } from '../../test/support/a-book.ts';
import { applyPlan } from '../apply/apply-plan.ts';
import { undoRun } from '../apply/undo-run.ts';
import { pull } from '../pull/pull.ts';
import { type BookReferrals, type ScoredBook, scoreBook } from './score-book.ts';

const profile: OrgProfile = {
  ...{ orgId: 'memory-1', confirmedAt: 1, unit: 'record', currency: 'EUR', rates: {}, timeZone: 'UTC' },
  book: {
    lifecycles: { customer: 'customer', lead: 'prospect', reseller: 'partner' },
    ...{ blank: 'other', wonOpportunity: false, activeContract: false, pilot: [] },
  },
  opportunities: { stages: { talking: 'open', signed: 'won' }, pipelines: {}, types: { new: 'new' } },
  ...{ tickets: { stages: {}, urgent: [] }, contracts: { statuses: {} }, orders: { statuses: {} } },
  ...{ referralSources: ['Word of mouth'], fiscalYearStartMonth: 1 },
};
/** 10 % of the sale as credit, held for 30 days. */
const program: Program = {
  ...{ id: 'friends', name: 'Friends', state: 'active', startsOn: '2020-01-01', endsOn: null, currency: 'EUR' },
  ...{ priority: 1, stackable: false, terms: { version: 't1', url: null, acceptedWithinDays: null }, budget: null },
  policy: {
    ...{ version: 'p1', model: 'best_evidence_then_first', trackingDays: 90, creditDays: 365, protectionDays: 90 },
    ...{ contactedBeforeDays: 30, retainedDays: 180, disputeDays: 30, rulingDays: 14, splitWeights: [10_000] },
    ...{ paysInfluence: false, afterLeaving: 'none', openClaimsPerParticipant: 20 },
  },
  rules: [
    {
      ...{ id: 'won', version: '1', event: 'won', beneficiary: 'referrer', kind: 'credit', tiers: [], caps: [] },
      ...{ amount: { percent: 1000, disclosesAmount: true }, durationMonths: 0, priority: 1, startsOn: '2020-01-01' },
      ...{ endsOn: null, expiresAfterDays: null },
    },
  ],
  ...{ holdingDays: 30, checksOff: [], approvalAbove: null, jurisdictions: [] },
};

let book: ABook;
let ada: Id;
let grace: Id;
let rival: Id;
let [home, party, rivals]: readonly Id[] = [];
let deal: Id;
beforeEach(async () => {
  book = await aBook({ referralObject: true });
  const { create, link } = book.crm.edits;
  [home, party, rivals] = ['customer', 'lead', 'customer'].map((lifecycle) => create('account', { lifecycle }));
  [ada, grace, rival] = ['Ada', 'Grace', 'Rival'].map((name) => create('contact', { name })) as [Id, Id, Id];
  link('contactRole', home!, ada);
  link('contactRole', party!, grace);
  link('contactRole', rivals!, rival);
  link('referralLink', ada, grace);
  book.clock.advance(DAY_MS);
  link('referralLink', rival, grace);
  book.clock.advance(DAY_MS);
  deal = create('opportunity', {
    ...{ accountId: party!, stage: 'talking', type: 'new', amount: { minor: 100_000, currency: 'EUR' } },
  });
  book.clock.advance(DAY_MS);
});
afterEach(() => book.close());

/** Pull, score, plan: what would be written. */
async function plan(over: BookReferrals = {}) {
  await pull(book.adapter, book.store, book.context);
  return score({ programs: [program], journal: 'kept', ...over });
}

async function score(referrals: BookReferrals, asOf = book.clock.now()) {
  const { opportunity, contact, referral } = book.adapter.capabilities.write;
  const proposals: Proposal[] = [];
  const scored = await scoreBook(book.store, {
    ...{ profile, asOf, referrals },
    writable: { opportunity: opportunity!.fields, contact: contact!.fields, referral: referral!.fields },
    onProposal: (it) => void proposals.push(it),
  });
  const made = buildPlan({ crm: 'memory', orgId: 'memory-1', asOf, proposals });
  return { scored, made, heldBack: made.heldBack };
}

const apply = async (made: Awaited<ReturnType<typeof plan>>['made'], runId: string) =>
  (await applyPlan(book.adapter, book.store, made, { ...book.context, runId, attended: true })).counts;
const win = (closeOn = '2026-01-04') => book.crm.edits.edit('opportunity', deal, { stage: 'signed', closeOn });
const setsOf = (writes: readonly PlannedWrite[]) => writes.map(({ entity, write }) => [entity, write.set]);
const statesOf = ({ referrals }: ScoredBook) => referrals.referrals.map((it) => [it.referrerId, it.state, it.credit]);
const journal = async () => {
  const events = [];
  for await (const batch of book.store.referralBatches()) events.push(...batch);
  return events;
};

describe('referrals written back by plan', () => {
  it('the sale, who referred and a record of each claim; planned again after the apply there is nothing to do', async () => {
    win();
    const { made, scored } = await plan();
    expect(statesOf(scored)).toEqual([
      [ada, 'won', 'sourced'],
      [rival, 'duplicate', 'none'],
    ]);
    expect(setsOf(made.writes)).toMatchObject([
      ['contact', { advocateStatus: 'active', referralsWon: 1 }],
      ['contact', { advocateStatus: 'active' }],
      ['opportunity', { referralState: 'won', referralCredit: 'sourced' }],
      ['referral', {}],
      ['referral', {}],
    ]);
    expect(await apply(made, 'one')).toMatchObject({ written: 5, conflict: 0, failed: 0 });
    const records = book.crm.records('referral');
    expect(records.find((it) => it.advocateId === ada)).toMatchObject({
      ...{ state: 'won', credit: 'sourced', claimedOn: '2026-01-01', policyVersion: 'p1', prospectId: grace },
      ...{ advocateAccountId: home, accountId: party, opportunityId: deal },
      ...{ rewardState: 'held', rewardAmount: { minor: 10_000, currency: 'EUR' } },
    });
    expect(records.find((it) => it.advocateId === rival)).toMatchObject({
      ...{ state: 'duplicate', credit: 'none', decisionReason: 'This introduction could not be taken up.' },
      ...{ rewardState: null, rewardAmount: null },
    });
    expect((await plan()).made.writes).toEqual([]);
    // 30 days later the reward is no longer held: that alone is written
    book.clock.advance(31 * DAY_MS);
    const later = (await plan()).made;
    expect(setsOf(later.writes)).toEqual([['referral', { rewardState: 'payable' }]]);
  });

  it('undo takes every value back and the records away', async () => {
    win();
    await apply((await plan()).made, 'one');
    const undone = await undoRun(book.adapter, book.store, 'one', { ...book.context });
    expect(undone.counts).toMatchObject({ written: 5, conflict: 0, failed: 0 });
    expect(book.crm.records('referral')).toEqual([]);
    expect(book.crm.records('opportunity')).toMatchObject([{ referralState: null, referralCredit: null }]);
    const empty = { advocateStatus: null, referralsWon: null };
    expect(book.crm.records('contact')).toMatchObject([empty, empty, empty]);
  });

  it('merged accounts: the claims keep their records; two that became one leave one that says so; nothing is made anew', async () => {
    const { create, link, merge } = book.crm.edits;
    const other = create('account', { lifecycle: 'lead' });
    const person = create('contact', { name: 'Twin' });
    link('contactRole', other, person);
    link('referralLink', ada, person);
    await apply((await plan()).made, 'one');
    expect(book.crm.records('referral')).toHaveLength(3);
    merge('account', other, party!);
    const { made } = await plan();
    expect(made.writes.filter((it) => it.entity === 'referral').every(({ write }) => 'id' in write.target)).toBe(true);
    await apply(made, 'two');
    const stand = book.crm.records('referral').map((it) => [it.advocateId, it.accountId, it.state]);
    expect(stand).toHaveLength(3);
    expect(stand).toContainEqual([ada, other, 'opportunity']);
    expect(stand.filter(([advocate, , state]) => advocate === ada && state === 'duplicate')).toHaveLength(1);
    expect((await plan()).made.writes).toEqual([]);
  });

  it('an account that a person left out, or outside the book: neither it nor what leads to it is written', async () => {
    book.crm.edits.edit('account', party!, { excluded: true });
    const left = await plan();
    expect(setsOf(left.made.writes).map(([entity]) => entity)).toEqual(['contact', 'contact']);
    // the sale, both records, and the account itself, which is a prospect and has no score
    expect(left.heldBack).toMatchObject({ 'outside the book': 4 });
    book.crm.edits.edit('account', party!, { excluded: null });
    book.crm.edits.edit('account', home!, { lifecycle: 'reseller' });
    const { made } = await plan();
    expect(made.writes.map(({ entity }) => entity)).toEqual(['contact', 'opportunity', 'referral']);
    expect(made.writes.find(({ entity }) => entity === 'contact')?.write.target).toEqual({ id: rival });
  });

  it('without a program of its own nobody has a place in one: state and credit only', async () => {
    const { made } = await plan({ programs: [] });
    const sets = setsOf(made.writes).filter(([entity]) => entity !== 'referral');
    expect(sets).toEqual([['opportunity', { referralState: 'opportunity' }]]);
  });

  it('a person who was erased is named in no record any more', async () => {
    await plan();
    const at = book.clock.now();
    const { store } = book;
    const erased = { key: 'erased', occurredAt: at, recordedAt: at, kind: 'erase', partyId: grace } as const;
    await store.appendReferralEvents([{ ...erased, tombstones: [], withdrawn: [] }]);
    await store.forget(grace);
    const { made } = await score({ programs: [program] });
    expect(JSON.stringify(made)).not.toContain(grace);
  });
});

describe('the journal', () => {
  it('is written where it is kept, and only there; a look says the same', async () => {
    await pull(book.adapter, book.store, book.context);
    const looked = await score({ programs: [program] });
    expect(await journal()).toEqual([]);
    const kept = await score({ programs: [program], journal: 'kept' });
    expect(kept.made).toEqual(looked.made);
    const written = await journal();
    expect(written.length).toBeGreaterThan(0);
    expect((await score({ programs: [program], journal: 'kept' })).made).toEqual(looked.made);
    expect(await journal()).toEqual(written);
  });

  it('a past instant is followed from what the journal held then, and leaves no trace', async () => {
    await plan();
    const then = book.clock.now();
    book.clock.advance(DAY_MS);
    win('2026-01-05');
    expect(statesOf((await plan()).scored)[0]).toEqual([ada, 'won', 'sourced']);
    const written = await journal();
    const past = await score({ programs: [program], journal: 'past' }, then);
    expect(statesOf(past.scored)[0]).toEqual([ada, 'opportunity', null]);
    expect(await journal()).toEqual(written);
  });

  it('a program that has ended takes nobody new, and what was claimed in it is followed to the sale', async () => {
    await plan();
    book.clock.advance(10 * DAY_MS);
    win('2026-01-14');
    const [person, account] = [book.crm.edits.create('contact', {}), book.crm.edits.create('account', {})];
    book.crm.edits.link('contactRole', account, person);
    book.crm.edits.link('referralLink', ada, person);
    const { scored } = await plan({ programs: [{ ...program, state: 'ended', endsOn: '2026-01-10' }] });
    expect(statesOf(scored)).toEqual([
      [ada, 'won', 'sourced'],
      [rival, 'duplicate', 'none'],
      [ada, 'rejected', null],
    ]);
    expect(scored.referrals.referrals.at(-1)).toMatchObject({ accountId: account, reason: 'program_not_active' });
  });

  it('a source value that names nobody is under review until somebody claims the party', async () => {
    book.crm.edits.create('opportunity', {
      accountId: rivals!,
      stage: 'talking',
      type: 'new',
      source: 'Word of mouth',
    });
    const { scored } = await plan();
    expect(scored.referrals.counts).toEqual({ opportunity: 1, duplicate: 1, under_review: 1 });
    expect(scored.referrals.referrals.at(-1)).toMatchObject({ referrerId: null, reason: 'referrer_unknown' });
  });
});

it('what is found in mails and said by checks is taken along: their parties are read with the book', async () => {
  const { create, link } = book.crm.edits;
  const [account, person] = [create('account', { lifecycle: 'lead' }), create('contact', { name: 'New' })] as const;
  link('contactRole', account, person);
  const at = book.clock.now();
  const screened: (Id | null)[] = [];
  const { scored } = await plan({
    findTouches: async () => [
      {
        ...{ key: 'mail 1', participantId: ada, subjectId: account, evidence: 'activity', sourceId: 'activity:1' },
        ...{ occurredAt: at, recordedAt: at },
      },
    ],
    screen: async () => (claim) => {
      screened.push(claim.participant.id);
      return { signals: [], isErased: false };
    },
  });
  expect(scored.referrals.referrals.find((it) => it.accountId === account)).toMatchObject({
    ...{ referrerId: ada, evidence: 'activity', state: 'accepted' },
  });
  expect(screened.sort()).toEqual([ada, ada, rival].sort());
});
