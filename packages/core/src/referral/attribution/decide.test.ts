import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROPERTY_RUNS } from '../../../test/property-runs.ts';
import { at } from '../../../test/records.ts';
import { aClaim, aParticipant, aPolicy, aProgram, aTouch } from '../../../test/referral-records.ts';
import { advanceClaims } from '../claims/advance-claims.ts';
import { NO_RELATION, type Relation } from '../claims/existing-relation.ts';
import { neutralText } from '../claims/explain-claim.ts';
import { ATTRIBUTION_MODELS, type AttributionPolicy } from '../entities/attribution-policy.ts';
import { EVIDENCE_CLASSES } from '../entities/evidence-class.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { Touch } from '../entities/touch.ts';
import { type DecisionContext, decide } from './decide.ts';
import { applyDecision, lockDecision, recordDecision } from './decision-history.ts';
import { type Dispute, openDispute, ruleDispute } from './dispute.ts';
import type { WonOpportunity } from './judge-candidate.ts';
import { mergeClaims, repoint } from './merge-claims.ts';
import { overrideDecision, type WantedShares } from './override-decision.ts';
import { shareOut } from './share-out.ts';

const DAY = 86_400_000;
const RUNS = { numRuns: PROPERTY_RUNS };
const sale: WonOpportunity = {
  id: 'opportunity:1',
  subjectIds: ['account:9', 'contact:9'],
  openedAt: at('2026-02-01'),
  wonAt: at('2026-05-01'),
  amount: null,
};
const base: DecisionContext = {
  asOf: at('2026-05-02'),
  participant: (id) => aParticipant(Number(id.slice(8))),
  touches: [],
  relation: NO_RELATION,
  creditedElsewhereAt: null,
  firstDecidedAt: null,
};
const run = (
  claims: readonly ReferralClaim[],
  policy: Partial<AttributionPolicy> = {},
  set: Partial<DecisionContext> = {},
  of: WonOpportunity = sale,
) => {
  const decision = decide(of, claims, aProgram({}, policy), { ...base, ...set });
  if ('refused' in decision) throw new Error(decision.reason);
  return decision;
};
const who = (...args: Parameters<typeof run>) =>
  run(...args).candidates.map((it) => `${it.participantId.slice(8)} ${it.credit} ${it.share}`);
const why = (...args: Parameters<typeof run>) => run(...args).candidates[0]?.reason;

describe('models', () => {
  const a = aClaim(1, '2026-01-10', { evidence: 'confirmed' });
  const b = aClaim(2, '2026-01-01', { evidence: 'click' });
  const c = aClaim(3, '2026-01-20', { evidence: 'code' });
  const touches = [aTouch(2, '2026-01-25', { evidence: 'click' })];

  it('best evidence, then first (the default); first touch; last touch', () => {
    expect(who([c, b, a])).toEqual(['1 sourced 10000', '3 influenced 0', '2 influenced 0']);
    expect(who([c, b, a], { model: 'first_touch' })[0]).toBe('2 sourced 10000');
    expect(who([c, b, a], { model: 'last_touch' })[0]).toBe('3 sourced 10000');
    expect(who([c, b, a], { model: 'last_touch' }, { touches })[0]).toBe('2 sourced 10000');
  });

  it('sourced against influenced: sourced before the opening, influenced after it, the other one neither', () => {
    const after = aClaim(4, '2026-03-01', { evidence: 'confirmed' });
    expect(who([after, c, a], { model: 'sourced_vs_influenced' })).toEqual([
      '1 sourced 10000',
      '3 none 0',
      '4 influenced 0',
    ]);
  });

  it('split: 50/30/20 among three, 62.5/37.5 among two, all to one; nobody behind the weights', () => {
    const policy = { model: 'split', splitWeights: [5000, 3000, 2000] } as const;
    const d = aClaim(4, '2026-01-25', { evidence: 'free_text' });
    expect(who([a, b, c, d], policy)).toEqual(['1 sourced 5000', '3 sourced 3000', '2 sourced 2000', '4 influenced 0']);
    expect(who([a, b], policy)).toEqual(['1 sourced 6250', '2 sourced 3750']);
    expect(who([a], policy)).toEqual(['1 sourced 10000']);
    expect(run([a, b], policy).reason).toBe('split');
  });

  it('split: who waits behind a protected claim shares nothing with it; among those who wait it is split', () => {
    const policy = { model: 'split', splitWeights: [6000, 4000] } as const;
    const [x, y] = [aClaim(3, '2026-01-20', { state: 'queued' }), aClaim(4, '2026-01-21', { state: 'queued' })];
    expect(who([a, x], policy)).toEqual(['1 sourced 10000', '3 influenced 0']);
    expect(who([x, y], policy)).toEqual(['3 sourced 6000', '4 sourced 4000']);
  });

  it('of several signs of the strongest class the earliest is the introduction', () => {
    const touches = ['2026-01-08', '2026-01-03', '2026-01-06'].map((on) => aTouch(1, on, { evidence: 'confirmed' }));
    expect(run([a], {}, { touches }).candidates[0]?.introducedAt).toBe(at('2026-01-03'));
  });

  it('largest remainder, by hand: thirds are 3,334 3,333 3,333; 1:1:1:1:1:1 is 1,667 four times and 1,666 twice', () => {
    expect(shareOut([1, 1, 1])).toEqual([3334, 3333, 3333]);
    expect(shareOut([1, 1, 1, 1, 1, 1])).toEqual([1667, 1667, 1667, 1667, 1666, 1666]);
    expect(shareOut([2, 4, 1])).toEqual([2857, 5714, 1429]);
    expect(shareOut([])).toEqual([]);
  });

  it('a participant shares once, whatever many claims on contacts and account', () => {
    const onContact = aClaim(1, '2026-01-12', { subjectId: 'contact:9' });
    const policy = { model: 'split', splitWeights: [6000, 4000] } as const;
    expect(who([onContact, a, b], policy)).toEqual(['1 sourced 6000', '1 none 0', '2 sourced 4000']);
  });

  it('the same instant and evidence: the lower id, always', () => {
    expect(who([aClaim(2, '2026-01-01'), aClaim(1, '2026-01-01')])[0]).toBe('1 sourced 10000');
  });
});

