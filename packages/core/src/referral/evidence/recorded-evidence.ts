import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { ASKED_SIDES, type Denial } from '../entities/denial.ts';
import type { EvidenceClass } from '../entities/evidence-class.ts';
import type { FoundIntroduction } from './found-introduction.ts';
import type { PeopleIndex } from './identify-parties.ts';
import type { EvidenceConfirmation, IntroductionSource } from './introduction-source.ts';

/** What people entered: links and fields that name the referrer, and the own fields for what the two said. */
export interface RecordedEvidence {
  readonly found: readonly FoundIntroduction[];
  /** Pairs that one of the two denied, by record: nothing else counts for them. */
  readonly denied: readonly Denial[];
}

/** The name of a pair in every run; an unnamed advocate stands for their account. */
export function pairKey(advocate: Id, subject: Id): string {
  return `${advocate}>${subject}`;
}

/** Reads what was entered by an instant. Both said yes: confirmed; one did: recorded; without a date of its own: when it was entered. */
export function recordedEvidence(
  source: Omit<IntroductionSource, 'activities'>,
  people: PeopleIndex,
  asOf: Instant,
): RecordedEvidence {
  const found: FoundIntroduction[] = [];
  const denied: Denial[] = [];
  const add = (
    id: Id,
    advocate: Id,
    prospect: Id,
    at: Instant | null,
    setAt: Instant,
    evidence: EvidenceClass,
    reason: FoundIntroduction['reasons'][number],
  ) => {
    const entry = entryOf(id, advocate, prospect, at ?? setAt, setAt, evidence, reason, people);
    if (entry && entry.introducedAt <= asOf) found.push(entry);
  };
  for (const it of source.capabilities.links ? source.links : []) {
    const setAt = it.setAt ?? it.introducedAt;
    if (setAt === null || setAt > asOf) continue;
    add(it.id, it.referrerId, it.referredId, it.introducedAt, setAt, 'recorded', 'recorded_in_crm');
  }
  for (const it of source.capabilities.confirmations ? source.confirmations : []) {
    if (it.setAt > asOf) continue;
    const answers = [it.byAdvocate, it.byProspect];
    if (answers.includes(false)) {
      denied.push(denialOf(it, people));
    } else if (answers.includes(true) && it.prospectId !== null) {
      const both = !answers.includes(null);
      const [evidence, reason] = both
        ? (['confirmed', 'confirmed_by_both'] as const)
        : (['recorded', 'confirmed_by_one'] as const);
      add(it.id, it.advocateId, it.prospectId, it.introducedAt, it.setAt, evidence, reason);
    }
  }
  return { found, denied };
}

/** Of the person, of their account, and of the one that the record names: whichever was claimed. */
function denialOf(
  { id, advocateId, prospectId, accountId, byAdvocate, byProspect }: EvidenceConfirmation,
  people: PeopleIndex,
): Denial {
  const parties = [prospectId, prospectId && people.accountOf(prospectId), accountId ?? null];
  const said = { advocate: byAdvocate, prospect: byProspect };
  return {
    ...{ recordId: id, advocateId, saidBy: ASKED_SIDES.filter((side) => said[side] === false) },
    partyIds: [...new Set(parties.filter((it) => it !== null))].sort(),
  };
}

function subjectOf(prospect: Id, people: PeopleIndex): Id {
  return people.accountOf(prospect) ?? prospect;
}

/** Nothing for two people of one account, nor for people whom the CRM no longer has. */
function entryOf(
  id: Id,
  advocateId: Id,
  prospectContactId: Id,
  introducedAt: Instant,
  recordedAt: Instant,
  evidence: EvidenceClass,
  reason: FoundIntroduction['reasons'][number],
  people: PeopleIndex,
): FoundIntroduction | null {
  const advocateAccountId = people.accountOf(advocateId);
  const subjectId = subjectOf(prospectContactId, people);
  if (!people.knows(advocateId) || !people.knows(prospectContactId)) return null;
  if (advocateId === prospectContactId || advocateAccountId === subjectId) return null;
  return {
    key: pairKey(advocateId, subjectId),
    advocateId,
    advocateAccountId,
    subjectId,
    prospectContactId,
    evidence,
    introducedAt,
    recordedAt,
    sourceIds: [id],
    standing: 'credited_automatically',
    reasons: [reason],
  };
}
