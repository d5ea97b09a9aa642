import { instantOf } from '../calendar.ts';
import { type Actor, addressesOnRecord, type Firm, type Kept } from './cast.ts';
import type {
  IntroductionAccount,
  IntroductionActivity,
  IntroductionBook,
  IntroductionContact,
  IntroductionTruth,
  TrueIntroduction,
} from './introduction-book.ts';
import type { Logged } from './mail-desk.ts';
import type { Made, Scene } from './scene.ts';

/** Writes down what the CRM shows, and apart from it what is true. Ids of activities follow their dates, so they tell nothing. */
export function closeBook(scene: Scene): { book: IntroductionBook; truth: IntroductionTruth } {
  const shown = scene.desk.logged.filter((it) => it.loggedAt <= scene.asOf).sort((a, b) => a.occurredAt - b.occurredAt);
  for (const [i, it] of shown.entries()) it.id = `activity-${i + 1}`;
  const book: IntroductionBook = {
    asOf: instantOf(scene.asOf),
    users: scene.users.map(({ name, email }) => ({ name, email })),
    ...recordsOf(scene),
    opportunities: scene.opportunities.map(({ firm, people, at }, i) => ({
      id: `opportunity-${i + 1}`,
      accountId: firm.record!.id,
      contactIds: people.flatMap((it) => it.record?.id ?? []),
      createdAt: instantOf(at),
    })),
    activities: shown.map(activityOf),
    links: scene.links.map(({ referrer, referred, setAt, introducedAt }, i) => ({
      ...{
        id: `link-${i + 1}`,
        referrerId: referrer.record!.id,
        referredId: referred.record!.id,
        setAt: instantOf(setAt),
      },
      ...(introducedAt !== undefined && { introducedAt: instantOf(introducedAt) }),
    })),
    confirmations: scene.confirmations.map(({ advocate, party, answers: [byAdvocate, byProspect], setAt }, i) => ({
      ...{
        id: `confirmation-${i + 1}`,
        advocateId: advocate.record!.id,
        prospectId: party.record!.id,
        setAt: instantOf(setAt),
      },
      ...(byAdvocate !== undefined && { byAdvocate }),
      ...(byProspect !== undefined && { byProspect }),
    })),
  };
  const ids = (logged: readonly (Logged | null)[]) => logged.flatMap((it) => it?.id || []);
  const truth: IntroductionTruth = {
    introductions: scene.truths.map((it) => truthOf(it, scene, ids(it.logged))),
    decoys: scene.decoys.map(({ kind, advocate, party, logged }) => ({
      ...{ kind, advocateAccountId: advocate.record!.id, activityIds: ids(logged) },
      ...(party?.record && { partyAccountId: party.record.id }),
    })),
  };
  return { book, truth };
}

function recordsOf(scene: Scene): { accounts: IntroductionAccount[]; contacts: IntroductionContact[] } {
  const seen = new Set<Firm>([...scene.customers, ...scene.others, ...scene.truths.map((it) => it.party.firm)]);
  for (const { linked, happening } of scene.desk.logged) {
    for (const it of linked) seen.add(it.firm);
    for (const it of [happening.from, ...(happening.to ?? []), ...(happening.cc ?? [])])
      if (it && 'firm' in it) seen.add(it.firm);
  }
  const firms = [...seen]
    .filter((it) => it.record !== undefined)
    .sort((a, b) => numberOf(a.record!.id) - numberOf(b.record!.id));
  const accounts = firms.map(({ name, record }) => {
    const { id, domains, relation, since } = record!;
    return { id, name, domains, relation, ...(since !== undefined && { since: instantOf(since).slice(0, 10) }) };
  });
  const people = [...seen].flatMap((it) => [...it.people, ...it.newcomers]).filter((it) => it.record !== undefined);
  const contacts = people
    .sort((a, b) => numberOf(a.record!.id) - numberOf(b.record!.id))
    .map((it) => contactOf(it, scene.ids.keeps));
  return { accounts, contacts };
}

const numberOf = (id: string) => Number(id.slice(id.indexOf('-') + 1));

function contactOf(actor: Actor, keeps: Kept): IntroductionContact {
  const { id, accountId } = actor.record!;
  return {
    id,
    name: actor.name,
    emails: addressesOnRecord(actor, keeps),
    ...(accountId !== undefined && { accountId }),
  };
}

function activityOf({ id, happening, occurredAt, loggedAt, redacted, parties, linked }: Logged): IntroductionActivity {
  const { kind, from, thread, subject } = happening;
  const of = (role: 'from' | 'to' | 'cc') => parties.filter((it) => it.role === role).map((it) => it.text);
  const mail = kind === 'email' && !redacted;
  return {
    ...{ id, kind, occurredAt: instantOf(occurredAt), loggedAt: instantOf(loggedAt) },
    ...(kind === 'email' && { direction: from && 'firm' in from ? ('inbound' as const) : ('outbound' as const) }),
    ...(mail && { from: of('from')[0] ?? '', to: of('to'), cc: of('cc') }),
    ...(mail && thread !== undefined && { thread }),
    ...(kind === 'meeting' && { attendees: of('to') }),
    ...(!redacted && subject !== undefined && { subject }),
    contactIds: [...linked].map((it) => it.record!.id).sort(),
  };
}

function truthOf(made: Made, scene: Scene, activityIds: readonly string[]): TrueIntroduction {
  const { advocate, party, at, channel, noises, logged } = made;
  const all = new Set(noises);
  for (const entry of logged) {
    for (const noise of entry?.noises ?? []) all.add(noise);
  }
  if (channel !== 'spoken' && logged[0] === null) all.add('not logged');
  return {
    ...(advocate.record && { introducerContactId: advocate.record.id }),
    ...(party.record && { prospectContactId: party.record.id }),
    introducerAccountId: advocate.firm.record!.id,
    prospectAccountId: party.firm.record!.id,
    ...{ introducedAt: instantOf(at), channel, evidence: evidenceOf(made, scene), activityIds, noises: [...all] },
  };
}

/** The strongest evidence that the records hold, by what they hold alone. */
function evidenceOf(
  { advocate, party, logged }: Made,
  { links, confirmations, ids }: Scene,
): TrueIntroduction['evidence'] {
  const said = confirmations.find((it) => it.advocate === advocate && it.party === party);
  const home = isAtHome(party, ids.keeps);
  if (home && said?.answers[0] && said.answers[1]) return 'confirmed';
  const readable = logged.filter((it) => it !== null && !it.redacted);
  const tells = (it: Logged | null) => it?.placed.has(party) && (advocate.record ? it.told : it.placed).has(advocate);
  if (readable.some(tells)) return 'activity';
  if (home && (said || links.some((it) => it.referrer === advocate && it.referred === party))) return 'recorded';
  return logged.some((it) => it?.redacted) ? 'unreadable' : 'none';
}

/** Whether the CRM places the party at its own account, by the record or by a domain. */
function isAtHome(actor: Actor, keeps: Kept): boolean {
  const { record, firm } = actor;
  const own = addressesOnRecord(actor, keeps).some((it) =>
    firm.record?.domains.includes(it.slice(it.indexOf('@') + 1)),
  );
  return record?.accountId === firm.record?.id || own;
}
