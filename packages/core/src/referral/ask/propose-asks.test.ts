import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROPERTY_RUNS } from '../../../test/property-runs.ts';
import { ASK_POLICY } from './ask-policy.ts';
import type { AskSignal } from './ask-signals.ts';
import type { AskAccount, AskPerson, AskRefusal } from './may-ask.ts';
import { type AskInput, proposeAsks } from './propose-asks.ts';
import type { ReferralAsk } from './referral-ask.ts';

const at = { today: '2026-03-01', asOf: Date.UTC(2026, 2, 1) };
const asksAll = { ...ASK_POLICY, holdOut: { share: 0, seed: 'x' } };
const numRuns = PROPERTY_RUNS;

const account: AskAccount = {
  id: 'account:1',
  ownerId: 'owner:1',
  segment: 'small',
  band: 'healthy',
  excluded: false,
  inDispute: false,
  openUrgentTickets: 0,
};
const person: AskPerson = {
  id: 'contact:1',
  accountId: 'account:1',
  doNotAsk: null,
  lastAskedOn: null,
  lastScore: 9,
  country: 'FR',
  advocateStatus: null,
};
const signal: AskSignal = {
  trigger: 'result_achieved',
  accountId: 'account:1',
  contactId: null,
  on: '2026-02-20',
  sourceId: 'order:7',
};
const past: ReferralAsk = {
  key: 'k',
  programId: 'main',
  accountId: 'account:1',
  contactId: 'contact:1',
  ownerId: 'owner:1',
  trigger: 'promoter',
  askedOn: '2025-06-01',
  outcome: 'accepted',
  answeredOn: '2025-06-02',
};
const input: AskInput = {
  programId: 'main',
  accounts: [account],
  people: [person],
  signals: [signal],
  asks: [],
  arms: [],
  facts: { seller: 'Example', link: 'https://example.com/r', rewarded: true, termsVersion: '1' },
};

function refusalOf(changed: Partial<AskInput>): AskRefusal | undefined {
  const { proposals, notAsked } = proposeAsks({ ...input, ...changed }, asksAll, at);
  expect(proposals).toEqual([]);
  return notAsked[0]?.refusal;
}

