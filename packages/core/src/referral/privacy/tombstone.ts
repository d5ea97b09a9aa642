import { DAY_MS, type Instant } from '../../model/dates.ts';
import type { IdentityKeys } from '../fraud/identity/identity-keys.ts';

/** What is left of a party: a keyed digest of an address, number or domain, until it expires. */
export interface Tombstone {
  /** An HMAC with the workspace's key. */
  readonly digest: string;
  readonly kind: 'email' | 'phone' | 'domain';
  /** `customer`: a list of existing customers kept as digests; those are not refused (rule 2). */
  readonly why: 'erased' | 'deleted' | 'customer';
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/** The tombstones of a party: one for each normalised address, number, and domain that its accounts registered. */
export function tombstonesOf(
  party: Pick<IdentityKeys, 'emails' | 'phones' | 'domains'>,
  why: Tombstone['why'],
  digest: (text: string) => string,
  createdAt: Instant,
  days: number,
): readonly Tombstone[] {
  const expiresAt = createdAt + days * DAY_MS;
  return textsOf(party).map(({ kind, text }) => ({ digest: digest(text), kind, why, createdAt, expiresAt }));
}

/** By digest; of two with one digest the refusing one counts, then the one that lasts longer. */
export function indexTombstones(
  tombstones: Iterable<Tombstone>,
  into: Map<string, Tombstone> = new Map(),
): Map<string, Tombstone> {
  for (const it of tombstones) {
    const known = into.get(it.digest);
    if (!known || rank(it) > rank(known) || (rank(it) === rank(known) && it.expiresAt > known.expiresAt)) {
      into.set(it.digest, it);
    }
  }
  return into;
}

/** The tombstone of a party that has not expired (its last millisecond counts); one that refuses before one that tells. */
export function findTombstone(
  party: Pick<IdentityKeys, 'emails' | 'phones' | 'domains'>,
  tombstones: ReadonlyMap<string, Tombstone>,
  digest: (text: string) => string,
  asOf: Instant,
): Tombstone | null {
  if (tombstones.size === 0) return null;
  let told: Tombstone | null = null;
  for (const { text } of textsOf(party)) {
    const found = tombstones.get(digest(text));
    if (!found || asOf >= found.expiresAt) continue;
    if (rank(found) > 0) return found;
    told ??= found;
  }
  return told;
}

/** The kind is part of what is hashed, so that a number never equals an address. */
function textsOf({ emails, phones, domains }: Pick<IdentityKeys, 'emails' | 'phones' | 'domains'>) {
  const all = { email: emails, phone: phones, domain: domains };
  return (['email', 'phone', 'domain'] as const).flatMap((kind) =>
    all[kind].map((value) => ({ kind, text: `tombstone:${kind}:${value}` })),
  );
}

function rank({ why }: Tombstone): number {
  return why === 'customer' ? 0 : 1;
}
