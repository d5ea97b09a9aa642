import { describe, expect, it } from 'vitest';
import type { SurveyResponse } from '../../model/types.ts';
import type { ReferralClaim } from '../entities/index.ts';
import { ASK_POLICY } from './ask-policy.ts';
import { findAskSignals } from './ask-signals.ts';
import { type ContractReferralClause, followClause } from './contract-clause.ts';
import { countAsks } from './count-asks.ts';
import { coolDownUntil, type ReferralAsk, settleAsks } from './referral-ask.ts';

const day = (text: string) => Date.parse(`${text}T09:00:00Z`);
const on = (today: string) => ({ today, timeZone: 'UTC' });

const clause: ContractReferralClause = {
  id: 'clause:1',
  contractId: 'contract:1',
  accountId: 'account:1',
  programId: 'main',
  kind: 'introductions',
  count: 3,
  fromOn: '2026-01-01',
  untilOn: '2026-12-31',
  due: [{ on: '2026-06-30', count: 1 }],
  permits: [],
  rewardRuleId: null,
  waivedOn: null,
};

function claim(
  id: string,
  introducedOn: string,
  state: ReferralClaim['state'],
  change: Partial<ReferralClaim> = {},
): ReferralClaim {
  const [at, step] = [
    day(introducedOn),
    { event: 'accept', actor: 'engine', reason: 'accepted', policyVersion: '1' } as const,
  ];
  return {
    id,
    programId: 'main',
    policyVersion: '1',
    participantId: 'contact:1',
    referrerAccountId: 'account:1',
    subjectId: `account:${id}`,
    referredContactId: null,
    evidence: 'activity',
    introducedAt: at,
    claimedAt: at,
    protectedUntil: null,
    expiresAt: at,
    consent: 'introduced_in_person',
    state,
    credit: null,
    opportunityId: null,
    history: [{ ...step, from: null, to: state === 'rejected' ? 'rejected' : 'accepted', at }],
    ...change,
  };
}

describe('referral clause of a contract', () => {
  const follow = (claims: readonly ReferralClaim[], today: string, change: Partial<ContractReferralClause> = {}) =>
    followClause({ ...clause, ...change }, { claims, deeds: [] }, on(today));

  it('counts accepted introductions within the window, won or lost, each party once; not what was refused or taken back', () => {
    const claims = [
      claim('a', '2026-02-01', 'lost'),
      claim('b', '2026-03-01', 'rejected'),
      claim('c', '2026-03-02', 'reversed'),
      claim('d', '2025-12-31', 'won'),
      claim('e', '2026-04-01', 'won', { subjectId: 'account:a' }),
      claim('f', '2026-04-02', 'won', { referrerAccountId: 'account:9' }),
      claim('g', '2026-04-03', 'won', { programId: 'other' }),
      claim('h', '2026-05-05', 'expired'),
      claim('i', '2026-09-09', 'accepted'),
    ];
    expect(follow(claims, '2026-07-01')).toEqual({
      clauseId: 'clause:1',
      state: 'open',
      fulfilled: 2,
      committed: 3,
      next: { on: '2026-12-31', missing: 1 },
      counted: ['a', 'h'],
    });
    expect(follow(claims, '2026-09-09')).toMatchObject({ state: 'fulfilled', fulfilled: 3, next: null });
  });

  it('states by day: not started, open, due 30 days before, overdue the day after, missed after the window, waived', () => {
    const states = ['2025-12-31', '2026-05-30', '2026-05-31', '2026-06-30', '2026-07-01', '2027-01-01'];
    expect(states.map((today) => follow([], today).state)).toEqual([
      'not_started',
      'open',
      'due',
      'due',
      'overdue',
      'missed',
    ]);
    expect(follow([], '2026-07-01', { waivedOn: '2026-06-01' })).toMatchObject({ state: 'waived', next: null });
  });

  it('reference calls and a logo are counted from records, each record once', () => {
    const deed = (sourceId: string, kind: 'reference_calls' | 'logo') => ({
      accountId: 'account:1',
      kind,
      on: '2026-02-02',
      sourceId,
    });
    const deeds = [
      deed('activity:1', 'reference_calls'),
      deed('activity:1', 'reference_calls'),
      deed('note:1', 'logo'),
    ];
    const follow2 = (kind: 'reference_calls' | 'logo') =>
      followClause(
        { ...clause, kind, count: 1, due: [] },
        { claims: [claim('a', '2026-02-01', 'won')], deeds },
        on('2026-03-01'),
      );
    expect([follow2('reference_calls'), follow2('logo')].map((it) => [it.fulfilled, it.state])).toEqual([
      [1, 'fulfilled'],
      [1, 'fulfilled'],
    ]);
  });
});

