import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';

/** Who refers: a person who speaks for an account. `id` is the contact's id, so that a merge can re-point it. */
export interface Participant {
  readonly id: Id;
  readonly programId: string;
  readonly accountId: Id | null;
  readonly role: 'customer' | 'partner' | 'employee' | 'account_manager' | 'other';
  readonly status: 'invited' | 'active' | 'suspended' | 'left';
  readonly statusSince: Instant;
  /** The statuses before it, oldest first; what came before the first of them is not known. */
  readonly past?: readonly { readonly status: Participant['status']; readonly since: Instant }[];
  readonly termsVersion: string | null;
  /** When they accepted it; `statusSince` where it is not known. */
  readonly termsAcceptedAt?: Instant;
  /** The default beneficiary is the account, as credit; cash to a person needs their employer's recorded permission (rule 8). */
  readonly employerPermission: boolean;
  readonly segment: 'private' | 'public_sector' | 'health_care';
  /** Two-letter country of tax residence; `null` (unknown) holds payouts. */
  readonly country: string | null;
  readonly taxFormOn: string | null;
}
