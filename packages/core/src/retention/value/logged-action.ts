import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';

/** `treat`: may be acted on. `hold-out`: left as it is, to measure by. `exempt`: by rule outside the comparison. */
export type TreatmentArm = 'treat' | 'hold-out' | 'exempt';

/** Which arm an account is in; drawn once and kept. */
export interface ArmAssignment {
  readonly accountId: Id;
  readonly stratum: string;
  readonly arm: TreatmentArm;
  /** Chance of `treat` by the design; 1 for exempt accounts. */
  readonly propensity: number;
  readonly assignedAt: Instant;
}

/** Something that was done about an account because of its score; never changed afterwards. */
export interface LoggedAction {
  readonly accountId: Id;
  /** The playbook's driver, or the id of an action of the company's own. */
  readonly actionId: string;
  readonly at: Instant;
  readonly ownerId: Id | null;
  /** What the model said then, as if untreated. */
  readonly probability: number;
  readonly modelVersion: string;
  readonly arm: TreatmentArm;
  readonly propensity: number;
  /** What it cost in minor units, and in hours of work; `null`: not recorded. */
  readonly cost: number | null;
  readonly hours: number | null;
}
