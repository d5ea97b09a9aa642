import { DAY_MS, type Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { RewardState } from '../../model/types.ts';
import type { Payee } from '../rewards/limit-payout.ts';
import type { JournalFacts } from './journal-facts.ts';

/**
 * Who is paid: the one place where personal data outlasts an erasure, because bookkeeping law asks for it (rule 11). The
 * ledger knows only `partyId`. Read by those who pay and audit, by nobody else, and gone when it expires.
 */
export interface PayeeVaultEntry extends Payee {
  /** The key by which ledger and payouts name the payee: a person, or an account. */
  readonly partyId: Id;
  readonly name: string;
  readonly address: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly payout: string | null;
  readonly taxId: string | null;
  /** Set by an erasure: only for what is owed still, and for audit. */
  readonly restricted: boolean;
  /** `null`: while the payee takes part. */
  readonly expiresAt: Instant | null;
}

const OWED: ReadonlySet<RewardState> = new Set(['pending', 'earned', 'held', 'approved', 'payable', 'review_required']);

/**
 * What an erasure leaves of a person's entries: nothing where nothing was or will be paid, else the entry without address
 * and number for reaching them, restricted, until `days` after the last payment, or after `at` where money is owed.
 */
export function restrictPayees(
  entries: readonly PayeeVaultEntry[],
  isErased: (id: Id) => boolean,
  { rewards, payments, survivorOf }: Pick<JournalFacts, 'rewards' | 'payments' | 'survivorOf'>,
  at: Instant,
  days: number,
): readonly PayeeVaultEntry[] {
  return entries.flatMap((entry) => {
    if (!isErased(entry.partyId)) return entry;
    const isTheirs = (id: Id) => survivorOf(id) === survivorOf(entry.partyId);
    const isOwed = rewards.some((it) => OWED.has(it.state) && isTheirs(it.beneficiary.partyId));
    const paid = payments.filter((it) => isTheirs(it.partyId)).map((it) => it.at);
    const last = isOwed ? at : Math.max(...paid);
    const expiresAt = Math.min(entry.expiresAt ?? Number.POSITIVE_INFINITY, last + days * DAY_MS);
    return expiresAt <= at ? [] : { ...entry, email: null, phone: null, restricted: true, expiresAt };
  });
}

/** The entries that have not expired. */
export function purgeVault(entries: readonly PayeeVaultEntry[], asOf: Instant): readonly PayeeVaultEntry[] {
  return entries.filter((it) => it.expiresAt === null || asOf < it.expiresAt);
}
