import type { EvidenceLabel, Id, Instant, RetentionModel } from '@holdfast/core';

/** What a run said of one account, kept so that a later run can tell why its score moved; it names nobody. */
export interface ScoreSnapshot {
  readonly accountId: Id;
  readonly model: RetentionModel;
  /** Of the model, and what its numbers rested on. */
  readonly version: string;
  readonly evidence: EvidenceLabel;
  readonly logOdds: number;
  /** Packed under the run's features; `NaN` is missing. */
  readonly facts: Float64Array;
}

/** The run that snapshots belong to; `at` is the instant that was scored, and names it. */
export interface SnapshotRun {
  readonly runId: string;
  readonly at: Instant;
  /** Version of the features that the facts are packed under. */
  readonly features: string;
}
