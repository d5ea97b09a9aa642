import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { PROPERTY_RUNS } from '../../../test/property-runs.ts';
import { act, again, program as aProgram, at, claim, day, person, sale, tick } from '../../../test/referral-journal.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { Program } from '../entities/program.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { openReferralEngine, type ReferralEngine } from './open-engine.ts';
import { signalsAbout } from './screen-reward.ts';
import { lookAtAll } from './what-changed.ts';

/** Checks that come and go with what happens: waits for a second customer, refunds of one sale in two, large amounts. */
const program: Program = {
  ...aProgram,
  ...{ holdingDays: 5, approvalAbove: 15_000, rules: aProgram.rules.map((it) => ({ ...it, caps: [] })) },
  checkSettings: { limits: { activeCustomers: 2, refundRateFromWon: 2, claimsPerDay: 2 } },
};
const person1 = fc.integer({ min: 1, max: 4 });
const party = fc.integer({ min: 5, max: 9 });
const moment = fc.integer({ min: 0, max: 120 });
const minor = fc.integer({ min: 10_000, max: 300_000 });
const id = (by: number, on: number) => `main/contact:${by}>account:${on}`;
const signal = (action: FraudSignal['action'], until: number): FraudSignal => ({
  ...{ check: 'same_group', action, severity: 'medium', explanation: '', evidence: {}, appeal: '' },
  ...{ raisedAt: day(0), expiresAt: day(until), failed: false, about: 'reward' },
});
const someone = (n: number, when: number, set: object): ReferralEvent => {
  const said = person(n);
  if (said.kind !== 'participant') throw new TypeError('No participant.');
  const key = `${said.key} ${when} ${JSON.stringify(set)}`;
  return { ...said, ...at(when), key, by: 'owner:1', participant: { ...said.participant, ...set } };
};
const event: fc.Arbitrary<ReferralEvent> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(person1, party, moment).map(([a, b, n]) => claim(a, b, n)) },
  fc.tuple(person1, party, moment, fc.constantFrom('hold', 'review', 'wait'), moment).map(([a, b, n, does, until]) => {
    const said = claim(a, b, n);
    const signals = [signal(does as 'hold', n + until)];
    return said.kind === 'claim' ? { ...said, key: `${said.key} ${does}`, known: { ...said.known, signals } } : said;
  }),
  { weight: 6, arbitrary: fc.tuple(party, moment, minor).map(([on, n, m]) => sale('won', on, n, m)) },
  fc.tuple(party, moment, minor).map(([on, n, m]) => sale('refunded', on, n, m)),
  fc
    .tuple(fc.constantFrom('cancelled', 'opportunity_opened', 'lost'), party, moment)
    .map(([type, on, n]) => sale(type as 'lost', on, n)),
  fc
    .tuple(person1, moment, fc.constantFrom('active', 'suspended', 'left', 'invited'), fc.constantFrom('AT', null))
    .map(([n, when, status, country]) => someone(n, when, { status, country, statusSince: day(when) })),
  fc
    .tuple(person1, moment, fc.constantFrom('employee', 'customer'), fc.constantFrom(1, 2, 3))
    .map(([n, when, role, account]) => someone(n, when, { role, accountId: `account:${account}` })),
  fc.tuple(fc.constantFrom('contact:1', 'contact:2', 'account:1', 'account:2', 'account:3'), moment).map(
    ([partyId, n]): ReferralEvent => ({
      ...{ key: `identity ${partyId} ${n}`, ...at(n), kind: 'identity', partyId },
      identities: [{ kind: n % 2 ? 'email' : 'payout', hash: `#${n % 3}` }],
    }),
  ),
  fc.tuple(fc.constantFrom('contact', 'account', 'opportunity'), person1, party, moment).map(
    ([kind, a, b, n]): ReferralEvent => ({
      ...{ key: `merge ${kind} ${a} ${b} ${n}`, ...at(n), kind: 'merge' },
      ...{ loserId: `${kind}:${kind === 'opportunity' ? a + 4 : a}`, survivorId: `${kind}:${b - 4 === a ? 9 : b}` },
    }),
  ),
  fc.tuple(person1, party, moment, fc.constantFrom('withdraw', 'disqualify', 'confirm')).map(([by, on, n, does]) => ({
    ...act(n, { act: does as 'confirm', referralId: id(by, on), why: 'so' }),
    key: `${does} ${by} ${on} ${n}`,
  })),
  fc
    .tuple(
      person1,
      party,
      moment,
      fc.constantFrom('same_group', 'refund_rate', 'minimum_customers', 'velocity', 'duplicate_participant'),
    )
    .map(([by, on, n, check]) => ({
      ...act(n, { act: 'clear', referralId: id(by, on), check, why: 'so' }),
      key: `clear ${by} ${on} ${n} ${check}`,
    })),
  fc.tuple(person1, party, moment, fc.constantFrom('dispute', 'rule', 'appeal')).map(([by, on, n, does]) => {
    const said = { programId: 'main', opportunityId: `opportunity:${on}`, referralId: id(by, on), why: 'so' };
    return { ...act(n, { ...said, act: does as 'rule' }, `owner:${by}`), key: `${does} ${by} ${on} ${n}` };
  }),
  fc.tuple(party, moment, fc.constantFrom('approve', 'reject')).map(([on, n, does]) => ({
    ...act(n, { act: does as 'approve', rewardKey: `main/won ${on} ${n - 1}/won/referrer/0`, why: 'so' }),
    key: `${does} ${on} ${n}`,
  })),
  moment.map(
    (n): ReferralEvent => ({
      ...{ key: `settle ${n}`, ...at(n), kind: 'settle', programId: 'main', by: 'owner:1' },
      ...{ period: new Date(day(n)).toISOString().slice(0, 7), payees: {} },
    }),
  ),
  fc.tuple(party, moment, minor).map(([on, n, m]) => again(on, n, m)),
  fc.tuple(party, moment).map(
    ([on, n]): ReferralEvent => ({
      ...{ key: `deleted ${on} ${n}`, ...at(n), kind: 'sale_deleted', opportunityId: `opportunity:${on}` },
    }),
  ),
  fc.tuple(person1, party, moment).map(([by, on, n]) => ({
    ...act(n, { act: 'clear', referralId: id(by, on), check: 'disqualified', why: 'so' }),
    key: `restore ${by} ${on} ${n}`,
  })),
  moment.map((n): ReferralEvent => {
    const limit = n % 2 === 0 ? null : 20_000;
    return { key: `program ${n}`, ...at(n), kind: 'program', program: { ...program, approvalAbove: limit } };
  }),
);

