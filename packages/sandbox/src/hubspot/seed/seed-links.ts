import type { Book } from '../../book/book.ts';
import { reaches } from '../schema/object-type.ts';
import { addTo, pairOf, putOffLinks } from '../state/links.ts';
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

type IdOf = (table: string, bookId: string | undefined) => number | undefined;
type Join = (from: number | undefined, to: number | undefined, ...types: readonly number[]) => void;

/** Links the seeded records as the book says, two types of records at a time, when somebody first asks for these links. */
export function seedLinks(portal: Portal, book: Book, ids: SeededIds): void {
  const id: IdOf = (table, bookId) => (bookId === undefined ? undefined : ids.get(table)?.get(bookId));
  const between = (one: string, other: string, work: (join: Join) => void) =>
    putOffLinks(portal.links, one, other, () => work(joinOf(portal)));
  between(object.company, object.company, (join) => {
    for (const account of book.accounts) join(id('accounts', account.id), id('accounts', account.parentId), 14);
  });
  between(object.contact, object.company, (join) => {
    for (const contact of book.contacts) {
      join(id('contacts', contact.id), id('accounts', contact.accountId), ...links.contactCompany);
      for (const other of contact.otherAccountIds ?? [])
        join(id('contacts', contact.id), id('accounts', other), ...links.contactOtherCompany);
    }
  });
  between(object.deal, object.company, (join) => {
    for (const deal of book.opportunities)
      join(id('opportunities', deal.id), id('accounts', deal.accountId), ...links.dealCompany);
  });
  between(object.deal, object.contact, (join) => {
    for (const deal of book.opportunities)
      for (const contact of deal.contactIds ?? []) join(id('opportunities', deal.id), id('contacts', contact), 3);
  });
  between(object.deal, object.lineItem, (join) => {
    for (const line of book.opportunityLines)
      join(id('opportunities', line.opportunityId), id('opportunityLines', line.id), 19);
  });
  between(object.order, object.company, (join) => {
    for (const order of book.orders) join(id('orders', order.id), id('accounts', order.accountId), 509);
  });
  between(object.order, object.lineItem, (join) => {
    for (const line of book.orderLines) join(id('orders', line.orderId), id('orderLines', line.id), 513);
  });
  between(object.ticket, object.company, (join) => {
    for (const ticket of book.tickets)
      join(id('tickets', ticket.id), id('accounts', ticket.accountId), ...links.ticketCompany);
  });
  between(object.ticket, object.contact, (join) => {
    for (const ticket of book.tickets) join(id('tickets', ticket.id), id('contacts', ticket.contactId), 16);
  });
  between(object.feedback, object.company, (join) => {
    for (const survey of book.surveys) join(id('surveys', survey.id), id('accounts', survey.accountId), 928);
  });
  between(object.feedback, object.contact, (join) => {
    for (const survey of book.surveys) join(id('surveys', survey.id), id('contacts', survey.contactId), 98);
  });
  seedActivityLinks(portal, book, id, between);
  if (reaches(portal.tier, 'professional')) seedReferralLinks(portal, book, id, between);
}

type Between = (one: string, other: string, work: (join: Join) => void) => void;

function seedActivityLinks(portal: Portal, book: Book, id: IdOf, between: Between): void {
  for (const [kind, { object: name }] of Object.entries(activityFields)) {
    const from = activityTypeIds[name] ?? '';
    const [company, contact] = [unlabelled(portal, from, object.company), unlabelled(portal, from, object.contact)];
    between(from, object.company, (join) => {
      for (const it of book.activities)
        if (it.kind === kind) join(id('activities', it.id), id('accounts', it.accountId), company);
    });
    between(from, object.contact, (join) => {
      for (const it of book.activities) {
        if (it.kind !== kind) continue;
        for (const person of it.contactIds ?? []) join(id('activities', it.id), id('contacts', person), contact);
      }
    });
  }
}

function seedReferralLinks(portal: Portal, book: Book, id: IdOf, between: Between): void {
  const known = book.referrals.filter((referral) => referral.evidence === 'association' && referral.referredContactId);
  if (known.length === 0) return;
  defineLabelPair(portal, object.contact, object.contact, referralLabels);
  between(object.contact, object.contact, (join) => {
    for (const { referredContactId, referrerContactId } of known)
      join(id('contacts', referredContactId), id('contacts', referrerContactId), 449, referralLabels.typeId);
  });
}

function joinOf(portal: Portal): Join {
  const joiners = new Map<number, Joiner>();
  return (from, to, ...types) => {
    if (from === undefined || to === undefined) return;
    for (const typeId of types) {
      const join = joiners.get(typeId) ?? joiner(portal, typeId);
      joiners.set(typeId, join);
      join(from, to);
    }
  };
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
