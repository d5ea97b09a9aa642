/** Who defined a kind of link. */
type AssociationCategory = 'HUBSPOT_DEFINED' | 'USER_DEFINED' | 'INTEGRATOR_DEFINED';

/** One kind of link, seen from one side. */
export interface AssociationType {
  readonly typeId: number;
  readonly category: AssociationCategory;
  /** Object type ids. */
  readonly from: string;
  readonly to: string;
  /** Internal name, as shown by inline associations: `contact_to_company`. */
  readonly name: string;
  label: string | null;
  /** The same link seen from the other side. */
  readonly inverse: number;
  /** At most one per record, and a new one takes the place of the old. */
  readonly primary: boolean;
}

type Pair = readonly [from: string, to: string, name: string, forth: number, back: number, label?: [string, string]];

const contact = '0-1';
const company = '0-2';
const deal = '0-3';
const ticket = '0-5';
const lineItem = '0-8';

/** The vendor's own kinds of links. Unlabelled ones first: the first of a pair is what "default" makes. */
const pairs: readonly Pair[] = [
  [contact, company, 'contact_to_company_unlabeled', 279, 280],
  [deal, company, 'deal_to_company_unlabeled', 341, 342],
  [ticket, company, 'ticket_to_company_unlabeled', 339, 340],
  [company, company, 'company_to_company', 450, 450],
  [contact, contact, 'contact_to_contact', 449, 449],
  [deal, contact, 'deal_to_contact', 3, 4],
  [ticket, contact, 'ticket_to_contact', 16, 15],
  [deal, lineItem, 'deal_to_line_item', 19, 20],
  [deal, deal, 'deal_to_deal', 451, 451],
  [deal, ticket, 'deal_to_ticket', 27, 28],
  ['0-123', contact, 'order_to_contact', 507, 508],
  ['0-123', company, 'order_to_company', 509, 510],
  ['0-123', deal, 'order_to_deal', 512, 511],
  ['0-123', lineItem, 'order_to_line_item', 513, 514],
  ['0-19', contact, 'feedback_submission_to_contact', 98, 97],
  ['0-19', company, 'feedback_submission_to_company', 928, 929],
  ['0-19', ticket, 'feedback_submission_to_ticket', 99, 100],
  ['0-46', contact, 'note_to_contact', 202, 201],
  ['0-46', company, 'note_to_company', 190, 189],
  ['0-46', deal, 'note_to_deal', 214, 213],
  ['0-46', ticket, 'note_to_ticket', 228, 227],
  ['0-27', contact, 'task_to_contact', 204, 203],
  ['0-27', company, 'task_to_company', 192, 191],
  ['0-27', deal, 'task_to_deal', 216, 215],
  ['0-27', ticket, 'task_to_ticket', 230, 229],
  ['0-48', contact, 'call_to_contact', 194, 193],
  ['0-48', company, 'call_to_company', 182, 181],
  ['0-48', deal, 'call_to_deal', 206, 205],
  ['0-48', ticket, 'call_to_ticket', 220, 219],
  ['0-49', contact, 'email_to_contact', 198, 197],
  ['0-49', company, 'email_to_company', 186, 185],
  ['0-49', deal, 'email_to_deal', 210, 209],
  ['0-49', ticket, 'email_to_ticket', 224, 223],
  ['0-47', contact, 'meeting_event_to_contact', 200, 199],
  ['0-47', company, 'meeting_event_to_company', 188, 187],
  ['0-47', deal, 'meeting_event_to_deal', 212, 211],
  ['0-47', ticket, 'meeting_event_to_ticket', 226, 225],
  [contact, company, 'contact_to_company', 1, 2, ['Primary', 'Primary']],
  [deal, company, 'deal_to_company', 5, 6, ['Primary', 'Primary']],
  [ticket, company, 'ticket_to_company', 26, 25, ['Primary', 'Primary']],
  [company, company, 'parent_to_child_company', 13, 14, ['Child Company', 'Parent Company']],
];

/** Kinds whose holder can have only one: the primary company of a contact, deal or ticket; the parent of a company. */
const single = new Set([1, 5, 26, 14]);

/** Both sides of every link that the vendor defines. */
export function builtInAssociationTypes(): AssociationType[] {
  return pairs.flatMap(([from, to, name, forth, back, label]) => {
    const side = (typeId: number, a: string, b: string, inverse: number, at: 0 | 1): AssociationType => ({
      typeId,
      category: 'HUBSPOT_DEFINED',
      from: a,
      to: b,
      name: at === 0 ? name : inverseName(name),
      label: label?.[at] ?? null,
      inverse,
      primary: single.has(typeId),
    });
    return forth === back
      ? [side(forth, from, to, back, 0)]
      : [side(forth, from, to, back, 0), side(back, to, from, forth, 1)];
  });
}

function inverseName(name: string): string {
  const unlabeled = name.endsWith('_unlabeled') ? '_unlabeled' : '';
  const [from, to] = name.slice(0, name.length - unlabeled.length).split('_to_');
  return `${to}_to_${from}${unlabeled}`;
}
