import { type CalendarDay, DAY_MS, dayInZone, type Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import { displayName } from '../model/mask-addresses.ts';
import type { Account, Opportunity, ReferralState, WritableFields } from '../model/types.ts';
import type { ReferralClaim } from '../referral/entities/referral.ts';
import { standingCredit, standingReason } from '../referral/tracked-referrals.ts';
import { fingerprint } from './fingerprint.ts';
import type { Proposal } from './proposal.ts';

/** Most new notes of one run, so that no timeline and no flow is flooded; what is left is for the next run. */
export const NOTES_PER_RUN = 50;

/** How the key of a note of ours begins, whichever CRM holds it. */
export const NOTE_KEY_START = 'note-';

/** What is noted of a claim, each once. Written as if the customer will read it: no person, other company or reward. */
export const REFERRAL_NOTES = {
  taken: 'This company was introduced to us.',
  won: 'The introduction led to a sale.',
  ended: 'The introduction did not lead to a sale.',
} as const;
type Step = keyof typeof REFERRAL_NOTES;
const STEPS = ['taken', 'won', 'ended'] as const satisfies readonly Step[];

const REACHED: Readonly<Record<Step, readonly ReferralState[]>> = {
  taken: ['accepted', 'influenced'],
  won: ['won'],
  ended: ['lost', 'expired'],
};
/** How a claim must stand by now, so that what is said still holds: nobody is told of what was taken back or is doubted. */
const STANDING: typeof REACHED = {
  taken: [
    ...(['accepted', 'influenced', 'contacted', 'qualified', 'opportunity', 'won', 'retained', 'reversed'] as const),
    ...(['lost', 'reopened', 'expired'] as const),
  ],
  won: ['won', 'retained'],
  ended: ['lost', 'expired'],
};

export interface ReferralNoteInput {
  readonly claims: Iterable<ReferralClaim>;
  /** Keys of the notes that are there, and of those that were made and are gone. */
  readonly made: ReadonlySet<string>;
  /** Steps from before this day are not noted. */
  readonly since: CalendarDay;
  /** Fields that exist and may be written. */
  readonly fields: readonly string[];
  /** Ids that the claim had before its people or accounts were merged: what was noted under them is noted. */
  readonly formerIds: (claim: ReferralClaim) => readonly string[];
  /** Whether the program of this id still runs here. */
  readonly runs: (programId: string) => boolean;
  readonly accounts: Iterable<Pick<Account, 'id' | 'name'>>;
  readonly opportunities: Iterable<Pick<Opportunity, 'id' | 'accountId'>>;
  readonly timeZone: string;
  /** Whether records of this account may be written at all. */
  readonly mayWrite: (accountId: Id | null) => boolean;
}

/** The key of a note: opaque, short enough for every CRM, the same in every run. */
export function noteKey(claimId: string, step: Step): string {
  return `${NOTE_KEY_START}${fingerprint([claimId, step])}`;
}

/**
 * Notes on the timeline of the account that was introduced, and of its sale: that the introduction was taken, that a sale
 * was won, that it ended without one. The oldest first, so many a run. A note is made once and never changed; nothing is
 * noted of a claim about somebody erased, or about a party that the CRM keeps no account for.
 */
export function* proposeReferralNotes(input: ReferralNoteInput): Iterable<Proposal> {
  const { fields, mayWrite } = input;
  let left = NOTES_PER_RUN;
  for (const it of [...dueNotes(input)].sort(byTime)) {
    if (!mayWrite(it.account.id)) yield { heldBack: 'outside the book' };
    else if (left === 0) yield { heldBack: 'enough notes for one run' };
    else {
      left -= 1;
      yield noteWrite(it, fields);
    }
  }
}

interface DueNote {
  readonly key: string;
  readonly step: Step;
  readonly at: Instant;
  readonly on: CalendarDay;
  readonly account: Pick<Account, 'id' | 'name'>;
  readonly opportunityId: Id | null;
}

function* dueNotes(input: ReferralNoteInput): Iterable<DueNote> {
  const { since, runs, timeZone } = input;
  const accounts = new Map([...input.accounts].map((it) => [it.id, it]));
  const accountOf = new Map([...input.opportunities].map((it) => [it.id, it.accountId]));
  const claims = [...input.claims];
  const said = alreadySaid(claims, input);
  for (const claim of claims) {
    const { id, subjectId, opportunityId, history } = claim;
    const account = accounts.get(subjectId);
    if (!account || !runs(claim.programId) || isUnsaid(claim)) continue;
    for (const step of STEPS) {
      if (!holds(claim, step)) continue;
      const reached = history.find(({ to }) => REACHED[step].includes(to));
      const on = reached && dayOf(reached.at, timeZone);
      if (!on || on < since || said.has(sayingOf(claim, step))) continue;
      said.add(sayingOf(claim, step));
      const isItsOwn = opportunityId !== null && accountOf.get(opportunityId) === subjectId;
      const saleId = isItsOwn ? opportunityId : null;
      yield { key: noteKey(id, step), step, at: reached.at, on, account, opportunityId: saleId };
    }
  }
}

function holds(claim: ReferralClaim, step: Step): boolean {
  return STANDING[step].includes(claim.state) && !(step === 'won' && standingCredit(claim) === 'none');
}

/** One introduction may be a claim in several programs: it is said once. */
function alreadySaid(claims: readonly ReferralClaim[], { made, formerIds }: ReferralNoteInput): Set<string> {
  const said = new Set<string>();
  for (const claim of claims) {
    const ids = [claim.id, ...formerIds(claim)];
    for (const step of STEPS) if (ids.some((it) => made.has(noteKey(it, step)))) said.add(sayingOf(claim, step));
  }
  return said;
}

function sayingOf({ participantId, subjectId }: ReferralClaim, step: Step): string {
  return `${participantId}>${subjectId} ${step}`;
}

/** A day that the CRM names is kept as its midnight (UTC): it is that day in every zone. */
function dayOf(at: Instant, timeZone: string): CalendarDay {
  return dayInZone(at, at % DAY_MS === 0 ? 'UTC' : timeZone);
}

/** What was never taken is nobody's business; somebody erased does not come back. */
function isUnsaid(claim: ReferralClaim): boolean {
  const { history } = claim;
  const wasTaken = history.some(({ to }) => REACHED.taken.includes(to));
  return !wasTaken || standingReason(claim) === 'program_not_active' || history.some((it) => it.reason === 'erased');
}

function noteWrite({ key, step, on, account, opportunityId }: DueNote, fields: readonly string[]): Proposal {
  const wanted: WritableFields['note'] = { body: REFERRAL_NOTES[step], occurredOn: on };
  const set = Object.fromEntries(Object.entries(wanted).filter(([field]) => fields.includes(field)));
  const sale = opportunityId === null ? [] : [{ to: 'opportunity' as const, id: opportunityId }];
  return {
    write: {
      entity: 'note',
      write: { key, target: { externalKey: key }, set, links: [{ to: 'account', id: account.id }, ...sale] },
      before: {},
      label: displayName(account),
      why: `note: ${REFERRAL_NOTES[step]}`,
    },
  };
}

function byTime(a: DueNote, b: DueNote): number {
  return a.at - b.at || (a.key < b.key ? -1 : 1);
}
