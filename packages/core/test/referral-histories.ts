import * as fc from 'fast-check';
import type { QualifyingType } from '../src/referral/entities/qualifying-event.ts';
import type { ReferralEvent } from '../src/referral/entities/referral-event.ts';
import { act, again, at, claim, day, denial, onPerson, rollUp, sale, tick } from './referral-journal.ts';

const moment = fc.integer({ min: 0, max: 200 });
const party = fc.integer({ min: 1, max: 4 });
const prospect = fc.integer({ min: 5, max: 7 });
const minor = fc.integer({ min: 0, max: 900_000 });
/** A claim as it is read by now: sales that were over before it do not move it. */
const leavesPast = (it: ReferralEvent, does: boolean): ReferralEvent =>
  does && it.kind === 'claim' ? { ...it, claim: { ...it.claim, leavesPast: true } } : it;
/** The account that somebody went over to is a customer of long standing. */
const knowing = (it: ReferralEvent, does: boolean): ReferralEvent =>
  does && it.kind === 'roll_up'
    ? { ...it, relation: { customerSince: day(-400), customerUntil: null, opportunities: [], contacts: [] } }
    : it;
const event: fc.Arbitrary<ReferralEvent> = fc.oneof(
  fc
    .tuple(party, fc.oneof(prospect, party), moment, fc.constantFrom('activity', 'recorded', 'code', 'click'))
    .map(([a, b, n, e]) => leavesPast(claim(a, b, n, e as 'code'), n % 2 === 0)),
  fc
    .tuple(fc.constantFrom('opportunity_opened', 'contacted', 'lost', 'cancelled', 'retained'), prospect, moment)
    .map(([t, on, n]) => sale(t as QualifyingType, on, n)),
  fc
    .tuple(fc.constantFrom('won', 'refunded', 'invoice_paid'), prospect, moment, minor)
    .map(([t, on, n, m]) => sale(t as QualifyingType, on, n, m)),
  moment.map(tick),
  fc.tuple(party, prospect, moment).map(
    ([by, on, n]): ReferralEvent =>
      act(n, {
        act: 'dispute',
        programId: 'main',
        opportunityId: `opportunity:${on}`,
        referralId: `main/contact:${by}>account:${on}`,
        why: 'mine',
      }),
  ),
  fc.tuple(party, prospect, moment).map(
    ([by, on, n]): ReferralEvent =>
      act(
        n,
        {
          act: 'rule',
          programId: 'main',
          opportunityId: `opportunity:${on}`,
          referralId: `main/contact:${by}>account:${on}`,
          why: 'so',
        },
        'owner:2',
      ),
  ),
  fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), moment).map(
    ([a, b, n]): ReferralEvent => ({
      ...{ key: `merge ${a}>${b}`, ...at(n), kind: 'merge' },
      ...{ loserId: `account:${a}`, survivorId: `account:${b}` },
    }),
  ),
  fc
    .tuple(prospect, fc.constantFrom('contact', 'contact', 'account', 'opportunity'), fc.oneof(prospect, party), moment)
    .map(([a, kind, b, n]) => knowing(rollUp(`${kind}:${a}`, `account:${b}`, n), n % 2 === 0)),
  fc.tuple(prospect, prospect, moment).map(
    ([a, b, n]): ReferralEvent => ({
      ...{ key: `merge people ${a}>${b}`, ...at(n), kind: 'merge' },
      ...{ loserId: `contact:${a}`, survivorId: `contact:${b}` },
    }),
  ),
  fc.tuple(prospect, prospect, moment).map(
    ([a, b, n]): ReferralEvent => ({
      ...{ key: `merge sales ${a}>${b}`, ...at(n), kind: 'merge' },
      ...{ loserId: `opportunity:${a}`, survivorId: `opportunity:${b}` },
    }),
  ),
  fc.tuple(prospect, moment, minor).map(([on, n, m]) => again(on, n, m)),
  fc.tuple(prospect, moment).map(
    ([on, n]): ReferralEvent => ({
      ...{ key: `deleted ${on} ${n}`, ...at(n), kind: 'sale_deleted', opportunityId: `opportunity:${on}` },
    }),
  ),
  fc
    .tuple(party, prospect, moment)
    .map(([by, on, n]) =>
      act(n, { act: 'clear', referralId: `main/contact:${by}>account:${on}`, check: 'disqualified', why: 'so' }),
    ),
  fc
    .tuple(party, prospect, moment, fc.subarray(['advocate', 'prospect', 'crm'] as const))
    .map(([by, on, n, saidBy]) => denial(by, on, n, ...saidBy)),
  fc
    .tuple(party, prospect, moment, fc.constantFrom('denied', 'evidence_gone'))
    .map(([by, on, n, check]): ReferralEvent => {
      const lifted = act(n, { act: 'clear', referralId: `main/contact:${by}>account:${on}`, check, why: 'so' });
      return { ...lifted, key: `lift ${by}>${on} ${n} ${check}` };
    }),
  fc
    .tuple(party, prospect, moment, fc.constantFrom('withdraw', 'disqualify', 'confirm'))
    .map(([by, on, n, does]) =>
      act(n, { act: does as 'confirm', referralId: `main/contact:${by}>account:${on}`, why: 'so' }),
    ),
  moment.map(
    (n): ReferralEvent => ({
      ...{ key: `settle ${n}`, ...at(n), kind: 'settle', programId: 'main', by: 'owner:1' },
      ...{ period: new Date(day(n)).toISOString().slice(0, 7), payees: {} },
    }),
  ),
);

