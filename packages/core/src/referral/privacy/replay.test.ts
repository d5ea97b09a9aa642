import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROPERTY_RUNS } from '../../../test/property-runs.ts';
import { digest } from '../../../test/referral/fraud-facts.ts';
import {
  act,
  at,
  claim,
  day,
  denial,
  onPerson,
  person,
  program,
  rollUp,
  sale,
  tick,
} from '../../../test/referral-journal.ts';
import { journalFacts } from '../engine/journal-facts.ts';
import { openReferralEngine, type ReferralEngine } from '../engine/open-engine.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { UNKNOWN_PARTY } from '../fraud/identity/identity-keys.ts';
import { dueForDeletion } from './due-for-deletion.ts';
import { eraseParty } from './erase-party.ts';
import { PRIVACY_POLICY } from './privacy-policy.ts';

// two open claims are allowed, so that what is refused rests on other claims
const tight = { ...program, policy: { ...program.policy, openClaimsPerParticipant: 2 } };
const people = [1, 2, 3, 4].map(person);

function replayed(batches: readonly (readonly ReferralEvent[])[]): ReferralEngine {
  const engine = openReferralEngine({ programs: [tight], rates: [] });
  for (const batch of batches) engine.take(batch);
  return engine;
}

const moment = fc.integer({ min: 0, max: 200 });
const party = fc.integer({ min: 1, max: 4 });
const prospect = fc.integer({ min: 5, max: 9 });
const event: fc.Arbitrary<ReferralEvent> = fc.oneof(
  fc
    .tuple(party, fc.oneof(prospect, prospect, party), moment, fc.constantFrom('activity', 'code', 'click'))
    .map(([by, on, n, evidence]) => claim(by, on, n, evidence as 'code')),
  fc
    .tuple(fc.constantFrom('opportunity_opened', 'lost', 'cancelled', 'retained'), prospect, moment)
    .map(([type, on, n]) => sale(type as 'lost', on, n)),
  fc.tuple(prospect, moment, fc.integer({ min: 0, max: 900_000 })).map(([on, n, minor]) => sale('won', on, n, minor)),
  fc
    .tuple(party, prospect, moment)
    .map(([by, on, n]) =>
      act(n, { act: 'withdraw', referralId: `main/contact:${by}>account:${on}`, why: 'Ida Holm asked' }),
    ),
  // a record is merged away once: chains, never two ways
  fc.tuple(fc.integer({ min: 6, max: 9 }), moment).map(([n, on]): ReferralEvent => {
    const merged = { loserId: `account:${n}`, survivorId: `account:${n - 1}` };
    return { key: `merge ${n}`, ...at(on), kind: 'merge', ...merged };
  }),
  fc
    .tuple(party, prospect, moment, fc.constantFrom('activity', 'click'))
    .map(([by, on, n, evidence]) => onPerson(claim(by, on, n, evidence as 'click'), `contact:${on}`)),
  fc
    .tuple(fc.constantFrom('contact', 'contact', 'account'), prospect, prospect, moment)
    .map(([kind, a, b, on]) => rollUp(`${kind}:${a}`, `account:${b}`, on)),
  fc
    .tuple(party, prospect, moment, fc.subarray(['advocate', 'prospect'] as const))
    .map(([by, on, n, saidBy]) => denial(by, on, n, ...saidBy)),
  moment.map(tick),
);
/** Batches as a store keeps them, each key once. */
const journal = fc.array(fc.array(event, { maxLength: 8 }), { maxLength: 8 }).map((batches) => {
  const keys = new Set<string>();
  return batches.map((batch) => batch.filter(({ key }) => !keys.has(key) && keys.add(key)));
});

/** Rewards, decisions and every posting: what a rewriting must not change. */
const money = ({ state }: ReferralEngine) => ({
  postings: [...state.rewards.ledger.transactions()],
  rewards: [...state.rewards.all()].sort((a, b) => (a.key < b.key ? -1 : 1)),
  decisions: [...state.decisions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, it]) => [id, [...it]]),
});
const states = ({ state }: ReferralEngine, stays: (id: string) => boolean) =>
  [...state.claims.values()]
    .filter((it) => stays(it.id))
    .map((it) => [it.id, it.state, it.credit])
    .sort();

