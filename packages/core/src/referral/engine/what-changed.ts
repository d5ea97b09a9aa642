import { DAY_MS, type Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { FraudContext } from '../fraud/fraud-context.ts';
import type { RewardRecord } from '../rewards/index.ts';
import type { EngineState } from './engine-state.ts';

/** What a day has to look at: what changed since it was looked at last, and what time changes by then. */
export interface WhatChanged {
  /** Parties whose claims changed. */
  readonly parties: Set<Id>;
  readonly partiesDue: DueList;
  /** Keys of rewards that checks, and that time, have to look at. */
  readonly toScreen: Set<string>;
  readonly screenDue: DueList;
  readonly toAdvance: Set<string>;
  readonly advanceDue: DueList;
  /** Participants of whom something else is true; for claims made from the instant on. */
  readonly people: Map<Id, Instant>;
  /** Participants by the account whose digests are theirs too. */
  readonly byAccount: Map<Id, Set<Id>>;
  /** Disputes that are not final, by program and sale. */
  readonly disputes: Set<string>;
  /** Counted when asked for, until a credit or a sale changes. */
  readonly results: Map<Id, Pick<FraudContext, 'results' | 'activeCustomers'>>;
  readonly times: Map<string, readonly Instant[]>;
}

/** Keys by the day on which they are due. */
interface DueList {
  readonly add: (key: string, at: Instant) => void;
  /** Takes out what is due on the day of the instant or before. */
  readonly take: (at: Instant) => readonly string[];
}

function openDueList(): DueList {
  const days = new Map<number, Set<string>>();
  return {
    add: (key, at) => {
      if (!Number.isFinite(at)) return;
      const day = Math.floor(at / DAY_MS);
      const keys = days.get(day);
      if (keys) keys.add(key);
      else days.set(day, new Set([key]));
    },
    take: (at) => {
      const due = [...days].filter(([day]) => day * DAY_MS <= at);
      for (const [day] of due) days.delete(day);
      return due.flatMap(([, keys]) => [...keys]);
    },
  };
}

export function openWhatChanged(): WhatChanged {
  return {
    ...{ parties: new Set(), partiesDue: openDueList(), toScreen: new Set(), screenDue: openDueList() },
    ...{ toAdvance: new Set(), advanceDue: openDueList(), people: new Map(), byAccount: new Map() },
    ...{ disputes: new Set(), results: new Map(), times: new Map() },
  };
}

/** Everything is looked at again: another program, or another wording of one. */
export function lookAtAll(state: EngineState): void {
  const { changed } = state;
  for (const it of state.bySubject.keys()) changed.parties.add(it);
  for (const it of state.disputes.keys()) changed.disputes.add(it);
  for (const { key } of state.rewards.unsettled()) noteReward(changed, key);
  changed.results.clear();
  changed.times.clear();
}

/** A reward is another one than before. */
export function noteReward({ toScreen, toAdvance }: WhatChanged, key: string): void {
  toScreen.add(key);
  toAdvance.add(key);
}

/** Something is true of a participant that their rewards depend on; `from`: only for claims made from then on. */
export function notePerson({ changed }: EngineState, id: Id, from: Instant = Number.NEGATIVE_INFINITY): void {
  changed.people.set(id, Math.min(from, changed.people.get(id) ?? from));
}

/** Another standing, account or digest: it counts for whoever shares a digest, too. */
export function noteParty(state: EngineState, id: Id): void {
  const { identities, holders } = state.checks;
  const sharing = (identities.get(id) ?? []).flatMap(({ hash }) => [...(holders.get(hash) ?? [])]);
  for (const it of [id, ...sharing]) {
    notePerson(state, it);
    for (const person of state.changed.byAccount.get(it) ?? []) notePerson(state, person);
  }
}

/** A claim came, went (`now` undefined) or changed. */
export function noteClaim(state: EngineState, before: ReferralClaim | undefined, now: ReferralClaim | undefined): void {
  const claim = now ?? before;
  if (!claim) return;
  const { programId, participantId, subjectId } = claim;
  state.changed.parties.add(subjectId);
  if (before?.claimedAt !== now?.claimedAt) {
    state.changed.times.delete(`${programId} ${participantId}`);
    const gone = Number.NEGATIVE_INFINITY;
    notePerson(state, participantId, now ? Math.min(now.claimedAt, before?.claimedAt ?? now.claimedAt) : gone);
  }
  if (counts(before) !== counts(now)) noteResults(state, participantId);
}

function counts(claim: ReferralClaim | undefined): boolean {
  return claim !== undefined && claim.credit !== null && claim.credit !== 'none';
}

/** A sale, or what was decided on it, is another one: say so before and after where others are credited. */
export function noteSaleChange(state: EngineState, saleId: Id): void {
  for (const history of state.decisions.get(saleId)?.values() ?? []) {
    for (const { referralId } of history.at(-1)?.candidates ?? []) {
      const claim = state.claims.get(referralId);
      if (claim) noteResults(state, claim.participantId);
    }
  }
}

function noteResults(state: EngineState, participantId: Id): void {
  state.changed.results.delete(participantId);
  notePerson(state, participantId);
}

/** A dispute about a sale came or went on: those of all programs on it are looked at. */
export function noteDisputes({ disputes, changed }: EngineState, saleId: Id): void {
  for (const key of disputes.keys()) if (key.endsWith(` ${saleId}`)) changed.disputes.add(key);
}

/** Turns what is new of people into rewards to look at. */
export function resolvePeople({ changed, rewards, claims }: EngineState): void {
  for (const [id, from] of changed.people) {
    for (const { key, referralId } of rewards.ofParticipant(id)) {
      if ((claims.get(referralId)?.claimedAt ?? from) >= from) noteReward(changed, key);
    }
  }
  changed.people.clear();
}

/** The next instant after `asOf` at which time alone moves a reward. */
export function nextMoveAt({ fraudFinalAt, expiresAt, dueAt }: RewardRecord, asOf: Instant): Instant {
  const times = [fraudFinalAt, expiresAt, dueAt].filter((it) => it !== null && it > asOf) as Instant[];
  return Math.min(Number.POSITIVE_INFINITY, ...times);
}
