import { describe, expect, it } from 'vitest';
import { at } from '../../../test/records.ts';
import { aClaim, aParticipant, aProgram, aSubmission, aTouch } from '../../../test/referral-records.ts';
import type { Participant } from '../entities/participant.ts';
import { REASONS } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { ClaimSubmission } from '../entities/referral-event.ts';
import { NO_RELATION } from './existing-relation.ts';
import { checkSign } from './referral-code.ts';
import { type ClaimContext, submitClaim } from './submit-claim.ts';

const DAY = 86_400_000;
const program = aProgram();
const context = (on: string, claims: readonly ReferralClaim[] = [], set: Partial<ClaimContext> = {}): ClaimContext => ({
  claimedAt: at(on),
  asOf: at(on),
  actor: 'owner:1',
  program: (id) => (id === program.id ? program : undefined),
  participant: (id) => [1, 2, 3, 4].map((n) => aParticipant(n)).find((it) => it.id === id),
  claimsOn: (subjectId) => claims.filter((it) => it.subjectId === subjectId),
  claimsOf: (participantId) => claims.filter((it) => it.participantId === participantId),
  code: () => undefined,
  relation: () => NO_RELATION,
  closesLoop: () => false,
  signals: [],
  isErased: false,
  ...set,
});
const evidence = (n: number, on: string, kind: ReferralClaim['evidence'], set: Partial<ClaimSubmission> = {}) =>
  aSubmission(n, on, { touch: aTouch(n, on, { evidence: kind }), ...set });
const with1 = (set: Partial<Participant>) => ({ participant: () => aParticipant(1, set) });

describe('a claim that is taken', () => {
  it('is accepted, protected 60 days, to be won within 365, with its history', () => {
    const taken = submitClaim(aSubmission(1, '2026-01-01'), context('2026-01-03'));
    expect(taken).toMatchObject({ refused: false, changed: true, limit: null });
    expect(taken.claim).toMatchObject({
      id: 'friends/contact:1>account:9',
      state: 'accepted',
      introducedAt: at('2026-01-01'),
      claimedAt: at('2026-01-03'),
      protectedUntil: at('2026-01-03') + 60 * DAY,
      expiresAt: at('2026-01-03') + 365 * DAY,
      credit: null,
    });
    expect(taken.claim?.history.map((it) => [it.from, it.to, it.actor])).toEqual([
      [null, 'submitted', 'owner:1'],
      ['submitted', 'accepted', 'owner:1'],
    ]);
  });

  it('the same claim again changes nothing', () => {
    const first = submitClaim(aSubmission(1, '2026-01-01'), context('2026-01-01')).claim as ReferralClaim;
    const again = submitClaim(aSubmission(1, '2026-01-01'), context('2026-01-02', [first]));
    expect(again).toMatchObject({ refused: false, changed: false });
    expect(again.claim).toBe(first);
  });

  it('the same claim with stronger evidence gets stronger, and its first protection', () => {
    const weak = submitClaim(evidence(1, '2026-01-05', 'free_text'), context('2026-01-05')).claim as ReferralClaim;
    expect(weak.protectedUntil).toBeNull();
    const strong = submitClaim(evidence(1, '2026-01-02', 'activity'), context('2026-01-10', [weak])).claim;
    expect(strong).toMatchObject({
      evidence: 'activity',
      introducedAt: at('2026-01-02'),
      protectedUntil: at('2026-01-10') + 60 * DAY,
      claimedAt: at('2026-01-05'),
    });
  });

  it('a claim whose protection has run out gets no second one by stronger evidence', () => {
    const released = aClaim(1, '2026-01-01', { evidence: 'code' });
    const strong = submitClaim(evidence(1, '2026-01-01', 'activity'), context('2026-03-10', [released])).claim;
    expect(strong).toMatchObject({ evidence: 'activity', protectedUntil: null });
  });

  it('rule 2: free text and codes do not back-date, what the CRM recorded does, but not before its own record', () => {
    const said = (kind: ReferralClaim['evidence']) => {
      const touch = aTouch(1, '2026-01-01', { evidence: kind, recordedAt: at('2026-02-01') });
      return submitClaim(aSubmission(1, '2026-01-01', { touch }), context('2026-02-01')).claim?.introducedAt;
    };
    expect([said('free_text'), said('code')]).toEqual([at('2026-02-01'), at('2026-02-01')]);
    expect([said('confirmed'), said('activity'), said('recorded')]).toEqual(Array(3).fill(at('2026-01-01')));
    const touch = aTouch(1, '2026-01-20');
    const early = submitClaim(aSubmission(1, '2026-01-01', { touch }), context('2026-02-01'));
    expect(early.claim?.introducedAt).toBe(at('2026-01-20'));
  });

  it('rule 9: a check that failed to run stops nothing; one that asks for a review holds the claim, one that blocks ends it', () => {
    const signal = (action: 'review' | 'block', failed: boolean) => ({
      ...{ check: 'burst', action, severity: 'high' as const, explanation: 'Twelve in an hour.', evidence: {}, failed },
      ...{ raisedAt: at('2026-01-01'), expiresAt: at('2026-02-01'), appeal: 'Ask for a review.' },
    });
    const state = (action: 'review' | 'block', failed: boolean) =>
      submitClaim(aSubmission(1, '2026-01-01'), context('2026-01-01', [], { signals: [signal(action, failed)] })).claim
        ?.state;
    expect([state('review', true), state('block', true)]).toEqual(['accepted', 'accepted']);
    expect([state('review', false), state('block', false)]).toEqual(['under_review', 'rejected']);
  });
});