describe('clocks and eligibility at the conversion', () => {
  const claim = aClaim(1, '2026-01-01');
  const opened = (openedAt: number) => why([claim], {}, {}, { ...sale, openedAt, wonAt: openedAt });

  it('tracking: opened on the last millisecond of day 90, and on the next one', () => {
    expect(opened(at('2026-04-01') - 1)).toBe('best_evidence');
    expect(opened(at('2026-04-01'))).toBe('tracking_window_passed');
  });

  it('a later touch keeps the claim inside the tracking window, with the evidence of that touch', () => {
    const of = { ...sale, openedAt: at('2026-04-15') };
    const touches = [aTouch(1, '2026-03-01', { evidence: 'code' })];
    expect(run([claim], {}, { touches }, of).candidates[0]).toMatchObject({
      credit: 'sourced',
      evidence: 'code',
      introducedAt: at('2026-03-01'),
    });
  });

  it('credit: won on the last millisecond of day 365, and on the next one', () => {
    const won = (wonAt: number) => why([claim], {}, { asOf: wonAt }, { ...sale, wonAt });
    expect([won(at('2027-01-01') - 1), won(at('2027-01-01'))]).toEqual(['best_evidence', 'credit_window_passed']);
  });

  it('a claim that the clock expired before the CRM took the opportunity down is judged by the windows', () => {
    const history = [
      ...claim.history,
      { from: 'accepted', to: 'expired', event: 'expire', at: at('2026-04-01'), actor: 'clock' } as const,
    ].map((it) => ({ policyVersion: 'p', reason: 'tracking_window_passed' as const, ...it }));
    expect(who([{ ...claim, state: 'expired', history }])).toEqual(['1 sourced 10000']);
  });

  it.each([
    ['duplicate', 'earlier_claim_protected'],
    ['under_review', 'fraud_check'],
    ['withdrawn', 'withdrawn'],
  ] as const)('a claim that is %s is not credited', (state, reason) => {
    const history = claim.history.map((it) => ({ ...it, reason }));
    expect(run([{ ...claim, state, history }]).candidates[0]).toMatchObject({ credit: 'none', share: 0, reason });
  });

  it('introduced after the sale; by the account itself; by nobody who is known', () => {
    expect(why([aClaim(1, '2026-05-02')])).toBe('existing_relation');
    expect(why([aClaim(1, '2026-01-01', { referrerAccountId: 'account:9' })])).toBe('self_referral');
    expect(why([claim], {}, { participant: () => undefined })).toBe('unknown_participant');
  });

  it('a known relation limits to influenced, and who has none before it takes the credit', () => {
    const contacts = [{ occurredAt: at('2026-01-05'), recordedAt: at('2026-01-05') }];
    const relation: Relation = { ...NO_RELATION, contacts };
    expect(
      who([aClaim(1, '2026-01-10', { evidence: 'confirmed' }), aClaim(2, '2026-01-01')], {}, { relation }),
    ).toEqual(['2 sourced 10000', '1 influenced 0']);
  });

  it.each([
    ['in the future', 'future_event', { wonAt: at('2026-05-03') }],
    ['won before it was opened: a clock running backwards', 'clock_backwards', { wonAt: at('2026-01-31') }],
    ['negative amount', 'negative_amount', { amount: { minor: -1, currency: 'EUR' } }],
  ])('refused: a sale %s', (_, reason, set) => {
    expect(decide({ ...sale, ...set }, [claim], aProgram(), base)).toMatchObject({ refused: true, reason });
  });

  it('no claim: a decision without candidates and without a share', () => {
    expect(run([])).toMatchObject({ candidates: [], reason: 'not_eligible_for_reward' });
  });
});