/** Won, disputed and ruled, which chance alone seldom does in this order. */
const quarrel = fc
  .tuple(person1, party, fc.integer({ min: 0, max: 40 }), fc.boolean())
  .map(([by, on, n, isAppealed]) => {
    const said = { programId: 'main', opportunityId: `opportunity:${on}`, referralId: id(by, on), why: 'so' };
    const does = (name: string, when: number, who: string): ReferralEvent => ({
      ...act(when, { ...said, act: name as 'rule' }, who),
      key: `quarrel ${name} ${by} ${on} ${n}`,
    });
    return [
      ...[
        claim(by, on, n),
        sale('won', on, n + 2, 100_000),
        does('dispute', n + 3, 'owner:1'),
        does('rule', n + 8, 'owner:1'),
      ],
      ...(isAppealed ? [does('appeal', n + 20, 'owner:1')] : []),
    ];
  });
const history = fc
  .tuple(fc.array(event, { maxLength: 50 }), fc.array(quarrel, { maxLength: 2 }))
  .map(([events, quarrels]) => [...events, ...quarrels.flat()]);

const picture = ({ state }: ReferralEngine) =>
  JSON.stringify([
    [...state.claims.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    [...state.claims.keys()].sort().map((it) => signalsAbout(state, it)),
    [...state.decisions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, it]) => [key, [...it]]),
    [...state.rewards.all()].sort((a, b) => (a.key < b.key ? -1 : 1)),
    [...state.rewards.ledger.transactions()],
    state.refused,
  ]);

it('what a day looks at is what looking at everything would have changed: over any history, event by event', () => {
  fc.assert(
    fc.property(history, (events) => {
      const once = [...new Map(events.map((it) => [it.key, it])).values()];
      const days = Array.from({ length: 32 }, (_, n) => tick(n * 5 + 0.5));
      const journal = [...[1, 2, 3, 4].map(person), ...once, ...days].sort((a, b) => a.occurredAt - b.occurredAt);
      const [lazy, whole] = [0, 1].map(() => openReferralEngine({ programs: [program], rates: [] }));
      for (const it of journal) {
        lazy?.take([it]);
        if (whole) lookAtAll(whole.state as Parameters<typeof lookAtAll>[0]);
        whole?.take([it]);
      }
      expect(lazy && picture(lazy)).toBe(whole && picture(whole));
    }),
    { numRuns: PROPERTY_RUNS },
  );
});
