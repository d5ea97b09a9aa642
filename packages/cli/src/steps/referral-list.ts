import {
  DENIED,
  dayInZone,
  doubtsOn,
  EVIDENCE_GONE,
  type FollowUp,
  followUp,
  formatInstant,
  type Id,
  noticeOf,
  type ProspectNotice,
  type ReasonCode,
  type ReferralClaim,
  standingReason,
  type TrackedReferral,
} from '@holdfast/core';
import { type FollowedClause, followClauses } from '../referrals/clause-file.ts';
import { partyNames } from '../referrals/party-names.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import { refusalText } from '../referrals/refusal.ts';
import { confirmedProfile } from '../session/session.ts';
import { columns } from '../text/columns.ts';
import { count, words } from '../text/format.ts';
import { clauseLines } from './clause-lines.ts';

const SHOWN = 50;

/** Refusals that a person can mend: in the CRM, or in the folder `programs`. */
const MENDABLE: readonly ReasonCode[] = ['no_rate', 'negative_amount', 'clock_backwards', 'future_event'];

/** A claim with its clocks. Ids only. */
interface ListedClaim {
  readonly id: string;
  readonly programId: string;
  readonly referrerId: Id;
  readonly subjectId: Id;
  readonly state: ReferralClaim['state'];
  readonly credit: ReferralClaim['credit'];
  readonly reason: ReasonCode;
  /** One of the two said that there was no introduction, and nobody has lifted it. */
  readonly denied: boolean;
  /** What the claim rests on is in the CRM no longer, and nobody has lifted that. */
  readonly evidenceGone: boolean;
  readonly evidence: ReferralClaim['evidence'];
  readonly claimedAt: string;
  readonly protectedUntil: string | null;
  readonly followUp: FollowUp['standing'];
  readonly followUpDueAt: string | null;
  readonly followUpEscalatesAt: string | null;
  /** Whether the person who was referred has to be told who holds their data, and until which day. */
  readonly notice: ProspectNotice['state'];
  readonly noticeDueOn: string | null;
}

/** The claims of the journal, newest first, and what of the CRM could not be taken. */
export interface ListedClaims {
  readonly programs: readonly { readonly id: string; readonly name: string; readonly state: string }[];
  readonly claims: readonly ListedClaim[];
  /** What the CRM claims without naming anybody whom it shows: under review until the record is mended. */
  readonly unclaimed: readonly Pick<
    TrackedReferral,
    'id' | 'referrerId' | 'referredContactId' | 'accountId' | 'opportunityId' | 'state' | 'reason'
  >[];
  readonly clauses: readonly FollowedClause[];
  readonly toMend: readonly { readonly key: string; readonly reason: ReasonCode; readonly detail: string }[];
}

const NO_CLOCK: FollowUp = { standing: 'none', dueAt: null, escalatesAt: null };

/** Lists every claim of the journal as it stands now, and how far contracts' clauses are met. */
export async function listClaims(desk: ReferralDesk): Promise<ListedClaims> {
  const { state, programs, now, unclaimed, session } = desk;
  const { timeZone } = confirmedProfile(session.config);
  const policies = new Map(programs.map((it) => [it.id, it.policy]));
  const claims = [...state.claims.values()].sort((a, b) => b.claimedAt - a.claimedAt || (a.id < b.id ? -1 : 1));
  return {
    programs: programs.map(({ id, name, state }) => ({ id, name, state })),
    claims: claims.map((it) => {
      const policy = policies.get(it.programId);
      const clock = policy ? followUp(it, policy, now) : NO_CLOCK;
      const notice = noticeOf(state, it, now, timeZone);
      const doubts = doubtsOn(state, it);
      return {
        ...{ id: it.id, programId: it.programId, referrerId: it.participantId, subjectId: it.subjectId },
        ...{ state: it.state, credit: it.credit, evidence: it.evidence },
        reason: standingReason(it),
        ...{ denied: doubts.includes(DENIED), evidenceGone: doubts.includes(EVIDENCE_GONE) },
        claimedAt: formatInstant(it.claimedAt),
        protectedUntil: it.protectedUntil === null ? null : formatInstant(it.protectedUntil),
        followUp: clock.standing,
        followUpDueAt: clock.dueAt === null ? null : formatInstant(clock.dueAt),
        followUpEscalatesAt: clock.escalatesAt === null ? null : formatInstant(clock.escalatesAt),
        ...{ notice: notice.state, noticeDueOn: notice.dueOn },
      };
    }),
    unclaimed: [...unclaimed]
      .sort((a, b) => (b.claimedAt ?? 0) - (a.claimedAt ?? 0))
      .map(({ id, referrerId, referredContactId, accountId, opportunityId, state, reason }) => {
        return { id, referrerId, referredContactId, accountId, opportunityId, state, reason };
      }),
    clauses: await followClauses(desk, { today: dayInZone(now, timeZone), timeZone }),
    toMend: state.refused
      .filter((it) => MENDABLE.includes(it.reason))
      .map(({ key, reason, detail }) => ({ key, reason, detail })),
  };
}

