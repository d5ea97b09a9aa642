import { describe, expect, it } from 'vitest';
import type { ReferralClaim } from '../referral/entities/index.ts';
import { countedIntroductions } from './counted-introductions.ts';
import { type CreditedIntroduction, creditedIntroductions } from './credited-introductions.ts';
import { type PartyFacts, partyValues } from './party-values.ts';

const DAY = Date.parse('2026-01-01T09:00:00Z');
const claim = (by: string, on: string, change: Partial<ReferralClaim> = {}) =>
  ({
    ...{
      id: `main/${by}>${on}`,
      programId: 'main',
      participantId: `person ${by}`,
      referrerAccountId: by,
      subjectId: on,
    },
    ...{ introducedAt: DAY, state: 'won', credit: 'sourced', history: [{ to: 'won', at: DAY + 86_400_000 }] },
    ...change,
  }) as unknown as ReferralClaim;

describe('the sales behind introductions', () => {
  const candidate = (referralId: string, credit: string, share: number) => ({ referralId, credit, share });
  const stateOf = (sales: Record<string, readonly [wonAt: number, ...versions: readonly object[][]]>) =>
    ({
      claims: new Map([claim('a', 'x'), claim('b', 'x')].map((it) => [it.id, it])),
      sales: new Map(Object.entries(sales).map(([id, [occurredAt]]) => [id, { won: { occurredAt } }])),
      decisions: new Map(
        Object.entries(sales).map(([id, [, ...versions]]) => [
          id,
          new Map([['main', versions.map((candidates) => ({ candidates }))]]),
        ]),
      ),
    }) as unknown as Parameters<typeof creditedIntroductions>[0];
  const short = (found: readonly CreditedIntroduction[]) =>
    found.map((it) => [it.referrerId, it.opportunityId, it.type, it.share]);

  it('of two sales to one party the first counts, by the decision that stands', () => {
    const first = [candidate('main/a>x', 'sourced', 10_000)];
    const then = [candidate('main/b>x', 'sourced', 6000), candidate('main/a>x', 'sourced', 4000)];
    const found = creditedIntroductions(stateOf({ later: [2, first], sale: [1, first, then] }));
    expect(short(found)).toEqual([
      ['a', 'sale', 'one', 4000],
      ['b', 'sale', 'one', 6000],
    ]);
  });

  it('nobody is sourced: the best that influenced it is of type two; nobody at all: none', () => {
    const influenced = [candidate('main/b>x', 'influenced', 0), candidate('main/a>x', 'influenced', 0)];
    expect(short(creditedIntroductions(stateOf({ sale: [1, influenced] })))).toEqual([['b', 'sale', 'two', 10_000]]);
    expect(creditedIntroductions(stateOf({ sale: [1, [candidate('main/a>x', 'none', 0)]] }))).toEqual([]);
  });
});

describe('values of parties over a year of margin', () => {
  const credit = (referrerId: string, subjectId: string, change: Partial<CreditedIntroduction> = {}) => ({
    ...{
      referralId: `main/${referrerId}>${subjectId}`,
      programId: 'main',
      participantId: referrerId,
      referrerId,
      subjectId,
    },
    ...{ opportunityId: `sale ${subjectId}`, type: 'one' as const, share: 10_000, introducedAt: 0, wonAt: 1 },
    ...{ state: 'won' as const, ...change },
  });
  const facts = new Map<string, PartyFacts>([
    ['x', { lost: false, annualMargin: 1000 }],
    ['gone', { lost: true, annualMargin: null }],
    ['unknown', { lost: null, annualMargin: null }],
  ]);
  const costs = {
    of: (id: string) => (id.endsWith('>x') ? { rewards: 90, discounts: 10 } : undefined),
    withoutRate: (id: string) => id === 'dollars',
  };
  const valuesOf = (...credited: CreditedIntroduction[]) => partyValues(credited, facts, costs, 500);

  it('type one by hand: 1,000 + 500 - 100 = 1,400; one that is lost brings what winning it would have cost', () => {
    const { one, two, total } = valuesOf(credit('a', 'x'), credit('a', 'gone'));
    expect([one.parties, one.value, two.parties, total]).toEqual([2, 1900, 0, 1900]);
  });

  it('type two: what winning it would have cost, and no more', () => {
    expect(valuesOf(credit('a', 'x', { type: 'two' }))).toMatchObject({ two: { parties: 1, value: 500 }, total: 500 });
  });

  it('shared credit: 1,000 + 500 less both rewards of 100 each, 6 to 4: 780 and 520', () => {
    const { referrers, one } = valuesOf(credit('a', 'x', { share: 4000 }), credit('b', 'x', { share: 6000 }));
    expect(referrers.shown.map((it) => [it.referrerId, it.direct])).toEqual([
      ['b', 780],
      ['a', 520],
    ]);
    expect([one.parties, one.value]).toEqual([1, 1300]);
  });

  it('nobody counts twice: a second program of the same party is passed over, a sale that was taken back too', () => {
    const again = credit('b', 'x', { programId: 'other', wonAt: 2 });
    expect(valuesOf(credit('a', 'x'), again).total).toBe(1400);
    expect(valuesOf(credit('a', 'x', { state: 'reversed' })).total).toBe(0);
  });

  it('what is not known is left out and counted, never 0', () => {
    const found = valuesOf(credit('a', 'unknown'), credit('a', 'x', { programId: 'dollars' }));
    expect(found).toMatchObject({ withoutMargin: 1, withoutRate: 1, total: 0, one: { parties: 0 } });
  });
});

describe('introductions that the K-factor counts', () => {
  it('each party once for each account that made it; won by the credited one alone', () => {
    const lost = { credit: 'influenced' as const };
    const counted = countedIntroductions(
      [
        claim('a', 'x', { introducedAt: DAY - 1, credit: null, history: [] }),
        claim('a', 'x', { id: 'main/other of a>x', introducedAt: DAY }),
        claim('b', 'x', lost),
        claim('c', 'x', { state: 'duplicate' }),
        claim('d', 'y', { referrerAccountId: null }),
      ],
      'UTC',
    );
    expect(counted).toEqual([
      { referrerId: 'a', introducedOn: '2026-01-01', wonOn: '2026-01-02' },
      { referrerId: 'b', introducedOn: '2026-01-01', wonOn: null },
    ]);
  });

  it('shared credit: the earliest of them won it, so that nobody is a new customer twice', () => {
    const counted = countedIntroductions([claim('b', 'x', { introducedAt: DAY + 1 }), claim('a', 'x')], 'UTC');
    expect(counted.map((it) => [it.referrerId, it.wonOn])).toEqual([
      ['a', '2026-01-02'],
      ['b', null],
    ]);
  });
});