describe('the decision on record', () => {
  const [a, b] = [aClaim(1, '2026-01-01'), aClaim(2, '2026-01-02')];
  const { history } = recordDecision([], run([a, b]));

  it('the same again adds no version; another one does, and the first stays as it was', () => {
    expect(recordDecision(history, run([b, a], {}, { asOf: at('2026-06-01') })).outcome).toBe('unchanged');
    const next = recordDecision(history, run([a, b, aClaim(3, '2025-12-31')]));
    expect([next.outcome, next.history.length, next.history[0] === history[0]]).toEqual(['recorded', 2, true]);
  });

  it('writes credit and sale onto the claims; a second time changes nothing', () => {
    const written = applyDecision([a, b, aClaim(4, '2026-01-01')], run([a, b]));
    expect(written.map((it) => [it.credit, it.opportunityId])).toEqual([
      ['sourced', 'opportunity:1'],
      ['influenced', 'opportunity:1'],
      [null, null],
    ]);
    expect(applyDecision(written, run([a, b])).every((it, i) => it === written[i])).toBe(true);
  });

  it('bug: a later sale took the credit of the one that the introduction brought; only what says more moves a claim', () => {
    const told = (claim: ReferralClaim, credit: 'sourced' | 'influenced' | 'none', opportunityId = 'opportunity:2') => {
      const decision = run([claim]);
      const candidates = decision.candidates.map((it) => ({ ...it, credit }));
      const [after] = applyDecision([claim], { ...decision, opportunityId, candidates });
      return [after?.credit, after?.opportunityId];
    };
    const first = { ...a, opportunityId: 'opportunity:1' };
    expect(told({ ...first, credit: 'sourced' }, 'none')).toEqual(['sourced', 'opportunity:1']);
    expect(told({ ...first, credit: 'sourced' }, 'sourced')).toEqual(['sourced', 'opportunity:1']);
    expect(told({ ...first, credit: 'influenced' }, 'sourced')).toEqual(['sourced', 'opportunity:2']);
    // one that is open still is followed until another is credited; nobody follows a sale that is not theirs
    expect(told({ ...first, credit: null }, 'none')).toEqual([null, 'opportunity:1']);
    expect(told({ ...first, credit: null }, 'influenced')).toEqual(['influenced', 'opportunity:2']);
    expect(told({ ...a, credit: null, opportunityId: null }, 'none')).toEqual(['none', null]);
    expect(told({ ...first, credit: 'sourced' }, 'none', 'opportunity:1')).toEqual(['none', 'opportunity:1']);
  });

  it('shares that are no whole are refused: a sum, a stranger, a fraction, one twice', () => {
    const wanted = (...shares: WantedShares) => {
      const override = {
        by: 'o:1',
        role: 'program_manager',
        approvedBy: null,
        why: 'So.',
        at: at('2026-06-01'),
        shares,
      };
      const after = overrideDecision(history, override, aProgram().policy, 0);
      return 'refused' in after ? after.reason : after.at(-1)?.candidates.map((it) => it.share);
    };
    const [one, two] = [a.id, b.id];
    expect(wanted({ referralId: one, share: 9999 })).toBe('bad_shares');
    expect(wanted({ referralId: 'x', share: 10_000 })).toBe('bad_shares');
    expect(wanted({ referralId: one, share: 2500.5 }, { referralId: two, share: 7499.5 })).toBe('bad_shares');
    expect(wanted({ referralId: one, share: 5000 }, { referralId: one, share: 5000 })).toBe('bad_shares');
    expect(wanted({ referralId: one, share: 4000 }, { referralId: two, share: 6000 })).toEqual([6000, 4000]);
    expect(wanted()).toEqual([0, 0]);
  });
});

