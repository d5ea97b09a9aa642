import { DAY_MS, dayInZone, dayNumber, type Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { OrgProfile } from '../../model/profile.ts';
import type { Opportunity } from '../../model/types.ts';
import { opportunityKind } from '../../snapshot/opportunity-meaning.ts';
import { partyOf, type ReferredParty, rollUp } from '../attribution/roll-up.ts';
import type { EvidenceClass } from '../entities/evidence-class.ts';
import type { Participant } from '../entities/participant.ts';
import type { Program } from '../entities/program.ts';
import type { QualifyingEvent, QualifyingType } from '../entities/qualifying-event.ts';
import type { ClaimSubmission, ReferralEvent } from '../entities/referral-event.ts';
import type { Touch } from '../entities/touch.ts';
import { type MergedClaim, readClaims } from '../read-claims.ts';
import { indexReferralBook, type ReferralBook, type ReferralRows } from '../referral-book.ts';
import { relationOf, stepOf } from './book-relation.ts';
import type { ClaimToScreen, ScreenClaim } from './claim-to-screen.ts';
import { type DecidedClaim, type DecidedParties, indexDecided } from './decided-parties.ts';

/** What a pull says of a program's referrals, beside the rows. */
export interface BookReading {
  readonly profile: OrgProfile;
  readonly program: Program;
  /** The instant of the pull: nothing later is read, and every event is recorded at it. */
  readonly asOf: Instant;
  /** Introductions that the CRM's own mails and meetings prove; none when left out. */
  readonly touches?: readonly Touch[];
  /** What the checks say of a claim, `openScreening`; nothing when left out. */
  readonly known?: ScreenClaim;
  /** The account that the journal has somebody speak for in the program; left out, or `undefined`: it does not know them. */
  readonly speaksFor?: (contactId: Id) => Id | null | undefined;
  /** The claims of the journal, whoever submitted them: they stay where they are, and their sales are followed too. */
  readonly claims?: Iterable<DecidedClaim>;
  /** Sales as the journal has them; none when left out. */
  readonly sales?: ReadonlyMap<Id, FollowedSale>;
}

/** A sale as the journal has it. */
export interface FollowedSale {
  /** Whose it is, also where it hangs elsewhere in the CRM by now. */
  readonly subjectId: Id;
  /** As it was won; one that the CRM says was lost after all was cancelled. */
  readonly won: QualifyingEvent | null;
  /** Since when it is lost; one that the CRM says goes on was opened again. */
  readonly lostAt: Instant | null;
  /** How often it was taken back; 0 when left out. */
  readonly cancelled?: number;
}

/**
 * What the CRM says of one program's referrals, as events for the journal: who refers, who claims whom on what evidence,
 * and what became of the parties' opportunities. Keys are made of the records, so a second reading of the same book says
 * the same; the journal leaves out what it has. A claim without a date counts from the pull that first saw it; one that
 * names nobody is none.
 */
export function readBookEvents(rows: ReferralRows, reading: BookReading): readonly ReferralEvent[] {
  const book = indexReferralBook(rows, reading.asOf);
  const decided = indexDecided(reading.claims ?? []);
  const claims = readClaims(book, reading.profile, reading.asOf).flatMap((it) => {
    const subject = decided.of(it.referrerId, it.referredContactId, it.subject);
    return it.referrerId === null ? [] : [{ ...it, subject }];
  });
  const found = (reading.touches ?? []).map((touch) => touchClaim(touch, book, decided));
  const all = [...claims, ...found.map(({ claim }) => claim)];
  const claimed = {
    subjects: new Set([...all.map((it) => it.subject), ...decided.subjects]),
    ofContact: new Map([...decided.ofContact, ...all.map((it) => [it.referredContactId ?? '', it.subject] as const)]),
  };
  const people = participants(all, book, reading.program);
  const linkedAt = new Map(book.links.map((it) => [`${it.referrerId}>${it.referredId}`, it.createdAt]));
  const said = [
    ...claims.flatMap((it) => {
      const recordedAt = linkedAt.get(`${it.referrerId}>${it.referredContactId ?? it.accountId}`) ?? null;
      return saidClaim(it, recordedTouch(it, reading), recordedAt, people, reading);
    }),
    ...found.flatMap(({ claim, touch }) => saidClaim(claim, touch, touch.recordedAt, people, reading)),
  ];
  const introducedAt = new Map(decided.introducedAt);
  for (const { said: it } of said)
    introducedAt.set(it.subjectId, Math.min(it.introducedAt, introducedAt.get(it.subjectId) ?? it.introducedAt));
  return [
    ...[...people.values()].flatMap((it) => participantEvent(it, reading)),
    ...said.map((it) => claimEvent(it, said, book, reading)),
    ...book.opportunities.flatMap((it) => [...saleEvents(it, { ...claimed, introducedAt }, book, reading)]),
  ];
}

/** Whom the book and the journal have claims on. */
type Claimed = Pick<DecidedParties, 'subjects' | 'ofContact' | 'introducedAt'>;

function touchClaim(
  said: Touch,
  book: ReferralBook,
  decided: DecidedParties,
): { readonly claim: MergedClaim; readonly touch: Touch } {
  const { contactId: referredContactId, accountId, opportunityId } = touchedParty(said.subjectId, book);
  const { participantId, recordedAt } = said;
  const party = rollUp({ contactId: referredContactId, accountId, opportunityId }) ?? said.subjectId;
  const subject = decided.of(participantId, referredContactId, party);
  const claim: MergedClaim = {
    ...{ evidence: 'link', referrerId: participantId, subject, all: [] },
    ...{ referredContactId, accountId, opportunityId, claimedAt: recordedAt },
  };
  return { claim, touch: subject === said.subjectId ? said : { ...said, subjectId: subject } };
}

/** What is neither a person nor shown is an account. */
function touchedParty(id: Id, book: ReferralBook): ReferredParty {
  const isPerson = book.people.has(id) || book.leads.has(id);
  return isPerson ? partyOf(book, id) : { contactId: null, accountId: id, opportunityId: null };
}

/** Whoever refers, by contact: those of whom the book knows nothing are left out. */
function participants(
  claims: readonly MergedClaim[],
  book: ReferralBook,
  program: Program,
): ReadonlyMap<Id, Participant> {
  const people = new Map<Id, Participant>();
  for (const { referrerId } of claims) {
    const person = referrerId === null ? undefined : book.people.get(referrerId);
    if (!person || people.has(person.id)) continue;
    people.set(person.id, {
      ...{ id: person.id, programId: program.id, accountId: person.accountIds[0] ?? null, role: 'customer' },
      ...{
        status: 'active',
        statusSince: program.startsOn === '1970-01-01' ? 0 : dayNumber(program.startsOn) * DAY_MS,
      },
      ...{ termsVersion: program.terms.version, employerPermission: false, segment: 'private' },
      ...{ country: null, taxFormOn: null },
    });
  }
  return people;
}

function participantEvent(participant: Participant, reading: BookReading): readonly ReferralEvent[] {
  const { program, asOf, speaksFor } = reading;
  const known = speaksFor?.(participant.id);
  if (known === participant.accountId) return [];
  // who comes back to an account is no repetition
  const moved = known === undefined ? '' : ` ${asOf}`;
  const key = `participant ${program.id} ${participant.id} ${participant.accountId ?? '-'}${moved}`;
  // from the day on which they could refer: a claim of the same batch lies before the pull
  const occurredAt = Math.min(participant.statusSince, asOf);
  return [{ key, occurredAt, recordedAt: asOf, kind: 'participant', participant }];
}

/** The claim of a record that somebody entered: it may back-date, and was taken down when the record says. */
function recordedTouch(claim: MergedClaim, { asOf }: BookReading): Touch {
  const at = Math.min(claim.claimedAt ?? asOf, asOf);
  const evidence: EvidenceClass = claim.all.includes('link') || claim.all.includes('field') ? 'recorded' : 'free_text';
  return {
    ...{ key: `touch ${claim.referrerId}>${claim.subject} ${evidence}`, participantId: claim.referrerId ?? '' },
    ...{ subjectId: claim.subject, evidence, occurredAt: at, recordedAt: at, sourceId: claim.opportunityId },
  };
}

function saidClaim(
  claim: MergedClaim,
  touch: Touch,
  recordedAt: Instant | null,
  people: ReadonlyMap<Id, Participant>,
  { program }: BookReading,
): readonly ClaimToScreen[] {
  const { referrerId, subject, referredContactId, opportunityId } = claim;
  const participant = people.get(referrerId ?? '');
  if (!participant) return [];
  const said: ClaimSubmission = {
    ...{ programId: program.id, participantId: participant.id, subjectId: subject, referredContactId, opportunityId },
    ...{ referrerAccountId: participant.accountId, introducedAt: touch.occurredAt },
    ...{ consent: 'legitimate_interest', code: null, touch, leavesPast: true },
  };
  const key = `claim ${program.id} ${participant.id}>${subject} ${touch.evidence}`;
  return [{ key, program, participant, said, claimedAt: touch.recordedAt, recordedAt }];
}

function claimEvent(
  it: ClaimToScreen,
  all: readonly ClaimToScreen[],
  book: ReferralBook,
  reading: BookReading,
): ReferralEvent {
  const known = reading.known?.(it, all) ?? { signals: [], isErased: false };
  return {
    ...{ key: it.key, occurredAt: it.claimedAt, recordedAt: reading.asOf, kind: 'claim', claim: it.said },
    known: { relation: relationOf(it.said.subjectId, it.said.referredContactId, book, reading), ...known },
  };
}

function* saleEvents(
  it: Opportunity,
  { subjects, ofContact, introducedAt }: Claimed,
  book: ReferralBook,
  reading: BookReading,
): Iterable<ReferralEvent> {
  const step = stepOf(it, reading);
  const known = reading.sales?.get(it.id);
  const claimed = [it.accountId, ...it.contactIds, it.id].find((id) => id !== null && subjects.has(id));
  // one without an account is that of the people on it
  const theirs = it.accountId === null ? it.contactIds.map((id) => ofContact.get(id)) : [];
  const subjectId = claimed ?? theirs.find((id) => id !== undefined) ?? known?.subjectId;
  if (!step || subjectId === undefined || subjectId === null || opportunityKind(it, reading.profile) === 'renewal')
    return;
  // what was over on a day before anybody was introduced is no result of it, and stands against it only by the relation
  if (!known && step.closedAt !== null && step.closedAt + DAY_MS <= (introducedAt.get(subjectId) ?? 0)) return;
  const { asOf, program } = reading;
  const happened = (
    type: QualifyingType,
    key: string,
    at: Instant,
    amount = it.amount,
    rest: { readonly programId?: string; readonly key?: string; readonly again?: true } = {},
  ): ReferralEvent => ({
    ...{ key, occurredAt: at, recordedAt: asOf, kind: 'progress' },
    progress: {
      ...{ key, type, subjectId, opportunityId: it.id, occurredAt: at, recordedAt: asOf, amount },
      ...(it.ownerId !== null && { ownerId: it.ownerId }),
      ...rest,
    },
  });
  yield happened('opportunity_opened', `opened ${it.id}`, step.openedAt, null);
  // nobody says when: from the loss on, so that a sale on any day after it is one
  if (known && known.lostAt !== null && step.state !== 'lost')
    yield happened('opportunity_opened', `reopened ${it.id} ${known.lostAt}`, known.lostAt, null);
  // taking back is for good, so one that somebody opens again for a correction stays as it is until it is lost
  if (known?.won && step.state === 'lost') {
    yield happened('cancelled', `cancelled ${it.id} ${dayInZone(asOf, 'UTC')}`, asOf, null);
  }
  if (step.closedAt === null) return;
  if (step.state === 'lost') yield happened('lost', `lost ${it.id} ${it.closeOn ?? ''}`, step.closedAt, null);
  if (step.state !== 'won') return;
  // an amount that is refused has a key of its own: the one that mends it is another event
  const refused = it.amount !== null && it.amount.minor < 0 ? ` ${it.amount.minor}` : '';
  const cancelled = known?.won === null ? (known.cancelled ?? 0) : 0;
  if (cancelled === 0) yield happened('won', `won ${it.id}${refused}`, step.closedAt);
  else {
    // it was taken back and stands after all: another win, on no day before the loss
    const at = Math.max(step.closedAt, known?.lostAt ?? step.closedAt);
    yield happened('won', `won ${it.id}${refused} again ${cancelled}`, at, it.amount, { again: true });
  }
  // the same win, of which nobody had said yet what it came to
  if (known?.won?.amount === null && it.amount !== null && refused === '')
    yield happened('won', `amount of ${it.id}`, known.won.occurredAt, it.amount, { key: known.won.key });
  // each program has its own days; a closing day that is corrected later does not move them
  const retainedAt = (known?.won?.occurredAt ?? step.closedAt) + program.policy.retainedDays * DAY_MS;
  const churnedOn = it.accountId === null ? null : (book.churnedOn.get(it.accountId) ?? null);
  const hasLeft = churnedOn !== null && dayNumber(churnedOn) * DAY_MS <= retainedAt;
  if (retainedAt > asOf || hasLeft) return;
  yield happened('retained', `retained ${program.id} ${it.id}`, retainedAt, null, { programId: program.id });
}
