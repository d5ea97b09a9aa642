import { addDays, type CalendarDay, dayInZone, type Instant } from '../model/dates.ts';
import { listed } from '../model/listed.ts';
import type { OrgProfile, RecordRole } from '../model/profile.ts';
import type { Contract, Entities, Opportunity, OrderLine, Ticket } from '../model/types.ts';
import { type AsOfField, EDITED_FIELDS, type EditedEntity } from './as-of-fields.ts';
import { type AsOfKnowledge, heldAt } from './as-of-knowledge.ts';
import { classifyAccount } from './classify-account.ts';
import { isRunning } from './contract-state.ts';
import { type FieldHistory, NO_HISTORY } from './field-history.ts';
import { opportunityKind, opportunityState } from './opportunity-meaning.ts';
import type { AccountRecords, AccountSlice } from './slice.ts';

/** An account as the CRM showed it at an instant in the past, as far as that can be known. */
export interface RebuiltSlice extends AccountSlice {
  /** Fields that held something at the instant which nothing tells; they are `null` (or the relation is empty). */
  readonly unknown: ReadonlySet<AsOfField>;
  /**
   * Where stages are unknown: the first day on which something was won, by today's records, if that was half a year and
   * more before the instant and the opportunity was on record then. It dates the beginning of the relation, nothing else.
   */
  readonly wonLongAgoOn: CalendarDay | null;
}

/** Why an account has no past at an instant. */
export type RebuildRefusal =
  | 'account not recorded yet'
  | 'account without a time of recording'
  | 'before a bulk import'
  | 'before a merge';

export type Rebuilt =
  | { readonly rebuilt: true; readonly slice: RebuiltSlice }
  | { readonly rebuilt: false; readonly reason: RebuildRefusal };

/**
 * One account as of an instant in the past, strictly (retention model, rule 11). A record is there when it was recorded by
 * then and what it tells had happened by then. Fields that are edited in place are taken from field history, else they
 * are unknown, whenever the record was last edited: to keep only what was never edited later would tell the future.
 * Links without a date (people's roles, parents, the owner's standing) are unknown, but for roles with a history. Two kinds of day are believed
 * without history: when a ticket was closed (the CRM stamps it) and those that the profile vouches for.
 */
export function rebuildSlice(
  records: AccountRecords,
  profile: OrgProfile,
  asOf: Instant,
  knowledge: AsOfKnowledge,
  history: FieldHistory = NO_HISTORY,
): Rebuilt {
  const reason = refusal(records, asOf, knowledge);
  if (reason !== null) return { rebuilt: false, reason };
  const past = openPast(profile, asOf, history);
  const kept = asRecorded(records, past, heldAt(knowledge, asOf));
  const role = roleOf(kept, records, past);
  const wonLongAgoOn = kept.opportunities.some((it) => it.stage === null) ? firstWin(kept, records, past) : null;
  return { rebuilt: true, slice: { ...kept, asOf, role, unknown: past.unknown, wonLongAgoOn } };
}

const LONG_AGO_DAYS = 180;

function firstWin(kept: AccountRecords, now: AccountRecords, { profile, today }: Past): CalendarDay | null {
  const recorded = new Set(kept.opportunities.map((it) => it.id));
  const until = addDays(today, -LONG_AGO_DAYS);
  const won = now.opportunities.filter((it) => recorded.has(it.id) && opportunityState(it, profile, until) === 'won');
  const days = won.flatMap((it) => (it.closeOn !== null && it.closeOn <= until ? it.closeOn : []));
  return days.sort()[0] ?? null;
}

function refusal({ account }: AccountRecords, asOf: Instant, knowledge: AsOfKnowledge): RebuildRefusal | null {
  if (account.createdAt === null) return 'account without a time of recording';
  if ((knowledge.recordedSince.account ?? Number.POSITIVE_INFINITY) > asOf) return 'before a bulk import';
  if (account.createdAt > asOf) return 'account not recorded yet';
  return (knowledge.mergedAt.get(account.id) ?? Number.NEGATIVE_INFINITY) > asOf ? 'before a merge' : null;
}

/** The instant, how to look into history, and what turned out to be unknown. */
interface Past {
  readonly profile: OrgProfile;
  readonly asOf: Instant;
  readonly today: CalendarDay;
  readonly history: FieldHistory;
  readonly unknown: Set<AsOfField>;
  readonly vouched: ReadonlySet<string>;
}

