import type { AccountFacts, Id, OrgProfile, Proposal } from '@holdfast/core';
import { DAY_MS, formatInstant } from '@holdfast/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ABook, aBook } from '../../test/support/a-book.ts';
import { pull } from '../pull/pull.ts';
import { type ScoreBookOptions, scoreBook } from './score-book.ts';

const profile: OrgProfile = {
  orgId: 'memory-1',
  confirmedAt: 1,
  book: {
    lifecycles: { customer: 'customer' },
    blank: 'other',
    wonOpportunity: false,
    activeContract: false,
    pilot: [],
  },
  opportunities: { stages: {}, pipelines: {}, types: {} },
  tickets: { stages: { open: 'open' }, urgent: ['urgent'] },
  contracts: { statuses: { signed: 'active' } },
  orders: { statuses: {} },
  referralSources: [],
  unit: 'record',
  currency: 'EUR',
  rates: { USD: { rate: 0.5, on: '2026-01-01' } },
  timeZone: 'UTC',
  fiscalYearStartMonth: 1,
};

let book: ABook;
beforeEach(async () => {
  book = await aBook();
});
afterEach(() => book.close());

const day = (shift: number) => formatInstant(book.clock.now() + shift * DAY_MS).slice(0, 10);

async function score(over: Partial<ScoreBookOptions> = {}) {
  const facts = new Map<Id, AccountFacts>();
  const bands = new Map<Id, string>();
  const proposals: Proposal[] = [];
  const scored = await scoreBook(book.store, {
    profile,
    asOf: book.clock.now(),
    writable: { account: ['healthScore', 'healthBand', 'revenueAtRisk'] },
    onScored: (slice, it) => {
      facts.set(slice.account.id, it.facts);
      bands.set(slice.account.id, it.score.band);
    },
    onProposal: (proposal) => void proposals.push(proposal),
    ...over,
  });
  return { facts, bands, proposals, scored };
}

