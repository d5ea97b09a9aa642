import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aContact, aLink, anAccount, anOpportunity, aRole, at, profile } from '../../test/records.ts';
import type { Opportunity } from '../model/types.ts';
import { DEFAULT_PROGRAM } from './engine/default-program.ts';
import { openReferralEngine } from './engine/open-engine.ts';
import { readBookEvents } from './engine/read-book-events.ts';
import { normaliseEmail } from './normalise-email.ts';
import type { ReferralRows } from './referral-book.ts';
import { trackedReferrals } from './tracked-referrals.ts';
import { unclaimedReferrals } from './unclaimed-referrals.ts';

/** Person n of account n, for n from 1 to 5. */
const people = [1, 2, 3, 4, 5];
const rows = (set: Partial<ReferralRows> = {}): ReferralRows => ({
  accounts: people.map((n) => anAccount({ id: `account:${n}` })),
  contacts: people.map((n) => aContact({ id: `contact:${n}`, email: `p${n}@c${n}.example` })),
  roles: people.map((n) => aRole(`contact:${n}`, `account:${n}`)),
  opportunities: [],
  links: [],
  ...set,
});
const sale = (n: number, openedOn: string, set: Partial<Opportunity> = {}) =>
  anOpportunity({ id: `opportunity:${n}`, accountId: `account:${n}`, createdAt: at(openedOn), ...set });
/** What one pull of these rows comes to: a journal of its own, followed by the default program. */
const reportOf = (book: ReferralRows, asOf: number) => {
  const engine = openReferralEngine({ programs: [DEFAULT_PROGRAM], rates: [] });
  engine.take(readBookEvents(book, { profile, program: DEFAULT_PROGRAM, asOf }));
  engine.take([{ key: 'day', occurredAt: asOf, recordedAt: asOf, kind: 'day' }]);
  return trackedReferrals(engine.state, unclaimedReferrals(book, profile, asOf));
};
const track = (set: Partial<ReferralRows>, on: string) => reportOf(rows(set), at(on)).referrals;
const first = (set: Partial<ReferralRows>, on: string) => {
  const { state, credit, reason, opportunityId } = track(set, on)[0] ?? {};
  return { state, credit, reason, opportunityId };
};
const link = aLink('contact:1', 'contact:2', '2026-01-01');

