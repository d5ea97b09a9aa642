import { describe, expect, it } from 'vitest';
import { at } from '../../test/records.ts';
import { aClaim } from '../../test/referral-records.ts';
import type { ReferralState } from '../model/types.ts';
import type { ReasonCode } from '../referral/entities/reason-code.ts';
import type { ReferralClaim, StateChange } from '../referral/entities/referral.ts';
import { buildPlan } from './build-plan.ts';
import {
  NOTES_PER_RUN,
  noteKey,
  proposeReferralNotes,
  REFERRAL_NOTES,
  type ReferralNoteInput,
} from './propose-referral-notes.ts';

const [CLAIM, TAKEN] = [aClaim(1, '2026-03-02'), 'This company was introduced to us.'];
const step = (to: ReferralState, on: string, reason: ReasonCode = 'accepted'): StateChange => ({
  ...{ from: null, to, event: 'progress', at: at(on), actor: 'test', reason, policyVersion: 'policy-1' },
});
const through = (...history: readonly StateChange[]): ReferralClaim => ({
  ...CLAIM,
  history,
  state: history.at(-1)?.to ?? 'accepted',
});
const propose = (claims: readonly ReferralClaim[], set: Partial<ReferralNoteInput> = {}) => [
  ...proposeReferralNotes({
    ...{ claims, made: new Set(), since: '2026-01-01', fields: ['body', 'occurredOn'], formerIds: () => [] },
    ...{ runs: () => true, accounts: [{ id: 'account:9', name: 'Newcomer' }], opportunities: [], timeZone: 'UTC' },
    mayWrite: () => true,
    ...set,
  }),
];
const bodies = (...of: Parameters<typeof propose>) =>
  propose(...of).map(({ write, heldBack }) => (write?.entity === 'note' ? write.write.set.body : heldBack));

