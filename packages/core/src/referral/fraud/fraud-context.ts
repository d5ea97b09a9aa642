import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { Participant } from '../entities/participant.ts';
import type { Program } from '../entities/program.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { Reward } from '../entities/reward.ts';
import type { Tombstone } from '../privacy/tombstone.ts';
import type { EarlierReferrals } from './earlier-referrals.ts';
import { FRAUD_LIMITS, type FraudLimits } from './fraud-limits.ts';
import type { IdentityKeys } from './identity/identity-keys.ts';

/** One claim, and the reward if it has come to that, with everything that a check may look at. `null` and empty: not known. */
export interface FraudContext {
  readonly asOf: Instant;
  readonly program: Program;
  readonly limits: FraudLimits;
  readonly participant: Participant;
  readonly claim: ReferralClaim;
  readonly reward: Reward | null;
  readonly referrer: IdentityKeys;
  readonly referred: IdentityKeys;
  /** A keyed digest (HMAC) of a text; evidence holds digests only. */
  readonly digest: (text: string) => string;
  readonly earlier: EarlierReferrals | null;
  /** Who looks after the account or works on the opportunity, and the seller's own domains. */
  readonly sellers: { readonly owners: readonly IdentityKeys[]; readonly domains: readonly string[] };
  /** Whether an edge from referrer to referred closes a circle; across programs only where that can be told. */
  readonly closesLoop: ((referrer: Id, referred: Id) => boolean) | null;
  readonly closesLoopAcross: ((referrer: Id, referred: Id) => boolean) | null;
  /** The top of an account's hierarchy. */
  readonly groupOf: ((account: Id) => Id) | null;
  /** Hashed addresses or devices, only where somebody gave them. */
  readonly devices: { readonly referrer: readonly string[]; readonly referred: readonly string[] } | null;
  /** When this participant claimed, ascending, this claim included. */
  readonly claimTimes: readonly Instant[];
  /** How the party came in: parameters of the click with their values, the host that it came from, the CRM's own word. */
  readonly source: {
    readonly parameters: Readonly<Record<string, string>>;
    readonly referrerHost: string | null;
    readonly named?: string | null;
  } | null;
  /** Digests of who this participant is and where they are paid, and who else holds one of them. */
  readonly identities: readonly HashedIdentity[];
  readonly holdersOf:
    | ((hash: string) => readonly { readonly participantId: Id; readonly accountId: Id | null }[])
    | null;
  /** Over the participant's won referrals. */
  readonly results: { readonly won: number; readonly refunded: number } | null;
  /** Accounts that this participant referred and that are customers now, this one included. */
  readonly activeCustomers: number | null;
  /** By digest; `null` where none is kept. */
  readonly tombstones: ReadonlyMap<string, Tombstone> | null;
  /** When the evidence was taken down, and when the opportunity was created. */
  readonly evidenceRecordedAt: Instant | null;
  readonly opportunityCreatedAt: Instant | null;
  /** Claims of the participant without progress, this one not counted. */
  readonly openClaims: number | null;
  /** When the participant's last claim on the same party lapsed, and how old the newest evidence is. */
  readonly lapsed: {
    readonly referralId: string;
    readonly lapsedAt: Instant;
    readonly newestEvidenceAt: Instant;
  } | null;
}

/** A digest of an address, number, bank account or tax number. */
export interface HashedIdentity {
  readonly kind: 'email' | 'phone' | 'payout' | 'tax';
  readonly hash: string;
}

type Needed = 'asOf' | 'program' | 'participant' | 'claim' | 'referrer' | 'referred' | 'digest';

/** Fills in what is not known, and the limits: the program's own over the defaults. */
export function fraudContext(facts: Pick<FraudContext, Needed> & Partial<FraudContext>): FraudContext {
  const settings = facts.program.checkSettings;
  return {
    ...NOTHING_KNOWN,
    limits: settings?.limits ? { ...FRAUD_LIMITS, ...settings.limits } : FRAUD_LIMITS,
    ...facts,
  };
}

const NOTHING_KNOWN: Omit<FraudContext, Needed | 'limits'> = {
  reward: null,
  earlier: null,
  sellers: { owners: [], domains: [] },
  closesLoop: null,
  closesLoopAcross: null,
  groupOf: null,
  devices: null,
  claimTimes: [],
  source: null,
  identities: [],
  holdersOf: null,
  results: null,
  activeCustomers: null,
  tombstones: null,
  evidenceRecordedAt: null,
  opportunityCreatedAt: null,
  openClaims: null,
  lapsed: null,
};
