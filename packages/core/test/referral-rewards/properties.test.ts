import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TRANSACTION_KINDS } from '../../src/ledger/index.ts';
import { REWARD_STATES } from '../../src/model/values.ts';
import type { RewardRule } from '../../src/referral/entities/index.ts';
import {
  buildStatements,
  clearFraud,
  holdCase,
  mergeParties,
  moveReward,
  openRewardBook,
  type RewardBook,
  type RewardChanges,
  type RewardRecord,
  type RewardRows,
  redecide,
  releaseCase,
  upholdFraud,
} from '../../src/referral/rewards/index.ts';
import { at, audit, DAY, decision, event, participant, program, rule, world } from './world.ts';

const RUNS = Number(process.env['HOLDFAST_RUNS'] ?? 200);
const START = at('2026-01-10');

/** One thing that happens; days count from the one before. */
type Happening =
  | { readonly does: 'sales'; readonly sales: readonly Sale[] }
  | { readonly does: 'advance' }
  | { readonly does: 'settle' }
  | { readonly does: 'merge' | 'rule' | 'dispute' | 'release' | 'fraud' | 'appeal'; readonly pick: number }
  | {
      readonly does: 'step';
      readonly pick: number;
      readonly step: 'approve' | 'cancel' | 'fulfil' | 'reverse' | 'clear';
    };

interface Sale {
  readonly kind: 'won' | 'invoice_paid' | 'refunded' | 'cancelled';
  readonly opportunity: number;
  readonly key: number;
  readonly minor: number;
  readonly currency: 'EUR' | 'USD';
  readonly split: number;
}

const CAP = 4_000;
const caps: RewardRule['caps'] = [
  { scope: 'participant', interval: 'quarter', minor: CAP },
  { scope: 'opportunity', interval: 'lifetime', minor: CAP },
  { scope: 'program', interval: 'month', minor: 2 * CAP },
];
const terms = program({
  rules: [
    rule({ caps, expiresAfterDays: 90 }),
    rule({ id: 'r2', event: 'invoice_paid', kind: 'credit', amount: { flat: 333 }, durationMonths: 6 }),
    rule({ id: 'r3', beneficiary: 'referred', kind: 'discount', amount: { flat: 500 }, caps }),
    rule({ id: 'r4', event: 'invoice_paid', amount: { percent: 333, disclosesAmount: true }, caps }),
  ],
  budget: { minor: 5 * CAP, interval: 'year' },
  approvalAbove: 3_900,
  giftCapPerYear: CAP,
});
const people = [
  participant('ann', { role: 'customer', employerPermission: true }),
  participant('bob'),
  participant('cy', { country: null }),
];
const SPLITS = [{ ann: 10_000 }, { bob: 10_000 }, { ann: 5_000, bob: 3_000, cy: 2_000 }, { cy: 10_000 }];

const sales = (kind: Sale['kind'], weight: number) => Array.from({ length: weight }, () => kind);
const saleOf = (opportunities: number): fc.Arbitrary<Sale> =>
  fc.record({
    kind: fc.constantFrom<Sale['kind']>(
      ...sales('won', 5),
      ...sales('invoice_paid', 5),
      ...sales('refunded', 3),
      'cancelled',
    ),
    opportunity: fc.integer({ min: 0, max: opportunities - 1 }),
    key: fc.integer({ min: 0, max: 60 }),
    minor: fc.integer({ min: 0, max: 60_000 }),
    currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'USD'),
    split: fc.integer({ min: 0, max: 3 }),
  });
/** One key stands for one source record, so a batch holds it once. */
const salesOf = (minLength: number, maxLength: number, opportunities = 5) =>
  fc.uniqueArray(saleOf(opportunities), {
    minLength,
    maxLength,
    selector: (it) => `${it.kind}-${it.key}-${it.opportunity}`,
  });
