import { DAY_MS, type Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { EvidencePolicy } from './evidence-policy.ts';
import type { Candidate } from './find-candidates.ts';
import type { EvidenceReason, IntroductionStanding } from './found-introduction.ts';
import { type Encounters, firstAtOrAfter, followsWithin, lastBefore } from './gather-encounters.ts';
import type { EvidenceAccount } from './introduction-source.ts';

/** What a candidate is judged by. `written`: candidates that an advocate wrote, by party, ascending. */
export interface Circumstances {
  readonly accounts: ReadonlyMap<Id, EvidenceAccount>;
  readonly encounters: Encounters;
  readonly written: ReadonlyMap<Id, readonly Candidate[]>;
  /** When opportunities were opened, by account and contact. */
  readonly opened: ReadonlyMap<Id, readonly Instant[]>;
  readonly forwards: ReadonlyMap<Id, readonly Instant[]>;
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
  if (doubts.length === 0) return result;
  return { standing: 'needs_confirmation', reasons: [...result.reasons, ...doubts] };
}

/** It belongs to a thread, by the mail system or by its subject, into which somebody else had brought the party. */
function answersOther(candidate: Candidate, { written, policy }: Circumstances): boolean {
  const list = written.get(candidate.subjectId) ?? [];
  for (let i = firstAtOrAfter(list, candidate.at - policy.contactedBeforeDays * DAY_MS); i < list.length; i += 1) {
    const it = list[i]!;
    if (it.at >= candidate.at) return false;
    if (it.advocateId === candidate.advocateId) continue;
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
  const isOther = (it: (typeof list)[number]) =>
    it.sourceId !== candidate.sourceId && !(it.at >= occasion && it.accountIds.includes(candidate.advocateAccountId));
  const before = (counts: (it: (typeof list)[number]) => boolean) =>
    lastBefore(list, candidate.at, policy.contactedBeforeDays, counts) !== null;
  if (before((it) => isOther(it) && it.recordedAt <= candidate.recordedAt)) return 'known';
  return before(isOther) ? 'recorded_later' : 'none';
}

function weigh(candidate: Candidate, around: Circumstances): Judgement {
  const { shape, hints, addressed } = candidate;
  const isProspect = !isOther(candidate, around);
  const opened = opportunityFollows(candidate, around);
  const engaged = opened || isEngaged(candidate, around);
  if (shape === 'met') return isProspect || opened ? ask('same_meeting') : no('in_copy');
  if (hints?.introduces === true) {
    if (isProspect || opened) return yes('mail_introduces');
    return shape === 'named' && !engaged ? no('in_copy') : ask('not_marked_as_prospect');
  }
  if (shape === 'wrote') {
    if (opened || (engaged && isProspect)) return yes('mail_then_engaged');
    return addressed && isProspect ? ask('mail_without_words') : no('in_copy');
  }
  if (shape === 'copied' && engaged && isProspect && forwardedBefore(candidate, around))
    return yes('forward_then_written');
  return opened || (shape === 'copied' && engaged && isProspect) ? ask('copied_without_words') : no('in_copy');
}

function doubtsOf(candidate: Candidate, { accounts }: Circumstances): EvidenceReason[] {
  const doubts: EvidenceReason[] = [];
  const party = accounts.get(candidate.subjectId);
  if (candidate.byName) doubts.push('found_by_name');
  if (candidate.advocateId === null) doubts.push('advocate_unknown');
  if (candidate.unclearHome) doubts.push('organisation_unclear');
  if (candidate.rivals > 0 && (candidate.shape !== 'wrote' || candidate.hints?.reply))
    doubts.push('introducer_unclear');
  if (party?.relation === 'customer' && party.since === null) doubts.push('customer_since_unknown');
  return doubts;
}

/** A party that nobody marked as a prospect; one without an account is judged by what came of it. */
function isOther({ subjectId }: Candidate, { accounts }: Circumstances): boolean {
  const relation = accounts.get(subjectId)?.relation ?? 'other';
  return relation === 'other';
}

function isEngaged(candidate: Candidate, { encounters, policy }: Circumstances): boolean {
  const list = encounters.get(candidate.subjectId) ?? [];
  return followsWithin(
    list,
    candidate.at,
    policy.engagedDays,
    (it) => it.sourceId !== candidate.sourceId && !it.accountIds.includes(candidate.advocateAccountId),
  );
}

function opportunityFollows(
  { subjectId, prospectContactId, at }: Candidate,
  { opened, policy }: Circumstances,
): boolean {
  const until = at + policy.opportunityDays * DAY_MS;
  const within = (id: Id | null) => id !== null && (opened.get(id) ?? []).some((it) => it >= at && it <= until);
  return within(subjectId) || within(prospectContactId);
}

function forwardedBefore({ advocateAccountId, at }: Candidate, { forwards, policy }: Circumstances): boolean {
  const since = at - policy.sameOccasionDays * DAY_MS;
  return (forwards.get(advocateAccountId) ?? []).some((it) => it >= since && it <= at);
}

const yes = (reason: EvidenceReason): Judgement => ({ standing: 'credited_automatically', reasons: [reason] });
const ask = (reason: EvidenceReason): Judgement => ({ standing: 'needs_confirmation', reasons: [reason] });
const no = (reason: EvidenceReason): Judgement => ({ standing: 'not_an_introduction', reasons: [reason] });
