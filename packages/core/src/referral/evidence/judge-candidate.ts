import { DAY_MS, type Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { EvidencePolicy } from './evidence-policy.ts';
import type { Candidate } from './find-candidates.ts';
import type { EvidenceReason, IntroductionStanding } from './found-introduction.ts';
import { type Encounter, firstAtOrAfter, followsWithin, type Gathered, lastBefore } from './gather-encounters.ts';
import type { EvidenceAccount } from './introduction-source.ts';

/** What a candidate is judged by. `written`: candidates that an advocate wrote, by party, ascending. */
export interface Circumstances extends Gathered {
  readonly accounts: ReadonlyMap<Id, EvidenceAccount>;
  readonly written: ReadonlyMap<Id, readonly Candidate[]>;
  /** When opportunities were opened, by account and contact. */
  readonly opened: ReadonlyMap<Id, readonly Instant[]>;
  readonly policy: EvidencePolicy;
}

export interface Judgement {
  readonly standing: IntroductionStanding;
  readonly reasons: readonly EvidenceReason[];
}

/**
 * Whether a record is an introduction. First what rules it out (known before, an answer in somebody else's thread), then
 * what speaks for it (its words, what came of it), last what keeps a sound one from being credited without a question.
 */
export function judgeCandidate(candidate: Candidate, around: Circumstances): Judgement {
  if (answersOther(candidate, around)) return no('reply_in_thread');
  const earlier = contactBefore(candidate, around);
  if (earlier === 'known') return no('earlier_contact');
  const result = weigh(candidate, around);
  if (result.standing === 'not_an_introduction') return result;
  const doubts = doubtsOf(candidate, around);
  if (earlier === 'recorded_later') doubts.push('contact_recorded_later');
  if (doubts.length > 0 && result.reasons.includes('mail_without_words')) return no('in_copy');
  if (candidate.byName && candidate.hints?.introduces !== true) return no('in_copy');
  if (doubts.length === 0) return result;
  return { standing: 'needs_confirmation', reasons: [...result.reasons, ...doubts] };
}

/**
 * When it happened: a mail that is no answer came before every answer in its thread, so one dated later was logged late
 * under the day of logging.
 */
export function occurrenceOf(
  { subjectId, thread, hints, at }: Candidate,
  { encounters }: Gathered,
  { contactedBeforeDays }: EvidencePolicy,
): Instant {
  if (thread === null || hints?.reply === true) return at;
  const list = encounters.get(subjectId) ?? [];
  for (let i = firstAtOrAfter(list, at - contactedBeforeDays * DAY_MS); i < list.length; i += 1) {
    const it = list[i]!;
    if (it.at >= at) break;
    if (it.thread === thread) return it.at;
  }
  return at;
}

/** It belongs to a thread, by the mail system or by its subject, into which somebody else had brought the party. */
function answersOther(candidate: Candidate, { written, policy }: Circumstances): boolean {
  const list = written.get(candidate.subjectId) ?? [];
  for (let i = firstAtOrAfter(list, candidate.at - policy.contactedBeforeDays * DAY_MS); i < list.length; i += 1) {
    const it = list[i]!;
    if (it.at >= candidate.at) return false;
    if (it.advocateId === candidate.advocateId || it.unclearIntroducer) continue;
    if (candidate.hints?.reply === true || (it.thread !== null && it.thread === candidate.thread)) return true;
  }
  return false;
}

/** Contacts with the advocate present, a few days before, belong to the same occasion. */
function contactBefore(
  candidate: Candidate,
  { encounters, policy }: Circumstances,
): 'none' | 'known' | 'recorded_later' {
  const occasion = candidate.at - policy.sameOccasionDays * DAY_MS;
  const list = encounters.get(candidate.subjectId) ?? [];
  const isOther = (it: Encounter) =>
    it.sourceId !== candidate.sourceId && !(it.at >= occasion && it.accountIds.includes(candidate.advocateAccountId));
  const before = (counts: (it: Encounter) => boolean) =>
    lastBefore(list, candidate.at, policy.contactedBeforeDays, counts) !== null;
  if (before((it) => isOther(it) && it.recordedAt <= candidate.recordedAt)) return 'known';
  return before(isOther) ? 'recorded_later' : 'none';
}

function weigh(candidate: Candidate, around: Circumstances): Judgement {
  const { shape, hints, addressed } = candidate;
  const isProspect = isMarked(candidate, around);
  const opened = opportunityFollows(candidate, around);
  const taken = opened || (isProspect && isEngaged(candidate, around, shape === 'wrote' && addressed));
  const introduces = hints?.introduces === true;
  if (shape === 'met') {
    if (introduces && taken) return yes('meeting_introduces');
    return taken || (introduces && isProspect) ? ask('same_meeting') : no('in_copy');
  }
  if (introduces) {
    if (isProspect || opened) return yes('mail_introduces');
    return isEngaged(candidate, around) ? ask('not_marked_as_prospect') : no('in_copy');
  }
  if (shape === 'wrote') {
    if (taken) return yes('mail_then_engaged');
    const fresh = addressed || hints?.reply !== true || isEngaged(candidate, around, true);
    return isProspect && fresh ? ask('mail_without_words') : no('in_copy');
  }
  if (opened || (taken && (shape === 'copied' || hints?.reply !== true))) return yes('copied_then_engaged');
  const first = shape === 'named' ? hints?.reply !== true : wasInTouch(candidate, around);
  return taken || (isProspect && first) ? ask('copied_without_words') : no('in_copy');
}

function doubtsOf(candidate: Candidate, { accounts }: Circumstances): EvidenceReason[] {
  const doubts: EvidenceReason[] = [];
  const party = accounts.get(candidate.subjectId);
  if (candidate.byName) doubts.push('found_by_name');
  if (candidate.unclearIntroducer) doubts.push('introducer_unclear');
  else if (candidate.advocateId === null) doubts.push('advocate_unknown');
  if (candidate.unclearHome) doubts.push('organisation_unclear');
  if (party?.relation === 'customer' && party.since === null) doubts.push('customer_since_unknown');
  return doubts;
}

/** Somebody marked the party as one to sell to; one without an account is judged by what came of it. */
function isMarked({ subjectId }: Candidate, { accounts }: Circumstances): boolean {
  const relation = accounts.get(subjectId)?.relation ?? 'other';
  return relation !== 'other';
}

/**
 * Without the advocate the party came to us and we to it: a line from either side alone may be courtesy. To whom the
 * advocate wrote directly, one side is enough.
 */
function isEngaged(candidate: Candidate, { encounters, policy }: Circumstances, eitherSide = false): boolean {
  const list = encounters.get(candidate.subjectId) ?? [];
  const apart = ({ sourceId, accountIds }: Encounter) =>
    sourceId !== candidate.sourceId && !accountIds.includes(candidate.advocateAccountId);
  const spoke = (but: Encounter['by'] | null) =>
    followsWithin(list, candidate.at, policy.engagedDays, (it) => it.by !== but && apart(it));
  return eitherSide ? spoke(null) : spoke('us') && spoke('them');
}

function opportunityFollows(
  { subjectId, prospectContactId, at }: Candidate,
  { opened, policy }: Circumstances,
): boolean {
  const until = at + policy.opportunityDays * DAY_MS;
  const within = (id: Id | null) => id !== null && (opened.get(id) ?? []).some((it) => it >= at && it <= until);
  return within(subjectId) || within(prospectContactId);
}

function wasInTouch({ advocateId, at }: Candidate, { prompts, policy }: Circumstances): boolean {
  const list = advocateId === null ? [] : (prompts.get(advocateId) ?? []);
  const next = list[firstAtOrAfter(list, at - policy.sameOccasionDays * DAY_MS)];
  return next !== undefined && next.at < at;
}

const yes = (reason: EvidenceReason): Judgement => ({ standing: 'credited_automatically', reasons: [reason] });
const ask = (reason: EvidenceReason): Judgement => ({ standing: 'needs_confirmation', reasons: [reason] });
const no = (reason: EvidenceReason): Judgement => ({ standing: 'not_an_introduction', reasons: [reason] });