describe('an existing relation makes a claim influenced, it does not refuse it (rule 2)', () => {
  const noted = (relation: Partial<typeof NO_RELATION>, claimedOn = '2026-03-01') => {
    const outcome = submitClaim(
      aSubmission(1, '2026-02-01'),
      context(claimedOn, [], { relation: () => ({ ...NO_RELATION, ...relation }) }),
    );
    const limit = 'limit' in outcome ? (outcome.limit?.reason ?? null) : outcome.reason;
    return [outcome.claim?.state, limit, outcome.claim?.protectedUntil === null];
  };

  it('a claim about an existing customer: credit as sourced is refused, the record is kept as influenced', () => {
    expect(noted({ customerSince: at('2025-01-01') })).toEqual(['influenced', 'existing_relation', true]);
    expect(noted({ customerSince: at('2025-01-01'), customerUntil: at('2025-12-31') })[0]).toBe('accepted');
    expect(noted({ customerSince: at('2026-02-10') })[0]).toBe('accepted');
  });

  it('an opportunity: its opening is compared with the introduction, not with the claim', () => {
    const opened = (on: string, closed: string | null = null) =>
      noted({ opportunities: [{ openedAt: at(on), closedAt: closed === null ? null : at(closed) }] })[0];
    expect(opened('2026-01-31')).toBe('influenced');
    expect(opened('2026-02-01')).toBe('accepted');
    expect(opened('2026-02-15')).toBe('accepted');
    expect(opened('2025-06-01', '2025-12-01')).toBe('accepted');
  });

  it('a two-way contact in the 90 days before counts if it was also on record before the claim', () => {
    const contact = (occurredAt: number, recordedAt: number) => noted({ contacts: [{ occurredAt, recordedAt }] })[0];
    expect(contact(at('2026-01-20'), at('2026-01-20'))).toBe('influenced');
    expect(contact(at('2026-01-20'), at('2026-03-01'))).toBe('accepted');
    expect(contact(at('2026-02-01'), at('2026-02-01'))).toBe('accepted');
    expect(contact(at('2026-02-01') - 90 * DAY, 0)).toBe('accepted');
    expect(contact(at('2026-02-01') - 90 * DAY + 1, 0)).toBe('influenced');
  });
});