const pick = fc.nat(200);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('sales' as const), sales: salesOf(0, 8) }) },
  { weight: 8, arbitrary: fc.constantFrom<Happening>({ does: 'advance' }, { does: 'settle' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom(
        'rule' as const,
        'dispute' as const,
        'release' as const,
        'fraud' as const,
        'appeal' as const,
      ),
      pick,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('step' as const),
      pick,
      step: fc.constantFrom('approve', 'approve', 'approve', 'cancel', 'fulfil', 'reverse', 'clear', 'clear'),
    }),
  },
);
const merge: fc.Arbitrary<Happening> = fc.record({ does: fc.constant('merge' as const), pick });
const historyOf = (length: number, ...kinds: fc.Arbitrary<Happening>[]) =>
  fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.oneof(...kinds)), { maxLength: length, size: 'max' });

type History = readonly (readonly [number, Happening])[];

/** Plays one happening at an instant; `order` turns a batch round. Returns what there is to store. */
function play(book: RewardBook, what: Happening, now: number, order: 1 | -1 = 1): RewardChanges | undefined {
  const it = world(book, terms, people);
  const day = new Date(now).toISOString();
  if (what.does === 'sales') {
    const sales = order === 1 ? what.sales : what.sales.toReversed();
    return it.give(day, ...sales.map((one) => toInput(one, now)));
  }
  if (what.does === 'advance') return it.advance(day);
  if (what.does === 'settle') {
    const settled = it.settle(day.slice(0, 7), day, { withoutForm: 'above' });
    return settled.refused ? undefined : settled.changes;
  }
  if (what.does === 'dispute') return holdCase(book, `opp:${what.pick % 5}`, now);
  if (what.does === 'release') return releaseCase(book, `opp:${what.pick % 5}`, now);
  if (what.does === 'merge') {
    const [loserId = '', survivorId = ''] = MERGES[what.pick % 2]!;
    return mergeParties(book, { key: `m${now}-${loserId}`, loserId, survivorId }, now);
  }
  const rewards = [...book.all()].map((one) => one.key).sort();
  const key = rewards[what.pick % Math.max(1, rewards.length)];
  if (key === undefined) return undefined;
  if (what.does === 'fraud') return upholdFraud(book, key, now, 30);
  if (what.does === 'appeal') return clearFraud(book, key, now);
  if (what.does === 'step') return moveReward(book, key, { step: what.step, at: now, by: 'owner:1' });
  return giveToOthers(book, key, what.pick, now);
}

const MERGES = [
  ['bob', 'ann'],
  ['account:of-bob', 'account:of-cy'],
];

/** A ruling gives the sale behind a reward to others. */
function giveToOthers(book: RewardBook, key: string, pick: number, now: number): RewardChanges {
  const { eventKey, caseId, eventType, basis, earnedAt } = book.get(key)!;
  const made = decision(SPLITS[pick % 4] as Record<string, number>, { version: 2 + (pick % 3), reason: 'ruled' });
  const change = { opportunityId: caseId, type: eventType, occurredAt: earnedAt, amount: basis };
  const options = world(book, terms, people).rewardOptions(new Date(now).toISOString());
  const input = { event: event(eventKey, '2026-01-01', 0, change), decision: made, program: terms };
  return redecide(book, [input], options);
}

function toInput(one: Sale, now: number) {
  const { key, kind, opportunity, minor, currency, split } = one;
  const amount = kind === 'cancelled' ? null : { minor, currency };
  return {
    event: event(`${kind}-${key}-${opportunity}`, '2026-01-01', 0, {
      type: kind,
      opportunityId: `opp:${opportunity}`,
      occurredAt: now - (key % 3) * DAY,
      amount,
    }),
    decision: decision(SPLITS[split] as Record<string, number>),
  };
}

function run(history: History, order: 1 | -1 = 1, onStep?: (book: RewardBook) => void): RewardBook {
  const book = openRewardBook();
  let now = START;
  for (const [days, what] of history) {
    now += days * DAY;
    play(book, what, now, order);
    onStep?.(book);
  }
  return book;
}

function rowsOf(book: RewardBook): unknown {
  return [
    [...book.all()].sort((a, b) => (a.key < b.key ? -1 : 1)),
    [...book.ledger.transactions()],
    [...book.batches()],
  ];
}

