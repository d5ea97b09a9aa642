import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aContact, aLead, aLink, anAccount, anOpportunity, aRole, at, profile } from '../../test/records.ts';
import { proposeReferralWrites } from '../plan/propose-referral-writes.ts';
import { readRows } from '../snapshot/row-reading.ts';
import { DEFAULT_PROGRAM } from './engine/default-program.ts';
import { namedParties } from './engine/named-parties.ts';
import { openReferralEngine } from './engine/open-engine.ts';
import { readBookEvents } from './engine/read-book-events.ts';
import { readRollUps } from './engine/read-roll-ups.ts';
import type { ReferralRows } from './referral-book.ts';
import { readReferralRows } from './referral-rows.ts';
import { trackedReferrals } from './tracked-referrals.ts';
import { unclaimedReferrals } from './unclaimed-referrals.ts';

const keep = (rows: ReferralRows, asOf?: number, parties?: Iterable<string>) =>
  readRows(readReferralRows(profile, parties, asOf), {
    account: rows.accounts,
    contact: rows.contacts,
    contactRole: rows.roles,
    opportunity: rows.opportunities,
    referralLink: rows.links,
    lead: rows.leads ?? [],
  });

type Looking = (asOf: number, named: ReadonlySet<string>) => ReferralRows;
/** Two pulls: by the second one somebody may have an account who had none. */
const track = (look: Looking, first: number, last: number) => {
  const engine = openReferralEngine({ programs: [DEFAULT_PROGRAM], rates: [] });
  const { state } = engine;
  return [first, last].map((asOf) => {
    const rows = look(asOf, namedParties(state));
    const claims = [...state.claims.values()];
    engine.take(readRollUps(rows, { profile, asOf, claims, erased: state.erased }));
    const reading = { profile, program: DEFAULT_PROGRAM, asOf, claims: [...state.claims.values()] };
    engine.take(readBookEvents(rows, reading));
    return { report: trackedReferrals(state, unclaimedReferrals(rows, profile, asOf)), rows };
  });
};
const host = fc.constantFrom('alder.example', 'birch.example', 'gmail.com');

const noon = at('2026-01-01');
const n = fc.integer({ min: 1, max: 6 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const person = maybe(n.map((it) => `contact:${it}`));
const instant = maybe(fc.integer({ min: -200, max: 300 }).map((days) => noon + days * 86_400_000));

const book = fc.record({
  accounts: fc
    .uniqueArray(fc.record({ id: n, domain: maybe(host), createdAt: instant }), {
      maxLength: 6,
      selector: (it) => it.id,
    })
    .map((all) => all.map(({ id, ...set }) => anAccount({ ...set, id: `account:${id}` }))),
  contacts: fc
    .uniqueArray(fc.record({ id: n, referredById: person, createdAt: instant, won: maybe(fc.nat(2)), at: host }), {
      maxLength: 6,
      selector: (it) => it.id,
    })
    .map((all) =>
      all.map(({ id, won, at, ...set }) =>
        aContact({ ...set, id: `contact:${id}`, email: `p${id % 4}@${at}`, referralsWon: won }),
      ),
    ),
  roles: fc
    .array(fc.tuple(n, n, instant), { maxLength: 6 })
    .map((all) => all.map(([a, b, createdAt]) => aRole(`contact:${a}`, `account:${b}`, { createdAt }))),
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
  leads: fc
    .uniqueArray(
      fc.record({
        ...{ id: n, referredById: person, createdAt: instant, at: host },
        source: maybe(fc.constantFrom('Word of mouth', 'Fair')),
        became: maybe(fc.tuple(n, n, maybe(fc.nat(7)))),
      }),
      { maxLength: 3, selector: (it) => it.id },
    )
    .map((all) =>
      all.map(({ id, at: where, became, ...set }) => {
        const [contact, account, opportunity = null] = became ?? [];
        return aLead({
          ...{ ...set, id: `lead:${id}`, email: `l${id}@${where}` },
          convertedContactId: contact === undefined ? null : `contact:${contact}`,
          convertedAccountId: account === undefined ? null : `account:${account}`,
          convertedOpportunityId: opportunity === null ? null : `opportunity:${opportunity}`,
        });
      }),
    ),
  links: fc.array(fc.tuple(n, n), { maxLength: 4 }).map((all) =>
    all.map(([a, b], i) => ({
      ...aLink(`contact:${a}`, `${['contact', 'account', 'lead'][i % 3]}:${b}`, '2026-01-05'),
      id: `link:${i}`,
    })),
  ),
});

describe('the rows that matter to referrals', () => {
  it('give the same referrals and the same writes as the whole book', () => {
    fc.assert(
      fc.property(book, instant, instant, (rows, a, b) => {
        const [on = noon, until = noon] = [a ?? noon, b ?? noon].sort((x, y) => x - y);
        const whole: Looking = () => rows;
        const few: Looking = (asOf, named) => keep(rows, asOf, named);
        const reports = (look: Looking) => track(look, on, until).map(({ report }) => report);
        const writes = (look: Looking) => {
          const { report, rows: read } = track(look, on, until)[1]!;
          return proposeReferralWrites({
            referrals: report.referrals,
            opportunities: read.opportunities,
            contacts: read.contacts,
            leads: read.leads ?? [],
            leadFields: ['referralState'],
            opportunityFields: ['referralState', 'referralCredit'],
            contactFields: ['referralsWon'],
            mayWrite: () => true,
          })
            .map((it) => JSON.stringify(it))
            .sort();
        };
        expect(reports(few)).toEqual(reports(whole));
        expect(writes(few)).toEqual(writes(whole));
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

  it('somebody without an account: of a thousand accounts that of their mailbox is kept, with its sales', () => {
    const all = Array.from({ length: 1000 }, (_, i) => i);
    const kept = keep({
      accounts: all.map((i) => anAccount({ id: `account:${i}`, domain: `a${i}.example` })),
      contacts: all.map((i) => aContact({ id: `contact:${i}`, email: `p@a${i}.example` })),
      roles: [aRole('contact:7', 'account:7')],
      opportunities: all.map((i) => anOpportunity({ id: `opportunity:${i}`, accountId: `account:${i}` })),
      links: [aLink('contact:7', 'contact:8', '2026-01-01')],
    });
    expect(kept.accounts.map(({ id }) => id)).toEqual(['account:8']);
    expect(kept.opportunities.map(({ id }) => id)).toEqual(['opportunity:8']);
  });

  it('a book without claims is gone over once, and one where everybody has an account twice', () => {
    const [first, second, third] = readReferralRows(profile).rounds;
    first?.();
    expect([second?.(), third?.()]).toEqual([{}, {}]);
    const placed = readReferralRows(profile, ['contact:1']).rounds;
    placed[0]?.().contactRole?.(aRole('contact:1', 'account:1'));
    placed[1]?.().contact?.(aContact({ id: 'contact:1', email: 'p@alder.example' }));
    expect(placed[2]?.()).toEqual({});
  });
});