/** The same for a person: accounts by name, people by id unless their names are asked for. */
export async function claimsText(desk: ReferralDesk, listed: ListedClaims, withNames: boolean): Promise<string> {
  const { programs, claims, unclaimed, clauses, toMend } = listed;
  const name = partyNames(desk.session.store, withNames);
  const rows: string[][] = [];
  const inMany = new Set(claims.map((it) => it.programId)).size > 1;
  const ofProgram = (text: string) => (inMany ? [text] : []);
  for (const it of claims.slice(0, SHOWN)) {
    const [referrer, party] = [await name(it.referrerId), await name(it.subjectId)];
    const due = it.followUpDueAt === null ? '' : `${it.followUp} ${day(it.followUpDueAt)}`;
    rows.push([
      ...ofProgram(it.programId),
      referrer,
      '->',
      party,
      words(it.state),
      it.credit ?? '',
      words(it.denied ? 'denied' : it.evidenceGone ? 'evidence_gone' : it.reason),
      day(it.protectedUntil),
      due,
      noticeText(it),
    ]);
  }
  for (const it of unclaimed.slice(0, SHOWN - rows.length)) {
    const party = await name(it.accountId ?? it.referredContactId ?? it.opportunityId);
    const stands = [words(it.state), '', words(it.reason), '', '', ''];
    rows.push([...ofProgram(''), await name(it.referrerId), '->', party, ...stands]);
  }
  const waiting = (['due', 'overdue', 'escalated'] as const).flatMap((standing) => {
    const n = claims.filter((it) => it.followUp === standing).length;
    return n === 0 ? [] : [`${standing} ${count(n)}`];
  });
  const denied = claims.filter((it) => it.denied).length;
  const gone = claims.filter((it) => it.evidenceGone).length;
  const hidden = claims.length + unclaimed.length - rows.length;
  const counts = countStates([...claims, ...unclaimed]).map(([state, n]) => `${words(state)} ${count(n)}`);
  return [
    `Programs: ${programs.map((it) => `${it.id} (${it.state})`).join(', ')}.`,
    counts.length === 0 ? 'No referral was found in the CRM.' : `Referrals: ${counts.join(', ')}.`,
    ...(rows.length > 0 ? withIds(columns([[...ofProgram('program'), ...HEAD], ...rows]), claims) : []),
    ...(hidden > 0 ? [`  ... and ${count(hidden)} earlier ones; --json lists them all.`] : []),
    ...(waiting.length > 0 ? [`First contacts: ${waiting.join(', ')}.`] : []),
    ...(denied > 0
      ? [
          `Denied by one of the two: ${count(denied)}. \`holdfast referrals explain CLAIM\` names the record; ask again, then clear it (\`--check denied\`) or disqualify the claim.`,
        ]
      : []),
    ...(gone > 0
      ? [
          `No longer recorded in the CRM: ${count(gone)}. Ask why; record it there again, clear it (\`holdfast referrals clear CLAIM --check evidence_gone\`) or disqualify the claim.`,
        ]
      : []),
    ...(unclaimed.some((it) => it.referrerId === null)
      ? [
          'Where nobody is named: enter in the CRM who referred them, or `holdfast referrals submit --advocate ID --party ID`.',
        ]
      : []),
    ...(claims.some((it) => it.notice === 'overdue')
      ? [
          `Not told in time who holds their data, from whom and why: ${count(claims.filter((it) => it.notice === 'overdue').length)}. Tell them, then \`holdfast referrals notify CLAIM\`.`,
        ]
      : []),
    ...(await clauseLines(clauses, name)),
    ...toMend.slice(0, SHOWN).map((it) => `${refusalText(it)} (${it.key})`),
    ...(toMend.length > SHOWN ? [`... and ${count(toMend.length - SHOWN)} more; --json lists them all.`] : []),
  ].join('\n');
}

/** Below each claim its id, quoted as a shell needs it: what the other parts of the command ask for. */
function withIds(lines: readonly string[], claims: readonly ListedClaim[]): readonly string[] {
  return lines.flatMap((line, place) => {
    const claim = place === 0 ? undefined : claims[place - 1];
    return claim ? [line, `    '${claim.id}'`] : [line];
  });
}

const HEAD = [
  'referrer',
  '',
  'referred',
  'state',
  'credit',
  'reason',
  'protected until',
  'first contact',
  'to be told',
];

function countStates(all: readonly Pick<ListedClaim, 'state'>[]): readonly (readonly [string, number])[] {
  const states = new Map<string, number>();
  for (const { state } of all) states.set(state, (states.get(state) ?? 0) + 1);
  return [...states];
}

/** The day on which the person must have been told at the latest. */
function noticeText({ notice, noticeDueOn }: ListedClaim): string {
  if (noticeDueOn === null || notice === 'given') return '';
  return notice === 'overdue' ? `overdue ${noticeDueOn}` : noticeDueOn;
}

function day(instant: string | null): string {
  return instant?.slice(0, 10) ?? '';
}
