import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../model/dates.ts';
import { ASK_POLICY } from '../ask/ask-policy.ts';
import { NO_RELATION } from '../claims/existing-relation.ts';
import { checkSign, type ReferralCode } from '../claims/referral-code.ts';
import type { Participant } from '../entities/participant.ts';
import type { Program } from '../entities/program.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { DEFAULT_PROGRAM } from './default-program.ts';
import { openReferralEngine, type ReferralEngine } from './open-engine.ts';
import { askArms, currentAsks } from './take-ask.ts';
import { codeOf } from './take-code.ts';

/** 50.00 for each sale won, as credit to the referrer's account, held for 30 days. */
const program: Program = {
  ...{ ...DEFAULT_PROGRAM, id: 'main', holdingDays: 30 },
  rules: [
    {
      ...{ id: 'won', version: '1', event: 'won', beneficiary: 'referrer', kind: 'credit', tiers: [], caps: [] },
      ...{ amount: { flat: 5000 }, durationMonths: 0, priority: 1, startsOn: '2020-01-01', endsOn: null },
      expiresAfterDays: null,
    },
  ],
};
const START = Date.parse('2026-01-01T00:00:00Z');
const day = (n: number) => START + n * DAY_MS;
const at = (n: number) => ({ occurredAt: day(n), recordedAt: day(n) });

const advocate: Participant = {
  ...{ id: 'contact:1', programId: 'main', accountId: 'account:1', role: 'customer', status: 'active' },
  ...{ statusSince: 0, termsVersion: null, employerPermission: false, segment: 'private' },
  ...{ country: null, taxFormOn: null },
};
const read = (n: number, change: Partial<Participant> = {}): ReferralEvent => ({
  ...{ key: `read ${n}`, ...at(n), kind: 'participant', participant: { ...advocate, ...change } },
});
const said = (n: number, status: Participant['status'], since = n): ReferralEvent => ({
  ...{ key: `said ${n}`, ...at(n), kind: 'participant', by: 'owner:1' },
  participant: { ...advocate, status, statusSince: day(since) },
});
const claim = (party: string, n: number, code: string | null = null): ReferralEvent => ({
  ...{ key: `claim ${party} ${n}`, ...at(n), kind: 'claim' },
  claim: {
    ...{ programId: 'main', participantId: 'contact:1', referrerAccountId: 'account:1', subjectId: party },
    ...{ referredContactId: null, opportunityId: null, introducedAt: day(n), consent: 'own_request', code },
    touch: {
      ...{ key: `touch ${party} ${n}`, participantId: 'contact:1', subjectId: party, evidence: 'code' },
      ...{ ...at(n), sourceId: null },
    },
  },
  known: { relation: NO_RELATION, signals: [], isErased: false },
});
const won = (party: string, n: number, recorded = n): ReferralEvent => ({
  ...{ key: `won ${party}`, occurredAt: day(n), recordedAt: day(recorded), kind: 'progress' },
  progress: {
    ...{ key: `won ${party}`, type: 'won', subjectId: party, opportunityId: `sale ${party}` },
    ...{ occurredAt: day(n), recordedAt: day(recorded), amount: { minor: 100_000, currency: 'EUR' } },
  },
});
const opened = (...batches: readonly (readonly ReferralEvent[])[]): ReferralEngine => {
  const engine = openReferralEngine({ programs: [program], rates: [] });
  for (const batch of batches) engine.take(batch);
  return engine;
};
const owed = ({ state }: ReferralEngine) => state.rewards.ledger.balancesOf('account:1')[0]?.net ?? 0;
const statusOf = ({ state }: ReferralEngine) => state.participants.get('main contact:1')?.status;

describe('participants', () => {
  it('what a person said stands: a later reading of the CRM changes for whom they work, nothing else', () => {
    const engine = opened([read(0)], [said(5, 'left')], [read(9, { accountId: 'account:2' })]);
    expect(engine.state.participants.get('main contact:1')).toMatchObject({
      ...{ status: 'left', statusSince: day(5), accountId: 'account:2' },
      past: [{ status: 'active', since: 0 }],
    });
  });

  it('left before the sale: no reward; said after the sale was rewarded: 50.00 is taken back', () => {
    const before = opened([read(0), claim('account:7', 1)], [said(5, 'left')], [won('account:7', 9)]);
    expect(owed(before)).toBe(0);
    const rewarded = [[read(0), claim('account:7', 1)], [won('account:7', 9)]];
    expect(owed(opened(...rewarded))).toBe(5000);
    expect(owed(opened(...rewarded, [said(10, 'left', 5)]))).toBe(0);
  });

  it('the day of leaving is corrected: what lies between is decided again', () => {
    const story = [[read(0), claim('account:7', 1)], [won('account:7', 9)], [said(10, 'left', 5)]];
    expect(owed(opened(...story, [said(11, 'left', 9.5)]))).toBe(5000);
    expect(owed(opened(...story, [said(11, 'left', 9.5)], [said(12, 'left', 4)]))).toBe(0);
  });

  it('what was earned before stays: left after the sale, also when it is told late', () => {
    expect(owed(opened([read(0), claim('account:7', 1)], [won('account:7', 9)], [said(10, 'left')]))).toBe(5000);
    expect(owed(opened([read(0), claim('account:7', 1)], [said(10, 'left')], [won('account:7', 9, 12)]))).toBe(5000);
  });

  it('suspended and active again: what was won before the suspension counts, what was won in it does not', () => {
    const back = [said(5, 'suspended'), said(20, 'active')];
    const story = (n: number) => opened([read(0), claim('account:7', 1)], back, [won('account:7', n, 30)]);
    expect([story(4), story(10), story(25)].map(owed)).toEqual([5000, 0, 5000]);
    expect(statusOf(story(4))).toBe('active');
  });

  it('who is suspended claims nothing', () => {
    const engine = opened([read(0)], [said(1, 'suspended')], [claim('account:7', 2)]);
    expect(engine.state.claims.get('main/contact:1>account:7')?.state).toBe('rejected');
    expect(engine.state.refused.map((it) => it.reason)).toEqual(['participant_not_active']);
  });
});

