import { DAY_MS, type Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';

/**
 * Who was paid: the one place where personal data outlasts an erasure, because bookkeeping law asks for it (rule 11). The
 * ledger knows only `key`. Read by those who pay and audit, by nobody else, and gone when it expires.
 */
export interface PayeeVaultEntry {
  readonly key: string;
  readonly participantId: Id;
  readonly name: string;
  readonly address: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly payout: string | null;
  readonly taxId: string | null;
  readonly lastPaidAt: Instant | null;
  /** Set by an erasure: only for audit from then on. */
  readonly restricted: boolean;
  /** `null`: while the person takes part. */
  readonly expiresAt: Instant | null;
}

/**
 * What an erasure leaves of an entry: nothing where nothing was or will be paid, else the entry without address and
 * number for reaching the person, restricted, until `days` after the last payment, or after `at` where money is owed.
 */
export function restrictPayee(
  entry: PayeeVaultEntry,
  owed: boolean,
  at: Instant,
  days: number,
): PayeeVaultEntry | null {
  const lastPaidAt = owed ? at : entry.lastPaidAt;
  if (lastPaidAt === null) return null;
  const expiresAt = Math.min(entry.expiresAt ?? Number.POSITIVE_INFINITY, lastPaidAt + days * DAY_MS);
  return expiresAt <= at ? null : { ...entry, email: null, phone: null, restricted: true, expiresAt };
}

/** The entries that have not expired. */
export function purgeVault(entries: readonly PayeeVaultEntry[], asOf: Instant): readonly PayeeVaultEntry[] {
  return entries.filter((it) => it.expiresAt === null || asOf < it.expiresAt);
}
