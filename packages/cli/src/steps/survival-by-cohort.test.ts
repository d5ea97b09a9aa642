import type { AccountLine, AccountRecords, Order, OrgProfile } from '@holdfast/core';

import { describe, expect, it } from 'vitest';
import { aContract, anAccount, anOpportunity } from '../../test/blank-records.ts';
import { type AccountSpell, accountSpell } from './account-spell.ts';
import { openBookHistory } from './book-history.ts';
import { openSurvival, survivalPicture } from './survival-by-cohort.ts';

const at = (day: string) => Date.parse(`${day}T12:00:00Z`);
const profile: OrgProfile = {
  orgId: 'memory-1',
  confirmedAt: 1,
  book: { lifecycles: { customer: 'customer' }, blank: 'other', wonOpportunity: true, activeContract: true, pilot: [] },
  opportunities: { stages: { won: 'won' }, pipelines: {}, types: { new: 'new' } },
  tickets: { stages: {}, urgent: [] },
  contracts: { statuses: { ended: 'ended', active: 'active' } },
  orders: { statuses: {} },
  referralSources: [],
  unit: 'record',
  currency: 'EUR',
  rates: {},
  timeZone: 'Europe/Vienna',
  fiscalYearStartMonth: 1,
};

function records(made: string, terms: readonly (readonly [from: string, to: string])[]): AccountRecords {
  const stamps = { createdAt: at(made), updatedAt: at(made) };
  const none = { owner: null, parentId: null, childIds: [], contacts: [], roles: [], opportunities: [], orders: [] };
  return {
    ...none,
    ...{ orderLines: [], tickets: [], activities: [], surveys: [], usage: [] },
    account: anAccount({ ...stamps, id: 'company:1', lifecycle: 'customer' }),
    contracts: terms.map(([startsOn, endsOn], index) =>
      aContract({ ...stamps, id: `contract:${index}`, accountId: 'company:1', status: 'ended', startsOn, endsOn }),
    ),
  };
}

describe('survival taken along in the pass that scores', () => {
  it('counts accounts as they come; without a spell there is no picture', () => {
    const survival = openSurvival(profile, at('2026-01-01'));
    expect(survival.finish()).toBeNull();
    survival.add(records('2024-01-01', []));
    expect(survival.finish()).toBeNull();
    survival.add(records('2024-01-01', [['2024-01-01', '2024-12-31']]));
    expect(survival.finish()).toMatchObject({ firstLossOn: '2024-12-31', left: { orderBased: 0, unclear: 0 } });
  });
});

describe('accounts as the returns of referrals look at them', () => {
  const historyOf = (it: AccountRecords, margin?: number, recurring = { minor: 100_000, currency: 'EUR' }) => {
    const own = margin === undefined ? profile : { ...profile, grossMargin: margin };
    const history = openBookHistory(own, at('2026-01-01'));
    history.add(it);
    history.addScored({ id: 'company:1', recurring } as AccountLine);
    return history.finish().accounts;
  };
  const lost = records('2024-01-01', [['2024-01-01', '2024-12-31']]);

  it('since its first term, lost at its decision; 40 % of 1,000.00 a year is 400.00', () => {
    expect(historyOf(lost, 0.4)).toEqual([
      { accountId: 'company:1', sinceOn: '2024-01-01', segment: null, lost: true, annualMargin: 40_000 },
    ]);
  });

  it('no share of margin, or an amount in another currency: the margin is not known', () => {
    expect(historyOf(lost)[0]?.annualMargin).toBeNull();
    expect(historyOf(lost, 0.4, { minor: 100_000, currency: 'USD' })[0]?.annualMargin).toBeNull();
  });

  it('a decision that is still ahead is not known yet; who never bought is no customer', () => {
    expect(historyOf(records('2025-06-01', [['2025-06-01', '2026-05-31']]))[0]?.lost).toBeNull();
    expect(historyOf(records('2024-01-01', []))).toEqual([]);
  });

  it('without contracts the first order says since when', () => {
    const order = (id: string, orderedOn: string) => ({ id, accountId: 'company:1', orderedOn, status: 'x' }) as Order;
    const orders = [order('order:2', '2025-03-01'), order('order:1', '2025-02-01'), order('order:3', '2026-02-01')];
    expect(historyOf({ ...records('2024-01-01', []), orders })[0]?.sinceOn).toBe('2025-02-01');
  });
});