describe('from claim to retained: 1 introduced 2 on 2026-01-01', () => {
  const links = [link];
  const won = sale(2, '2026-02-01', { stage: 'signed', closeOn: '2026-03-01' });

  it('accepted while nothing has happened, expired after 90 days of 24 hours; credit is decided at conversion only', () => {
    expect(first({ links }, '2026-03-31')).toEqual({
      state: 'accepted',
      credit: null,
      reason: 'accepted',
      opportunityId: null,
    });
    // noon of 2026-01-01 + 90 days = noon of 2026-04-01, the first instant that is no longer in it
    expect(first({ links }, '2026-04-01')).toMatchObject({
      state: 'expired',
      credit: null,
      reason: 'tracking_window_passed',
    });
  });

  it('opportunity, then won and credited, then retained 180 days later (2026-08-28)', () => {
    const opportunities = [won];
    expect(first({ links, opportunities }, '2026-02-15')).toMatchObject({
      state: 'opportunity',
      credit: null,
      opportunityId: 'opportunity:2',
    });
    expect(first({ links, opportunities }, '2026-03-01')).toMatchObject({ state: 'won', credit: 'sourced' });
    expect(first({ links, opportunities }, '2026-08-27').state).toBe('won');
    expect(first({ links, opportunities }, '2026-08-28')).toMatchObject({ state: 'retained', credit: 'sourced' });
  });

  it('an account that left before is not retained', () => {
    const accounts = [anAccount({ id: 'account:2', churnedOn: '2026-07-01' })];
    expect(first({ links, opportunities: [won], accounts }, '2026-12-01')).toMatchObject({
      state: 'won',
      credit: 'sourced',
    });
  });

  it('lost, and reopened by a new sale within the credit window', () => {
    const lost = sale(2, '2026-02-01', { stage: 'gone', closeOn: '2026-03-01' });
    const again = { ...sale(2, '2026-06-01'), id: 'opportunity:9' };
    expect(first({ links, opportunities: [lost] }, '2026-05-01')).toMatchObject({ state: 'lost', credit: null });
    expect(first({ links, opportunities: [lost, again] }, '2026-06-02')).toMatchObject({
      state: 'reopened',
      opportunityId: 'opportunity:9',
    });
    const late = { ...again, createdAt: at('2027-01-02') };
    expect(first({ links, opportunities: [lost, late] }, '2027-02-01').state).toBe('lost');
  });

  it('opened more than 90 days later, or won more than 365 days later: no credit', () => {
    expect(first({ links, opportunities: [sale(2, '2026-04-02')] }, '2026-05-01').state).toBe('expired');
    const slow = sale(2, '2026-02-01', { stage: 'signed', closeOn: '2027-01-02' });
    expect(first({ links, opportunities: [slow] }, '2027-01-03')).toMatchObject({
      state: 'expired',
      credit: 'none',
      reason: 'credit_window_passed',
    });
    expect(first({ links, opportunities: [{ ...slow, closeOn: '2027-01-01' }] }, '2027-01-03').credit).toBe('sourced');
  });

  it('a renewal does not count as what the introduction led to', () => {
    expect(first({ links, opportunities: [sale(2, '2026-02-01', { type: 'renewal' })] }, '2026-03-01').state).toBe(
      'accepted',
    );
  });
});

describe('influenced at most', () => {
  it('an opportunity that was open at the claim', () => {
    const opportunities = [sale(2, '2025-12-01', { stage: 'signed', closeOn: '2026-03-01' })];
    expect(first({ links: [link], opportunities }, '2026-02-01')).toMatchObject({
      state: 'influenced',
      reason: 'open_opportunity',
    });
    expect(first({ links: [link], opportunities }, '2026-03-02')).toMatchObject({ state: 'won', credit: 'influenced' });
  });

  it('an existing customer, until the credit window ends', () => {
    const opportunities = [sale(2, '2025-06-01', { stage: 'signed', closeOn: '2025-09-01' })];
    expect(first({ links: [link], opportunities }, '2026-02-01')).toMatchObject({
      state: 'influenced',
      reason: 'existing_relation',
    });
    expect(first({ links: [link], opportunities }, '2027-01-01')).toMatchObject({
      state: 'expired',
      credit: null,
      reason: 'credit_window_passed',
    });
  });

  it('not by a sale that was over before the introduction: lost, or won from a customer who has left since', () => {
    const [lost, again] = [
      { stage: 'gone', closeOn: '2025-09-01' },
      { ...sale(2, '2026-02-01'), id: 'opportunity:9' },
    ];
    const left = [anAccount({ id: 'account:2', churnedOn: '2025-12-01' })];
    for (const [past, accounts] of [
      [sale(2, '2025-06-01', lost), [anAccount({ id: 'account:2' })]],
      [sale(2, '2025-06-01', { ...lost, stage: 'signed' }), left],
    ] as const) {
      const book = { links: [link], accounts };
      expect(first({ ...book, opportunities: [past] }, '2026-01-15')).toMatchObject({
        ...{ state: 'accepted', opportunityId: null },
      });
      const won = { ...again, stage: 'signed', closeOn: '2026-03-01' } as const;
      expect(first({ ...book, opportunities: [past, won] }, '2026-04-01')).toMatchObject({
        ...{ state: 'won', credit: 'sourced', opportunityId: 'opportunity:9' },
      });
    }
  });

  it('an opportunity that was lost on the day of the introduction was open before it', () => {
    const opportunities = [sale(2, '2025-12-01', { stage: 'gone', closeOn: '2026-01-01' })];
    expect(first({ links: [link], opportunities }, '2026-02-01').state).not.toBe('accepted');
  });

  it('an opportunity opened on the very day of the claim is its result', () => {
    expect(first({ links: [link], opportunities: [sale(2, '2026-01-01')] }, '2026-02-01').state).toBe('opportunity');
  });
});

