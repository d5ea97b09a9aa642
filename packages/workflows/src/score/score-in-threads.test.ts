import { setTimeout as sleep } from 'node:timers/promises';
import { DAY_MS, EMPTY_CHECKPOINT, type Entities, type Id, type OrgProfile } from '@holdfast/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ABook, aBook } from '../../test/support/a-book.ts';
import type { Store } from '../store/store.ts';
import { type ScoreBookOptions, scoreBook } from './score-book.ts';

const ACCOUNTS = 1_100;
const profile: OrgProfile = {
  orgId: 'memory-1',
  confirmedAt: 1,
  book: {
    lifecycles: { customer: 'customer', lead: 'prospect' },
    blank: 'other',
    wonOpportunity: false,
    activeContract: false,
    pilot: [],
  },
  opportunities: { stages: {}, pipelines: {}, types: {} },
  tickets: { stages: { open: 'open' }, urgent: ['urgent'] },
  contracts: { statuses: {} },
  orders: { statuses: {} },
  referralSources: [],
  unit: 'record',
  currency: 'EUR',
  rates: {},
  timeZone: 'Europe/Berlin',
  fiscalYearStartMonth: 1,
};

let book: ABook;
beforeEach(async () => {
  book = await aBook();
});
afterEach(() => book.close());

const idOf = (n: number): Id => `company:${n}`;
const onDay = (n: number) => new Date(book.clock.now() + n * DAY_MS).toISOString().slice(0, 10);

/** Accounts of every kind: customers, prospects, one that a person left out, words that nobody explained, one merged away. */
async function fill() {
  const dated = { createdAt: 1, updatedAt: 1 };
  const accounts = Array.from({ length: ACCOUNTS }, (_, n) => ({
    ...dated,
    id: idOf(n),
    name: n % 5 === 0 ? null : `Account ${n}`,
    lifecycle: n % 7 === 0 ? 'lead' : n % 11 === 0 ? `odd ${n % 3}` : 'customer',
    excluded: n % 13 === 0,
    renewalOn: n % 3 === 0 ? null : onDay(n % 400),
    recurring: { minor: 1_000 * n, currency: 'EUR' },
    noticeGivenOn: n % 50 === 1 ? onDay(-3) : null,
    managerView: n % 4 === 0 ? 'bad' : null,
    ownerId: null,
    churnedOn: null,
    seatsBought: null,
    seatsUsed: null,
    healthBand: null,
    bandSince: null,
    healthScore: null,
  })) as unknown as Entities['account'][];
  const tickets = Array.from({ length: ACCOUNTS }, (_, n) => ({
    ...dated,
    id: `ticket:${n}`,
    accountId: idOf((n * 7) % ACCOUNTS),
    contactId: null,
    stage: n % 9 === 0 ? 'strange' : 'open',
    priority: n % 2 === 0 ? 'urgent' : 'low',
    openedAt: book.clock.now() - n * DAY_MS,
    closedAt: n % 2 === 0 ? null : 1,
    escalated: n % 6 === 0,
  })) as unknown as Entities['ticket'][];
  await put('account', accounts, []);
  await put('ticket', tickets, []);
  await put('account', [], [{ id: idOf(2), at: null, mergedInto: idOf(1) }]);
}

async function put<E extends 'account' | 'ticket'>(
  entity: E,
  upsert: readonly Entities[E][],
  gone: readonly { readonly id: Id; readonly at: null; readonly mergedInto: Id }[],
) {
  const effects = {
    upsert,
    keepNewer: false,
    seen: [],
    rejects: [],
    gone,
    goneEntity: entity,
    replace: null,
    sweep: null,
  };
  await book.store.commitPage(entity, { checkpoint: EMPTY_CHECKPOINT, effects });
}

/** The store, read so slowly in this thread that the other one takes most blocks. */
function slowHere(): Store {
  const slices: Store['slices'] = async function* (range) {
    await sleep(400);
    yield* book.store.slices(range);
  };
  return { ...book.store, slices };
}

/** Everything that a run says, in the order in which it says it, as one text. */
async function all(workers: 1 | 2, over: Partial<ScoreBookOptions> = {}): Promise<string> {
  const said: unknown[] = [];
  const scored = await scoreBook(workers === 2 ? slowHere() : book.store, {
    profile,
    asOf: book.clock.now(),
    writable: { account: ['healthScore', 'healthBand', 'reasons'] },
    workers,
    onScored: ({ account, role }, it, line) => said.push([account.id, role, it.facts, it.score, it.movement, line]),
    onProposal: (proposal) => said.push(proposal),
    ...over,
  });
  return JSON.stringify([said, scored]);
}

describe('scoring in two threads', () => {
  it('says the same, in the same order, as one: byte for byte, movements since an earlier run included', async () => {
    await fill();
    const first = await all(1, { snapshots: { runId: 'r1' } });
    expect(await all(2)).toBe(first);
    expect(first).not.toContain('"judgedBy"');
    await put('account', [{ ...(await book.store.get('account', idOf(4)))!, managerView: 'good' }], []);
    const later = { asOf: book.clock.now() + 7 * DAY_MS };
    const alone = await all(1, later);
    expect(alone).toContain('"judgedBy"');
    expect(await all(2, later)).toBe(alone);
    expect(await all(2, { ...later, snapshots: { runId: 'r2' } })).toBe(alone);
    const kept = await book.store.snapshots(later.asOf, { from: '', limit: ACCOUNTS });
    expect(kept.length).toBeGreaterThan(700);
    expect(await all(1, { ...later, snapshots: { runId: 'r3' } })).toBe(alone);
    expect(await book.store.snapshots(later.asOf, { from: '', limit: ACCOUNTS })).toEqual(kept);
  });

  it('what a callback throws, and a signal, end both threads', async () => {
    await fill();
    const stop = new AbortController();
    const onScored = () => stop.abort(new Error('enough'));
    await expect(all(2, { onScored, signal: stop.signal })).rejects.toThrow('enough');
    const failing = () => {
      throw new Error('disk full');
    };
    await expect(all(2, { onScored: failing })).rejects.toThrow('disk full');
  });

  it('what the second thread throws is thrown here', async () => {
    await fill();
    const lost = { ...slowHere(), file: `${book.workspace.folder}/no-such.db` };
    const run = scoreBook(lost, { profile, asOf: book.clock.now(), writable: {}, workers: 2 });
    await expect(run).rejects.toThrow(/no-such|unable to open/);
  });
});

describe('movement of a score since the run before', () => {
  it('a bad view given since then is an input; days gone by are time; the sum is the whole', async () => {
    await fill();
    await all(1, { snapshots: { runId: 'r1' } });
    await put('account', [{ ...(await book.store.get('account', idOf(1)))!, managerView: 'bad' }], []);
    const moved = new Map<Id, unknown>();
    await all(1, {
      asOf: book.clock.now() + 7 * DAY_MS,
      onScored: ({ account }, { movement }) => void moved.set(account.id, movement),
    });
    const movement = moved.get(idOf(1)) as { total: number; inputs: number; model: number; time: number };
    expect(movement).toMatchObject({ model: 0, evidence: null, modelVersion: null });
    expect(movement).toMatchObject({
      drivers: expect.arrayContaining([expect.objectContaining({ feature: 'managerView' })]),
    });
    expect(movement.inputs + movement.model + movement.time).toBeCloseTo(movement.total, 12);
  });
});
