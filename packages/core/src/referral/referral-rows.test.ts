import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aContact, aLink, anAccount, anOpportunity, aRole, at, profile } from '../../test/records.ts';
import { proposeReferralWrites } from '../plan/propose-referral-writes.ts';
import { readRows } from '../snapshot/row-reading.ts';
import { DEFAULT_PROGRAM } from './engine/default-program.ts';
import { openReferralEngine } from './engine/open-engine.ts';
import { readBookEvents } from './engine/read-book-events.ts';
import type { ReferralRows } from './referral-book.ts';
import { readReferralRows } from './referral-rows.ts';
import { trackedReferrals } from './tracked-referrals.ts';
import { unclaimedReferrals } from './unclaimed-referrals.ts';

const keep = (rows: ReferralRows) =>
  readRows(readReferralRows(profile), {
    account: rows.accounts,
    contact: rows.contacts,
    contactRole: rows.roles,
    opportunity: rows.opportunities,
    referralLink: rows.links,
  });

const track = (from: ReferralRows, asOf: number) => {
  const engine = openReferralEngine({ programs: [DEFAULT_PROGRAM], rates: [] });
  engine.take(readBookEvents(from, { profile, program: DEFAULT_PROGRAM, asOf }));
  return trackedReferrals(engine.state, unclaimedReferrals(from, profile, asOf));
};

const noon = at('2026-01-01');
const n = fc.integer({ min: 1, max: 6 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const person = maybe(n.map((it) => `contact:${it}`));
const instant = maybe(fc.integer({ min: -200, max: 300 }).map((days) => noon + days * 86_400_000));

const book = fc.record({
  accounts: fc.uniqueArray(n, { maxLength: 6 }).map((all) => all.map((it) => anAccount({ id: `account:${it}` }))),
  contacts: fc
    .uniqueArray(fc.record({ id: n, referredById: person, createdAt: instant, won: maybe(fc.nat(2)) }), {
      maxLength: 6,
      selector: (it) => it.id,
    })
    .map((all) =>
      all.map(({ id, won, ...set }) =>
        aContact({ ...set, id: `contact:${id}`, email: `p${id % 4}@c.example`, referralsWon: won }),
      ),
    ),
  roles: fc
    .array(fc.tuple(n, n), { maxLength: 8 })
    .map((all) => all.map(([a, b]) => aRole(`contact:${a}`, `account:${b}`))),
  opportunities: fc
    .array(
      fc.record({
        accountId: maybe(n.map((it) => `account:${it}`)),
        contactIds: fc.array(
          n.map((it) => `contact:${it}`),
          { maxLength: 2 },
        ),
        referredById: person,
        source: maybe(fc.constantFrom('Word of mouth', 'Fair')),
        createdAt: instant,
        stage: fc.constantFrom('signed', null),
      }),
      { maxLength: 8 },
    )
    .map((all) =>
      all.map((set, i) => anOpportunity({ ...set, id: `opportunity:${i}`, closeOn: set.stage && '2026-03-01' })),
    ),
  links: fc.array(fc.tuple(n, n), { maxLength: 4 }).map((all) =>
    all.map(([a, b], i) => ({
      ...aLink(`contact:${a}`, `${i % 2 === 0 ? 'contact' : 'account'}:${b}`, '2026-01-05'),
      id: `link:${i}`,
    })),
  ),
});

describe('the rows that matter to referrals', () => {
  it('give the same referrals and the same writes as the whole book', () => {
    fc.assert(
      fc.property(book, instant, (rows, asOf) => {
        const on = asOf ?? noon;
        const writes = (from: ReferralRows) =>
          proposeReferralWrites({
            referrals: track(from, on).referrals,
            opportunities: from.opportunities,
            contacts: from.contacts,
            opportunityFields: ['referralState', 'referralCredit'],
            contactFields: ['referralsWon'],
            mayWrite: () => true,
          })
            .map((it) => JSON.stringify(it))
            .sort();
        const kept = keep(rows);
        expect(track(kept, on)).toEqual(track(rows, on));
        expect(writes(kept)).toEqual(writes(rows));
      }),
      { numRuns: 500 },
    );
  });

  it('are few: one claim in a book of a thousand keeps the two people, their accounts and sales', () => {
    const all = Array.from({ length: 1000 }, (_, i) => i);
    const kept = keep({
      accounts: all.map((i) => anAccount({ id: `account:${i}` })),
      contacts: all.map((i) => aContact({ id: `contact:${i}` })),
      roles: all.map((i) => aRole(`contact:${i}`, `account:${i}`)),
      opportunities: all.map((i) => anOpportunity({ id: `opportunity:${i}`, accountId: `account:${i}` })),
      links: [aLink('contact:7', 'contact:8', '2026-01-01')],
    });
    expect(kept.accounts.map(({ id }) => id)).toEqual(['account:8']);
    expect(kept.contacts.map(({ id }) => id)).toEqual(['contact:7', 'contact:8']);
    expect(kept.roles).toHaveLength(2);
    expect(kept.opportunities.map(({ id }) => id)).toEqual(['opportunity:8']);
  });

  it('a book without claims is gone over once', () => {
    const [first, second] = readReferralRows(profile).rounds;
    first?.();
    expect(second?.()).toEqual({});
  });
});