describe('the journal is taken again after a rewriting', () => {
  it('somebody was erased: the same ledger and decisions, the claims of others as they were, also with later events', () => {
    fc.assert(
      fc.property(journal, fc.oneof(party, prospect), journal, (batches, who, later) => {
        const before = replayed([people, ...batches]);
        const erased = {
          ...UNKNOWN_PARTY,
          contactIds: [`contact:${who}`],
          accountIds: who > 4 ? [`account:${who}`] : [],
        };
        const request = { at: day(400), partyId: `contact:${who}`, party: erased };
        const { rewriting, event } = eraseParty(journalFacts(before.state), request, digest);
        const rewrite = rewriting();
        const left = [people, ...batches].map((batch) => batch.flatMap((it) => rewrite(it) ?? []));
        const after = replayed([...left, [event]]);
        expect(money(after)).toEqual(money(before));
        const isOfOthers = (id: string) =>
          after.state.claims.has(id) && !event.withdrawn.includes(id) && !id.includes(`:${who}>`);
        expect(states(after, isOfOthers)).toEqual(states(before, isOfOthers));
        const again = eraseParty(journalFacts(after.state), request, digest).rewriting();
        expect(left.map((batch) => batch.flatMap((it) => again(it) ?? []))).toEqual(left);
        // what was approved is given to nobody else by what comes later
        const approved = [...after.state.rewards.all()].filter((it) => it.approvedAt !== null).map((it) => it.key);
        for (const batch of later) after.take(batch);
        const keys = new Set([...after.state.rewards.all()].map((it) => it.key));
        expect(approved.filter((it) => !keys.has(it))).toEqual([]);
      }),
      { numRuns: PROPERTY_RUNS },
    );
  });

  it('a reward that was held for the speed of claims stays held when the claims that made it are gone', () => {
    const fast = [5, 6, 7, 8, 9, 4].map((on) => claim(1, on, 0));
    const loose = { ...tight, policy: { ...tight.policy, openClaimsPerParticipant: 20 } };
    const events = [...people, ...fast, sale('opportunity_opened', 9, 1), sale('won', 9, 2, 100_000), tick(3)];
    const open = (batch: readonly ReferralEvent[]) => {
      const engine = openReferralEngine({ programs: [loose], rates: [] });
      engine.take(batch);
      return engine;
    };
    const held = ({ state }: ReferralEngine) => [...state.rewards.all()].map((it) => [it.state, it.holds]);
    const before = open(events);
    expect(held(before)).toEqual([['held', ['fraud_check']]]);
    const erased = { ...UNKNOWN_PARTY, contactIds: ['contact:5'], accountIds: ['account:5'] };
    const request = { at: day(4), partyId: 'contact:5', party: erased };
    const rewrite = eraseParty(journalFacts(before.state), request, digest).rewriting();
    const left = events.flatMap((it) => rewrite(it) ?? []);
    expect(left.filter((it) => it.kind === 'claim')).toHaveLength(5);
    expect(held(open(left))).toEqual(held(before));
  });

  it('digests of an erased advocate whose claim stays go with the tombstone, but for what is held against others', () => {
    const known = (by: number, ...hashes: readonly string[]): ReferralEvent => {
      const event = claim(by, by + 7, 0);
      const identities = hashes.map((hash) => ({ kind: 'email', hash }) as const);
      return event.kind === 'claim' ? { ...event, known: { ...event.known, identities } } : event;
    };
    const paidTo: ReferralEvent = {
      ...{ key: 'paid to', ...at(1), kind: 'identity', partyId: 'contact:1' },
      identities: [{ kind: 'payout', hash: '#iban' }],
    };
    const sold = [8, 9].flatMap((on) => [sale('opportunity_opened', on, 10), sale('won', on, 20, 100_000)]);
    const batches = [people, [known(1, '#own', '#both'), known(2, '#both'), paidTo], sold, [tick(60)]];
    const before = replayed(batches);
    const party = { ...UNKNOWN_PARTY, contactIds: ['contact:1'], emails: ['ida@alder.example'] };
    const request = { at: day(70), partyId: 'contact:1', party };
    const { rewriting, event } = eraseParty(journalFacts(before.state), request, digest);
    const rewrite = rewriting();
    const erased = [...batches.map((batch) => batch.flatMap((it) => rewrite(it) ?? [])), [event]];
    const purged = (n: number) => {
      const due = dueForDeletion(journalFacts(replayed(erased).state), day(n), [tight], PRIVACY_POLICY);
      const purge = due.rewriting();
      return { isAny: due.isAny, left: erased.map((batch) => batch.flatMap((it) => purge(it) ?? [])) };
    };
    const last = 70 + PRIVACY_POLICY.tombstoneDays;
    expect(purged(last - 1)).toEqual({ isAny: false, left: erased });
    const { isAny, left } = purged(last);
    expect([isAny, JSON.stringify(left).match(/#(own|both|iban)/g)]).toEqual([true, ['#both', '#both']]);
    const after = replayed(left);
    expect(money(after)).toEqual(money(before));
    expect([...after.state.rewards.all()].map((it) => it.state)).toContain('held');
    const once = dueForDeletion(journalFacts(after.state), day(last + 1), [tight], PRIVACY_POLICY);
    expect(once.isAny).toBe(false);
    // a journal out of which the tombstones went before
    const older = erased.map((batch) => batch.map((it) => (it.kind === 'erase' ? { ...it, tombstones: [] } : it)));
    const { isAny: isLeft } = dueForDeletion(journalFacts(replayed(older).state), day(last), [tight], PRIVACY_POLICY);
    expect(isLeft).toBe(true);
  });

  it('claims that a merge made one: what was refused before is not told by what was said of the other', () => {
    const merged = (n: number): ReferralEvent => {
      return { key: `merge ${n}`, ...at(0), kind: 'merge', loserId: `account:${n}`, survivorId: `account:${n - 1}` };
    };
    const batches = [
      people,
      [claim(4, 7, 0, 'activity'), claim(4, 1, 0, 'activity')],
      [claim(1, 7, 90, 'activity'), claim(4, 5, 0, 'activity')],
      [merged(7), claim(4, 7, 0, 'click'), merged(6)],
      [sale('won', 5, 0, 0)],
      [tick(270)],
    ];
    const before = replayed(batches);
    expect(before.state.refused.map((it) => it.reason)).toContain('too_many_open_claims');
    expect([...before.state.rewards.all()]).toEqual([]);
    const due = dueForDeletion(journalFacts(before.state), day(270), [tight], PRIVACY_POLICY);
    expect(due.claims).toEqual(['main/contact:4>account:1']);
    const rewrite = due.rewriting();
    const after = replayed(batches.map((batch) => batch.flatMap((it) => rewrite(it) ?? [])));
    expect(money(after)).toEqual(money(before));
  });

  it('what is kept no longer went: the same ledger and decisions, and the claims that are left as they were', () => {
    fc.assert(
      fc.property(journal, fc.integer({ min: 100, max: 900 }), (batches, days) => {
        const before = replayed([people, ...batches, [tick(days)]]);
        const facts = journalFacts(before.state);
        const { rewriting, claims } = dueForDeletion(facts, day(days), [tight], PRIVACY_POLICY);
        const rewrite = rewriting();
        const left = [people, ...batches, [tick(days)]].map((batch) => batch.flatMap((it) => rewrite(it) ?? []));
        const after = replayed(left);
        expect(money(after)).toEqual(money(before));
        const stays = (id: string) => !claims.includes(id);
        expect(states(after, stays)).toEqual(states(before, stays));
        expect(claims.filter((it) => after.state.claims.has(it))).toEqual([]);
      }),
      { numRuns: PROPERTY_RUNS },
    );
  });
});
