import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { EVIDENCE_POLICY, type EvidencePolicy } from './evidence-policy.ts';
import { type Candidate, findCandidates } from './find-candidates.ts';
import type {
  EvidenceReport,
  FoundIntroduction,
  IntroductionStanding,
  SourceAvailability,
} from './found-introduction.ts';
import { gatherEncounters } from './gather-encounters.ts';
import { indexPeople } from './identify-parties.ts';
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
  const people = indexPeople(source);
  const { candidates, passedOver, sources } = findCandidates(source, people, policy, asOf);
  const gathered = gatherEncounters(source, candidates, people, policy, asOf);
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
  const introductions = mergeFindings([...judged, ...found], denied);
  return {
    introductions,
    counts: countStandings(introductions),
    passedOver,
    sources: {
      ...sources,
      link: stated(source.capabilities.links, found.filter((it) => it.evidence === 'recorded').length),
      confirmation: stated(source.capabilities.confirmations, found.filter((it) => it.evidence === 'confirmed').length),
    },
  };
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
