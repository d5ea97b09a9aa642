import { DAY } from '../calendar.ts';
import { slug } from '../names.ts';
import type { Random } from '../random.ts';
import { type Actor, addressesOnRecord, type Kept, type User } from './cast.ts';
import type { Noise } from './introduction-book.ts';
import { SHARES } from './introduction-shares.ts';

/** What somebody sends or holds, before anything is logged. */
export interface Happening {
  readonly kind: 'email' | 'meeting' | 'call';
  readonly at: number;
  readonly from?: Actor | User;
  readonly to?: readonly (Actor | User)[];
  readonly cc?: readonly (Actor | User)[];
  readonly subject?: string;
  readonly thread?: string | undefined;
}

/** What the CRM made of it. The id is given when the book is closed, in the order of time. */
export interface Logged {
  id: string;
  readonly happening: Happening;
  readonly occurredAt: number;
  readonly loggedAt: number;
  readonly redacted: boolean;
  readonly parties: readonly { readonly role: 'from' | 'to' | 'cc'; readonly text: string }[];
  readonly linked: ReadonlySet<Actor>;
  /** Whose record anybody could tell from it, and whose account. */
  readonly told: ReadonlySet<Actor>;
  readonly placed: ReadonlySet<Actor>;
  readonly noises: readonly Noise[];
}

/** Logs what happens, with the faults that logs have. `null`: it never reached the CRM. */
export interface MailDesk {
  log(happening: Happening): Logged | null;
  readonly logged: readonly Logged[];
}

export function openMailDesk(random: Random, keeps: Kept): MailDesk {
  const logged: Logged[] = [];
  return {
    logged,
    log(happening) {
      if (random.chance(SHARES.notLogged)) return null;
      const entry = enter(happening, random, keeps);
      logged.push(entry);
      return entry;
    },
  };
}

function enter(happening: Happening, random: Random, keeps: Kept): Logged {
  const noises = new Set<Noise>();
  const late = random.chance(SHARES.lateLogging);
  const loggedAt = happening.at + (late ? random.between(1, 40) * DAY : random.between(0, 0.02) * DAY);
  const misdated = late && random.chance(SHARES.wrongDateOfLate);
  const redacted = happening.kind === 'email' && random.chance(SHARES.redacted);
  if (late) noises.add(misdated ? 'wrong date' : 'late logging');
  if (redacted) noises.add('redacted');
  const parties: { role: 'from' | 'to' | 'cc'; text: string }[] = [];
  const linked = new Set<Actor>();
  const told = new Set<Actor>();
  const placed = new Set<Actor>();
  const write = (role: 'from' | 'to' | 'cc', who: Actor | User) => {
    if (!('firm' in who)) return parties.push({ role, text: `${who.name} <${who.email}>` });
    const { address, onRecord, noise } = drawAddress(who, random, keeps);
    const shown = role === 'from' || happening.kind !== 'email' || keeps.recipientNames;
    const named = !random.chance(SHARES.noDisplayName) && shown;
    if (noise) noises.add(noise);
    if (who.record && (onRecord || random.chance(SHARES.linkedByHand))) linked.add(who);
    const isStranger = happening.kind === 'meeting' && !keeps.strangersInMeetings && !linked.has(who);
    const tells = whatTells(who, address, named, linked.has(who), keeps);
    if (isStranger) return parties.length;
    if (tells.person) told.add(who);
    if (tells.account) placed.add(who);
    return parties.push({ role, text: named ? `${who.name} <${address}>` : address });
  };
  if (happening.from) write('from', happening.from);
  for (const it of happening.to ?? []) write('to', it);
  for (const it of happening.cc ?? []) write('cc', it);
  const occurredAt = misdated ? loggedAt : happening.at;
  return { id: '', happening, occurredAt, loggedAt, redacted, parties, linked, told, placed, noises: [...noises] };
}

function drawAddress(who: Actor, random: Random, keeps: Kept): { address: string; onRecord: boolean; noise?: Noise } {
  const roll = random.next();
  const { plusTag, capitals, aliasOnRecord, aliasNotOnRecord, privateNotOnRecord } = SHARES;
  const [mailbox, host] = who.main.split('@') as [string, string];
  if (roll < plusTag)
    return { address: `${mailbox}+${slug(random.pick(['crm', 'Work', 'x1']))}@${host}`, onRecord: true };
  if (roll < plusTag + capitals) return { address: `${mailbox.toUpperCase()}@${host}`, onRecord: true };
  if (roll < plusTag + capitals + aliasOnRecord && who.aliases[0])
    return { address: who.aliases[0], onRecord: keeps.otherAddresses, noise: 'alias address' };
  const rest = roll - (plusTag + capitals + aliasOnRecord);
  if (rest >= 0 && rest < aliasNotOnRecord)
    return { address: who.hidden.alias, onRecord: false, noise: 'alias address' };
  if (rest >= aliasNotOnRecord && rest < aliasNotOnRecord + privateNotOnRecord)
    return { address: who.hidden.private, onRecord: false, noise: 'private address' };
  return who.main.endsWith('@freemail.example')
    ? { address: who.main, onRecord: true, noise: 'private address' }
    : { address: who.main, onRecord: true };
}

/**
 * What the records tell of somebody: a known address or, by hand, a link to the record gives the person; a domain on
 * record gives the account, and with the name the person. A person entered at the wrong account is told by a domain only.
 */
function whatTells(
  who: Actor,
  address: string,
  named: boolean,
  linked: boolean,
  keeps: Kept,
): { person: boolean; account: boolean } {
  const firm = who.firm.record;
  if (!firm) return { person: false, account: false };
  const addresses = addressesOnRecord(who, keeps);
  const domain = firm.domains.includes(hostOf(address));
  const home = who.record?.accountId === firm.id || addresses.some((it) => firm.domains.includes(hostOf(it)));
  const known = addresses.some((it) => sameMailbox(it, address));
  const person = who.record !== undefined && (domain || home) && (known || (named && (domain || linked)));
  return { person, account: domain || person };
}

const hostOf = (address: string) => address.slice(address.indexOf('@') + 1);

function sameMailbox(a: string, b: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/\+[^@]*/, '');
  return plain(a) === plain(b);
}
