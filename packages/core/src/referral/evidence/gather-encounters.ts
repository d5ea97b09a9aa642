import { DAY_MS, type Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { EvidencePolicy } from './evidence-policy.ts';
import { type Candidate, isCrowd, isKnown } from './find-candidates.ts';
import type { PeopleIndex, Person } from './identify-parties.ts';
import type { EvidenceActivity, IntroductionSource } from './introduction-source.ts';

/** One two-way contact with a party: they wrote, we answered, or met or spoke. */
export interface Encounter {
  readonly sourceId: Id;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly thread: string | null;
  /** Who acted: in a meeting or call both. */
  readonly by: 'them' | 'us' | 'both';
  /** The accounts of those who took part. */
  readonly accountIds: readonly Id[];
}

/** All ascending in time. */
export interface Gathered {
  /** Two-way contacts by party. */
  readonly encounters: ReadonlyMap<Id, readonly Encounter[]>;
  /** When each advocate who was only in copy had been in touch with us. */
  readonly prompts: ReadonlyMap<Id, readonly { readonly at: Instant }[]>;
}

/** The second pass: what else happened with the parties of the candidates, and with nobody else. A crowd is no contact. */
export function gatherEncounters(
  source: Pick<IntroductionSource, 'capabilities'>,
  candidates: readonly Candidate[],
  people: PeopleIndex,
  policy: EvidencePolicy,
  asOf: Instant,
): { readonly take: (activity: EvidenceActivity) => void; readonly finish: () => Gathered } {
  const wanted = new Map<Id, Encounter[]>();
  const prompts = new Map<Id, { readonly at: Instant }[]>();
  for (const it of candidates) {
    wanted.set(it.subjectId, []);
    if (it.shape === 'copied' && it.advocateId !== null) prompts.set(it.advocateId, []);
  }
  const take = (activity: EvidenceActivity) => {
    if (!isKnown(activity, asOf) || activity.hints?.bulk === true || isCrowd(activity, policy)) return;
    const outside = shows(activity, source) ? people.identify(activity) : null;
    const spoke = outside === null ? linkedTo(activity, people) : whoSpoke(activity, outside);
    if (spoke.length === 0 || spoke.length > policy.mostPeople) return;
    const at = activity.occurredAt ?? 0;
    for (const { contactId } of spoke) if (contactId !== null) prompts.get(contactId)?.push({ at });
    for (const party of new Set(spoke.flatMap((it) => [it.accountId, it.contactId]))) {
      const list = party === null ? undefined : wanted.get(party);
      if (!list) continue;
      const accountIds = (outside ?? spoke).flatMap((it) => it.accountId ?? []);
      const by = activity.kind !== 'email' ? 'both' : activity.direction === 'outbound' ? 'us' : 'them';
      const { id: sourceId, recordedAt, thread } = activity;
      list.push({ sourceId, at, recordedAt: recordedAt ?? at, thread, by, accountIds });
    }
  };
  const finish = (): Gathered => {
    for (const list of wanted.values()) list.sort((a, b) => a.at - b.at || (a.sourceId < b.sourceId ? -1 : 1));
    for (const list of prompts.values()) list.sort((a, b) => a.at - b.at);
    return { encounters: wanted, prompts };
  };
  return { take, finish };
}

function shows({ kind }: EvidenceActivity, { capabilities }: Pick<IntroductionSource, 'capabilities'>): boolean {
  return kind === 'email' ? capabilities.mailParticipants : kind === 'call' || capabilities.meetingParticipants;
}

/** Who from outside acted: the author of a mail or whom we answer, everybody in a meeting or call; nobody in a note. */
function whoSpoke({ kind, direction, hints }: EvidenceActivity, outside: readonly Person[]): readonly Person[] {
  if (kind === 'email') {
    const answered = direction === 'outbound' && hints?.reply === true;
    return outside.filter((it) => it.role === (answered ? 'to' : 'from'));
  }
  return kind === 'meeting' || kind === 'call' ? outside : [];
}

/** Of a meeting or an inbound mail that hides its people: whom the CRM links. */
function linkedTo(
  { kind, direction, contactIds }: EvidenceActivity,
  people: PeopleIndex,
): readonly Pick<Person, 'accountId' | 'contactId'>[] {
  if (kind !== 'meeting' && !(kind === 'email' && direction === 'inbound')) return [];
  return contactIds.map((contactId) => ({ contactId, accountId: people.accountOf(contactId) }));
}

/** The last contact before an instant within so many days that `counts`. */
export function lastBefore(
  list: readonly Encounter[],
  at: Instant,
  days: number,
  counts: (it: Encounter) => boolean,
): Encounter | null {
  for (let i = firstAtOrAfter(list, at) - 1; i >= 0; i -= 1) {
    const it = list[i]!;
    if (it.at < at - days * DAY_MS) return null;
    if (counts(it)) return it;
  }
  return null;
}

/** Whether a contact that `counts` followed within so many days. */
export function followsWithin(
  list: readonly Encounter[],
  at: Instant,
  days: number,
  counts: (it: Encounter) => boolean,
): boolean {
  for (let i = firstAtOrAfter(list, at); i < list.length; i += 1) {
    const it = list[i]!;
    if (it.at > at + days * DAY_MS) return false;
    if (counts(it)) return true;
  }
  return false;
}

/** Where the entries at or after an instant begin, in a list ascending in time. */
export function firstAtOrAfter(list: readonly { readonly at: Instant }[], at: Instant): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