describe('a claim that came too late for a locked decision', () => {
  const [a, late] = [aClaim(1, '2026-01-10'), aClaim(2, '2026-01-01')];
  const history = lockDecision(recordDecision([], run([a])).history, at('2026-05-03'));
  const { outcome, proposal } = recordDecision(history, run([a, late], {}, { asOf: at('2026-05-04') }));
  const candidates = proposal?.candidates ?? [];
  const shares = [{ referralId: late.id, share: 10_000 }];

  it('is a proposal; only a second person or a ruling credits it, and the versions before stay', () => {
    expect([outcome, candidates[0]?.referralId]).toEqual(['kept', late.id]);
    const wanted = { by: 'o:1', role: 'program_manager', why: 'So.', at: at('2026-05-05'), shares };
    const { policy } = aProgram();
    expect(overrideDecision(history, { ...wanted, approvedBy: null }, policy, 1, candidates)).toMatchObject({
      reason: 'decision_locked',
    });
    const after = overrideDecision(history, { ...wanted, approvedBy: 'o:2' }, policy, 1, candidates);
    expect('refused' in after || after.at(-1)?.candidates.map((it) => [it.referralId, it.credit, it.share])).toEqual([
      [late.id, 'sourced', 10_000],
      [a.id, 'influenced', 0],
    ]);
    const opening = { referralId: late.id, openedBy: 'o:3', openedAt: at('2026-05-05'), why: 'First.', evidence: [] };
    expect(openDispute(history, opening, policy)).toMatchObject({ refused: true });
    const dispute = openDispute(history, opening, policy, [], candidates) as Dispute;
    const ruled = ruleDispute(
      dispute,
      history,
      { by: 'o:4', at: at('2026-05-06'), why: 'Yes.', shares },
      policy,
      candidates,
    );
    expect('refused' in ruled || ruled.history.at(-1)?.candidates[0]?.referralId).toBe(late.id);
  });
});

describe('accounts and merges', () => {
  const merge = { id: 'merge:1', loserId: 'contact:2', survivorId: 'contact:1', at: at('2026-03-01') };

  it('claims of two contacts who are one person become one: stronger evidence, further state, both histories', () => {
    const a = aClaim(1, '2026-01-10', { state: 'opportunity', evidence: 'code' });
    const b = aClaim(2, '2026-01-01', { evidence: 'activity', protectedUntil: at('2026-03-02') });
    for (const claims of [mergeClaims([a, b], merge), mergeClaims([b, a], merge)]) {
      expect(claims).toHaveLength(1);
      expect(claims[0]).toMatchObject({
        ...{ id: a.id, state: 'opportunity', evidence: 'activity', introducedAt: at('2026-01-01') },
        ...{ claimedAt: at('2026-01-01'), expiresAt: a.expiresAt, protectedUntil: at('2026-03-02') },
      });
      expect(claims[0]?.history.map((it) => [it.at, it.event])).toEqual([
        [at('2026-01-01'), 'submit'],
        [at('2026-01-10'), 'submit'],
        [at('2026-03-01'), 'merge'],
      ]);
      expect(mergeClaims(claims, merge)).toEqual(claims);
    }
  });

  it('what the merge does not touch is the same object; a participant and a touch are pointed at the survivor', () => {
    const other = aClaim(3, '2026-01-01');
    expect(mergeClaims([other], merge)[0]).toBe(other);
    expect(repoint(aParticipant(2), merge).id).toBe('contact:1');
    expect(repoint(aTouch(2, '2026-01-01'), merge).participantId).toBe('contact:1');
  });

  it('a merge that makes referrer and referred one account: no credit', () => {
    const [claim] = mergeClaims([aClaim(1, '2026-01-01')], { ...merge, loserId: 'account:1', survivorId: 'account:9' });
    expect(why([claim as ReferralClaim])).toBe('self_referral');
  });

  it('a lapsed claim is still lapsed after a merge: that records were merged is no step', () => {
    const holder = { ...aClaim(2, '2026-01-10'), protectedUntil: at('2026-01-20') };
    const rival = aClaim(3, '2026-01-12', { state: 'queued' });
    const [lapsed] = advanceClaims([holder, rival], aPolicy(), at('2026-01-25'));
    const [claim] = mergeClaims([lapsed!], merge);
    expect(claim).toMatchObject({ state: 'expired', participantId: 'contact:1' });
    expect(why([claim!])).toBe('lapsed');
    expect(neutralText(claim!).on).toBe('2026-01-20');
  });
});

