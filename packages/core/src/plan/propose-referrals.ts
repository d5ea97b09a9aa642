import type { CalendarDay } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { ReferralRecord, WritableEntity } from '../model/types.ts';
import { claimId } from '../referral/claims/open-claim.ts';
import { DEFAULT_PROGRAM } from '../referral/engine/default-program.ts';
import { resolveId, subjectOf } from '../referral/engine/engine-state.ts';
import type { ReferralEngine } from '../referral/engine/open-engine.ts';
import type { ReferralClaim } from '../referral/entities/referral.ts';
import type { KeptReferralRows } from '../referral/referral-rows.ts';
import type { TrackedReferral } from '../referral/tracked-referrals.ts';
import type { Proposal } from './proposal.ts';
import { proposeReferralLinks } from './propose-referral-links.ts';
import { proposeReferralNotes, type ReferralNoteInput } from './propose-referral-notes.ts';
import { proposeReferralRecords, type ReferralRecordInput } from './propose-referral-records.ts';
import { proposeReferralWrites, type ReferralWriteInput } from './propose-referral-writes.ts';

/** What the CRM holds and can take of referrals. */
export interface ReferralScope {
  readonly referrals: readonly TrackedReferral[];
  readonly rows: KeptReferralRows;
  /** Our referral records; none where the org has no such object. */
  readonly records: Iterable<ReferralRecord>;
  /** Fields that exist and may be written, by entity; an entity left out is not written. */
  readonly writable: { readonly [E in WritableEntity]?: readonly string[] };
  readonly timeZone: string;
  /** The currency that amounts are kept in; `null`: each record names its own. */
  readonly currency: string | null;
  /** Whether records of this account may be written at all: not left out, in the pilot, customer or prospect. */
  readonly mayWrite: (accountId: Id | null) => boolean;
  /** Only where a person switched notes on. */
  readonly notes?: Pick<ReferralNoteInput, 'since' | 'made'> | undefined;
  /** Keys of links between two people that are not made again; left out: none were. */
  readonly settledLinks?: ReadonlySet<string>;
}

/** Everything that a workspace's referrals change in the CRM: on opportunities, on contacts, and on records of our own. */
export function* proposeReferrals({ state }: ReferralEngine, scope: ReferralScope): Iterable<Proposal> {
  const { referrals, rows, records, writable, timeZone, currency, mayWrite, notes } = scope;
  yield* proposeReferralWrites({
    ...{ referrals, opportunities: rows.opportunities, contacts: rows.contacts, leads: rows.leads, mayWrite },
    participants: [...state.participants.values()].filter(({ programId }) => programId !== DEFAULT_PROGRAM.id),
    lastAsked: lastAsked(state),
    opportunityFields: writable.opportunity ?? [],
    contactFields: writable.contact ?? [],
    leadFields: writable.lead ?? [],
  });
  const runs = (programId: string) => state.options.programs.some(({ id }) => id === programId);
  const formerIds = formerClaimIds(state);
  if (notes && writable.note) {
    const { accounts, opportunities } = rows;
    const claims = state.claims.values();
    yield* proposeReferralNotes({
      ...{ ...notes, claims, fields: writable.note, formerIds, runs, accounts, opportunities, timeZone, mayWrite },
    });
  }
  if (writable.referralLink) {
    yield* proposeReferralLinks({
      ...{ claims: state.claims.values(), links: rows.links, contacts: rows.contacts, roles: rows.roles, mayWrite },
      settled: scope.settledLinks ?? new Set(),
      wasRecorded: ({ evidence: best, subjectId, participantId }) =>
        best === 'recorded' ||
        state.touches.of(subjectId, [participantId]).some(({ evidence }) => evidence === 'recorded'),
    });
  }
  if (!writable.referral) return;
  const known = new Map<Id, NonNullable<ReturnType<ReferralRecordInput['entityOf']>>>();
  for (const { id } of rows.accounts) known.set(id, 'account');
  for (const { id } of rows.contacts) known.set(id, 'contact');
  for (const { id } of rows.leads) known.set(id, 'lead');
  for (const { id } of rows.opportunities) known.set(id, 'opportunity');
  yield* proposeReferralRecords({
    ...{ claims: state.claims.values(), rewards: state.rewards.all(), records, fields: writable.referral },
    ...{ formerIds, runs },
    ...{ entityOf: (id) => known.get(id) ?? null, timeZone, currency, mayWrite },
  });
}

/** Accounts that referrals may write to or about: whether they may be written is asked for each. */
export function referralAccounts(
  { state }: ReferralEngine,
  { referrals, rows }: Pick<ReferralScope, 'referrals' | 'rows'>,
): ReadonlySet<Id> {
  const ids = [
    ...rows.opportunities.map((it) => it.accountId),
    ...referrals.flatMap((it) => [it.referrerAccountId, it.accountId]),
    ...[...state.participants.values()].map((it) => it.accountId),
    ...[...state.claims.values()].flatMap((it) => [it.referrerAccountId, it.subjectId]),
    ...[...lastAsked(state).values()].map((it) => it.accountId),
    ...rows.roles.map((it) => it.accountId),
  ];
  return new Set(ids.filter((id) => id !== null));
}

function formerClaimIds(state: ReferralEngine['state']): (claim: ReferralClaim) => readonly string[] {
  const people = formerIds(state.mergedInto.keys(), (id) => resolveId(state, id));
  const parties = formerIds([...state.mergedInto.keys(), ...state.rolledUp.keys()], (id) => subjectOf(state, id));
  return ({ id, programId, participantId, subjectId }) =>
    people(participantId)
      .flatMap((by) => parties(subjectId).map((on) => claimId(programId, by, on)))
      .filter((it) => it !== id);
}

/** An id and those that stand for it by now. */
function formerIds(ids: Iterable<Id>, now: (id: Id) => Id): (id: Id) => readonly Id[] {
  const former = new Map<Id, Id[]>();
  for (const it of new Set(ids)) former.set(now(it), [...(former.get(now(it)) ?? []), it]);
  return (id) => [id, ...(former.get(id) ?? [])];
}

function lastAsked(state: ReferralEngine['state']): NonNullable<ReferralWriteInput['lastAsked']> {
  const last = new Map<Id, { readonly askedOn: CalendarDay; readonly accountId: Id }>();
  for (const { contactId, accountId, askedOn } of state.asks.values()) {
    const id = resolveId(state, contactId);
    if (askedOn > (last.get(id)?.askedOn ?? '')) last.set(id, { askedOn, accountId: resolveId(state, accountId) });
  }
  return last;
}