describe('moments to ask', () => {
  const survey = (id: string, score: number, answeredOn: string): SurveyResponse => ({
    id,
    createdAt: null,
    updatedAt: null,
    accountId: 'account:1',
    contactId: 'contact:1',
    kind: 'nps',
    score,
    respondedAt: day(answeredOn),
  });
  const none = { surveys: [], renewals: [], results: [], clauses: [] };

  it('a promoter counts 45 days, and only by the last answer', () => {
    const signals = (surveys: readonly SurveyResponse[], today: string) =>
      findAskSignals({ ...none, surveys }, ASK_POLICY, on(today)).map((it) => it.sourceId);
    const first = survey('s:1', 9, '2026-01-01');
    expect(signals([first], '2026-02-15')).toEqual(['s:1']);
    expect(signals([first], '2026-02-16')).toEqual([]);
    expect(signals([first, survey('s:2', 8, '2026-01-20')], '2026-02-01')).toEqual([]);
    expect(signals([first, survey('s:2', 8, '2026-03-20')], '2026-02-01')).toEqual(['s:1']);
    expect(signals([survey('s:3', 9, '2026-03-20')], '2026-02-01')).toEqual([]);
  });

  it('a clause counts from 30 days before its date until it is met; a renewal 60 days', () => {
    const due = (today: string) => {
      const fulfilment = followClause(clause, { claims: [], deeds: [] }, on(today));
      return findAskSignals({ ...none, clauses: [{ clause, fulfilment }] }, ASK_POLICY, on(today)).length;
    };
    expect([due('2026-05-30'), due('2026-05-31'), due('2026-08-01'), due('2027-01-01')]).toEqual([0, 1, 1, 0]);
    const renewals = [{ accountId: 'account:1', on: '2026-01-01', sourceId: 'deal:1' }];
    const won = (today: string) => findAskSignals({ ...none, renewals }, ASK_POLICY, on(today)).length;
    expect([won('2025-12-31'), won('2026-01-01'), won('2026-03-02'), won('2026-03-03')]).toEqual([0, 1, 1, 0]);
  });
});

describe('what comes of asks', () => {
  const ask: ReferralAsk = {
    key: 'ask:1',
    programId: 'main',
    accountId: 'account:1',
    contactId: 'contact:1',
    ownerId: null,
    trigger: 'promoter',
    askedOn: '2026-01-01',
    outcome: null,
    answeredOn: null,
  };
  const settle = (today: string, seen: Partial<Parameters<typeof settleAsks>[1]>) =>
    settleAsks([ask], { answers: [], introductions: [], ...seen }, ASK_POLICY, today)[0];

  it('an introduction within 30 days is a yes, an answer decides, silence is ignored on the 31st day', () => {
    const introductions = [{ participantId: 'contact:1', on: '2026-01-31' }];
    expect(settle('2026-02-10', { introductions })).toMatchObject({ outcome: 'accepted', answeredOn: '2026-01-31' });
    expect(settle('2026-02-10', { introductions: [{ participantId: 'contact:1', on: '2026-02-01' }] })?.outcome).toBe(
      'ignored',
    );
    const answers = [{ askKey: 'ask:1', outcome: 'declined' as const, on: '2026-01-05' }];
    expect(settle('2026-02-10', { introductions, answers })).toMatchObject({
      outcome: 'declined',
      answeredOn: '2026-01-05',
    });
    expect([settle('2026-01-31', {})?.outcome, settle('2026-02-01', {})?.outcome]).toEqual([null, 'ignored']);
    expect(coolDownUntil({ askedOn: '2026-01-01', outcome: 'declined' }, ASK_POLICY)).toBe('2027-01-01');
  });

  it('counts by trigger: 2 yes of 4 with an outcome, Wilson 90 % .182 to .818 by hand', () => {
    const outcomes = ['accepted', 'accepted', 'declined', 'ignored', null] as const;
    const counts = countAsks(outcomes.map((outcome) => ({ ...ask, outcome })));
    const promoter = counts.find((it) => it.trigger === 'promoter');
    expect(promoter).toMatchObject({
      asked: 5,
      accepted: 2,
      declined: 1,
      ignored: 1,
      open: 1,
      acceptance: { value: 0.5, n: 4 },
    });
    // z = 1.644854: half width z sqrt(1/16 + z^2/64) / (1 + z^2/4) = 0.3176
    expect(promoter?.acceptance.interval?.[0]).toBeCloseTo(0.1824, 4);
    expect(counts.find((it) => it.trigger === 'clause_due')?.acceptance.value).toBeNull();
  });
});
