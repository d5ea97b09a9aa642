import type { Book, BookActivity } from '../../book/book.ts';
import type { BookMail } from '../../book/introductions/index.ts';
import type { Org } from '../org.ts';
import { idOf, type Row } from '../store/row.ts';
import type { Mapping, Seeing } from './book-mapping.ts';
import { loadRows } from './load-rows.ts';

/** A mail of the book with what the mail system told. */
interface Mail extends BookMail {
  readonly activity: BookActivity;
}

/** Somebody whom the org knows in a mail or at a meeting. */
interface Relation {
  readonly parent: string;
  readonly id: string;
  readonly type: string;
  readonly address: string | undefined;
  readonly at: string;
}

/** Mails as records beside their tasks, with the people whom the org knows by their address; of others the address alone. */
export function seedMails(org: Org, see: Seeing, book: Book, mails: readonly BookMail[]): void {
  const activities = new Map(book.activities.map((it) => [it.id, it]));
  const rows = mails.flatMap((mail): readonly Mail[] => {
    const activity = activities.get(mail.activityId);
    return activity === undefined ? [] : [{ ...mail, activity }];
  });
  const made = new Map<string, string>();
  loadRows(org, see, 'EmailMessage', rows, mailFields, logged, (records) => {
    for (const [index, { activityId }] of rows.entries()) made.set(activityId, idOf(records[index] as Row));
  });
  const relations = () => {
    org.objects.get('emailmessage')?.settle();
    const known = peopleByAddress(see, book);
    return rows.flatMap((mail) => relationsOf(mail, made.get(mail.activityId) ?? '', known, see));
  };
  loadRows(org, see, 'EmailMessageRelation', relations, relationFields, created);
}

/** Invited contacts of meetings; the first stands on the event itself too. */
export function seedInvitations(org: Org, see: Seeing, book: Book): void {
  const relations = () =>
    book.activities.flatMap((it): readonly Relation[] => {
      const parent =
        it.kind === 'meeting' && (it.contactIds?.length ?? 0) > 1 ? see.id('activities', it.id) : undefined;
      if (parent === undefined) return [];
      return (it.contactIds ?? []).flatMap((contact) => {
        const id = see.id('contacts', contact);
        return id === undefined ? [] : [{ parent, id, type: '', address: undefined, at: it.createdAt }];
      });
    });
  loadRows(org, see, 'EventRelation', relations, invitationFields, created);
}

const logged = ({ activity }: Mail) => ({ created: activity.createdAt, updated: activity.updatedAt });
const created = ({ at }: Relation) => ({ created: at, updated: at });

const mailFields: Mapping<Mail> = {
  ActivityId: ({ activityId }, see) => see.id('activities', activityId),
  Subject: ({ activity }) => activity.subject,
  FromName: ({ from }) => personOf(from).name,
  FromAddress: ({ from }) => personOf(from).address,
  ToAddress: ({ to }) => to.map((it) => personOf(it).address).join('; '),
  CcAddress: ({ cc }) => cc.map((it) => personOf(it).address).join('; ') || undefined,
  Incoming: ({ activity }) => activity.direction === 'inbound',
  Status: ({ activity }) => (activity.direction === 'inbound' ? '1' : '3'),
  MessageDate: ({ activity }) => activity.occurredAt,
  ThreadIdentifier: ({ thread }) => thread,
};

const relationFields: Mapping<Relation> = {
  EmailMessageId: ({ parent }) => parent,
  RelationId: ({ id }) => id,
  RelationType: ({ type }) => type,
  RelationAddress: ({ address }) => address,
  RelationObjectType: ({ id }) => (id.startsWith('005') ? 'User' : 'Contact'),
};

const invitationFields: Mapping<Relation> = {
  EventId: ({ parent }) => parent,
  RelationId: ({ id }) => id,
  Status: () => 'Accepted',
};

function personOf(text: string): { readonly address: string; readonly name: string | undefined } {
  const [, name, address = text] = /^(.*) <(.*)>$/.exec(text) ?? [];
  return { address, name };
}

function peopleByAddress(see: Seeing, book: Book): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  const note = (address: string | undefined, id: string | undefined) => {
    if (address !== undefined && id !== undefined) known.set(address.toLowerCase(), id);
  };
  for (const it of book.contacts) note(it.email, see.id('contacts', it.id));
  for (const it of book.owners) note(it.email, see.id('owners', it.id));
  return known;
}

/** By their address; whom somebody linked by hand stands beside, as an "other". */
function relationsOf(mail: Mail, parent: string, known: ReadonlyMap<string, string>, see: Seeing): readonly Relation[] {
  const { activity, from, to, cc } = mail;
  const base = { parent, at: activity.createdAt };
  const of = (type: string, people: readonly string[]) =>
    people.flatMap((text): readonly Relation[] => {
      const { address } = personOf(text);
      const id = known.get(address.toLowerCase());
      return id === undefined ? [] : [{ ...base, id, type, address }];
    });
  const found = [...of('FromAddress', [from]), ...of('ToAddress', to), ...of('CcAddress', cc)];
  const ids = new Set(found.map(({ id }) => id));
  const others = (activity.contactIds ?? []).flatMap((it): readonly Relation[] => {
    const id = see.id('contacts', it);
    return id === undefined || ids.has(id) ? [] : [{ ...base, id, type: 'OtherAddress', address: undefined }];
  });
  return [...found, ...others];
}
