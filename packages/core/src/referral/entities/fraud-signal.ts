import type { Instant } from '../../model/dates.ts';
import type { ReasonCode } from './reason-code.ts';

/** What a check found. `block` ends the claim or the cash, `review` and `hold` wait for a person, `flag` only tells. */
export interface FraudSignal {
  readonly check: string;
  readonly action: 'block' | 'block_cash' | 'review' | 'hold' | 'flag' | 'wait';
  readonly severity: 'low' | 'medium' | 'high';
  /** In plain words, for staff. */
  readonly explanation: string;
  /** Record ids, counts and hashes; no personal data. */
  readonly evidence: Readonly<Record<string, string | number>>;
  readonly raisedAt: Instant;
  readonly expiresAt: Instant;
  /** How the participant may have it looked at again. */
  readonly appeal: string;
  /** Set when the check itself failed to run: the record proceeds, the reward waits (rule 9). */
  readonly failed: boolean;
  /** Whether it speaks about the claim or only about what is paid for it; the claim unless given. */
  readonly about?: 'claim' | 'reward';
  /** The reason that a refusal or a hold is given with; `fraud_check` unless given. */
  readonly reason?: ReasonCode;
  /** A person looked at it and lifted it; it stops and holds nothing from then on. */
  readonly cleared?: { readonly by: string; readonly at: Instant; readonly why: string };
}
