import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { Denial } from '../entities/denial.ts';
import { EVIDENCE_POLICY, type EvidencePolicy } from './evidence-policy.ts';
import { type Candidate, type FoundCandidates, findCandidates } from './find-candidates.ts';
import type {
  EvidenceReport,
  FoundIntroduction,
  IntroductionStanding,
  SourceAvailability,
} from './found-introduction.ts';
import { type Gathered, gatherEncounters } from './gather-encounters.ts';
import { indexPeople, type PeopleIndex } from './identify-parties.ts';
import type { EvidenceOpportunity, IntroductionSource } from './introduction-source.ts';
import { type Circumstances, judgeCandidate, occurrenceOf } from './judge-candidate.ts';
import { mergeFindings } from './merge-findings.ts';
import { pairKey, recordedEvidence } from './recorded-evidence.ts';

/**
 * Finds who introduced whom in what the CRM recorded by an instant: what both confirmed, mails and meetings with both,
 * links that somebody set. Two passes over the activities, each linear in them; memory grows with the candidates only.
 * The order of the rows does not matter. What the CRM hides is reported as unavailable, never as absent.
 *
 * @example findIntroductions(source, asOf).introductions.filter((it) => it.standing === 'needs_confirmation')
 */
export function findIntroductions(
  source: IntroductionSource,
  asOf: Instant,
  policy: EvidencePolicy = EVIDENCE_POLICY,
): EvidenceReport {
  const search = searchIntroductions(source, asOf, policy);
  for (const activity of source.activities()) search.take(activity);
  const second = search.second();
  for (const activity of source.activities()) second.take(activity);
  return second.finish();
}

/**
 * The same where activities come as they can be read: each is given to `take`, and then each to the `take` of `second`,
 * which need not be shown any where it finds no candidate. Everything else of `source` is read at once.
 */
export function searchIntroductions(
  source: Omit<IntroductionSource, 'activities'>,
  asOf: Instant,
  policy: EvidencePolicy = EVIDENCE_POLICY,
) {
  const people = indexPeople(source);
  const first = findCandidates(source, people, policy, asOf);
  return {
    take: first.take,
    second() {
      const found = first.finish();
      const encounters = gatherEncounters(source, found.candidates, people, policy, asOf);
      const finish = () => judgeAll(source, people, found, encounters.finish(), { asOf, policy });
      return { candidates: found.candidates.length, take: encounters.take, finish };
    },
  };
}

function judgeAll(
  source: Omit<IntroductionSource, 'activities'>,
  people: PeopleIndex,
  { candidates, passedOver, sources }: FoundCandidates,
  gathered: Gathered,
  { asOf, policy }: { readonly asOf: Instant; readonly policy: EvidencePolicy },
): EvidenceReport {
  const dated = candidates.map((it) => ({ ...it, at: occurrenceOf(it, gathered, policy) }));
  const around: Circumstances = {
    accounts: people.accounts,
    ...gathered,
    written: writtenByParty(dated),
    opened: opportunitiesByParty(source.opportunities, asOf),
    policy,
  };
  const { found, denied } = recordedEvidence(source, people, asOf);
  const judged = dated.map((it) => findingOf(it, around));
  const introductions = mergeFindings([...judged, ...found], deniedPairs(denied));
  return {
    introductions,
    counts: countStandings(introductions),
    passedOver,
    denied,
    sources: {
      ...sources,
      link: stated(source.capabilities.links, found.filter((it) => it.evidence === 'recorded').length),
      confirmation: stated(source.capabilities.confirmations, found.filter((it) => it.evidence === 'confirmed').length),
    },
  };
}

function deniedPairs(denied: readonly Denial[]): ReadonlySet<string> {
  return new Set(denied.flatMap(({ advocateId, partyIds }) => partyIds.map((it) => pairKey(advocateId, it))));
}

function findingOf(candidate: Candidate, around: Circumstances): FoundIntroduction {
  const { advocateId, advocateAccountId, subjectId, prospectContactId, at, recordedAt, sourceId } = candidate;
  return {
    key: pairKey(advocateId ?? advocateAccountId, subjectId),
    advocateId,
    advocateAccountId,
    subjectId,
    prospectContactId,
    evidence: 'activity',
    introducedAt: at,
    recordedAt,
    sourceIds: [sourceId],
    ...judgeCandidate(candidate, around),
  };
}

function writtenByParty(candidates: readonly Candidate[]): ReadonlyMap<Id, readonly Candidate[]> {
  const written = new Map<Id, Candidate[]>();
  for (const it of candidates) {
    if (it.shape !== 'wrote') continue;
    const list = written.get(it.subjectId);
    if (list) list.push(it);
    else written.set(it.subjectId, [it]);
  }
  for (const list of written.values()) list.sort((a, b) => a.at - b.at || (a.sourceId < b.sourceId ? -1 : 1));
  return written;
}

function opportunitiesByParty(rows: Iterable<EvidenceOpportunity>, asOf: Instant): ReadonlyMap<Id, readonly Instant[]> {
  const opened = new Map<Id, Instant[]>();
  for (const { accountId, contactIds, createdAt } of rows) {
    if (createdAt === null || createdAt > asOf) continue;
    for (const id of [...(accountId === null ? [] : [accountId]), ...contactIds]) {
      const list = opened.get(id);
      if (list) list.push(createdAt);
      else opened.set(id, [createdAt]);
    }
  }
  return opened;
}

function stated(available: boolean, read: number): SourceAvailability {
  return { state: available ? 'available' : 'unavailable', read, hidden: 0 };
}

function countStandings(all: readonly FoundIntroduction[]): Readonly<Record<IntroductionStanding, number>> {
  const counts = { credited_automatically: 0, needs_confirmation: 0, not_an_introduction: 0 };
  for (const { standing } of all) counts[standing] += 1;
  return counts;
}
