import { expect, it } from 'vitest';
import { aContact, aLink, anAccount, anOpportunity, aRole, at, profile } from '../../../test/records.ts';
import type { ContactRole } from '../../model/types.ts';
import type { DecidedClaim } from './decided-parties.ts';
import { DEFAULT_PROGRAM } from './default-program.ts';
import { readBookEvents } from './read-book-events.ts';

/** Contact 1 introduced contact 9, who works at account 2; whom the journal has claims on, and what the book says then. */
const read = (...claims: readonly Partial<DecidedClaim>[]) => readWith([aRole('contact:9', 'account:2')], claims);
const readWith = (roles: readonly ContactRole[], claims: readonly Partial<DecidedClaim>[]) => {
  const rows = {
    ...{ accounts: [1, 2, 3].map((n) => anAccount({ id: `account:${n}` })), roles },
    ...{
      contacts: [1, 9].map((n) => aContact({ id: `contact:${n}` })),
      links: [aLink('contact:1', 'contact:9', '2026-01-05')],
    },
    opportunities: [
      anOpportunity({ id: 'o:1', accountId: null, contactIds: ['contact:9'], createdAt: at('2026-01-10') }),
    ],
  };
  const events = readBookEvents(rows, {
    ...{ profile, program: DEFAULT_PROGRAM, asOf: at('2026-02-01') },
    claims: claims.map((it) => ({
      ...{
        participantId: 'contact:1',
        subjectId: 'account:3',
        referredContactId: 'contact:9',
        state: 'accepted',
        introducedAt: at('2026-01-05'),
        ...it,
      },
    })),
  });
  return events.flatMap((it) =>
    it.kind === 'claim'
      ? [it.claim.subjectId, it.claim.touch.subjectId]
      : it.kind === 'progress'
        ? [it.progress.subjectId]
        : [],
  );
};

it('a claim is read where the book has the person, their sale without an account goes there too', () => {
  expect(read()).toEqual(['account:2', 'account:2', 'account:2']);
});

it('a claim of the journal stays where it is, whoever works elsewhere by now; so does their sale', () => {
  expect(read({})).toEqual(['account:3', 'account:3', 'account:3']);
});

it('of several that of the book goes first; what was rejected, or somebody else claimed, binds nobody', () => {
  expect(read({ subjectId: 'account:0' }, { subjectId: 'account:2' })).toEqual(['account:2', 'account:2', 'account:2']);
  expect(read({ state: 'rejected' })).toEqual(['account:2', 'account:2', 'account:2']);
  expect(read({ participantId: 'contact:8' })).toEqual(['account:2', 'account:2', 'account:2']);
  expect(read({ referredContactId: null })).toEqual(['account:2', 'account:2', 'account:2']);
});

it('whom the book shows without an account: where the claim of another that stands has them, a sale of theirs too', () => {
  const other = { participantId: 'contact:8' };
  expect(readWith([], [other])).toEqual(['account:3', 'account:3', 'account:3']);
  expect(readWith([], [{ ...other, state: 'won' }])).toEqual(['account:3', 'account:3', 'account:3']);
  for (const state of ['expired', 'lost', 'withdrawn', 'reversed', 'duplicate'] as const)
    expect(readWith([], [{ ...other, state }]).slice(0, 2)).toEqual(['contact:9', 'contact:9']);
});