describe('properties', () => {
  const states = [
    'accepted',
    'queued',
    'contested',
    'opportunity',
    'won',
    'influenced',
    'duplicate',
    'expired',
  ] as const;
  const claims = fc
    .uniqueArray(
      fc.record({
        n: fc.integer({ min: 1, max: 12 }),
        onContact: fc.boolean(),
        day: fc.integer({ min: -150, max: 140 }),
        evidence: fc.constantFrom(...EVIDENCE_CLASSES),
        state: fc.constantFrom(...states),
      }),
      { selector: ({ n, onContact }) => `${n} ${onContact}`, maxLength: 10 },
    )
    .map((all) =>
      all.map(({ n, onContact, day, evidence, state }) => {
        const introducedAt = at('2026-01-01') + day * DAY;
        const subjectId = onContact ? 'contact:9' : 'account:9';
        return aClaim(n, '2026-01-01', { evidence, state, introducedAt, subjectId });
      }),
    );
  const touches = fc
    .array(
      fc.tuple(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: -60, max: 120 }),
        fc.constantFrom(...EVIDENCE_CLASSES),
      ),
    )
    .map((all) =>
      all.map(([n, day, evidence], i): Touch => {
        const occurredAt = at('2026-01-01') + day * DAY;
        return aTouch(n, '2026-01-01', { key: `t${i}`, evidence, occurredAt, recordedAt: occurredAt });
      }),
    );
  const policy = fc.record({
    model: fc.constantFrom(...ATTRIBUTION_MODELS),
    paysInfluence: fc.boolean(),
    splitWeights: fc.constantFrom([10_000], [5000, 5000], [3334, 3333, 3333], [7000, 1999, 1001]),
  });

  it('any permutation of claims and touches gives the same decision', () => {
    const shuffled = fc.tuple(claims, touches).chain(([all, signs]) => {
      const whole = { minLength: all.length, maxLength: all.length };
      const every = { minLength: signs.length, maxLength: signs.length };
      return fc.tuple(
        fc.constant([all, signs] as const),
        fc.tuple(fc.shuffledSubarray(all, whole), fc.shuffledSubarray(signs, every)),
      );
    });
    fc.assert(
      fc.property(shuffled, policy, ([[a, t], [b, u]], rules) => {
        expect(run(b, rules, { touches: u })).toEqual(run(a, rules, { touches: t }));
      }),
      RUNS,
    );
  });

  it('shares are whole, sum to 10,000 or 0; only sourced, or influence that is paid, has one; everybody is on record', () => {
    fc.assert(
      fc.property(claims, touches, policy, (all, signs, rules) => {
        const { candidates } = run(all, rules, { touches: signs });
        expect(candidates.map((it) => it.referralId).sort()).toEqual(all.map((it) => it.id).sort());
        const sum = candidates.reduce((total, it) => total + it.share, 0);
        const isSourced = candidates.some((it) => it.credit === 'sourced');
        const isInfluenced = candidates.some((it) => it.credit === 'influenced');
        expect(sum).toBe(isSourced || (rules.paysInfluence && isInfluenced) ? 10_000 : 0);
        for (const it of candidates) {
          expect(Number.isInteger(it.share) && it.share >= 0).toBe(true);
          if (it.credit === 'none') expect(it.share).toBe(0);
        }
        const sourced = candidates.filter((it) => it.credit === 'sourced').map((it) => it.participantId);
        expect(new Set(sourced).size).toBe(sourced.length);
      }),
      RUNS,
    );
  });

  it('largest remainder: whole shares that sum to 10,000, each within one of the exact one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 12 }), (weights) => {
        const shares = shareOut(weights);
        const total = weights.reduce((sum, it) => sum + it, 0);
        expect(shares.reduce((sum, it) => sum + it, 0)).toBe(10_000);
        for (const [i, it] of shares.entries())
          expect(Math.abs(it - ((weights[i] ?? 0) * 10_000) / total)).toBeLessThan(1);
      }),
      RUNS,
    );
  });
});
