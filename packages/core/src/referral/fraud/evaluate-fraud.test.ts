import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../test/records.ts';
import { aContext, aParticipant, aProgram, aReward, keys, OTTO } from '../../../test/referral/fraud-facts.ts';
import { REASONS } from '../entities/reason-code.ts';
import { evaluateFraud } from './evaluate-fraud.ts';
import { FRAUD_CHECKS, unknownChecks } from './fraud-checks.ts';
import type { FraudContext } from './fraud-context.ts';
import { weighSignals } from './weigh-signals.ts';

const DAY = 86_400_000;
/** Raises: same contact, same domain, seller, device, squatting. */
const suspicious = (set: Partial<FraudContext> = {}) =>
  aContext({
    referred: keys({ ...OTTO, contactIds: ['contact:1'], websites: ['alder.example'] }),
    participant: aParticipant({ role: 'employee' }),
    devices: { referrer: ['#d'], referred: ['#d'] },
    openClaims: 10,
    ...set,
  });
const names = (context: FraudContext) => evaluateFraud(context).map((it) => it.check);
const raised = ['self_same_person', 'self_same_domain', 'owner_or_employee', 'same_device', 'claim_squatting'];

describe('the registry', () => {
  it('holds the eighteen checks of the published table, each with everything that docs print', () => {
    expect(FRAUD_CHECKS.map((it) => it.id)).toEqual([
      'self_same_person',
      'self_same_domain',
      'historical_domain',
      'owner_or_employee',
      'loop',
      'same_group',
      'risky_email',
      'similar_identity',
      'same_device',
      'velocity',
      'paid_traffic',
      'duplicate_participant',
      'refund_rate',
      'minimum_customers',
      'amount_above_limit',
      'deleted_customer',
      'back_dated',
      'claim_squatting',
    ]);
    for (const { title, explanation, appeal, ifWrong, inputs, expiresAfterDays } of FRAUD_CHECKS) {
      for (const text of [explanation, appeal, ifWrong]) expect(text).toMatch(/^[A-Z].*\.$/);
      expect(title).not.toBe('');
      expect(inputs.length).toBeGreaterThan(0);
      expect(expiresAfterDays).toBeGreaterThan(0);
    }
  });

  it('every check reads only the inputs that it declares', () => {
    const context = suspicious({ reward: aReward(), closesLoop: () => true });
    for (const check of FRAUD_CHECKS) {
      const read = new Set<string>();
      const get = (of: FraudContext, key: string | symbol) => {
        read.add(String(key));
        return Reflect.get(of, key);
      };
      const watched = new Proxy(context, { get });
      check.find(watched);
      expect([...read].filter((it) => !(check.inputs as readonly string[]).includes(it))).toEqual([]);
    }
  });
});