describe('protection, contest and queue (rule 1)', () => {
  const holder = submitClaim(evidence(1, '2026-01-10', 'activity'), context('2026-01-10')).claim as ReferralClaim;
  const rival = (kind: ReferralClaim['evidence'], introduced: string, claimed = '2026-02-01') =>
    submitClaim(evidence(2, introduced, kind), context(claimed, [holder]));

  it('equal or weaker evidence is a duplicate, with the link to the first and the day its protection ends', () => {
    const equal = rival('activity', '2026-01-05');
    expect(equal).toMatchObject({ refused: true, reason: 'earlier_claim_protected', rivalId: holder.id });
    expect(equal.claim).toMatchObject({ state: 'duplicate', protectedUntil: null });
    expect('detail' in equal && equal.detail).toContain('2026-03-11');
    expect(rival('code', '2026-02-01').claim?.state).toBe('duplicate');
  });

  it('stronger evidence of an earlier introduction contests, and the claim that holds the party knows of it', () => {
    const contest = rival('confirmed', '2026-01-05');
    expect(contest).toMatchObject({ refused: false, claim: { state: 'contested' } });
    expect('rival' in contest && contest.rival).toMatchObject({ id: holder.id, state: 'accepted' });
    expect('rival' in contest && contest.rival?.history.at(-1)).toMatchObject({
      event: 'contest',
      reason: 'contested',
    });
  });

  it('stronger evidence of a later introduction, or of the same instant, waits', () => {
    expect(rival('confirmed', '2026-01-20').claim?.state).toBe('queued');
    expect(rival('confirmed', '2026-01-10').claim?.state).toBe('queued');
  });

  it('protection ends at its instant: one millisecond before it blocks, then both stand', () => {
    const until = holder.protectedUntil as number;
    const claimed = (claimedAt: number) =>
      submitClaim(evidence(2, '2026-02-01', 'activity'), context('2026-06-01', [holder], { claimedAt })).claim?.state;
    expect([claimed(until - 1), claimed(until)]).toEqual(['duplicate', 'accepted']);
  });

  it('rule 9: no protection below code evidence; a code protects', () => {
    const state = (kind: ReferralClaim['evidence']) => {
      const weak = submitClaim(evidence(1, '2026-01-10', kind), context('2026-01-10')).claim as ReferralClaim;
      return submitClaim(evidence(2, '2026-01-11', 'free_text'), context('2026-01-11', [weak])).claim?.state;
    };
    expect((['partner_lead', 'click', 'free_text'] as const).map(state)).toEqual(['accepted', 'accepted', 'accepted']);
    expect((['confirmed', 'activity', 'recorded', 'code'] as const).map(state)).toEqual(Array(4).fill('duplicate'));
  });

  it('another program is no rival', () => {
    expect(rivalOfOther()).toBe('accepted');
  });
  const rivalOfOther = () =>
    submitClaim(aSubmission(2, '2026-02-01'), context('2026-02-01', [{ ...holder, programId: 'partners' }])).claim
      ?.state;
});

describe('claim squatting (rule 9)', () => {
  const open = (n: number, state: ReferralClaim['state'] = 'accepted') =>
    aClaim(1, '2026-01-01', { subjectId: `account:${n}`, state });

  it('at most three open claims without progress; progress and other programs do not count', () => {
    const third = [open(20), open(21)];
    expect(submitClaim(aSubmission(1, '2026-02-01'), context('2026-02-01', third)).refused).toBe(false);
    const fourth = submitClaim(aSubmission(1, '2026-02-01'), context('2026-02-01', [...third, open(22, 'queued')]));
    expect(fourth).toMatchObject({ refused: true, reason: 'too_many_open_claims', claim: { state: 'rejected' } });
    const moving = [...third, open(22, 'contacted'), { ...open(23), programId: 'partners' }, open(24, 'lost')];
    expect(submitClaim(aSubmission(1, '2026-02-01'), context('2026-02-01', moving)).refused).toBe(false);
  });

  it('a lapsed claim is not renewed without new evidence; with it the past stays in its history', () => {
    const [first] = aClaim(1, '2026-01-01').history;
    const end = { ...first, from: 'accepted', to: 'expired', event: 'expire', at: at('2026-04-01') } as const;
    const lapsed = aClaim(1, '2026-01-01', { state: 'expired', history: [first, end] as ReferralClaim['history'] });
    const again = (kind: ReferralClaim['evidence'], introduced: string) =>
      submitClaim(evidence(1, introduced, kind), context('2026-05-01', [lapsed]));
    expect(again('activity', '2026-01-01')).toMatchObject({ refused: true, reason: 'no_new_evidence', claim: lapsed });
    expect(again('free_text', '2026-05-01')).toMatchObject({ reason: 'no_new_evidence' });
    expect(again('activity', '2026-04-15')).toMatchObject({
      claim: { state: 'accepted', claimedAt: at('2026-05-01') },
    });
    expect(again('confirmed', '2026-01-01').claim?.history.map((it) => it.to)).toEqual([
      'accepted',
      'expired',
      'submitted',
      'accepted',
    ]);
  });

  it('a duplicate or rejected claim may be made again and is looked at afresh', () => {
    const duplicate = aClaim(2, '2026-01-01', { state: 'duplicate' });
    const again = submitClaim(aSubmission(2, '2026-05-01'), context('2026-05-01', [duplicate]));
    expect(again).toMatchObject({ refused: false, claim: { state: 'accepted' } });
  });

  it('a withdrawn or disqualified claim is not taken up again', () => {
    for (const state of ['withdrawn', 'disqualified', 'reversed'] as const) {
      const over = aClaim(1, '2026-01-01', { state });
      const again = submitClaim(aSubmission(1, '2026-05-01'), context('2026-05-01', [over]));
      expect(again).toMatchObject({ refused: true, reason: 'illegal_transition', claim: over });
    }
  });
});