function openPast(profile: OrgProfile, asOf: Instant, history: FieldHistory): Past {
  const vouched = new Set<string>(profile.outcomes?.enteredOnTheDay ?? []);
  // A quantity is entered with its day.
  if (vouched.has('orderLine.deliveredOn')) vouched.add('orderLine.deliveredQuantity');
  if (vouched.has('orderLine.acceptedOn')) vouched.add('orderLine.acceptedQuantity');
  const told = (field: AsOfField) =>
    (history.fields?.has(field) ?? true) && (history.since?.get(field) ?? Number.NEGATIVE_INFINITY) <= asOf;
  const kept = (field: AsOfField) => told(field) || vouched.has(field) || field === STAMPED;
  const unknown = new Set<AsOfField>([...UNDATED_LINKS, ...ALL_EDITED.filter((it) => !kept(it))]);
  return { profile, asOf, today: dayInZone(asOf, profile.timeZone), history, unknown, vouched };
}

const UNDATED_LINKS: readonly AsOfField[] = ['contactRole.role', 'accountParent.parentId', 'referralLink.referrerId'];
/** The CRM itself enters this one, at the very instant. */
const STAMPED: AsOfField = 'ticket.closedAt';
const ALL_EDITED = Object.entries(EDITED_FIELDS).flatMap(([entity, fields]) =>
  fields.map((field) => `${entity}.${field}` as AsOfField),
);

function asRecorded(records: AccountRecords, past: Past, held: ReadonlySet<string>): AccountRecords {
  const { asOf, today } = past;
  const known = (it: { readonly createdAt: Instant | null }) => it.createdAt !== null && it.createdAt <= asOf;
  const on = (day: CalendarDay | null) => day === null || day <= today;
  const by = (at: Instant | null) => at === null || at <= asOf;
  const account = inPast('account', records.account, past);
  return {
    account: { ...account, ...NOTHING_WRITTEN },
    owner: ownerOf(records, account.ownerId, past),
    parentId: null,
    childIds: [],
    contacts: [],
    roles: rolesOf(records, past),
    opportunities: held.has('opportunity')
      ? records.opportunities.filter(known).map((it) => opportunityInPast(it, past))
      : [],
    contracts: held.has('contract') ? records.contracts.filter(known).flatMap((it) => contractInPast(it, past)) : [],
    orders: held.has('order')
      ? records.orders.filter((it) => known(it) && on(it.orderedOn)).map((it) => inPast('order', it, past))
      : [],
    orderLines: held.has('orderLine')
      ? records.orderLines.filter(known).map((it) => quantitiesOf(inPast('orderLine', it, past), it, past))
      : [],
    tickets: held.has('ticket')
      ? records.tickets.filter((it) => known(it) && by(it.openedAt)).map((it) => ticketInPast(it, past))
      : [],
    activities: held.has('activity')
      ? records.activities.filter((it) => known(it) && by(it.occurredAt)).map(unedited)
      : [],
    surveys: held.has('surveyResponse')
      ? records.surveys.filter((it) => known(it) && it.respondedAt <= asOf).map(unedited)
      : [],
    usage: held.has('usage') ? records.usage.filter((it) => known(it) && it.periodOn <= today).map(unedited) : [],
  };
}

const NOTHING_WRITTEN = {
  healthScore: null,
  healthBand: null,
  bandSince: null,
  mainReason: null,
  reasons: null,
  nextStep: null,
  revenueAtRisk: null,
  churnProbability: null,
  confidence: null,
} as const;

/** When a record was last edited is of today, not of then. */
const unedited = <R extends { readonly updatedAt: Instant | null }>(record: R): R => ({ ...record, updatedAt: null });

/** A record with its edited fields as history has them, or as vouched for; the others are `null` and noted as unknown. */
function inPast<E extends EditedEntity>(entity: E, record: Entities[E], past: Past): Entities[E] {
  const set: Record<string, unknown> = { updatedAt: null };
  for (const field of EDITED_FIELDS[entity]) {
    const name = `${entity}.${field}` as AsOfField;
    const now = (record as unknown as Readonly<Record<string, unknown>>)[field];
    const today = { entity, value: now, updatedAt: record.updatedAt };
    const then = past.history.valueAt(record.id, field, past.asOf, today);
    if (then.known) set[field] = then.value;
    else if (past.vouched.has(name)) set[field] = typeof now === 'string' && now <= past.today ? now : null;
    else {
      set[field] = null;
      past.unknown.add(name);
    }
  }
  return { ...record, ...set } as Entities[E];
}

