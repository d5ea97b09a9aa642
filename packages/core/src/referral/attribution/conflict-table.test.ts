import { describe, expect, it } from 'vitest';
import { at } from '../../../test/records.ts';
import { aClaim, aParticipant, aPolicy, aProgram, aSubmission, aTouch } from '../../../test/referral-records.ts';
import { advanceClaims } from '../claims/advance-claims.ts';
import { NO_RELATION } from '../claims/existing-relation.ts';
import { submitClaim } from '../claims/submit-claim.ts';
import type { AttributionDecision } from '../entities/attribution-decision.ts';
import type { AttributionPolicy } from '../entities/attribution-policy.ts';
import type { Participant } from '../entities/participant.ts';
import type { Refusal } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { CONFLICT_TABLE } from './conflict-table.ts';
import { type DecisionContext, decide } from './decide.ts';
import { decidePrograms } from './decide-programs.ts';
import { type DecisionHistory, lockDecision, recordDecision } from './decision-history.ts';
import { appealDispute, type Dispute, disputeStanding, holdsRewards, openDispute, ruleDispute } from './dispute.ts';
import type { WonOpportunity } from './judge-candidate.ts';
import { mergeClaims } from './merge-claims.ts';
import { overrideDecision } from './override-decision.ts';

const DAY = 86_400_000;
/** Opened on 1 February, won on 1 May: every introduction of January is in all windows. */
const sale: WonOpportunity = {
  id: 'opportunity:1',
  subjectIds: ['account:9', 'contact:9'],
  openedAt: at('2026-02-01'),
  wonAt: at('2026-05-01'),
  amount: { minor: 1_000_000, currency: 'EUR' },
};
const context = (set: Partial<DecisionContext> = {}): DecisionContext => ({
  asOf: at('2026-05-02'),
  participant: (id) => aParticipant(Number(id.slice(8))),
  touches: [],
  relation: NO_RELATION,
  creditedElsewhereAt: null,
  firstDecidedAt: null,
  ...set,
});
function must<T extends object>(outcome: T | Refusal): T {
  if ('refused' in outcome) throw new Error(`${outcome.reason}: ${outcome.detail}`);
  return outcome;
}
const decided = (
  claims: readonly ReferralClaim[],
  set: Partial<DecisionContext> = {},
  policy: Partial<AttributionPolicy> = {},
) => must(decide(sale, claims, aProgram({}, policy), context(set)));
/** Person, credit, share and reason of each candidate, best first. */
const short = ({ candidates }: AttributionDecision) =>
  candidates.map((it) => [Number(it.participantId.slice(8)), it.credit, it.share, it.reason]);

const [first, second] = [aClaim(1, '2026-01-10'), aClaim(2, '2026-01-05')];