describe('refused with a reason', () => {
  it('oneself: same contact, same account', () => {
    expect(first({ links: [aLink('contact:1', 'contact:1', '2026-01-01')] }, '2026-02-01')).toMatchObject({
      state: 'rejected',
      credit: null,
      reason: 'self_referral',
    });
    const roles = [aRole('contact:1', 'account:1'), aRole('contact:2', 'account:1')];
    expect(first({ roles, links: [link] }, '2026-02-01').reason).toBe('self_referral');
  });

  it('loops of two and of three', () => {
    const back = aLink('contact:2', 'contact:1', '2026-01-05');
    expect(track({ links: [link, back] }, '2026-02-01').map((it) => it.reason)).toEqual(['accepted', 'loop']);
    const three = [link, aLink('contact:2', 'contact:3', '2026-01-02'), aLink('contact:3', 'contact:1', '2026-01-03')];
    expect(track({ links: three }, '2026-02-01').map((it) => it.state)).toEqual(['accepted', 'accepted', 'rejected']);
  });
});

describe('the first valid claim', () => {
  const rival = aLink('contact:3', 'contact:2', '2026-01-10');

  it('holds the account: a later rival is a duplicate while the first is protected', () => {
    const both = track(
      { links: [rival, link], opportunities: [sale(2, '2026-02-01', { stage: 'signed', closeOn: '2026-03-01' })] },
      '2026-04-01',
    );
    expect(both.map((it) => [it.referrerId, it.state, it.credit, it.reason])).toEqual([
      ['contact:1', 'won', 'sourced', 'progressed'],
      ['contact:3', 'duplicate', 'none', 'earlier_claim_protected'],
    ]);
    expect(both[0]?.protectedUntil).toBe(at('2026-04-01'));
  });

  it('lets go after its protection without an opportunity, and the next one takes over', () => {
    const late = aLink('contact:3', 'contact:2', '2026-04-02');
    const opportunities = [sale(2, '2026-04-10')];
    expect(track({ links: [link, late], opportunities }, '2026-05-01').map((it) => it.state)).toEqual([
      'expired',
      'opportunity',
    ]);
  });

  it('a refused claim does not hold: the rival becomes the first valid one', () => {
    const self = aLink('contact:2', 'contact:2', '2025-12-01');
    expect(track({ links: [self, rival] }, '2026-02-01').map((it) => it.state)).toEqual(['rejected', 'accepted']);
  });

  it('a field that a person filled in and a link are evidence of one strength: the earlier day holds', () => {
    const contacts = [
      aContact({ id: 'contact:1' }),
      aContact({ id: 'contact:2', referredById: 'contact:1', createdAt: at('2026-01-01') }),
      aContact({ id: 'contact:3' }),
    ];
    expect(track({ contacts, links: [rival] }, '2026-02-01').map((it) => it.state)).toEqual(['accepted', 'duplicate']);
  });

  it('at the same instant the lower id is first', () => {
    const same = [aLink('contact:4', 'contact:2', '2026-01-01'), aLink('contact:3', 'contact:2', '2026-01-01')];
    expect(track({ links: same }, '2026-02-01').find((it) => it.state === 'accepted')?.referrerId).toBe('contact:3');
  });
});

