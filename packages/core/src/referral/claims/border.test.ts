import { describe, expect, it } from 'vitest';
import { at } from '../../../test/records.ts';
import { aClaim, aProgram } from '../../../test/referral-records.ts';
import type { AttributionDecision } from '../entities/attribution-decision.ts';
import type { QualifyingEvent } from '../entities/qualifying-event.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { RewardRule } from '../entities/reward-rule.ts';
import { checkEvent } from './check-event.ts';
import { explainClaim, neutralText } from './explain-claim.ts';
import { parseProgram } from './parse-program.ts';

describe('an event of the CRM', () => {
  const event: QualifyingEvent = {
    key: 'k',
    type: 'won',
    subjectId: 'account:9',
    opportunityId: 'opportunity:1',
    occurredAt: at('2026-01-01'),
    recordedAt: at('2026-01-01'),
    amount: { minor: 100, currency: 'USD' },
  };
  const check = (set: Partial<QualifyingEvent>) =>
    checkEvent({ ...event, ...set }, at('2026-02-01'), 'EUR', (currency) => currency === 'USD')?.reason ?? null;

  it.each([
    ['fine', null, check({})],
    ['without an amount', null, check({ amount: null })],
    ['in the currency of the program', null, check({ amount: { minor: 0, currency: 'EUR' } })],
    ['negative amount', 'negative_amount', check({ amount: { minor: -1, currency: 'EUR' } })],
    ['currency without rate', 'no_rate', check({ amount: { minor: 1, currency: 'JPY' } })],
    ['in the future', 'future_event', check({ occurredAt: at('2026-02-02'), recordedAt: at('2026-02-02') })],
    ['a clock running backwards', 'clock_backwards', check({ recordedAt: at('2025-12-31') })],
  ])('%s', (_, wanted, reason) => {
    expect(reason).toBe(wanted);
  });
});

describe('the program file', () => {
  const rule: RewardRule = {
    ...{ id: 'r1', version: '1', event: 'won', beneficiary: 'referrer', kind: 'credit', amount: { flat: 10_000 } },
    ...{ tiers: [], caps: [], durationMonths: 0, priority: 1, startsOn: '2025-01-01', endsOn: null },
    expiresAfterDays: null,
  };
  const whole = aProgram({ rules: [rule] });
  const problems = (set: object) => {
    const parsed = parseProgram({ ...structuredClone(whole), ...set });
    return 'problems' in parsed ? parsed.problems.map((it) => `${it.path}: ${it.message}`) : [];
  };
  const inRule = (set: object) => problems({ rules: [{ ...rule, ...set }] });
  const inPolicy = (set: object) => problems({ policy: { ...whole.policy, ...set } });

  it('that is right comes back as it is', () => {
    expect(parseProgram(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
    const full = aProgram({ refundDays: 30 }, { followUp: { contactWithinDays: 2, escalateAfterDays: 5 } });
    expect(parseProgram(full)).toEqual(full);
  });

  it.each([
    ['no object at all', 'program', [String((parseProgram('x') as { detail: string }).detail)]],
    ['a mistyped name', 'nmae', problems({ nmae: 1 })],
    ['a currency that is none', 'currency', problems({ currency: 'euro' })],
    ['ends before it starts', 'endsOn', problems({ endsOn: '2024-12-31' })],
    ['ended without a last day', 'endsOn', problems({ state: 'ended' })],
    ['a day that does not exist', 'startsOn', problems({ startsOn: '2026-02-30' })],
    ['split without weights', 'policy.splitWeights', inPolicy({ model: 'split' })],
    ['weights that sum to 9,999', 'policy.splitWeights', inPolicy({ splitWeights: [6000, 3999] })],
    ['no tracking', 'policy.trackingDays', inPolicy({ trackingDays: 0 })],
    ['escalates before it is due', 'followUp', inPolicy({ followUp: { contactWithinDays: 5, escalateAfterDays: 2 } })],
    ['held shorter than refunds run', 'holdingDays', problems({ holdingDays: 10, refundDays: 14 })],
    ['negative holding days', 'holdingDays', problems({ holdingDays: -1 })],
    ['a percent without disclosure', 'rules.0.amount', inRule({ amount: { percent: 500 } })],
    ['a percent above the whole', 'rules.0.amount', inRule({ amount: { percent: 10_001, disclosesAmount: true } })],
    ['a negative amount', 'rules.0.amount', inRule({ amount: { flat: -5 } })],
    [
      'tiers out of order',
      'rules.0.tiers',
      inRule({ tiers: [5, 2].map((fromWon) => ({ fromWon, amount: { flat: 1 } })) }),
    ],
    ['cash for an account manager', 'rules.0.kind', inRule({ beneficiary: 'account_manager', kind: 'cash' })],
    ['a reward for a loss', 'rules.0.event', inRule({ event: 'lost' })],
    ['one rule id twice', 'rules', problems({ rules: [rule, rule] })],
    ['a budget of nothing', 'budget.minor', problems({ budget: { minor: 0, interval: 'year' } })],
    ['a country that is none', 'jurisdictions.0', problems({ jurisdictions: ['Austria'] })],
  ])('%s: one problem that names the place', (_, place, found) => {
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(place);
  });
});

describe('explaining a claim', () => {
  const claim = aClaim(1, '2026-01-01');
  const influenced: ReferralClaim = {
    ...claim,
    history: [
      ...claim.history,
      {
        ...{ from: 'accepted' as const, to: 'influenced' as const, event: 'note_influence', at: at('2026-01-05') },
        ...{ actor: 'crm', reason: 'existing_relation' as const, policyVersion: 'policy-1' },
      },
    ],
  };

  it('staff see each step with actor, reason and policy; and each decision', () => {
    const decision: AttributionDecision = {
      ...{ opportunityId: 'opportunity:1', version: 2, programId: 'friends', policyVersion: 'policy-2' },
      ...{ decidedAt: at('2026-03-01'), reason: 'best_evidence' as const, override: null, locked: false },
      candidates: [
        {
          ...{ referralId: claim.id, participantId: 'contact:1', evidence: 'activity', introducedAt: at('2026-01-01') },
          ...{ credit: 'sourced', share: 10_000, reason: 'best_evidence' },
        },
      ],
    };
    expect(explainClaim(influenced, [decision]).map((it) => [it.what, it.actor, it.policyVersion])).toEqual([
      ['introduced (activity)', 'contact:1', 'policy-1'],
      ['submit: accepted', 'test', 'policy-1'],
      ['note_influence: accepted -> influenced', 'crm', 'policy-1'],
      ['decision 2 on opportunity:1: sourced, 100 %', 'policy', 'policy-2'],
    ]);
    expect(explainClaim(influenced)[2]?.text).toContain('customer');
  });

  it('the referrer sees a neutral sentence and a day, never that somebody is a customer or was erased', () => {
    expect(neutralText(influenced)).toEqual({ text: 'Thank you: your introduction was taken up.', on: '2026-01-05' });
    expect(neutralText(claim).text).toBe('Thank you: your introduction was taken up.');
  });
});