describe('whom to ask', () => {
  it('a result just reached: one ask, with its trigger, reason, text and a key that is the same in every run', () => {
    const { proposals, notAsked } = proposeAsks(input, asksAll, at);
    expect(proposals).toHaveLength(1);
    expect(proposals[0]).toMatchObject({
      key: 'ask/main/contact:1/result_achieved/2026-02-20',
      ownerId: 'owner:1',
      reason: 'A result that was planned together has just been reached.',
      text: { jurisdiction: 'European Economic Area', means: 'share_link' },
    });
    expect(notAsked).toEqual([]);
  });

  it('never: excluded, at risk, not scored, in dispute, an urgent ticket, nobody who looks after it', () => {
    const of = (change: Partial<AskAccount>) => refusalOf({ accounts: [{ ...account, ...change }] });
    expect(of({ excluded: true })).toBe('excluded');
    expect(of({ band: 'at_risk' })).toBe('at_risk');
    expect(of({ band: null })).toBe('not_scored');
    expect(of({ band: 'not_scored' })).toBe('not_scored');
    expect(of({ inDispute: true })).toBe('in_dispute');
    expect(of({ openUrgentTickets: 1 })).toBe('urgent_ticket');
    expect(of({ ownerId: null })).toBe('no_owner');
  });

  it('never at risk, even where the policy names that band, and even for a due clause', () => {
    const policy = { ...asksAll, bands: ['healthy', 'at_risk'] as const };
    const accounts = [{ ...account, band: 'at_risk' as const }];
    const signals = [{ ...signal, trigger: 'clause_due' as const }];
    expect(proposeAsks({ ...input, accounts, signals }, policy, at).notAsked[0]?.refusal).toBe('at_risk');
  });

  it('never: do not ask, would not recommend, left or paused', () => {
    const of = (change: Partial<AskPerson>) => refusalOf({ people: [{ ...person, ...change }] });
    expect(of({ doNotAsk: true })).toBe('do_not_ask');
    expect(of({ lastScore: 6 })).toBe('not_content');
    expect(of({ advocateStatus: 'paused' })).toBe('left_program');
    expect(of({ advocateStatus: 'left' })).toBe('left_program');
    expect(refusalOf({ people: [] })).toBe('nobody_to_ask');
  });

  it('cool-down of a person by hand: asked on 2 September, 180 days, rests until 1 March, may be asked on 1 March', () => {
    expect(refusalOf({ people: [{ ...person, lastAskedOn: '2025-09-03' }] })).toBe('asked_lately');
    const again = proposeAsks({ ...input, people: [{ ...person, lastAskedOn: '2025-09-02' }] }, asksAll, at);
    expect(again.proposals).toHaveLength(1);
  });

  it('cool-down by outcome: a no rests 365 days, silence 270, where a yes would have rested 180', () => {
    const of = (outcome: ReferralAsk['outcome'], askedOn: string) => {
      return proposeAsks({ ...input, asks: [{ ...past, outcome, askedOn }] }, asksAll, at).proposals.length;
    };
    expect([of('accepted', '2025-06-01'), of('ignored', '2025-06-04'), of('ignored', '2025-06-05')]).toEqual([1, 1, 0]);
    expect([of('declined', '2025-03-01'), of('declined', '2025-03-02')]).toEqual([1, 0]);
  });

  it('cool-down of an account: a colleague asked 89 days ago makes the account rest, 90 do not', () => {
    const other = { ...person, id: 'contact:2', lastScore: null };
    expect(refusalOf({ people: [person, { ...other, lastAskedOn: '2025-12-02' }] })).toBe('account_asked_lately');
    const people = [person, { ...other, lastAskedOn: '2025-12-01' }];
    expect(proposeAsks({ ...input, people }, asksAll, at).proposals).toHaveLength(1);
  });

  it('the person who would recommend us most is asked; of equals the one asked longest ago', () => {
    const people = [
      { ...person, id: 'contact:3', lastScore: 9, lastAskedOn: '2025-01-01' },
      { ...person, id: 'contact:4', lastScore: 9, lastAskedOn: '2024-01-01' },
      { ...person, id: 'contact:5', lastScore: 8 },
      { ...person, id: 'contact:6', lastScore: 10, doNotAsk: true },
    ];
    expect(proposeAsks({ ...input, people }, asksAll, at).proposals[0]?.contactId).toBe('contact:4');
  });

  it('a promoter who may not be asked does not keep a renewal from leading to a colleague', () => {
    const people = [
      { ...person, doNotAsk: true },
      { ...person, id: 'contact:2', lastScore: null },
    ];
    const signals = [
      { ...signal, trigger: 'promoter' as const, contactId: 'contact:1' },
      { ...signal, trigger: 'renewal_won' as const },
    ];
    const [ask] = proposeAsks({ ...input, people, signals }, asksAll, at).proposals;
    expect([ask?.trigger, ask?.contactId]).toEqual(['renewal_won', 'contact:2']);
  });

  it('an owner has at most three open: one from before, two new, the best triggers first', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const triggers = ['renewal_won', 'promoter', 'clause_due', 'result_achieved'] as const;
    const { proposals, notAsked } = proposeAsks(
      {
        ...input,
        accounts: ids.map((id) => ({ ...account, id })),
        people: ids.map((accountId) => ({ ...person, id: `p${accountId}`, accountId })),
        signals: ids.map((accountId, i) => ({ ...signal, accountId, trigger: triggers[i]! })),
        asks: [{ ...past, accountId: 'z', contactId: 'z', askedOn: '2026-02-20', outcome: null }],
      },
      asksAll,
      at,
    );
    expect(proposals.map((it) => it.accountId)).toEqual(['c', 'd']);
    expect(notAsked.map((it) => [it.accountId, it.refusal])).toEqual([
      ['b', 'owner_has_enough'],
      ['a', 'owner_has_enough'],
    ]);
  });

  it('hold-out: 10 of 100 accounts of one stratum are kept aside, the same again, and a due clause is asked all the same', () => {
    const ids = Array.from({ length: 100 }, (_, i) => `account:${i}`);
    const policy = { ...ASK_POLICY, asksPerOwner: 1000 };
    const many: AskInput = {
      ...input,
      accounts: ids.map((id) => ({ ...account, id })),
      people: ids.map((accountId) => ({ ...person, id: `p${accountId}`, accountId })),
      signals: ids.map((accountId) => ({ ...signal, accountId })),
    };
    const first = proposeAsks(many, policy, at);
    const held = first.notAsked.map((it) => it.accountId);
    expect(first.notAsked.every((it) => it.refusal === 'held_out')).toBe(true);
    expect([first.proposals.length, held.length]).toEqual([90, 10]);
    const later = { ...many, arms: first.arms, signals: [{ ...signal, accountId: held[0]! }] };
    expect(proposeAsks(later, policy, at).notAsked[0]?.refusal).toBe('held_out');
    const due = { ...later, signals: [{ ...signal, accountId: held[0]!, trigger: 'clause_due' as const }] };
    expect(proposeAsks(due, policy, at).proposals).toHaveLength(1);
  });

  it('whatever the book: nobody who may not be, one per account, n per owner; any order of the rows gives the same', () => {
    const accounts = fc.array(
      fc.record({
        ownerId: fc.constantFrom('owner:1', 'owner:2', null),
        segment: fc.constant(null),
        band: fc.constantFrom('healthy' as const, 'watch' as const, 'at_risk' as const, 'not_scored' as const, null),
        excluded: fc.boolean(),
        inDispute: fc.boolean(),
        openUrgentTickets: fc.nat(1),
      }),
      { minLength: 1, maxLength: 12 },
    );
    const people = fc.array(
      fc.record({
        account: fc.nat(11),
        doNotAsk: fc.constantFrom(true, false, null),
        lastAskedOn: fc.constantFrom(null, '2026-01-10', '2025-10-10', '2024-01-01'),
        lastScore: fc.constantFrom(null, 3, 8, 10),
        country: fc.constant(null),
        advocateStatus: fc.constantFrom(null, 'active' as const, 'left' as const),
      }),
      { maxLength: 30 },
    );
    const signals = fc.array(
      fc.record({
        account: fc.nat(11),
        trigger: fc.constantFrom('clause_due' as const, 'promoter' as const, 'renewal_won' as const),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(accounts, people, signals, fc.boolean(), (someAccounts, somePeople, someSignals, backwards) => {
        const book: AskInput = {
          ...input,
          accounts: someAccounts.map((it, i) => ({ ...it, id: `account:${i}` })),
          people: somePeople.map(({ account: of, ...it }, i) => ({
            ...it,
            id: `contact:${i}`,
            accountId: `account:${of}`,
          })),
          signals: someSignals.map((it, i) => ({
            ...signal,
            trigger: it.trigger,
            accountId: `account:${it.account}`,
            sourceId: `s${i}`,
          })),
        };
        const answer = proposeAsks(book, ASK_POLICY, at);
        for (const ask of answer.proposals) {
          const of = book.accounts.find((it) => it.id === ask.accountId)!;
          const who = book.people.find((it) => it.id === ask.contactId)!;
          expect([of.excluded, of.inDispute, of.openUrgentTickets, who.accountId]).toEqual([false, false, 0, of.id]);
          expect(['healthy', 'watch']).toContain(of.band);
          expect([who.doNotAsk === true, who.lastScore === 3, who.advocateStatus === 'left']).toEqual([
            false,
            false,
            false,
          ]);
          expect([null, '2024-01-01']).toContain(who.lastAskedOn);
        }
        expect(new Set(answer.proposals.map((it) => it.accountId)).size).toBe(answer.proposals.length);
        for (const owner of ['owner:1', 'owner:2']) {
          expect(answer.proposals.filter((it) => it.ownerId === owner).length).toBeLessThanOrEqual(3);
        }
        const turned = <T>(rows: readonly T[]) =>
          backwards ? [...rows].reverse() : [...rows.slice(1), ...rows.slice(0, 1)];
        const other = {
          ...book,
          accounts: turned(book.accounts),
          people: turned(book.people),
          signals: turned(book.signals),
        };
        expect(proposeAsks(other, ASK_POLICY, at).proposals).toEqual(answer.proposals);
      }),
      { numRuns },
    );
  });
});
