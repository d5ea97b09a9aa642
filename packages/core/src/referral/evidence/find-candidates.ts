import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { EvidencePolicy } from './evidence-policy.ts';
import type { EvidenceReason, EvidenceSourceName, SourceAvailability } from './found-introduction.ts';
import type { PeopleIndex, Person } from './identify-parties.ts';
import type { EvidenceActivity, IntroductionSource } from './introduction-source.ts';
import type { SubjectHints } from './read-subject.ts';

/**
 * A record with the shape of an introduction. `wrote`: the advocate to the party and us; `copied`: we to the party, the
 * advocate among the recipients; `named`: the party to us, the advocate in copy; `met`: both in one small meeting.
 */
export interface Candidate {
  readonly sourceId: Id;
  readonly shape: 'wrote' | 'copied' | 'named' | 'met';
  readonly advocateId: Id | null;
  readonly advocateAccountId: Id;
  readonly subjectId: Id;
  readonly prospectContactId: Id | null;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly thread: string | null;
  readonly hints: SubjectHints | null;
  /** The party is a direct recipient, not in copy only. */
  readonly addressed: boolean;
  readonly byName: boolean;
  readonly unclearHome: boolean;
  /** Others in it might as well be the introducer; among colleagues the account alone is named. */
  readonly unclearIntroducer: boolean;
}

export interface FoundCandidates {
  readonly candidates: readonly Candidate[];
  readonly passedOver: Partial<Record<EvidenceReason, number>>;
  readonly sources: Record<'mail' | 'meeting', SourceAvailability>;
}

/**
 * Takes each activity known at `asOf` once, in any order; each costs what its own participants cost, and a crowd costs
 * nothing.
 */
export function findCandidates(
  source: Pick<IntroductionSource, 'capabilities'>,
  people: PeopleIndex,
  policy: EvidencePolicy,
  asOf: Instant,
): { readonly take: (activity: EvidenceActivity) => void; readonly finish: () => FoundCandidates } {
  const candidates: Candidate[] = [];
  const passedOver: Partial<Record<EvidenceReason, number>> = {};
  const tally = { mail: { read: 0, hidden: 0 }, meeting: { read: 0, hidden: 0 } };
  const take = (activity: EvidenceActivity) => {
    const name = sourceOf(activity);
    if (name === null || !isKnown(activity, asOf)) return;
    if (shows(source, name) && isCrowd(activity, policy)) {
      tally[name].read += 1;
      passedOver.crowd = (passedOver.crowd ?? 0) + 1;
      return;
    }
    const outside = shows(source, name) ? people.identify(activity) : null;
    tally[name][outside === null ? 'hidden' : 'read'] += 1;
    if (outside === null || outside.length < 2) return;
    const found = candidatesOf(activity, outside, people, policy);
    if (typeof found === 'string') passedOver[found] = (passedOver[found] ?? 0) + 1;
    else candidates.push(...found);
  };
  const stateOf = (name: 'mail' | 'meeting') =>
    shows(source, name) ? ('available' as const) : ('unavailable' as const);
  const finish = (): FoundCandidates => ({
    candidates,
    passedOver,
    sources: {
      mail: { state: stateOf('mail'), ...tally.mail },
      meeting: { state: stateOf('meeting'), ...tally.meeting },
    },
  });
  return { take, finish };
}

/** Whether an activity had occurred and was logged by then; one without a date proves no order. */
export function isKnown(activity: EvidenceActivity, asOf: Instant): boolean {
  return activity.occurredAt !== null && activity.occurredAt <= asOf && (activity.recordedAt ?? 0) <= asOf;
}

/** Whether so many from outside took part that it says nothing about two of them. */
export function isCrowd({ parties }: EvidenceActivity, policy: EvidencePolicy): boolean {
  return (
    parties !== null && parties.length > policy.mostPeople && parties.filter((it) => !it.own).length > policy.mostPeople
  );
}

function sourceOf({ kind }: EvidenceActivity): Exclude<EvidenceSourceName, 'link' | 'confirmation'> | null {
  return kind === 'email' ? 'mail' : kind === 'meeting' ? 'meeting' : null;
}

