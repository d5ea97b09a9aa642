import { type CalendarDay, dayInZone, type Instant } from '../model/dates.ts';
import type { OrgProfile } from '../model/profile.ts';
import type { Account, Contract, Order, OrderLine, Ticket } from '../model/types.ts';
import { classifyAccount } from './classify-account.ts';
import type { AccountRecords, AccountSlice } from './slice.ts';

/**
 * One account as of an instant. Records whose own dates lie after it are left out; a day of shipping, closing, notice
 * or churn after it counts as not yet. Undated relations are kept (as of "unknown"); when a record was last edited
 * never matters. An account created later has no records and the role `other`.
 */
export function buildSlice(records: AccountRecords, profile: OrgProfile, asOf: Instant): AccountSlice {
  const today = dayInZone(asOf, profile.timeZone);
  const kept = asKnown(records, asOf, today);
  return { ...kept, asOf, role: classifyAccount(kept, profile, asOf) };
}

function asKnown(records: AccountRecords, asOf: Instant, today: CalendarDay): AccountRecords {
  const known = (record: { readonly createdAt: Instant | null }) =>
    record.createdAt === null || record.createdAt <= asOf;
  const by = (at: Instant | null) => at === null || at <= asOf;
  const on = (day: CalendarDay | null) => day === null || day <= today;
  if (!known(records.account)) return withoutRecords(records);
  const doneLater = ordersDoneLater(records.orderLines, today);
  return {
    ...records,
    account: accountAsKnown(records.account, today),
    contacts: records.contacts.filter(known),
    roles: records.roles.filter(known),
    opportunities: records.opportunities.filter(known),
    contracts: records.contracts.filter(known).map((contract) => contractAsKnown(contract, today)),
    orders: records.orders
      .filter((it) => known(it) && on(it.orderedOn))
      .map((it) => orderAsKnown(it, today, doneLater)),
    orderLines: records.orderLines.filter(known).map((line) => lineAsKnown(line, today)),
    tickets: records.tickets.filter((it) => known(it) && by(it.openedAt)).map((it) => ticketAsKnown(it, asOf)),
    activities: records.activities.filter((it) => known(it) && by(it.occurredAt)),
    surveys: records.surveys.filter((it) => known(it) && by(it.respondedAt)),
    usage: records.usage.filter((it) => known(it) && on(it.periodOn)),
  };
}

function withoutRecords(records: AccountRecords): AccountRecords {
  const none: [] = [];
  return {
    ...records,
    contacts: none,
    roles: none,
    opportunities: none,
    contracts: none,
    orders: none,
    orderLines: none,
    tickets: none,
    activities: none,
    surveys: none,
    usage: none,
  };
}

const notYet = (day: CalendarDay | null, today: CalendarDay): CalendarDay | null =>
  day !== null && day > today ? null : day;

function accountAsKnown(account: Account, today: CalendarDay): Account {
  const noticeGivenOn = notYet(account.noticeGivenOn, today);
  const churnedOn = notYet(account.churnedOn, today);
  if (noticeGivenOn === account.noticeGivenOn && churnedOn === account.churnedOn) return account;
  return { ...account, noticeGivenOn, churnedOn };
}

function contractAsKnown(contract: Contract, today: CalendarDay): Contract {
  const noticeGivenOn = notYet(contract.noticeGivenOn, today);
  return noticeGivenOn === contract.noticeGivenOn ? contract : { ...contract, noticeGivenOn };
}

/** An order that was shipped or delivered later has a status that is not known: today's would give it away. */
function orderAsKnown(order: Order, today: CalendarDay, doneLater: ReadonlySet<string | null>): Order {
  const shippedOn = notYet(order.shippedOn, today);
  if (shippedOn === order.shippedOn && !doneLater.has(order.id)) return order;
  return { ...order, shippedOn, status: null };
}

function ordersDoneLater(lines: readonly OrderLine[], today: CalendarDay): ReadonlySet<string | null> {
  const later = lines.filter((it) => (it.shippedOn ?? it.deliveredOn ?? it.acceptedOn ?? today) > today);
  return new Set(later.map((it) => it.orderId));
}

/** Quantities belong to their day: what is not delivered yet has no delivered quantity. */
function lineAsKnown(line: OrderLine, today: CalendarDay): OrderLine {
  const shippedOn = notYet(line.shippedOn, today);
  const deliveredOn = notYet(line.deliveredOn, today);
  const acceptedOn = notYet(line.acceptedOn, today);
  const same = shippedOn === line.shippedOn && deliveredOn === line.deliveredOn && acceptedOn === line.acceptedOn;
  if (same) return line;
  return {
    ...line,
    shippedOn,
    deliveredOn,
    acceptedOn,
    deliveredQuantity: deliveredOn === line.deliveredOn ? line.deliveredQuantity : null,
    acceptedQuantity: acceptedOn === line.acceptedOn ? line.acceptedQuantity : null,
  };
}

/** The stage of a ticket that was closed later is not known; without one, and without a closing time, it is open. */
function ticketAsKnown(ticket: Ticket, asOf: Instant): Ticket {
  return ticket.closedAt !== null && ticket.closedAt > asOf ? { ...ticket, closedAt: null, stage: null } : ticket;
}