describe('notes on timelines', () => {
  it('an introduction that was taken: one note on the account, on its day, with no name but in the plan', () => {
    expect(propose([CLAIM])).toEqual([
      {
        write: {
          entity: 'note',
          write: {
            ...{ key: noteKey(CLAIM.id, 'taken'), target: { externalKey: noteKey(CLAIM.id, 'taken') } },
            set: { body: TAKEN, occurredOn: '2026-03-02' },
            links: [{ to: 'account', id: 'account:9' }],
          },
          ...{ before: {}, label: 'Newcomer', why: `note: ${TAKEN}` },
        },
      },
    ]);
    expect(noteKey(CLAIM.id, 'taken')).toMatch(/^note-[0-9a-f]{16}$/);
  });

  it.each<[string, readonly StateChange[], readonly string[]]>([
    ['influenced counts as taken', [step('influenced', '2026-03-02')], [TAKEN]],
    [
      'taken and won',
      [step('accepted', '2026-03-02'), step('won', '2026-05-01')],
      [TAKEN, 'The introduction led to a sale.'],
    ],
    [
      'lost, reopened, lost again: the end is noted once',
      ['accepted', 'lost', 'reopened', 'lost'].map((to, n) => step(to as ReferralState, `2026-0${n + 3}-02`)),
      [TAKEN, 'The introduction did not lead to a sale.'],
    ],
    [
      'lapsed',
      [step('accepted', '2026-03-02'), step('expired', '2026-06-02')],
      [TAKEN, 'The introduction did not lead to a sale.'],
    ],
    [
      'lost and reopened before it was noted: still open',
      ['accepted', 'lost', 'reopened'].map((to, n) => step(to as ReferralState, `2026-0${n + 3}-02`)),
      [TAKEN],
    ],
    [
      'a sale that was taken back at once',
      [step('accepted', '2026-03-02'), step('won', '2026-05-01'), step('reversed', '2026-05-02')],
      [TAKEN],
    ],
    ['taken, and doubted since: it waits', [step('accepted', '2026-03-02'), step('under_review', '2026-03-03')], []],
    ['never taken: no end either', [step('queued', '2026-03-02'), step('expired', '2026-06-02')], []],
    [
      'refused, suspected, reversed: nothing',
      [step('under_review', '2026-03-02'), step('disqualified', '2026-03-03')],
      [],
    ],
    [
      'somebody erased does not come back',
      [step('accepted', '2026-03-02'), step('withdrawn', '2026-03-03', 'erased')],
      [],
    ],
    ['from before its program began', [step('accepted', '2026-03-02', 'program_not_active')], []],
  ])('%s', (_title, history, expected) => {
    expect(bodies([through(...history)])).toEqual(expected);
  });

  it('a sale that is credited to somebody else is not said to be won by this introduction', () => {
    const claim = through(step('accepted', '2026-03-02'), step('won', '2026-05-01'));
    expect(bodies([{ ...claim, credit: 'none' }])).toEqual([TAKEN]);
    expect(bodies([{ ...claim, credit: 'influenced' }])).toEqual([TAKEN, 'The introduction led to a sale.']);
  });

  it('a step from before the day on which notes were switched on is not noted, a later one is', () => {
    const claim = through(step('accepted', '2026-03-02'), step('won', '2026-05-01'));
    expect(bodies([claim], { since: '2026-05-01' })).toEqual(['The introduction led to a sale.']);
    // 23:59 (UTC) is 2 May in Vienna; the midnight of a closing day is no time of day and stays on its day
    const onDay = (instant: string, timeZone: string) =>
      propose([through({ ...step('accepted', '2026-05-01'), at: Date.parse(instant) })], { timeZone })[0]?.write?.write
        .set;
    expect(onDay('2026-05-01T23:59:00Z', 'Europe/Vienna')).toMatchObject({ occurredOn: '2026-05-02' });
    expect(onDay('2026-05-01T00:00:00Z', 'America/Los_Angeles')).toMatchObject({ occurredOn: '2026-05-01' });
  });

  it('one that was made is never made again, under a former id of the claim neither, nor for a second program', () => {
    const former = 'friends/contact:7>account:9';
    expect(bodies([CLAIM], { made: new Set([noteKey(CLAIM.id, 'taken')]) })).toEqual([]);
    expect(bodies([CLAIM], { made: new Set([noteKey(former, 'taken')]), formerIds: () => [former] })).toEqual([]);
    const second = aClaim(1, '2026-03-02', { programId: 'club' });
    expect(bodies([CLAIM, second])).toEqual([TAKEN]);
    expect(bodies([CLAIM, second], { made: new Set([noteKey(second.id, 'taken')]) })).toEqual([]);
    expect(bodies([CLAIM, aClaim(2, '2026-03-03')])).toEqual([TAKEN, TAKEN]);
  });

  it('on the sale too where it is of that account; a party without an account has no timeline', () => {
    const claim = { ...CLAIM, opportunityId: 'opportunity:1' };
    const linksWith = (accountId: string) =>
      propose([claim], { opportunities: [{ id: 'opportunity:1', accountId }] })[0]?.write?.write.links;
    expect(linksWith('account:9')).toEqual([
      { to: 'account', id: 'account:9' },
      { to: 'opportunity', id: 'opportunity:1' },
    ]);
    expect(linksWith('account:8')).toEqual([{ to: 'account', id: 'account:9' }]);
    expect(propose([{ ...CLAIM, subjectId: 'contact:9' }])).toEqual([]);
    expect(propose([CLAIM], { runs: () => false })).toEqual([]);
    expect(propose([CLAIM], { mayWrite: () => false })).toEqual([{ heldBack: 'outside the book' }]);
  });

  it('the oldest fifty of a run, in whatever order the claims come', () => {
    const claims = Array.from({ length: NOTES_PER_RUN + 2 }, (_, n) =>
      aClaim(n, n === 0 ? '2026-04-01' : '2026-03-02', { subjectId: `account:${n}` }),
    );
    const accounts = claims.map(({ subjectId }) => ({ id: subjectId, name: null }));
    const made = propose(claims, { accounts });
    expect(made.filter(({ write }) => write)).toHaveLength(50);
    expect(made.filter(({ heldBack }) => heldBack === 'enough notes for one run')).toHaveLength(2);
    expect(made.some(({ write }) => write?.label === 'account:0')).toBe(false);
    expect(propose(claims.toReversed(), { accounts })).toEqual(made);
  });

  it('the plan says that last activity moves', () => {
    const plan = buildPlan({ crm: 'memory', orgId: '1', asOf: 0, proposals: propose([CLAIM]) });
    expect(plan.notes).toContainEqual(expect.stringContaining('1 new note moves the day of last activity'));
  });

  it('no text names a reward, a suspicion or anybody', () => {
    for (const text of Object.values(REFERRAL_NOTES))
      expect(text).not.toMatch(/reward|credit|paid|fraud|claim|review|\d|@/i);
  });
});