describe('one evaluation', () => {
  it('signals come in the order of the table, with when they were raised and when they expire', () => {
    expect(names(suspicious())).toEqual(raised);
    const [first] = evaluateFraud(suspicious());
    expect(first).toEqual({
      check: 'self_same_person',
      about: 'claim',
      action: 'block',
      severity: 'high',
      reason: 'self_referral',
      explanation: expect.stringContaining('the same person'),
      evidence: { matched: 'contact', contactId: 'contact:1' },
      raisedAt: at('2026-06-01'),
      // credit window to 2027-03-01, then 180 days until the last reward
      expiresAt: at('2027-08-28'),
      appeal: expect.stringContaining('asks the owner of the program'),
      failed: false,
    });
  });

  it('a signal that holds something outlasts a slow sale, one that failed too; one that only tells goes after 30 days', () => {
    const failing = () => {
      throw new Error('no');
    };
    const signals = evaluateFraud(suspicious({ groupOf: failing }));
    const of = (check: string) => signals.find((it) => it.check === check)?.expiresAt;
    expect(of('same_device')).toBe(at('2026-06-01') + 30 * DAY);
    expect(of('claim_squatting')).toBe(at('2027-08-28'));
    expect(of('same_group')).toBe(at('2027-08-28'));
    const late = suspicious({ asOf: at('2027-08-01') });
    // 2027-08-01 + 365 days
    expect(evaluateFraud(late)[0]?.expiresAt).toBe(at('2028-07-31'));
  });

  it('off switch for a program, and for one participant', () => {
    const off = (check: string, participantId: string | null) =>
      names(suspicious({ program: aProgram({ checksOff: [{ check, participantId }] }) }));
    for (const check of raised) {
      const others = raised.filter((it) => it !== check);
      expect(off(check, null)).toEqual(others);
      expect(off(check, 'contact:1')).toEqual(others);
      expect(off(check, 'contact:7')).toEqual(raised);
    }
  });

  it('a program sets another action; ids that do not exist are told', () => {
    const checkSettings = { actions: { same_device: 'review', sameDevice: 'review' } } as const;
    const program = aProgram({ checkSettings, checksOff: [{ check: 'velocty', participantId: null }] });
    expect(evaluateFraud(suspicious({ program })).find((it) => it.check === 'same_device')?.action).toBe('review');
    expect(unknownChecks(program)).toEqual(['sameDevice', 'velocty']);
    expect(unknownChecks(aProgram())).toEqual([]);
  });

  it('a check that fails to run never blocks: the others run, the claim proceeds, the reward goes to review', () => {
    const failing = () => {
      throw new TypeError('ida@alder.example has no parent');
    };
    const signals = evaluateFraud(aContext({ groupOf: failing, closesLoop: failing }));
    expect(signals.map((it) => [it.check, it.action, it.failed, it.reason, it.evidence])).toEqual([
      ['loop', 'review', true, 'check_failed', { error: 'TypeError' }],
      ['same_group', 'review', true, 'check_failed', { error: 'TypeError' }],
    ]);
    expect(JSON.stringify(signals)).not.toContain('alder');
    expect(weighSignals(signals, at('2026-06-01'))).toEqual({
      claim: 'proceeds',
      claimReason: null,
      reward: 'review_required',
      rewardReason: 'check_failed',
      cash: true,
    });
    // an action set for the check does not turn its failure into a block
    const program = aProgram({ checkSettings: { actions: { loop: 'block' } } });
    expect(evaluateFraud(aContext({ program, closesLoop: failing }))[0]?.action).toBe('review');
  });

  it('a reward in another currency than the program cannot be compared: review', () => {
    const reward = aReward({ amount: { minor: 1, currency: 'USD' } });
    expect(evaluateFraud(aContext({ reward }))).toMatchObject([{ check: 'amount_above_limit', failed: true }]);
  });

  it('property: whichever injected function throws, every other check says what it said before', () => {
    const parts = [
      'groupOf',
      'closesLoop',
      'closesLoopAcross',
      'digest',
      'holdersOf',
      'earlier',
      'tombstones',
    ] as const;
    const whole = names(suspicious());
    fc.assert(
      fc.property(fc.subarray([...parts]), (broken) => {
        const context = suspicious();
        for (const part of broken) {
          Object.defineProperty(context, part, {
            get: () => {
              throw new Error('unreachable');
            },
          });
        }
        const signals = evaluateFraud(context);
        const failed = signals.filter((it) => it.failed).map((it) => it.check);
        const rest = signals.filter((it) => !it.failed).map((it) => it.check);
        expect(rest).toEqual(whole.filter((it) => !failed.includes(it)));
        for (const it of failed) {
          const inputs: readonly string[] = FRAUD_CHECKS.find((check) => check.id === it)?.inputs ?? [];
          expect(broken.some((part) => inputs.includes(part))).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('property: no signal holds a name, an address or a number', () => {
    const word = fc.stringMatching(/^[a-z]{6,12}$/);
    const person = fc.record({ first: word, last: word, host: word, number: fc.stringMatching(/^[1-9]\d{9}$/) });
    fc.assert(
      fc.property(person, person, fc.boolean(), (a, b, same) => {
        const other = same ? a : b;
        const party = (it: typeof a, id: number) =>
          keys({
            contactIds: [`contact:${id}`],
            accountIds: [`account:${id}`],
            names: [`${it.first} ${it.last}`],
            emails: [`${it.first}@${it.host}.example`, `${it.first}@mailinator.com`],
            phones: [`+${it.number}`],
          });
        const text = JSON.stringify(
          evaluateFraud(aContext({ referrer: party(a, 1), referred: party(other, 2), groupOf: () => 'account:9' })),
        );
        for (const it of [a.number, other.number, `${a.first}@`, `${a.host}.example`]) expect(text).not.toContain(it);
        if (same) expect(text).toContain('self_same_person');
      }),
      { numRuns: 200 },
    );
  });

  it('the way to appeal an erased party is that of other refusals: it tells nothing', () => {
    const appeals = new Map(FRAUD_CHECKS.map((it) => [it.id, it.appeal]));
    expect(appeals.get('deleted_customer')).toBe(appeals.get('self_same_person'));
    expect(appeals.get('deleted_customer')).toBe(appeals.get('loop'));
    expect(REASONS.ineligible.referrer).toBe(REASONS.self_referral.referrer);
    expect(REASONS.ineligible.referrer).toBe(REASONS.loop.referrer);
  });
});

describe('all signals together', () => {
  const asOf = at('2026-06-01');
  const signal = (action: 'block' | 'block_cash' | 'review' | 'hold' | 'flag' | 'wait', about: 'claim' | 'reward') => ({
    check: `${action}_${about}`,
    about,
    action,
    severity: 'low' as const,
    explanation: '',
    evidence: {},
    raisedAt: asOf,
    expiresAt: asOf + DAY,
    appeal: '',
    failed: false,
  });
  const weigh = (...signals: ReturnType<typeof signal>[]) => {
    const { claim, reward, cash } = weighSignals(signals, asOf);
    return [claim, reward, cash];
  };

  it('the strongest wins; what is said of rewards never touches the claim', () => {
    expect(weigh()).toEqual(['proceeds', 'proceeds', true]);
    expect(weigh(signal('flag', 'claim'))).toEqual(['proceeds', 'proceeds', true]);
    expect(weigh(signal('wait', 'reward'), signal('hold', 'reward'))).toEqual(['proceeds', 'held', true]);
    expect(weigh(signal('hold', 'reward'), signal('review', 'reward'))).toEqual(['proceeds', 'review_required', true]);
    expect(weigh(signal('block_cash', 'reward'))).toEqual(['proceeds', 'proceeds', false]);
    expect(weigh(signal('review', 'claim'))).toEqual(['under_review', 'review_required', true]);
    expect(weigh(signal('review', 'claim'), signal('block', 'claim'))).toEqual(['blocked', 'blocked', false]);
  });

  it('one that failed never touches the claim, also where it does not say what it is about', () => {
    const { about: _, ...failed } = { ...signal('review', 'claim'), failed: true };
    expect(weighSignals([failed], asOf)).toMatchObject({ claim: 'proceeds', reward: 'review_required' });
    expect(weighSignals([{ ...failed, failed: false }], asOf).claim).toBe('under_review');
  });

  it('counts until the last millisecond before it expires', () => {
    const one = [signal('block', 'claim')];
    expect(weighSignals(one, asOf + DAY - 1).claim).toBe('blocked');
    expect(weighSignals(one, asOf + DAY).claim).toBe('proceeds');
    expect(weighSignals(one, asOf).claimReason).toBe('fraud_check');
  });
});