const CASES: Readonly<Record<(typeof CONFLICT_TABLE)[number]['case'], () => void>> = {
  'Two referrers, both inside the tracking window, equal evidence': () => {
    const decision = decided([first, second]);
    expect(decision.reason).toBe('first_of_equals');
    expect(short(decision)).toEqual([
      [2, 'sourced', 10_000, 'first_of_equals'],
      [1, 'influenced', 0, 'beaten'],
    ]);
  },
  'Two referrers, both inside the tracking window, unequal evidence': () => {
    const decision = decided([{ ...first, evidence: 'confirmed' }, second]);
    expect(short(decision)).toEqual([
      [1, 'sourced', 10_000, 'best_evidence'],
      [2, 'influenced', 0, 'beaten'],
    ]);
    expect(decision.candidates.map((it) => it.evidence)).toEqual(['confirmed', 'activity']);
  },
  'A referral and a paid ad or affiliate': () => {
    expect(short(decided([first]))).toEqual([[1, 'sourced', 10_000, 'best_evidence']]);
    const late = decided([first], { creditedElsewhereAt: at('2026-05-01') });
    expect(short(late)).toEqual([[1, 'influenced', 0, 'already_credited']]);
    expect(late.reason).toBe('already_credited');
    // credited elsewhere only after it was decided here: the first credit stays
    const ours = { creditedElsewhereAt: at('2026-05-10'), firstDecidedAt: at('2026-05-02'), asOf: at('2026-05-20') };
    expect(short(decided([first], ours))).toEqual([[1, 'sourced', 10_000, 'best_evidence']]);
  },
  "A referral and a salesperson's own open opportunity": () => {
    const late = aClaim(1, '2026-02-02');
    expect(short(decided([late]))).toEqual([[1, 'influenced', 0, 'open_opportunity']]);
    expect(short(decided([late], {}, { paysInfluence: true }))).toEqual([
      [1, 'influenced', 10_000, 'open_opportunity'],
    ]);
    // compared with the introduction, not with the claim, and an introduction of that very instant is before
    expect(short(decided([{ ...first, claimedAt: at('2026-03-01') }]))[0]?.[1]).toBe('sourced');
    expect(short(decided([aClaim(1, '2026-02-01')]))[0]?.[1]).toBe('sourced');
  },
  'A second claim during protection': () => {
    const holder = { ...aClaim(1, '2026-01-10'), protectedUntil: at('2026-03-11') };
    const others = (n: number) => ({
      ...{ claimedAt: at('2026-01-20'), asOf: at('2026-01-20'), actor: 'form', code: () => undefined, signals: [] },
      ...{ program: () => aProgram(), participant: () => aParticipant(n), closesLoop: () => false, isErased: false },
      ...{ claimsOn: () => [holder], claimsOf: () => [], relation: () => NO_RELATION },
    });
    const refused = submitClaim(aSubmission(2, '2026-01-05'), others(2));
    expect(refused).toMatchObject({ reason: 'earlier_claim_protected', rivalId: holder.id });
    expect('detail' in refused && refused.detail).toContain('2026-03-11');
    const strong = (on: string) => aSubmission(3, on, { touch: aTouch(3, on, { evidence: 'confirmed' }) });
    const waits = submitClaim(strong('2026-01-15'), others(3)).claim as ReferralClaim;
    const contests = submitClaim(strong('2026-01-05'), others(3)).claim as ReferralClaim;
    expect([refused.claim?.state, waits.state, contests.state]).toEqual(['duplicate', 'queued', 'contested']);
    // at the conversion: the duplicate counts for nothing, who waits is influenced, the contest is won by evidence
    expect(short(decided([holder, refused.claim as ReferralClaim, waits]))).toEqual([
      [1, 'sourced', 10_000, 'best_evidence'],
      [3, 'influenced', 0, 'waits_behind_claim'],
      [2, 'none', 0, 'earlier_claim_protected'],
    ]);
    expect(short(decided([holder, contests]))[0]).toEqual([3, 'sourced', 10_000, 'best_evidence']);
  },
  'A claim lapses without progress': () => {
    const holder = { ...aClaim(1, '2026-01-10'), protectedUntil: at('2026-01-20') };
    const queue = [aClaim(3, '2026-01-12', { state: 'queued' }), aClaim(2, '2026-01-11', { state: 'queued' })];
    const after = advanceClaims([holder, ...queue], aPolicy(), at('2026-01-25'));
    expect(after.map((it) => it.state)).toEqual(['expired', 'queued', 'accepted']);
    expect(after[2]?.history.at(-1)).toMatchObject({ event: 'promote', at: at('2026-01-20') });
    expect(short(decided(after))).toEqual([
      [2, 'sourced', 10_000, 'best_evidence'],
      [3, 'influenced', 0, 'waits_behind_claim'],
      [1, 'none', 0, 'lapsed'],
    ]);
  },
  'Two programs match': () => {
    const claims = [first, aClaim(2, '2026-01-05', { programId: 'partners' })];
    const run = (stackable: boolean) => {
      const programs = [aProgram({ stackable }), aProgram({ id: 'partners', priority: 5, stackable })];
      return must(decidePrograms(sale, claims, programs, context()));
    };
    const [chosen, skipped] = run(false);
    expect([chosen?.programId, skipped?.programId, skipped?.reason]).toEqual(['partners', 'friends', 'other_program']);
    expect(chosen && short(chosen)).toEqual([[2, 'sourced', 10_000, 'best_evidence']]);
    expect(skipped && short(skipped)).toEqual([[1, 'none', 0, 'other_program']]);
    expect(run(true).map((it) => [it.programId, it.candidates[0]?.share])).toEqual([
      ['partners', 10_000],
      ['friends', 10_000],
    ]);
  },
  'The referrer has left or is suspended at the conversion': () => {
    const person = (status: Participant['status'], since: string) => ({
      participant: () => aParticipant(1, { status, statusSince: at(since) }),
    });
    for (const status of ['left', 'suspended'] as const) {
      expect(short(decided([first], person(status, '2026-04-30')))).toEqual([[1, 'none', 0, 'left_before_conversion']]);
      expect(short(decided([first], person(status, '2026-05-02')))[0]?.[1]).toBe('sourced');
      expect(short(decided([first], person(status, '2026-04-30'), { afterLeaving: 'keeps' }))[0]?.[1]).toBe('sourced');
    }
    expect(short(decided([first], person('left', '2026-05-01')))[0]?.[1]).toBe('none');
    // who comes next takes it
    const gone = (id: string) => aParticipant(Number(id.slice(8)), id === 'contact:2' ? { status: 'left' } : {});
    expect(short(decided([first, second], { participant: gone }))[0]?.[0]).toBe(1);
  },
  'Two accounts or contacts are merged in the CRM': () => {
    const other = aClaim(2, '2026-01-05', { subjectId: 'account:8' });
    const before = recordDecision([], decided([first, other])).history;
    expect(before[0]?.candidates).toHaveLength(1);
    const merge = { id: 'merge:1', loserId: 'account:8', survivorId: 'account:9', at: at('2026-05-10') };
    const claims = mergeClaims([first, other], merge);
    expect(claims[1]).toMatchObject({ id: 'friends/contact:2>account:9', subjectId: 'account:9' });
    expect(claims[1]?.history.at(-1)).toMatchObject({ event: 'merge', actor: 'merge:1', reason: 'merged' });
    expect(mergeClaims(claims, merge)).toEqual(claims);
    const again = { ...decided(claims, { asOf: at('2026-05-11') }), mergeId: merge.id };
    const { history, outcome } = recordDecision(before, again);
    expect([outcome, history.map((it) => it.version), history[1]?.mergeId]).toEqual(['recorded', [1, 2], 'merge:1']);
    expect(history[1] && short(history[1])[0]).toEqual([2, 'sourced', 10_000, 'first_of_equals']);
    // after an approved reward nothing moves by itself: it becomes a proposal
    const locked = recordDecision(lockDecision(before, at('2026-05-05')), again);
    expect([locked.outcome, locked.history.length, locked.proposal?.mergeId]).toEqual(['kept', 2, 'merge:1']);
  },
  'A person decides otherwise': () => {
    const history = recordDecision([], decided([first, second])).history;
    const override = {
      ...{ by: 'owner:1', role: 'program_manager', approvedBy: null as string | null, why: 'Introduced on the phone.' },
      ...{ at: at('2026-05-10'), shares: [{ referralId: first.id, share: 10_000 }] },
    };
    const run = (set: Partial<typeof override>, minor = 100_000, of = history) =>
      overrideDecision(of, { ...override, ...set }, aPolicy(), minor);
    const after = must(run({}));
    expect(after[0]).toBe(history[0]);
    expect(after[1] && short(after[1])).toEqual([
      [1, 'sourced', 10_000, 'overridden'],
      [2, 'influenced', 0, 'overridden'],
    ]);
    expect(after[1]?.override).toEqual({ by: 'owner:1', approvedBy: null, why: 'Introduced on the phone.' });
    expect(run({ role: 'seller' })).toMatchObject({ reason: 'not_permitted' });
    expect(run({ why: ' ' })).toMatchObject({ reason: 'why_missing' });
    expect(must(run({}, 500_000))).toHaveLength(2);
    expect(run({}, 500_001)).toMatchObject({ reason: 'second_approver' });
    expect(run({ approvedBy: 'owner:1' }, 500_001)).toMatchObject({ reason: 'second_approver' });
    expect(must(run({ approvedBy: 'owner:2' }, 500_001))).toHaveLength(2);
    const locked = lockDecision(history, at('2026-05-05'));
    expect(run({}, 1, locked)).toMatchObject({ reason: 'decision_locked' });
    expect(must(run({ approvedBy: 'owner:2' }, 1, locked)).at(-1)).toMatchObject({ version: 3, locked: true });
    // the policy's own answer does not undo what a person decided
    expect(recordDecision(after, decided([first, second])).outcome).toBe('kept');
  },
  'A dispute is opened': () => {
    const policy = aPolicy();
    const history = lockDecision(recordDecision([], decided([first, second])).history, at('2026-05-03'));
    const opening = {
      ...{ referralId: first.id, openedBy: 'owner:5', openedAt: at('2026-05-10'), why: 'We met first.' },
      evidence: ['activity:7'],
    };
    const dispute = must(openDispute(history, opening, policy));
    expect(dispute.rulingDueAt).toBe(at('2026-05-20'));
    expect([
      disputeStanding(dispute, policy, at('2026-05-20') - 1),
      holdsRewards(dispute, policy, at('2026-06-30')),
    ]).toEqual(['open', true]);
    expect(disputeStanding(dispute, policy, at('2026-05-20'))).toBe('overdue');
    const rule = (of: Dispute, by: string, on: string, winner: string, past: DecisionHistory) =>
      ruleDispute(of, past, { by, at: at(on), why: 'Seen.', shares: [{ referralId: winner, share: 10_000 }] }, policy);
    const ruled = must(rule(dispute, 'owner:6', '2026-05-15', first.id, history));
    expect(ruled.history.at(-1)).toMatchObject({ version: 3, reason: 'ruled', locked: true });
    expect(ruled.history.at(-1)?.candidates[0]).toMatchObject({ referralId: first.id, share: 10_000 });
    expect([14 * DAY - 1, 14 * DAY].map((ms) => disputeStanding(ruled.dispute, policy, at('2026-05-15') + ms))).toEqual(
      ['ruled', 'final'],
    );
    const appeal = { by: 'owner:5', at: at('2026-05-20'), why: 'New records.' };
    const appealed = must(appealDispute(ruled.dispute, appeal, policy));
    expect(rule(appealed, 'owner:6', '2026-05-25', second.id, ruled.history)).toMatchObject({
      reason: 'second_approver',
    });
    const last = must(rule(appealed, 'owner:7', '2026-05-25', second.id, ruled.history));
    expect(disputeStanding(last.dispute, policy, at('2026-05-25'))).toBe('final');
    expect(holdsRewards(last.dispute, policy, at('2026-05-25'))).toBe(false);
    expect(appealDispute(last.dispute, { ...appeal, at: at('2026-05-26') }, policy)).toMatchObject({
      reason: 'dispute_closed',
    });
    expect(last.history.map((it) => it.version)).toEqual([1, 2, 3, 4]);
    // borders: too late, twice, without a reason, without a claim
    const open = (set: Partial<typeof opening>, earlier: readonly Dispute[] = []) =>
      openDispute(history, { ...opening, ...set }, policy, earlier);
    expect('refused' in open({ openedAt: at('2026-05-16') - 1 })).toBe(false);
    expect(open({ openedAt: at('2026-05-16') })).toMatchObject({ reason: 'dispute_closed' });
    expect(open({}, [dispute])).toMatchObject({ reason: 'dispute_open' });
    expect(open({ why: '' })).toMatchObject({ reason: 'why_missing' });
    expect(open({ referralId: 'nobody' })).toMatchObject({ reason: 'illegal_transition' });
    expect(open({ openedAt: at('2026-05-01') })).toMatchObject({ reason: 'clock_backwards' });
    expect(openDispute(last.history, { ...opening, openedAt: at('2026-05-26') }, policy, [last.dispute])).toMatchObject(
      {
        reason: 'dispute_closed',
      },
    );
  },
};

describe('the conflict table (domain model, 4)', () => {
  it('has eleven rows, each with a result and a record', () => {
    expect(CONFLICT_TABLE).toHaveLength(11);
    for (const row of CONFLICT_TABLE) expect(Math.min(row.result.length, row.record.length)).toBeGreaterThan(10);
  });
  it.each(CONFLICT_TABLE.map((row) => [row.case] as const))('%s', (title) => CASES[title]());
});