describe('properties of the ledger of rewards', () => {
  it('the generated histories reach every state of a reward and every kind of transaction', () => {
    const states = new Set<string>();
    const kinds = new Set<string>();
    for (const history of fc.sample(historyOf(40, happening, happening, merge), { numRuns: 200, seed: 7 })) {
      const book = run(history, 1, (now) => {
        for (const it of now.all()) states.add(it.state);
      });
      for (const it of book.ledger.transactions()) kinds.add(it.kind);
    }
    expect([...states].sort()).toEqual([...REWARD_STATES].sort());
    expect([...kinds].sort()).toEqual([...TRANSACTION_KINDS].sort());
  });

  it('every transaction balances; liabilities less receivable are what rewards and statements say; nothing is paid twice', () => {
    fc.assert(
      fc.property(historyOf(40, happening, happening, happening, merge), (history) => {
        const book = run(history, 1, (now) => expect(audit(now)).toEqual([]));
        const end = START + 10_000 * DAY;
        for (const line of buildStatements(book.ledger, START + 60 * DAY, end)) {
          const balance = book.ledger.balancesOf(line.partyId).find((it) => it.currency === line.currency);
          expect(line.closing).toBe(balance?.net);
          expect(line.opening + line.accrued - line.reversed - line.paid + line.adjusted).toBe(line.closing);
          expect(line.pending + line.held + line.payable - line.receivable).toBe(line.closing);
        }
        for (const [key, paid] of paidByReward(book)) {
          const reward = book.get(key)!;
          expect(paid).toBe(reward.settled);
          expect(paid).toBeLessThanOrEqual(reward.amount.minor);
        }
        const rows = [...book.batches()].flatMap((it) => it.rows);
        for (const row of rows) expect(row.netted + row.paid + row.held).toBe(row.payable);
        for (const batch of book.batches()) {
          expect(postedFor(book, batch.id, ['net'])).toBe(batch.rows.reduce((sum, it) => sum + it.netted, 0));
          expect(postedFor(book, batch.id, ['pay', 'fulfil'])).toBe(batch.rows.reduce((sum, it) => sum + it.paid, 0));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('caps are never exceeded, also with 50 claims at once; a later batch takes nothing from what was given', () => {
    const many = salesOf(50, 50, 30).map((sales): Happening => ({ does: 'sales', sales }));
    fc.assert(
      fc.property(historyOf(5, happening, many), (history) => {
        const given = new Map<string, number>();
        const book = run(history, 1, (now) => {
          const changed = [...now.all()].filter((it) => (given.get(it.key) ?? it.amount.minor) !== it.amount.minor);
          expect([...changed, ...overCaps(now)]).toEqual([]);
          for (const it of now.all()) given.set(it.key, it.amount.minor);
        });
        expect(audit(book)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('replaying any prefix twice changes nothing', () => {
    fc.assert(
      fc.property(historyOf(40, happening), fc.nat(30), (history, cut) => {
        const book = run(history);
        const before = rowsOf(book);
        const last = START + history.reduce((sum, [days]) => sum + days, 0) * DAY;
        let now = START;
        for (const [days, what] of history.slice(0, cut)) {
          now += days * DAY;
          if (what.does !== 'sales') continue;
          // the same events, recorded again now: keys and days of occurrence are those of then
          const it = world(book, terms, people);
          const again = what.sales.map((one) => toInput(one, now)).filter((one) => book.isSeen(`p1/${one.event.key}`));
          it.give(new Date(last).toISOString(), ...again);
        }
        for (const batch of [...book.batches()])
          world(book, terms, people).settle(batch.period, new Date(last).toISOString());
        expect(rowsOf(book)).toEqual(before);
      }),
      { numRuns: RUNS },
    );
  });

  it('any permutation of simultaneous events gives the same result', () => {
    fc.assert(
      fc.property(historyOf(40, happening, merge), (history) => {
        expect(rowsOf(run(history, -1))).toEqual(rowsOf(run(history)));
      }),
      { numRuns: RUNS },
    );
  });

  it('a book that is stored and opened again after every step goes on as if it had not been', () => {
    fc.assert(
      fc.property(historyOf(40, happening, merge), (history) => {
        const whole = run(history);
        const store = openStore();
        let now = START;
        for (const [days, what] of history) {
          now += days * DAY;
          const book = openRewardBook(store.read());
          store.save(play(book, what, now));
        }
        expect(rowsOf(openRewardBook(store.read()))).toEqual(rowsOf(whole));
      }),
      { numRuns: Math.ceil(RUNS / 4) },
    );
  });
});

/** What a step returns, kept as JSON by key: all that a store has to do. */
function openStore() {
  const rows: { [Key in keyof RewardRows]: Map<string, unknown> } = {
    rewards: new Map(),
    refunds: new Map(),
    seen: new Map(),
    transactions: new Map(),
    batches: new Map(),
    merges: new Map(),
  };
  const names = Object.keys(rows) as (keyof RewardRows)[];
  return {
    save: (changes: RewardChanges | undefined) => {
      for (const name of changes ? names : []) {
        for (const row of changes![name]) {
          const id = typeof row === 'string' ? row : 'key' in row ? row.key : row.id;
          rows[name].set(id, JSON.parse(JSON.stringify(row)));
        }
      }
    },
    read: () => Object.fromEntries(names.map((name) => [name, [...rows[name].values()]])) as unknown as RewardRows,
  };
}

/** What a batch posted, minor units. */
function postedFor(book: RewardBook, source: string, kinds: readonly string[]): number {
  const posted = [...book.ledger.transactions()].filter((it) => it.source === source && kinds.includes(it.kind));
  return posted.reduce((sum, it) => sum + Math.abs(it.postings[0]?.money.minor ?? 0), 0);
}

function paidByReward(book: RewardBook): ReadonlyMap<string, number> {
  const paid = new Map<string, number>();
  for (const { kind, reward, postings } of book.ledger.transactions()) {
    if (reward === null || !['pay', 'fulfil', 'net'].includes(kind)) continue;
    paid.set(reward, (paid.get(reward) ?? 0) + Math.abs(postings[0]?.money.minor ?? 0));
  }
  return paid;
}

const OF = {
  participant: (it: RewardRecord) => it.participantId,
  opportunity: (it: RewardRecord) => it.caseId,
  program: () => 'all',
};

function spanOf(earnedAt: number, interval: 'month' | 'quarter' | 'year' | 'lifetime'): string {
  const day = new Date(earnedAt);
  const months = { month: 1, quarter: 3, year: 12, lifetime: 12 }[interval];
  const span = `${day.getUTCFullYear()}.${Math.floor(day.getUTCMonth() / months)}`;
  return interval === 'lifetime' ? '' : span;
}

/** Recounts from the rewards themselves what each cap has given. */
function overCaps(book: RewardBook): readonly string[] {
  const sums = new Map<string, number>();
  for (const it of book.all()) {
    const of = terms.rules.find((one) => one.id === it.ruleId)!;
    for (const cap of of.caps) {
      const key = `${cap.minor} ${it.ruleId} ${cap.scope} ${spanOf(it.earnedAt, cap.interval)} ${OF[cap.scope](it)}`;
      sums.set(key, (sums.get(key) ?? 0) + it.amount.minor - it.reversed);
    }
    const year = `${5 * CAP} ${new Date(it.earnedAt).getUTCFullYear()}`;
    sums.set(year, (sums.get(year) ?? 0) + it.amount.minor - it.reversed);
    if (it.personal) {
      const gift = `${CAP} gift ${it.beneficiary.partyId} ${new Date(it.earnedAt).getUTCFullYear()}`;
      sums.set(gift, (sums.get(gift) ?? 0) + it.amount.minor - it.reversed);
    }
  }
  return [...sums].filter(([key, sum]) => sum > Number(key.split(' ')[0])).map(([key, sum]) => `${key}: ${sum}`);
}