/** Quantities belong to their day: with a day that is vouched for they are known as well. */
function quantitiesOf(line: OrderLine, now: OrderLine, { vouched, history, asOf }: Past): OrderLine {
  const { updatedAt } = now;
  const isKept = (field: 'deliveredQuantity' | 'acceptedQuantity') =>
    history.valueAt(line.id, field, asOf, { entity: 'orderLine', value: now[field], updatedAt }).known;
  const settle = (field: 'deliveredQuantity' | 'acceptedQuantity', day: CalendarDay | null) =>
    vouched.has(`orderLine.${field}`) && !isKept(field) && day !== null ? now[field] : line[field];
  return {
    ...line,
    deliveredQuantity: settle('deliveredQuantity', line.deliveredOn),
    acceptedQuantity: settle('acceptedQuantity', line.acceptedOn),
  };
}

/** A draft was never in force; a contract that was cut short had another end before, which history may know. */
function contractInPast(contract: Contract, past: Past): readonly Contract[] {
  const then = inPast('contract', contract, past);
  const meaning = listed(past.profile.contracts.statuses, contract.status);
  if (meaning === 'draft' && then.status === null) return [];
  if (meaning !== 'terminated') return [then];
  const end = past.history.valueAt(contract.id, 'endsOn', past.asOf);
  if (end.known) return [{ ...then, endsOn: end.value as Contract['endsOn'] }];
  past.unknown.add('contract.endsOn');
  return [{ ...then, endsOn: null }];
}

/** Only what a renewal's stage was matters to a fact: an unknown stage of another kind is not noted. */
function opportunityInPast(opportunity: Opportunity, past: Past): Opportunity {
  const noted = past.unknown.has('opportunity.stage');
  const then = inPast('opportunity', opportunity, past);
  if (!noted && opportunityKind(opportunity, past.profile) !== 'renewal') past.unknown.delete('opportunity.stage');
  return { ...then, contactIds: [], referralState: null, referralCredit: null };
}

/** The CRM stamps the closing of a ticket; one that is closed today without a stamp may have been open or not. */
function ticketInPast(ticket: Ticket, past: Past): Ticket {
  const noted = past.unknown.has('ticket.closedAt');
  const then = inPast('ticket', ticket, past);
  const today = { entity: 'ticket', value: ticket.closedAt, updatedAt: ticket.updatedAt } as const;
  if (past.history.valueAt(ticket.id, 'closedAt', past.asOf, today).known) return then;
  const closedNow = ticket.stage !== null && listed(past.profile.tickets.stages, ticket.stage) !== 'open';
  const unstamped = ticket.closedAt === null && closedNow && then.stage === null;
  if (!noted && !unstamped) past.unknown.delete('ticket.closedAt');
  return { ...then, closedAt: ticket.closedAt !== null && ticket.closedAt <= past.asOf ? ticket.closedAt : null };
}

/** Who had which role: only where the history of roles is kept, and then of all of them or of none. */
function rolesOf({ roles }: AccountRecords, past: Past): AccountRecords['roles'] {
  const then = roles.filter((it) => it.createdAt !== null && it.createdAt <= past.asOf);
  const known = then.flatMap((it) => {
    const role = past.history.valueAt(it.id, 'role', past.asOf);
    return role.known ? { ...it, updatedAt: null, role: role.value as string | null } : [];
  });
  if (known.length < then.length || !(past.history.fields?.has('contactRole.role') ?? then.length > 0)) return [];
  past.unknown.delete('contactRole.role');
  return known;
}

function ownerOf({ owner }: AccountRecords, ownerId: string | null, past: Past): AccountRecords['owner'] {
  const active = owner && owner.id === ownerId ? past.history.valueAt(owner.id, 'active', past.asOf) : null;
  if (owner && active?.known) return { ...owner, updatedAt: null, active: active.value === true };
  past.unknown.add('owner.active');
  return null;
}

/**
 * A customer by dated evidence: a contract that ran, a renewal day, an order in the year before, something won. Evidence only adds: what
 * the lifecycle says today is of today, and only a partner or a test record stays what it is.
 */
function roleOf(kept: AccountRecords, now: AccountRecords, past: Past): RecordRole {
  const { profile, today, asOf, unknown } = past;
  if (!unknown.has('account.lifecycle') && !unknown.has('account.churnedOn'))
    return classifyAccount(kept, profile, asOf);
  const role = listed(profile.book.lifecycles, now.account.lifecycle);
  if (role === 'partner' || role === 'test') return role;
  const recently = addDays(today, -365);
  const created = new Set(kept.opportunities.map((it) => it.id));
  const evident =
    kept.account.renewalOn !== null ||
    kept.contracts.some((it) => isRunning(it, profile, today)) ||
    kept.orders.some((it) => it.orderedOn !== null && it.orderedOn > recently) ||
    now.opportunities.some((it) => created.has(it.id) && opportunityState(it, profile, today) === 'won');
  return evident ? 'customer' : 'other';
}