describe('codes', () => {
  const code = `HJKMNPR${checkSign('HJKMNPR')}`;
  const given = (change: Partial<ReferralCode> = {}, n = 0): ReferralEvent => ({
    ...{ key: `code ${n} ${change.status ?? 'active'}`, ...at(n), kind: 'code', by: 'owner:1' },
    code: {
      ...{ code, programId: 'main', participantId: 'contact:1', status: 'active', createdAt: day(0) },
      ...{ expiresAt: null, maxUses: 2, uses: 0, ...change },
    },
  });
  const reasons = ({ state }: ReferralEngine) => state.refused.map((it) => it.reason);

  it('each claim that is taken by it is a use: the third of two is refused, the same claim twice is one use', () => {
    const twice = [claim('account:7', 1, code), claim('account:7', 2, code), claim('account:8', 3, code.toLowerCase())];
    const engine = opened([read(0), given()], twice);
    expect(codeOf(engine.state, 'main', code)?.uses).toBe(2);
    engine.take([claim('account:9', 4, code)]);
    expect(reasons(engine)).toEqual(['code_not_valid']);
    expect(engine.state.claims.has('main/contact:1>account:9')).toBe(false);
  });

  it('mistyped: refused, and no claim on record; withdrawn: refused from then on', () => {
    const wrong = `HJKMNRP${checkSign('HJKMNPR')}`;
    const engine = opened([read(0), given()], [claim('account:7', 1, wrong)]);
    expect(reasons(engine)).toEqual(['bad_code']);
    engine.take([given({ status: 'withdrawn' }, 2)]);
    engine.take([claim('account:8', 3, code)]);
    expect(reasons(engine)).toEqual(['bad_code', 'code_not_valid']);
    expect(engine.state.claims.size).toBe(0);
  });

  it('uses of a code that was in use elsewhere go on from what is said', () => {
    const engine = opened([read(0), given({ uses: 1 })], [claim('account:7', 1, code), claim('account:8', 2, code)]);
    expect(codeOf(engine.state, 'main', code)?.uses).toBe(2);
    expect(reasons(engine)).toEqual(['code_not_valid']);
  });
});

describe('asks', () => {
  const key = 'ask/main/contact:1/promoter/2026-01-01';
  const ask: ReferralEvent = {
    ...{ key, ...at(1), kind: 'ask', by: 'owner:1' },
    ask: {
      ...{ key, programId: 'main', accountId: 'account:1', contactId: 'contact:1', ownerId: 'owner:1' },
      ...{ trigger: 'promoter', channel: 'call', askedOn: '2026-01-02', outcome: null, answeredOn: null },
    },
  };
  const answer = (outcome: 'accepted' | 'declined', on: string, n: number): ReferralEvent => ({
    ...{ key: `${key} ${outcome}`, ...at(n), kind: 'answer', by: 'owner:1', answer: { askKey: key, outcome, on } },
  });
  const asksOn = (engine: ReferralEngine, today: string) =>
    currentAsks(engine.state, ASK_POLICY, { today, timeZone: 'UTC' }).map((it) => [it.outcome, it.answeredOn]);

  it('silence is ignored after 30 days, an introduction in time is a yes, a recorded answer decides', () => {
    const asked = opened([ask]);
    expect([asksOn(asked, '2026-02-01'), asksOn(asked, '2026-02-02')]).toEqual([[[null, null]], [['ignored', null]]]);
    expect(asksOn(opened([read(0)], [ask], [claim('account:7', 3)]), '2026-02-02')).toEqual([
      ['accepted', '2026-01-04'],
    ]);
    const declined = opened([read(0)], [ask, answer('declined', '2026-01-03', 1)], [claim('account:7', 3)]);
    expect(asksOn(declined, '2026-02-02')).toEqual([['declined', '2026-01-03']]);
  });

  it('the first answer stands; one before the ask, or to no ask, is refused', () => {
    const engine = opened([ask], [answer('accepted', '2026-01-05', 4)], [answer('declined', '2026-01-06', 5)]);
    expect(asksOn(engine, '2026-02-02')).toEqual([['accepted', '2026-01-05']]);
    expect(engine.state.refused).toMatchObject([{ reason: 'illegal_transition' }]);
    expect(opened([ask], [answer('declined', '2026-01-01', 5)]).state.refused).toMatchObject([
      { reason: 'clock_backwards' },
    ]);
    expect(opened([answer('declined', '2026-01-03', 5)]).state.refused).toMatchObject([
      { reason: 'illegal_transition' },
    ]);
  });

  it('the first draw of an account stands, also when it is merged into another', () => {
    const arm = (accountId: string, of: 'treat' | 'hold-out', n: number): ReferralEvent => ({
      ...{ key: `arm ${accountId} ${n}`, ...at(n), kind: 'ask_arm' },
      arm: { accountId, stratum: 'small', arm: of, propensity: 0.9, assignedAt: day(n) },
    });
    const merge: ReferralEvent = {
      ...{ key: 'merge', ...at(3), kind: 'merge', loserId: 'account:2', survivorId: 'account:1' },
    };
    const engine = opened([arm('account:2', 'hold-out', 0)], [arm('account:2', 'treat', 1)], [merge]);
    engine.take([arm('account:1', 'treat', 4)]);
    expect(askArms(engine.state).map((it) => [it.accountId, it.arm])).toEqual([['account:1', 'hold-out']]);
  });
});