describe('scoring a stored book', () => {
  it('an account whose owner left, or that nobody owns, is told from one in good hands', async () => {
    const [here, left] = [true, false].map((active) => book.crm.edits.create('owner', { name: 'O', active })) as [
      Id,
      Id,
    ];
    const owned = [here, left, null].map((ownerId) =>
      book.crm.edits.create('account', { lifecycle: 'customer', ownerId }),
    );
    await pull(book.adapter, book.store, book.context);
    const { facts } = await score();
    expect(owned.map((id) => facts.get(id)?.ownerMissing)).toEqual([0, 1, 1]);
  });

  it('whoever else reads the whole book goes along: every account once, whatever its role, one reading of the store', async () => {
    const [customer, other] = ['customer', 'lead'].map((lifecycle) => book.crm.edits.create('account', { lifecycle }));
    await pull(book.adapter, book.store, book.context);
    let readings = 0;
    const slices: typeof book.store.slices = (range) => {
      readings += 1;
      return book.store.slices(range);
    };
    const seen: Id[] = [];
    const scored: Id[] = [];
    await scoreBook(
      { ...book.store, slices },
      {
        ...{ profile, asOf: book.clock.now(), writable: {}, workers: 2 },
        onRecords: ({ account }) => void seen.push(account.id),
        onScored: ({ account }) => void scored.push(account.id),
      },
    );
    expect(seen.sort()).toEqual([customer, other].sort());
    expect([scored, readings]).toEqual([[customer], 1]);
  });

  it('what the CRM no longer shows is unavailable, not zero and not of yesterday; when it comes back it counts again', async () => {
    const account = book.crm.edits.create('account', { lifecycle: 'customer' });
    book.crm.edits.create('ticket', {
      accountId: account,
      stage: 'open',
      priority: 'urgent',
      openedAt: book.clock.now(),
    });
    await pull(book.adapter, book.store, book.context);
    expect((await score()).facts.get(account)).toMatchObject({ openUrgentTickets: 1 });
    const { read, ...rest } = book.adapter.capabilities;
    const { ticket: _, ...without } = read;
    const refused = { ...book.adapter, capabilities: { ...rest, read: without, unavailable: { ticket: 'no scope' } } };
    await pull(refused, book.store, book.context);
    expect((await score()).facts.get(account)).toMatchObject({ openUrgentTickets: null, ticketVolumeTrend: null });
    await pull(book.adapter, book.store, book.context);
    expect((await score()).facts.get(account)).toMatchObject({ openUrgentTickets: 1 });
  });

  it('an amount in a record of another currency is proposed in that currency, without a rate not at all', async () => {
    for (const currency of ['EUR', 'USD', 'CHF', null]) {
      const id = book.crm.edits.create('account', {
        lifecycle: 'customer',
        currency,
        noticeGivenOn: day(-1),
        renewalOn: day(30),
        recurring: { minor: 100_000, currency: 'EUR' },
      });
      expect(id).toBeTruthy();
    }
    await pull(book.adapter, book.store, book.context);
    const { proposals } = await score({ amounts: { currency: 'USD', ofRecord: true } });
    const amounts = proposals.map(({ write }) => (write?.entity === 'account' ? write.write.set.revenueAtRisk : null));
    const [eur, usd, chf, none] = amounts;
    expect([eur?.currency, usd?.currency, chf, none?.currency]).toEqual(['EUR', 'USD', undefined, 'USD']);
    expect(Math.abs((usd?.minor ?? 0) - 2 * (eur?.minor ?? 0))).toBeLessThanOrEqual(1);
    expect(proposals.map(({ leftOut }) => leftOut)).toEqual([
      undefined,
      undefined,
      "no rate for the record's currency",
      undefined,
    ]);
  });

  it('a past instant is scored without the band that the record holds today', async () => {
    const id = book.crm.edits.create('account', {
      lifecycle: 'customer',
      healthBand: 'healthy',
      healthScore: 90,
      bandSince: day(20),
      noticeGivenOn: null,
      renewalOn: day(10),
      managerView: 'bad',
    });
    book.crm.edits.create('ticket', { accountId: id, stage: 'open', priority: 'urgent', openedAt: book.clock.now() });
    await pull(book.adapter, book.store, book.context);
    // the band begins twenty days after the instant that is scored: it cannot hold then
    const held = await score();
    book.crm.edits.edit('account', id, { healthBand: null, bandSince: null, healthScore: null });
    await pull(book.adapter, book.store, book.context);
    expect(held.bands.get(id)).toBe((await score()).bands.get(id));
  });

  it('refuses to score by ultimate parent until that is built, in one sentence', async () => {
    await expect(score({ profile: { ...profile, unit: 'ultimate_parent' as never } })).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringMatching(/ultimate parent.*"record"/),
    });
  });

  it('a value named like a property of every object is unmapped like any other', async () => {
    const id = book.crm.edits.create('account', { lifecycle: 'constructor' });
    book.crm.edits.create('ticket', { accountId: id, stage: 'toString' });
    book.crm.edits.create('opportunity', { accountId: id, stage: 'valueOf', type: 'constructor' });
    await pull(book.adapter, book.store, book.context);
    const { scored } = await score();
    expect(scored.roles).toEqual({ other: 1 });
    expect(scored.problems.map(({ message }) => /means/.test(message))).toHaveLength(4);
  });

  it('a touch that names a contact and no account belongs to the contact’s primary account', async () => {
    const [first, second] = [1, 2].map(() => book.crm.edits.create('account', { lifecycle: 'customer' })) as [Id, Id];
    const person = book.crm.edits.create('contact', {});
    book.crm.edits.link('contactRole', first, person);
    book.crm.edits.create('ticket', {
      contactId: person,
      stage: 'open',
      priority: 'urgent',
      openedAt: book.clock.now(),
    });
    book.crm.edits.create('activity', { contactIds: [person], kind: 'meeting', occurredAt: book.clock.now() });
    book.crm.edits.create('surveyResponse', {
      contactId: person,
      kind: 'nps',
      score: 3,
      respondedAt: book.clock.now(),
    });
    await pull(book.adapter, book.store, book.context);
    const { facts } = await score();
    expect(facts.get(first)).toMatchObject({ openUrgentTickets: 1, twoWayTouches90: 1, npsLast: 3 });
    expect(facts.get(second)).toMatchObject({ openUrgentTickets: 0, twoWayTouches90: 0, npsLast: null });
  });
});
