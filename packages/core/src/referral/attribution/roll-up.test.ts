import { describe, expect, it } from 'vitest';
import { aContact, aLead, anAccount, anOpportunity, aRole, at, profile } from '../../../test/records.ts';
import { readRollUps } from '../engine/read-roll-ups.ts';
import { indexReferralBook, type ReferralRows } from '../referral-book.ts';
import { partyOf, partyOfSale, rollUp } from './roll-up.ts';

const asOf = at('2026-03-01');
const rows = (set: Partial<ReferralRows> = {}): ReferralRows => ({
  accounts: [
    ...[1, 2, 3].map((n) => anAccount({ id: `account:${n}`, domain: `https://www.c${n}.example/` })),
    anAccount({ id: 'account:4', domain: 'c3.example' }),
    anAccount({ id: 'account:5', domain: 'gmail.com' }),
    anAccount({ id: 'account:6', domain: 'late.example', createdAt: asOf + 1 }),
  ],
  contacts: [],
  ...{ roles: [], opportunities: [], links: [], ...set },
});
const mailed = (email: string | null, roles: ReferralRows['roles'] = []) =>
  rollUp(
    partyOf(indexReferralBook(rows({ contacts: [aContact({ id: 'contact:9', email })], roles }), asOf), 'contact:9'),
  );

describe('the party that a claim is on', () => {
  it.each([
    ['the account of the mailbox', 'Ann+x@C1.example', 'account:1'],
    ['the contact: free mail tells nothing, whatever an account says of itself', 'ann@gmail.com', 'contact:9'],
    ['the contact: two accounts have the domain', 'ann@c3.example', 'contact:9'],
    [
      'the contact: no account has the domain, one below or above it is another one',
      'ann@mail.c1.example',
      'contact:9',
    ],
    ['the contact: the account came later', 'ann@late.example', 'contact:9'],
    ['the contact: there is no address', null, 'contact:9'],
  ])('%s', (_title, email, party) => expect(mailed(email)).toBe(party));

  it('a role goes before the mailbox, the primary one first, and none that came later counts', () => {
    const role = (n: number, set: object) => aRole('contact:9', `account:${n}`, set);
    expect(mailed('ann@c1.example', [role(3, { isPrimary: false }), role(2, {})])).toBe('account:2');
    expect(mailed('ann@c1.example', [role(2, { createdAt: asOf + 1 })])).toBe('account:1');
  });

  it('a lead is what it became, until then itself; an account is itself; a stranger is a person', () => {
    const converted = {
      convertedContactId: 'contact:9',
      convertedAccountId: 'account:2',
      convertedOpportunityId: 'o:1',
    };
    const book = indexReferralBook(
      rows({ leads: [aLead({ id: 'lead:1' }), aLead({ id: 'lead:2', ...converted })] }),
      asOf,
    );
    expect(['lead:1', 'lead:2', 'account:3', 'contact:8'].map((id) => rollUp(partyOf(book, id)))).toEqual([
      ...['lead:1', 'account:2', 'account:3', 'contact:8'],
    ]);
    expect(partyOf(book, 'lead:2')).toEqual({ contactId: 'contact:9', accountId: 'account:2', opportunityId: 'o:1' });
  });

  it('a sale is its account’s, else that of the first person on it, else its own', () => {
    const book = indexReferralBook(rows({ contacts: [aContact({ id: 'contact:9', email: 'ann@c1.example' })] }), asOf);
    const sale = (accountId: string | null, ...contactIds: readonly string[]) =>
      rollUp(partyOfSale(book, { id: 'o:1', accountId, contactIds }));
    expect([sale('account:2', 'contact:9'), sale(null, 'contact:9'), sale(null, 'contact:8'), sale(null)]).toEqual([
      ...['account:2', 'account:1', 'contact:8', 'o:1'],
    ]);
  });
});

describe('who belongs to an account by now', () => {
  const read = (book: ReferralRows, subjects: readonly string[], erased: readonly string[] = []) =>
    readRollUps(book, {
      ...{ profile, asOf, erased: new Set(erased) },
      claims: subjects.map((subjectId) => ({ subjectId, referredContactId: subjectId })),
    });
  const people = { contacts: [aContact({ id: 'contact:9', email: 'ann@c1.example' })] };

  it('of each party once; of nobody who is not shown, was erased, or has none still', () => {
    const events = read(rows(people), ['contact:9', 'contact:9', 'contact:8', 'account:2', 'account:1']);
    expect(events).toMatchObject([
      {
        key: 'roll_up contact:9>account:1',
        occurredAt: asOf,
        recordedAt: asOf,
        fromId: 'contact:9',
        toId: 'account:1',
      },
    ]);
    expect(read(rows(people), ['contact:9'], ['contact:9'])).toEqual([]);
    expect(read(rows(people), ['contact:9'], ['account:1'])).toEqual([]);
  });

  it('with what the book knows of the account: since when it is a customer', () => {
    const won = anOpportunity({ id: 'o:1', accountId: 'account:1', stage: 'signed', closeOn: '2026-01-05' });
    const [event] = read(rows({ ...people, opportunities: [won] }), ['contact:9']);
    expect(event).toMatchObject({ relation: { customerSince: Date.parse('2026-01-05T00:00:00Z') } });
  });

  it('a lead with what it became, also where the claim is on an account already; a sale with its account', () => {
    const became = { convertedContactId: 'contact:9', convertedAccountId: 'account:2', convertedOpportunityId: 'o:1' };
    const book = rows({
      leads: [aLead({ id: 'lead:1', ...became })],
      opportunities: [anOpportunity({ id: 'o:2', accountId: 'account:3' })],
    });
    const told = { fromId: 'lead:1', toId: 'account:2', contactId: 'contact:9', opportunityId: 'o:1' };
    expect(read(book, ['lead:1'])).toMatchObject([told]);
    const claims = [{ subjectId: 'account:7', referredContactId: 'lead:1' }];
    expect(readRollUps(book, { profile, asOf, erased: new Set(), claims })).toMatchObject([told]);
    expect(read(book, ['o:2'])).toMatchObject([{ fromId: 'o:2', toId: 'account:3' }]);
  });
});
