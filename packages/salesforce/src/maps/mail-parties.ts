import { type Id, type MailParties, type Party, readSubject, statedParty } from '@holdfast/core';
import { contactId, flag, instant, lookup, text } from '../codecs.ts';
import { field, fields, stamps } from './rules.ts';
import type { SalesforceMap } from './salesforce-map.ts';

type Raw = Readonly<Record<string, unknown>>;

const ROLES: Readonly<Record<string, Party['role']>> = { FromAddress: 'from', ToAddress: 'to', CcAddress: 'cc' };
const RELATIONS = 'EmailMessageRelations';

/**
 * Mails that are records (Enhanced Email; captured ones only with "Sync Email as Salesforce Activity"). Who is a contact
 * or a user stands in the relations, the others as addresses on the mail itself. Drafts have status 5.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_emailmessage.htm
 */
export const mailParties = {
  sources: [
    {
      object: 'EmailMessage',
      where: { Status: "!= '5'" },
      children: { [RELATIONS]: 'RelationId, RelationType, RelationAddress' },
      fields: {
        ...stamps,
        activityId: field('ActivityId', lookup('Task', '00T')),
        direction: fields<MailParties['direction']>(['Incoming'], (raw, context) => {
          const incoming = flag.decode(raw['Incoming'], context);
          return incoming === null ? null : incoming ? 'inbound' : 'outbound';
        }),
        occurredAt: field('MessageDate', instant),
        thread: field('ThreadIdentifier', text),
        hints: fields(['Subject'], (raw, context) => readSubject(text.decode(raw['Subject'], context))),
        contactIds: fields<readonly Id[]>([RELATIONS], (raw, context) => {
          const ids = childRows(raw, RELATIONS).map((it) => contactId.decode(it['RelationId'], context));
          return [...new Set(ids.filter((id) => id !== null))];
        }),
        parties: fields<MailParties['parties']>(
          ['FromAddress', 'FromName', 'ToAddress', 'CcAddress', RELATIONS],
          (raw, context) => {
            const related = childRows(raw, RELATIONS).flatMap((it) =>
              relatedParty(it, raw, contactId.decode(it['RelationId'], context)),
            );
            const known = new Set(related.map(({ role, address }) => `${role} ${address?.mailbox}`));
            const others = Object.keys(ROLES).flatMap((name) => written(raw, name));
            const all = [
              ...related,
              ...others.filter(({ role, address }) => !known.has(`${role} ${address?.mailbox}`)),
            ];
            return all.length === 0 ? null : all;
          },
        ),
      },
    },
  ],
} as const satisfies SalesforceMap<'mailParties'>;

/** The rows of a child query; Salesforce sends null for none. */
export function childRows(raw: Raw, relation: string): readonly Raw[] {
  return (raw[relation] as { readonly records?: readonly Raw[] } | null | undefined)?.records ?? [];
}

function relatedParty(relation: Raw, mail: Raw, contact: Id | null): readonly Party[] {
  const role = ROLES[String(relation['RelationType'])];
  if (role === undefined) return [];
  const email = textOf(relation['RelationAddress']);
  const name = role === 'from' ? textOf(mail['FromName']) : null;
  const party = statedParty({
    role,
    email,
    name,
    contactId: contact,
    own: String(relation['RelationId']).startsWith('005'),
  });
  return party === null ? [] : [party];
}

/** Several recipients are divided by semicolons; Salesforce names the sender only. */
function written(mail: Raw, name: string): readonly Party[] {
  const role = ROLES[name] as Party['role'];
  return (textOf(mail[name]) ?? '').split(';').flatMap((email) => {
    const party = statedParty({ role, email, name: role === 'from' ? textOf(mail['FromName']) : null });
    return party === null || party.address === null ? [] : [party];
  });
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