describe('bad input: one clear refusal each, nothing half-written', () => {
  const refused = (submission: ClaimSubmission, set: Partial<ClaimContext> = {}, on = '2026-01-05') => {
    const given = structuredClone(submission);
    const outcome = submitClaim(submission, context(on, [], set));
    expect(submission).toEqual(given);
    if (!outcome.refused) return 'taken';
    expect(REASONS[outcome.reason].referrer).not.toMatch(/customer|erase|delet|relation/i);
    expect(outcome.detail).toMatch(/\.$/);
    return [outcome.reason, outcome.claim?.state ?? 'no record'];
  };
  const fine = aSubmission(1, '2026-01-01');
  const other = (change: Parameters<typeof aProgram>[0]) => ({ program: () => aProgram(change) });
  const intact = `CD${checkSign('CD')}`;

  it.each([
    ['unknown program', refused({ ...fine, programId: 'nowhere' }), 'unknown_program', 'no record'],
    ['unknown participant', refused({ ...fine, participantId: 'contact:77' }), 'unknown_participant', 'no record'],
    ['code with a wrong checksum', refused({ ...fine, code: 'CDE' }), 'bad_code', 'no record'],
    ['a code that nobody gave out', refused({ ...fine, code: intact }), 'code_not_valid', 'no record'],
    ['a claim from the future', refused(fine, { claimedAt: at('2026-01-06') }), 'future_event', 'no record'],
    [
      'a clock running backwards: claimed before the introduction',
      refused(fine, {}, '2025-12-31'),
      'clock_backwards',
      'no record',
    ],
    [
      'a clock running backwards: taken down before it happened',
      refused({ ...fine, touch: aTouch(1, '2026-01-01', { recordedAt: at('2025-12-31') }) }),
      'clock_backwards',
      'no record',
    ],
    ['no basis to hold the data', refused({ ...fine, consent: 'none' }), 'no_consent', 'no record'],
    ['a party that was erased', refused(fine, { isErased: true }), 'ineligible', 'no record'],
    ['a program not begun', refused(fine, other({ startsOn: '2026-01-06' })), 'program_not_active', 'rejected'],
    ['a program past its last day', refused(fine, other({ endsOn: '2026-01-04' })), 'program_not_active', 'rejected'],
    ['a program in draft', refused(fine, other({ state: 'draft' })), 'program_not_active', 'rejected'],
    [
      'a country where it does not run',
      refused(fine, other({ jurisdictions: ['DE'] })),
      'program_not_active',
      'rejected',
    ],
    [
      'expired terms: another version',
      refused(fine, with1({ termsVersion: 'terms-0', termsAcceptedAt: 0 })),
      'terms_expired',
      'rejected',
    ],
    [
      'expired terms: accepted too long ago',
      refused(fine, other({ terms: { version: 'terms-1', url: null, acceptedWithinDays: 100 } })),
      'terms_expired',
      'rejected',
    ],
    ['a suspended participant', refused(fine, with1({ status: 'suspended' })), 'participant_not_active', 'rejected'],
    ['oneself', refused({ ...fine, referredContactId: 'contact:1' }), 'self_referral', 'rejected'],
    ['the own account', refused({ ...fine, subjectId: 'account:1' }), 'self_referral', 'rejected'],
    ['a loop', refused(fine, { closesLoop: () => true }), 'loop', 'rejected'],
  ])('%s', (_, outcome, reason, record) => {
    expect(outcome).toEqual([reason, record]);
  });

  it('a program that has ended still takes a claim of its last day; one who left later was active then', () => {
    const ended = { program: () => aProgram({ state: 'ended', endsOn: '2026-01-05' }) };
    expect(refused(fine, ended)).toBe('taken');
    expect(refused(fine, with1({ status: 'left', statusSince: at('2026-01-06') }))).toBe('taken');
  });

  it("a code of somebody else's is refused, one's own is taken", () => {
    const owned = (participantId: string) => ({
      code: () => ({
        ...{ code: intact, programId: 'friends', participantId, status: 'active' as const, createdAt: 0 },
        ...{ expiresAt: null, maxUses: null, uses: 0 },
      }),
    });
    expect(refused({ ...fine, code: intact }, owned('contact:2'))).toEqual(['code_not_valid', 'no record']);
    expect(refused({ ...fine, code: intact }, owned('contact:1'))).toBe('taken');
  });
});
