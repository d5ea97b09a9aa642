import type { CalendarDay } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import { displayName } from '../model/mask-addresses.ts';
import type { Contact, ContactWritten, Lead, Opportunity, OpportunityWritten } from '../model/types.ts';
import type { Participant } from '../referral/entities/participant.ts';
import { saysMore, type TrackedReferral } from '../referral/tracked-referrals.ts';
import type { Proposal } from './proposal.ts';

export interface ReferralWriteInput {
  readonly referrals: readonly TrackedReferral[];
  /** Who takes part in a program of the company's own. */
  readonly participants?: Iterable<Participant>;
  /** When a person was last asked, and at which account; who is not in it keeps what the record says. */
  readonly lastAsked?: ReadonlyMap<Id, { readonly askedOn: CalendarDay; readonly accountId: Id }>;
  readonly opportunities: Iterable<Opportunity>;
  readonly contacts: Iterable<Contact>;
  readonly leads?: Iterable<Lead>;
  /** Fields that exist and may be written. */
  readonly opportunityFields: readonly string[];
  readonly contactFields: readonly string[];
  readonly leadFields?: readonly string[];
  /** Whether records of this account may be written at all: not left out, in the pilot, customer or prospect. */
  readonly mayWrite: (accountId: Id | null) => boolean;
}

/**
 * Writes of referral state and credit on opportunities, of the state on leads that somebody introduced, and on contacts of their place in the program, of the day on which
 * they were last asked and of referrals won. A record is written only where a value differs; a contact who never had a
 * referral won keeps an empty field. A claim from before its program began says nothing.
 */
export function proposeReferralWrites(input: ReferralWriteInput): readonly Proposal[] {
  const said = input.referrals.filter(({ reason }) => reason !== 'program_not_active');
  return [
    ...opportunityProposals({ ...input, referrals: said }),
    ...leadProposals({ ...input, referrals: said }),
    ...contactProposals(input),
  ];
}

function* opportunityProposals(input: ReferralWriteInput): Iterable<Proposal> {
  const speaking = speakingReferrals(input.referrals, ({ opportunityId }) => opportunityId);
  for (const it of input.opportunities) {
    const referral = speaking.get(it.id);
    if (!referral) continue;
    if (!input.mayWrite(it.accountId)) yield { heldBack: 'outside the book' };
    else yield opportunityProposal(it, referral, input.opportunityFields);
  }
}

/** Several claims may point at one record: the one that is credited speaks, before that the one that stands best. */
function speakingReferrals(
  referrals: readonly TrackedReferral[],
  recordOf: (referral: TrackedReferral) => Id | null,
): ReadonlyMap<Id, TrackedReferral> {
  const speaking = new Map<Id, TrackedReferral>();
  for (const it of referrals) {
    const id = recordOf(it);
    if (id === null) continue;
    const other = speaking.get(id);
    if (!other || saysMore(it, other)) speaking.set(id, it);
  }
  return speaking;
}

/** One that was converted is left alone, nobody may edit it; a lead of no account yet goes by the account that referred. */
function* leadProposals(input: ReferralWriteInput): Iterable<Proposal> {
  const claims = input.referrals.filter(({ programId }) => programId !== null);
  const speaking = speakingReferrals(claims, ({ referredContactId }) => referredContactId);
  for (const it of input.leads ?? []) {
    const referral = it.convertedContactId === null ? speaking.get(it.id) : undefined;
    if (!referral) continue;
    const { state, referrerAccountId, accountId } = referral;
    if (![referrerAccountId, accountId ?? referrerAccountId].every(input.mayWrite))
      yield { heldBack: 'outside the book' };
    else if (it.referralState === state) yield { heldBack: 'nothing changed' };
    else if (!input.leadFields?.includes('referralState')) yield { heldBack: 'field not installed' };
    else
      yield {
        write: {
          entity: 'lead',
          write: { key: `lead ${it.id}`, target: { id: it.id }, set: { referralState: state } },
          before: { referralState: it.referralState },
          label: it.id,
          why: `referral ${it.referralState ?? 'not recorded'} to ${state}`,
        },
      };
  }
}