function shows({ capabilities }: Pick<IntroductionSource, 'capabilities'>, name: 'mail' | 'meeting'): boolean {
  return name === 'mail' ? capabilities.mailParticipants : capabilities.meetingParticipants;
}

function candidatesOf(
  activity: EvidenceActivity,
  outside: readonly Person[],
  people: PeopleIndex,
  policy: EvidencePolicy,
): readonly Candidate[] | EvidenceReason {
  if (new Set(outside.map((it) => it.home)).size > policy.mostOrganisations) return 'crowd';
  if (activity.hints?.bulk === true) return 'bulk';
  const at = activity.occurredAt ?? 0;
  const advocates = outside.filter((it) => mayAdvocate(it, people, at));
  if (advocates.length === 0) return [];
  const pairs = pairsOf(activity, outside, advocates);
  if (pairs.length === 0) return 'same_account';
  const known = pairs.filter(({ party }) => (party.accountId ?? party.contactId) !== null);
  if (known.length === 0) return 'party_not_in_crm';
  const fresh = known.filter(({ party }) => !wasCustomer(party, people, at));
  if (fresh.length === 0) return 'already_customer';
  return fresh.map(({ shape, advocate, party }) => {
    const mayAnswer = shape !== 'wrote' || activity.hints?.reply === true;
    const rivals = mayAnswer ? advocates.filter((it) => it !== advocate && it.home !== party.home) : [];
    const colleagues = rivals.some((it) => it.home === advocate.home);
    return {
      sourceId: activity.id,
      shape,
      advocateId: colleagues ? null : advocate.contactId,
      advocateAccountId: advocate.accountId!,
      subjectId: party.unclearHome ? party.contactId! : (party.accountId ?? party.contactId)!,
      prospectContactId: party.contactId,
      at,
      recordedAt: activity.recordedAt ?? at,
      thread: activity.thread,
      hints: activity.hints,
      addressed: party.role !== 'cc',
      byName: advocate.byName || party.byName,
      unclearHome: party.unclearHome && party.home === advocate.home,
      unclearIntroducer: rivals.length > 0,
    };
  });
}

/** A person of an account that was a customer or partner by then, or is one since an unknown day. */
function mayAdvocate({ accountId }: Person, people: PeopleIndex, at: Instant): boolean {
  const account = accountId === null ? undefined : people.accounts.get(accountId);
  if (account?.relation !== 'customer' && account?.relation !== 'partner') return false;
  return account.since === null || account.since <= at;
}

function wasCustomer({ accountId }: Person, people: PeopleIndex, at: Instant): boolean {
  const account = accountId === null ? undefined : people.accounts.get(accountId);
  return account?.relation === 'customer' && account.since !== null && account.since < at;
}

interface Pair {
  readonly shape: Candidate['shape'];
  readonly advocate: Person;
  readonly party: Person;
}

/** The author introduces; where the author is one of us, or the party itself, any customer among the others may have. */
function pairsOf(
  activity: EvidenceActivity,
  outside: readonly Person[],
  advocates: readonly Person[],
): readonly Pair[] {
  const author = outside.find((it) => it.role === 'from');
  const apart = (a: Person, b: Person) => a !== b && (a.home !== b.home || b.unclearHome);
  if (activity.kind === 'meeting') {
    return advocates.flatMap((advocate) =>
      outside.filter((it) => apart(advocate, it)).map((party) => ({ shape: 'met', advocate, party }) as const),
    );
  }
  if (!author) {
    return advocates.flatMap((advocate) =>
      outside
        .filter((it) => apart(advocate, it) && it.role === 'to')
        .map((party) => ({ shape: 'copied', advocate, party }) as const),
    );
  }
  const wrote = advocates.includes(author)
    ? outside.filter((it) => apart(author, it)).map((party) => ({ shape: 'wrote', advocate: author, party }) as const)
    : [];
  const named = advocates
    .filter((it) => apart(it, author))
    .map((advocate) => ({ shape: 'named', advocate, party: author }) as const);
  return [...wrote, ...named];
}
