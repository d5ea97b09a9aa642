import type { ReferralState } from '../../model/types.ts';
import type { QualifyingType } from '../entities/qualifying-event.ts';

/** What can happen to a claim: how it is received, what the CRM reports, and how it ends. */
export const CLAIM_EVENTS = [
  'accept',
  'note_influence',
  'review',
  'queue',
  'contest',
  'block',
  'reject',
  'promote',
  'contacted',
  'qualified',
  'opportunity_opened',
  'won',
  'lost',
  'retained',
  'expire',
  'withdraw',
  'disqualify',
  'reverse',
  'resubmit',
] as const;
export type ClaimEvent = (typeof CLAIM_EVENTS)[number];

type Row = Readonly<Partial<Record<ClaimEvent, ReferralState>>>;

/** A claim that stands waits for a person: somebody denies the introduction, or a check found something. */
const REVIEWED: Row = { review: 'under_review' };
/** Before the sale every claim can end so. */
const ENDS: Row = { expire: 'expired', withdraw: 'withdrawn', disqualify: 'disqualified' };
/** After it, what would end a claim takes it back (rule 3). */
const TAKEN_BACK: Row = { withdraw: 'reversed', disqualify: 'reversed', reverse: 'reversed' };
const PROGRESS: Row = {
  contacted: 'contacted',
  qualified: 'qualified',
  opportunity_opened: 'opportunity',
  won: 'won',
  lost: 'lost',
};

/**
 * The one table of the life of a claim: state x event -> state (rule 3). What is not in it is refused and leaves the
 * record as it was. A step that lies behind (contacted, after qualified) keeps the state.
 */
export const TRANSITIONS: Readonly<Record<ReferralState, Row>> = {
  submitted: {
    accept: 'accepted',
    note_influence: 'influenced',
    review: 'under_review',
    queue: 'queued',
    contest: 'contested',
    block: 'duplicate',
    reject: 'rejected',
    ...ENDS,
  },
  under_review: {
    accept: 'accepted',
    note_influence: 'influenced',
    queue: 'queued',
    contest: 'contested',
    block: 'duplicate',
    reject: 'rejected',
    ...ENDS,
  },
  queued: {
    promote: 'accepted',
    note_influence: 'influenced',
    contest: 'contested',
    reject: 'rejected',
    ...REVIEWED,
    ...ENDS,
  },
  contested: {
    ...REVIEWED,
    accept: 'accepted',
    promote: 'accepted',
    queue: 'queued',
    note_influence: 'influenced',
    reject: 'rejected',
    won: 'won',
    ...ENDS,
  },
  accepted: { note_influence: 'influenced', ...REVIEWED, ...PROGRESS, ...ENDS },
  influenced: { note_influence: 'influenced', ...REVIEWED, ...PROGRESS, ...ENDS },
  contacted: { note_influence: 'influenced', ...REVIEWED, ...PROGRESS, ...ENDS },
  qualified: { note_influence: 'influenced', ...REVIEWED, ...PROGRESS, contacted: 'qualified', ...ENDS },
  opportunity: {
    ...REVIEWED,
    ...PROGRESS,
    contacted: 'opportunity',
    qualified: 'opportunity',
    ...ENDS,
  },
  won: {
    contacted: 'won',
    qualified: 'won',
    opportunity_opened: 'won',
    won: 'won',
    retained: 'retained',
    ...TAKEN_BACK,
  },
  retained: { won: 'retained', retained: 'retained', ...TAKEN_BACK },
  lost: { lost: 'lost', opportunity_opened: 'reopened', ...ENDS },
  reopened: {
    ...REVIEWED,
    contacted: 'reopened',
    qualified: 'reopened',
    opportunity_opened: 'reopened',
    won: 'won',
    lost: 'lost',
    ...ENDS,
  },
  // what the CRM took down late but which happened in time still counts; the clocks are asked
  expired: { opportunity_opened: 'opportunity', won: 'won', resubmit: 'submitted' },
  duplicate: { resubmit: 'submitted' },
  rejected: { resubmit: 'submitted' },
  withdrawn: {},
  disqualified: {},
  reversed: {},
};

/** Claims that are alive and take what the CRM reports. */
const RUNNING: readonly ReferralState[] = [
  'accepted',
  'influenced',
  'contacted',
  'qualified',
  'opportunity',
  'reopened',
];
/** Claims that wait for another, or for a person. */
const WAITING: readonly ReferralState[] = ['queued', 'contested', 'under_review'];

/** Claims that have come to nothing; `reversed` is none of them, since it belongs to a sale. */
const CAME_TO_NOTHING: readonly ReferralState[] = [
  'duplicate',
  'rejected',
  'lost',
  'expired',
  'withdrawn',
  'disqualified',
];

/** Whether a claim has ended without a sale; one that was lost may be reopened. */
export function cameToNothing(state: ReferralState): boolean {
  return CAME_TO_NOTHING.includes(state);
}

/** Whether a claim is alive and takes what the CRM reports of the party. */
export function isRunning(state: ReferralState): boolean {
  return RUNNING.includes(state);
}

/** Whether a claim waits for another one to lapse, or for a person to decide. */
export function isWaiting(state: ReferralState): boolean {
  return WAITING.includes(state);
}

/** Whether a claim stands open without any step forward: what the squatting cap counts (rule 9). */
export function isUnprogressed(state: ReferralState): boolean {
  return state === 'accepted' || state === 'influenced' || isWaiting(state);
}

/** The step of a claim that an event of the CRM means; `null`: none (a payment, a refund of a part). */
export function claimEventOf(type: QualifyingType): ClaimEvent | null {
  if (type === 'cancelled') return 'reverse';
  return type === 'invoice_paid' || type === 'refunded' ? null : type;
}
