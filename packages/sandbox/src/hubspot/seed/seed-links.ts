import type { Book } from '../../book/book.ts';
import { reaches } from '../schema/object-type.ts';
import { addTo, pairOf } from '../state/links.ts';
import type { Portal } from '../state/portal.ts';
import { defineLabelPair } from '../write/define-label.ts';
import { activityFields, referralLabels } from './book-mapping.ts';
import type { SeededIds } from './seed-book.ts';

const object = {
  contact: '0-1',
  company: '0-2',
  deal: '0-3',
  ticket: '0-5',
  lineItem: '0-8',
  feedback: '0-19',
  order: '0-123',
};
const activityTypeIds: Readonly<Record<string, string>> = {
  calls: '0-48',
  emails: '0-49',
  meetings: '0-47',
  notes: '0-46',
  tasks: '0-27',
};

/** Kinds of links by what they join: the unlabelled one, and the primary one where there is one. */
const links = {
  contactCompany: [279, 1],
  contactOtherCompany: [279],
  dealCompany: [341, 5],
  ticketCompany: [339, 26],
} as const;

/** Links the seeded records as the book says. */
export function seedLinks(portal: Portal, book: Book, ids: SeededIds): void {
  const id = (table: string, bookId: string | undefined) =>
    bookId === undefined ? undefined : ids.get(table)?.get(bookId);
  const join = (from: number | undefined, to: number | undefined, ...types: readonly number[]): void => {
    if (from === undefined || to === undefined) return;
    for (const typeId of types) joinerOf(typeId)(from, to);
  };
  const joiners = new Map<number, Joiner>();
  const joinerOf = (typeId: number): Joiner => {
    const known = joiners.get(typeId) ?? joiner(portal, typeId);
    joiners.set(typeId, known);
    return known;
  };
  for (const account of book.accounts) join(id('accounts', account.id), id('accounts', account.parentId), 14);
  for (const contact of book.contacts) {
    join(id('contacts', contact.id), id('accounts', contact.accountId), ...links.contactCompany);
    for (const other of contact.otherAccountIds ?? [])
      join(id('contacts', contact.id), id('accounts', other), ...links.contactOtherCompany);
  }
  for (const deal of book.opportunities) {
    join(id('opportunities', deal.id), id('accounts', deal.accountId), ...links.dealCompany);
    for (const contact of deal.contactIds ?? []) join(id('opportunities', deal.id), id('contacts', contact), 3);
  }
  for (const line of book.opportunityLines)
    join(id('opportunities', line.opportunityId), id('opportunityLines', line.id), 19);
  for (const order of book.orders) join(id('orders', order.id), id('accounts', order.accountId), 509);
  for (const line of book.orderLines) join(id('orders', line.orderId), id('orderLines', line.id), 513);
  for (const ticket of book.tickets) {
    join(id('tickets', ticket.id), id('accounts', ticket.accountId), ...links.ticketCompany);
    join(id('tickets', ticket.id), id('contacts', ticket.contactId), 16);
  }
  for (const survey of book.surveys) {
    join(id('surveys', survey.id), id('accounts', survey.accountId), 928);
    join(id('surveys', survey.id), id('contacts', survey.contactId), 98);
  }
  seedActivityLinks(portal, book, id, join);
  if (reaches(portal.tier, 'professional')) seedReferralLinks(portal, book, id, join);
}

type IdOf = (table: string, bookId: string | undefined) => number | undefined;
type Join = (from: number | undefined, to: number | undefined, ...types: readonly number[]) => void;

function seedActivityLinks(portal: Portal, book: Book, id: IdOf, join: Join): void {
  const kinds = new Map<string, { company: number; contact: number }>();
  for (const [kind, { object: name }] of Object.entries(activityFields)) {
    const from = activityTypeIds[name] ?? '';
    kinds.set(kind, {
      company: unlabelled(portal, from, object.company),
      contact: unlabelled(portal, from, object.contact),
    });
  }
  for (const activity of book.activities) {
    const kind = kinds.get(activity.kind);
    if (kind === undefined) continue;
    join(id('activities', activity.id), id('accounts', activity.accountId), kind.company);
    for (const contact of activity.contactIds ?? [])
      join(id('activities', activity.id), id('contacts', contact), kind.contact);
  }
}

function seedReferralLinks(portal: Portal, book: Book, id: IdOf, join: Join): void {
  const known = book.referrals.filter((referral) => referral.evidence === 'association' && referral.referredContactId);
  if (known.length === 0) return;
  defineLabelPair(portal, object.contact, object.contact, referralLabels);
  for (const referral of known) {
    join(
      id('contacts', referral.referredContactId),
      id('contacts', referral.referrerContactId),
      449,
      referralLabels.typeId,
    );
  }
}

function unlabelled(portal: Portal, from: string, to: string): number {
  for (const type of portal.associationTypes.values()) if (type.from === from && type.to === to) return type.typeId;
  throw new Error(`No link between ${from} and ${to}`);
}

type Joiner = (from: number, to: number) => void;

/** Links by one type, both directions, with everything but the records looked up beforehand. */
function joiner(portal: Portal, typeId: number): Joiner {
  const type = portal.associationTypes.get(typeId);
  if (type === undefined) throw new Error(`No association type ${typeId}`);
  const forth = pairOf(portal.links, type.from, type.to);
  const back = pairOf(portal.links, type.to, type.from);
  return (from, to) => {
    addTo(forth, from, to, typeId);
    addTo(back, to, from, type.inverse);
  };
}