describe('the spell of an account (hand calculation)', () => {
  const spell = (it: AccountRecords) => accountSpell(it, profile, '2026-01-01');

  it('a term that nobody followed up within 60 days is lost at its end', () => {
    expect(spell(records('2024-01-01', [['2024-01-01', '2024-12-31']]))).toEqual({
      startsOn: '2024-01-01',
      seenFrom: '2024-01-01',
      until: '2024-12-31',
      end: 'lost',
    });
  });

  it('renewed once, then running: still there on the day of asking', () => {
    const terms = [
      ['2024-06-01', '2025-05-31'],
      ['2025-06-01', '2026-05-31'],
    ] as const;
    expect(spell(records('2024-06-01', terms))).toMatchObject({ until: '2026-01-01', end: 'still there' });
  });

  it('pending: watched until the end of the term, not beyond', () => {
    const pending = records('2024-12-01', [['2024-12-01', '2025-11-30']]);
    expect(spell(pending)).toMatchObject({ until: '2025-11-30', end: 'still there' });
  });

  it('a first record made late: seen from that day on (left truncation)', () => {
    const late = records('2024-09-15', [['2024-01-01', '2024-12-31']]);
    expect(spell(late)).toMatchObject({ startsOn: '2024-01-01', seenFrom: '2024-09-15' });
  });

  it('a renewal day and no decision yet: in its first term, watched until that day at most', () => {
    const first = records('2025-03-01', []);
    const opportunities = [
      {
        ...anOpportunity({ id: 'opportunity:1', stage: 'won', type: 'new', closeOn: '2025-03-01' }),
        accountId: 'company:1',
      },
    ];
    const running = { ...first, opportunities, account: { ...first.account, renewalOn: '2026-03-01' } };
    expect(spell(running)).toMatchObject({ startsOn: '2025-03-01', until: '2026-01-01', end: 'still there' });
    const passed = { ...running, account: { ...running.account, renewalOn: '2025-11-30' } };
    expect(spell(passed)).toMatchObject({ until: '2025-11-30', end: 'still there' });
  });

  it('nothing bought: never a customer', () => {
    expect(spell(records('2024-01-01', []))).toBe('none');
  });
});

describe('survival by cohort', () => {
  const many = (n: number, set: Partial<AccountSpell>): readonly AccountSpell[] =>
    Array.from({ length: n }, () => ({
      ...{ startsOn: '2023-01-01', seenFrom: '2023-01-01', until: '2025-01-01', end: 'still there' as const },
      ...set,
    }));
  const left = { orderBased: 0, unclear: 0 };

  it('40 started, 10 lost after a year: three quarters stay (hand calculation)', () => {
    const spells = [
      ...many(30, {}),
      ...many(10, { until: '2023-12-31', end: 'lost' }),
      ...many(3, { startsOn: '2022-01-01', seenFrom: '2022-01-01' }),
    ];
    const picture = survivalPicture(spells, left);
    const [curve] = picture.curves;
    expect(picture.curves).toHaveLength(1);
    expect(picture.left.small).toBe(3);
    // The first loss on record is 2023-12-31: nobody is watched before the day before it, day 363.
    expect(curve).toMatchObject({ label: '2023', accounts: 40, lost: 10 });
    expect(curve?.fromYears).toBeCloseTo(363 / 365.25, 12);
    expect(curve?.marks.find(({ years }) => years === 2)).toMatchObject({ share: 0.75, atRisk: 30 });
    expect(curve?.points.at(-1)).toMatchObject({ share: 0.75 });
  });

  it('an account that entered late is not counted as having stayed before (hand calculation)', () => {
    const spells = [
      ...many(1, { startsOn: '2020-01-01', seenFrom: '2020-01-01', until: '2020-06-30', end: 'lost' }),
      ...many(20, { until: '2023-07-01', end: 'lost' }),
      ...many(20, {}),
      // Seen from 2024 on only: without their late entry the share would be 80 of 100.
      ...many(60, { seenFrom: '2024-01-01' }),
    ];
    const curve = survivalPicture(spells, left).curves.find(({ label }) => label === '2023');
    const [mark] = curve?.marks ?? [];
    expect(mark).toMatchObject({ years: 1, share: 0.5, atRisk: 80 });
  });

  it('ended before it was seen: not in it, and counted', () => {
    const spells = [...many(25, {}), ...many(2, { seenFrom: '2025-06-01' })];
    expect(survivalPicture(spells, left).left.unwatched).toBe(2);
  });

  it('ends from outside are counted apart: 10 and 5 of 50 within a year (hand calculation)', () => {
    const spells = [
      ...many(1, { startsOn: '2020-01-01', seenFrom: '2020-01-01', until: '2020-01-31', end: 'lost' }),
      ...many(34, {}),
      ...many(10, { until: '2023-07-01', end: 'lost' }),
      ...many(5, { until: '2023-07-01', end: 'outside' }),
    ];
    const { shares } = survivalPicture(spells, left);
    // The one account of 2020 is lost on day 30, when all 50 are watched.
    expect(shares?.lost).toBeCloseTo(11 / 50, 12);
    expect(shares?.outside).toBeCloseTo(5 / 50, 12);
  });
});
