import { DAY } from '../calendar.ts';
import { firstNames, lastNames, slug } from '../names.ts';
import type { Random } from '../random.ts';
import { SHARES } from './introduction-shares.ts';

/** A firm as it is; what the CRM has of it is in `record`. */
export interface Firm {
  readonly name: string;
  readonly domain: string;
  readonly secondDomain?: string;
  readonly people: Actor[];
  /** Came later, and introduce nobody. */
  readonly newcomers: Actor[];
  record?: {
    readonly id: string;
    readonly domains: readonly string[];
    relation: 'customer' | 'prospect' | 'other';
    since?: number;
  };
}

/** A person as they are. `hidden` addresses are theirs, but on no record. */
export interface Actor {
  readonly first: string;
  readonly name: string;
  readonly firm: Firm;
  readonly main: string;
  readonly aliases: readonly string[];
  readonly hidden: { readonly alias: string; readonly private: string };
  record?: { readonly id: string; accountId?: string };
}

/** Our own people. */
export interface User {
  readonly first: string;
  readonly name: string;
  readonly email: string;
}

/** What a CRM keeps of people. */
export interface Kept {
  /** Names beside the addresses of recipients, not only of senders. */
  readonly recipientNames: boolean;
  /** More than one address of a contact. */
  readonly otherAddresses: boolean;
  /** More than one domain of an account. */
  readonly otherDomains: boolean;
  /** Of a meeting also those who are no contacts. */
  readonly strangersInMeetings: boolean;
}

/** Numbers for records, by kind. */
export interface Ids {
  readonly keeps: Kept;
  next(kind: string): string;
}

export function makeFirm(number: number, people: number, random: Random): Firm {
  const name = `${random.pick(lastNames)} ${random.pick(['Works', 'Foods', 'Logistics', 'Tools', 'Labs', 'Care', 'Energy'])}`;
  const domain = `${slug(name)}-${number}.example`;
  const second = random.chance(SHARES.secondDomain);
  const firm: Firm = {
    name,
    domain,
    people: [],
    newcomers: [],
    ...(second && { secondDomain: `${slug(name)}-group-${number}.example` }),
  };
  for (let i = 0; i < people; i += 1) addActor(firm, random);
  return firm;
}

export function addActor(firm: Firm, random: Random, privateMain: number = SHARES.privateMain): Actor {
  const [first, last] = [random.pick(firstNames), random.pick(lastNames)];
  const rank = firm.people.length + firm.newcomers.length;
  const number = `${firm.domain.replace(/\D/g, '')}${rank}`;
  const isPrivate = random.chance(privateMain);
  const work = `${slug(first)}.${slug(last)}${rank}@${firm.domain}`;
  const own = `${slug(first)}${slug(last)}${number}@freemail.example`;
  const aliases = random.chance(0.15) ? [`${slug(last)}${rank}@${firm.secondDomain ?? firm.domain}`] : [];
  const alias = `${slug(first).slice(0, 1)}${slug(last)}${rank}@${firm.secondDomain ?? firm.domain}`;
  const actor: Actor = {
    first,
    name: `${first} ${last}`,
    firm,
    main: isPrivate ? own : work,
    aliases,
    hidden: { alias, private: isPrivate ? work : own },
  };
  firm.people.push(actor);
  return actor;
}

/** Enters a firm; the CRM may lack its domain, and seldom knows a second one. */
export function recordFirm(
  firm: Firm,
  relation: 'customer' | 'prospect' | 'other',
  ids: Ids,
  random: Random,
  since?: number,
): void {
  const first = random.chance(SHARES.noDomainOnRecord) ? [] : [firm.domain];
  const second = firm.secondDomain !== undefined && random.chance(0.6) ? [firm.secondDomain] : [];
  const domains = [...first, ...second];
  firm.record = {
    id: ids.next('account'),
    domains: ids.keeps.otherDomains ? domains : domains.slice(0, 1),
    relation,
    ...(since !== undefined && { since }),
  };
}

/** The addresses that are on a person's record. */
export function addressesOnRecord({ main, aliases }: Actor, keeps: Kept): readonly string[] {
  return keeps.otherAddresses ? [main, ...aliases] : [main];
}

export function recordActor(actor: Actor, ids: Ids, accountId = actor.firm.record?.id): void {
  actor.record ??= { id: ids.next('contact'), ...(accountId !== undefined && { accountId }) };
}

/** A customer of some standing, most from before the book begins. */
export function makeCustomer(number: number, start: number, ids: Ids, random: Random): Firm {
  const firm = makeFirm(number, random.whole(2, 5), random);
  const since = start + (random.chance(0.85) ? -random.between(30, 1000) : random.between(0, 500)) * DAY;
  recordFirm(firm, 'customer', ids, random, since);
  for (const it of firm.people) if (!random.chance(SHARES.advocateWithoutRecord)) recordActor(it, ids);
  return firm;
}
