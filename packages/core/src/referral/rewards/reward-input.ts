import type { ExchangeRate } from '../../ledger/index.ts';
import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { AttributionDecision } from '../entities/attribution-decision.ts';
import type { Participant } from '../entities/participant.ts';
import type { Program } from '../entities/program.ts';
import type { QualifyingEvent } from '../entities/qualifying-event.ts';
import type { ReasonCode } from '../entities/reason-code.ts';
import type { Reward } from '../entities/reward.ts';

/** What the checks say of the reward (a `FraudOutcome` fits); left out: nothing against it. */
export interface RewardScreening {
  readonly reward: 'proceeds' | 'waits' | 'held' | 'review_required' | 'blocked';
  readonly rewardReason: ReasonCode | null;
  /** `false`: recognition only. */
  readonly cash: boolean;
}

/** An event with the decision that credits it; `decision` null: credited to nobody (a refund needs none). */
export interface RewardInput {
  readonly event: QualifyingEvent;
  readonly decision: AttributionDecision | null;
  readonly program: Program;
  readonly screening?: RewardScreening;
  /** The same for the reward of one claim, where each is looked at for itself; `reward` null: its amount is not known yet. */
  readonly screen?: (referralId: string, reward: Reward | null) => RewardScreening;
  /** The rule that rewards a claim in place of the program's own, by the clause of a contract; `null`: there is none. */
  readonly ruleOf?: (referralId: string) => string | null;
  /** Participants whose claim on the party was ended: nothing more is given for it. */
  readonly ended?: readonly Id[];
  /** Who looks after the account, for rules that recognise them. */
  readonly accountManagerId?: Id;
  /** Won referrals of the candidate, this one included, for tiers; counted from the book when left out. */
  readonly wonCount?: number;
}

export interface RewardOptions {
  readonly asOf: Instant;
  readonly rates: readonly ExchangeRate[];
  readonly participant: (id: Id) => Participant | undefined;
}