function opportunityProposal(record: Opportunity, referral: TrackedReferral, fields: readonly string[]): Proposal {
  const wanted: OpportunityWritten = { referralState: referral.state, referralCredit: referral.credit };
  const keys = (Object.keys(wanted) as (keyof OpportunityWritten)[]).filter((key) => wanted[key] !== record[key]);
  if (keys.length === 0) return { heldBack: 'nothing changed' };
  const changed = keys.filter((key) => fields.includes(key));
  if (changed.length === 0) return { heldBack: 'field not installed' };
  const pick = (values: OpportunityWritten): Partial<OpportunityWritten> =>
    Object.fromEntries(changed.map((key) => [key, values[key]]));
  return {
    write: {
      entity: 'opportunity',
      write: { key: `opportunity ${record.id}`, target: { id: record.id }, set: pick(wanted) },
      before: pick(record),
      label: displayName(record),
      why: changed.includes('referralState')
        ? `referral ${record.referralState ?? 'not recorded'} to ${referral.state}`
        : `referral credit from ${record.referralCredit ?? 'empty'} to ${referral.credit ?? 'empty'}`,
    },
  };
}

function* contactProposals(input: ReferralWriteInput): Iterable<Proposal> {
  const won = new Map<Id, number>();
  const accountOf = new Map<Id, Id | null>();
  for (const { referrerId, referrerAccountId, credit, state } of input.referrals) {
    if (referrerId === null) continue;
    accountOf.set(referrerId, referrerAccountId);
    const counts = credit === 'sourced' && (state === 'won' || state === 'retained');
    won.set(referrerId, (won.get(referrerId) ?? 0) + Number(counts));
  }
  const statuses = new Map<Id, AdvocateStatus>();
  for (const { id, accountId, status } of input.participants ?? []) {
    accountOf.set(id, accountId ?? accountOf.get(id) ?? null);
    statuses.set(id, better(STATUSES[status], statuses.get(id)));
  }
  for (const [id, { accountId }] of input.lastAsked ?? []) accountOf.set(id, accountOf.get(id) ?? accountId);
  for (const it of input.contacts) {
    const count = won.get(it.id) ?? 0;
    const wanted: ContactWritten = {
      advocateStatus: statuses.get(it.id) ?? it.advocateStatus,
      lastAskedOn: latest(input.lastAsked?.get(it.id)?.askedOn ?? null, it.lastAskedOn),
      referralsWon: count === 0 && it.referralsWon === null ? null : count,
    };
    const changed = (Object.keys(wanted) as (keyof ContactWritten)[]).filter((key) => wanted[key] !== it[key]);
    if (changed.length === 0) continue;
    if (!input.mayWrite(accountOf.get(it.id) ?? null)) yield { heldBack: 'outside the book' };
    else
      yield contactProposal(
        it,
        wanted,
        changed.filter((key) => input.contactFields.includes(key)),
      );
  }
}

type AdvocateStatus = NonNullable<ContactWritten['advocateStatus']>;
const STATUSES = { active: 'active', invited: 'invited', suspended: 'paused', left: 'left' } as const;
/** Who takes part in several programs stands where they stand best. */
const BEST: readonly AdvocateStatus[] = ['active', 'invited', 'paused', 'left'];

function better(a: AdvocateStatus, b: AdvocateStatus | undefined): AdvocateStatus {
  return b !== undefined && BEST.indexOf(b) < BEST.indexOf(a) ? b : a;
}

/** The record may know of a later ask than the journal. */
function latest(noted: CalendarDay | null, onRecord: CalendarDay | null): CalendarDay | null {
  return noted !== null && noted > (onRecord ?? '') ? noted : onRecord;
}

function contactProposal(record: Contact, wanted: ContactWritten, fields: readonly (keyof ContactWritten)[]): Proposal {
  if (fields.length === 0) return { heldBack: 'field not installed' };
  const pick = (values: ContactWritten): Partial<ContactWritten> =>
    Object.fromEntries(fields.map((field) => [field, values[field]]));
  return {
    write: {
      entity: 'contact',
      write: { key: `contact ${record.id}`, target: { id: record.id }, set: pick(wanted) },
      before: pick(record),
      label: record.id,
      why: fields.map((it) => `${WORDS[it]} from ${record[it] ?? 'empty'} to ${wanted[it]}`).join(', '),
    },
  };
}

const WORDS = { advocateStatus: 'advocate status', lastAskedOn: 'last asked', referralsWon: 'referrals won' } as const;