describe('where the claim stands in the CRM', () => {
  it('a field on the opportunity and a link are one claim, from the earlier day', () => {
    const opportunities = [
      sale(2, '2026-01-20', { referredById: 'contact:1', contactIds: ['contact:2'], source: 'Word of mouth' }),
    ];
    const all = track({ links: [link], opportunities }, '2026-02-01');
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({
      id: 'default/contact:1>account:2',
      referrerAccountId: 'account:1',
      evidence: 'recorded',
      claimedAt: at('2026-01-01'),
      state: 'opportunity',
    });
  });

  it('a bare source value says that somebody referred: under review until the referrer is named', () => {
    const opportunities = [
      sale(2, '2026-01-20', { source: 'Word of mouth' }),
      sale(3, '2026-01-20', { source: 'Fair' }),
    ];
    expect(track({ opportunities }, '2026-02-01')).toMatchObject([
      { state: 'under_review', credit: null, reason: 'referrer_unknown', opportunityId: 'opportunity:2' },
    ]);
  });

  it('a link to somebody whom the CRM does not show: under review until the record is mended', () => {
    expect(track({ links: [aLink('contact:9', 'contact:2', '2026-01-01')] }, '2026-02-01')).toMatchObject([
      { id: 'contact:9>account:2', state: 'under_review', credit: null, reason: 'unknown_participant' },
    ]);
  });

  it('an undated claim counts from the pull that saw it; a claim from after the instant does not exist yet', () => {
    const undated = { links: [aLink('contact:1', 'contact:2', null)] };
    expect(track(undated, '2026-02-01')).toMatchObject([{ state: 'accepted', claimedAt: at('2026-02-01') }]);
    expect(track({ links: [link] }, '2025-12-31')).toEqual([]);
  });

  it('counts by state', () => {
    const links = [link, aLink('contact:3', 'contact:3', '2026-01-01'), aLink('contact:3', 'contact:4', '2026-01-01')];
    expect(reportOf(rows({ links }), at('2026-02-01')).counts).toEqual({ accepted: 2, rejected: 1 });
  });
});

describe('properties', () => {
  const person = fc.integer({ min: 1, max: 5 });
  const days = fc.integer({ min: 0, max: 300 });
  const someLinks = fc.array(fc.tuple(person, person, days), { maxLength: 12 });

  it('does not depend on the order of the rows, and credits at most one referrer per sale', () => {
    fc.assert(
      fc.property(someLinks, fc.array(fc.tuple(person, days), { maxLength: 6 }), (pairs, sales) => {
        const start = at('2026-01-01');
        const day = (n: number) => start + n * 86_400_000;
        const links = pairs.map(([a, b, n], i) => ({
          ...aLink(`contact:${a}`, `contact:${b}`, null),
          id: `link:${i}`,
          claimedAt: day(n),
        }));
        const opportunities = sales.map(([n, d], i) => ({
          ...sale(n, '2026-01-01'),
          id: `opportunity:${i}`,
          createdAt: day(d),
          ...(i % 2 === 0 && { stage: 'signed', closeOn: new Date(day(d + 20)).toISOString().slice(0, 10) }),
        }));
        const forward = reportOf(rows({ links, opportunities }), day(301));
        const backward = reportOf(
          rows({
            links: [...links].reverse(),
            opportunities: [...opportunities].reverse(),
            contacts: [...rows().contacts].reverse(),
          }),
          day(301),
        );
        expect(backward).toEqual(forward);
        const sourced = forward.referrals.filter(({ credit }) => credit === 'sourced');
        expect(new Set(sourced.map(({ opportunityId }) => opportunityId)).size).toBe(sourced.length);
      }),
    );
  });
});

describe('mailboxes', () => {
  it('are equal without case, plus tag and, for Gmail, dots', () => {
    expect(normaliseEmail(' A.B+news@Example.com ')).toBe('a.b@example.com');
    expect(normaliseEmail('a.b+c@googlemail.com')).toBe('ab@gmail.com');
    expect([normaliseEmail('nobody'), normaliseEmail(null), normaliseEmail('a@b')]).toEqual([null, null, null]);
  });
});