/**
 * A claim whose party buys, is rewarded, may be given something back, and may have had no account at first: what chance
 * alone seldom puts together.
 */
const story = fc
  .record({
    ...{
      by: party,
      on: prospect,
      evidence: fc.constantFrom('activity' as const, 'recorded' as const, 'code' as const),
    },
    ...{ from: fc.integer({ min: 0, max: 90 }), takes: fc.integer({ min: 2, max: 40 }) },
    ...{ amount: fc.integer({ min: 1_000, max: 900_000 }), until: fc.integer({ min: 0, max: 80 }) },
    back: fc.option(fc.integer({ min: 1, max: 100 })),
    denied: fc.option(fc.integer({ min: 0, max: 80 }), { freq: 3 }),
    deniedBy: fc.constantFrom('prospect' as const, 'crm' as const),
    // days until somebody who was claimed as a person has an account; null: the account was claimed
    placed: fc.option(fc.integer({ min: 0, max: 120 })),
  })
  .map(({ by, on, evidence, from, takes, amount, until, back, denied, deniedBy, placed }): ReferralEvent[] => {
    const whole = [
      claim(by, on, from, evidence),
      sale('opportunity_opened', on, from + 1),
      sale('won', on, from + takes, amount),
      tick(from + takes + until),
      ...(denied === null ? [] : [denial(by, on, from + denied, deniedBy)]),
      ...(back === null ? [] : [sale('refunded', on, from + takes + until + 1, Math.ceil((amount * back) / 100))]),
    ];
    if (placed === null) return whole;
    const hasNone = (it: ReferralEvent) => it.occurredAt < day(from + placed);
    const lived = whole.map((it) => (hasNone(it) ? onPerson(it, `contact:${on}`) : it));
    return [...lived, rollUp(`contact:${on}`, `account:${on}`, from + placed)];
  });

/** Histories as a journal has them: batches in the order of time. */
export const histories = fc
  .tuple(fc.array(story, { maxLength: 3 }), fc.array(event, { maxLength: 30 }))
  .map(([stories, others]) => {
    const known = new Map([...stories.flat(), ...others].map((it) => [it.key, it]));
    const sorted = [...known.values()].sort((a, b) => a.occurredAt - b.occurredAt);
    const batches: ReferralEvent[][] = [];
    sorted.forEach((it, i) => {
      if (i % 5 === 0) batches.push([]);
      batches.at(-1)?.push(it);
    });
    return batches;
  });
