import type { DriverFacts, FactId } from '../../features/facts.ts';
import type { EvidenceLabel } from '../posterior/fitted-retention.ts';
import { ageFacts } from './age-facts.ts';

/** The log-odds that a model gives to facts, and each driver's part in them. */
export interface WeighedFacts {
  readonly logOdds: number;
  readonly parts: ReadonlyMap<FactId, number>;
}

/** A model as movement sees it: how it weighs facts, and what its numbers rest on. */
export interface WeighingModel {
  readonly version: string;
  readonly evidence: EvidenceLabel;
  readonly weigh: (facts: DriverFacts) => WeighedFacts;
}

/** One run's view of one account. */
export interface MovementSide {
  readonly facts: DriverFacts;
  readonly model: WeighingModel;
}

/** One driver's share in what the inputs moved. */
export interface InputMove {
  readonly feature: FactId;
  readonly logOdds: number;
}

/** Why a score moved since the last run, in log-odds of loss: `inputs + model + time` is `total`. */
export interface ScoreMovement {
  readonly total: number;
  /** What happened at the customer, judged by the model of before. */
  readonly inputs: number;
  /** What other weights say of today's facts. */
  readonly model: number;
  /** What the calendar alone did. */
  readonly time: number;
  /** The drivers behind `inputs`, strongest first; those that did not move are left out. */
  readonly drivers: readonly InputMove[];
  /** A change of what the numbers rest on (points only, recalibrated, fitted): a line of its own, no movement. */
  readonly evidence: { readonly from: EvidenceLabel; readonly to: EvidenceLabel } | null;
  /** Another model scored the account than before; `null` when it is the same one. */
  readonly modelVersion: { readonly from: string; readonly to: string } | null;
  /** Whose weights judged inputs and time: the later model's where the earlier one is no longer kept. */
  readonly judgedBy: 'earlier' | 'later';
}

/**
 * Splits the movement of one account's score between two runs, exactly: first the calendar moves on (`ageFacts`), then
 * the facts change, both weighed by the earlier model; then the later model weighs the same facts (retention model,
 * section 1.2, "Trend").
 */
export function splitMovement(before: MovementSide, after: MovementSide, elapsedDays: number): ScoreMovement {
  const start = before.model.weigh(before.facts);
  const aged = before.model.weigh(ageFacts(before.facts, elapsedDays));
  const changed = before.model.weigh(after.facts);
  const end = before.model.version === after.model.version ? changed : after.model.weigh(after.facts);
  return {
    total: end.logOdds - start.logOdds,
    inputs: changed.logOdds - aged.logOdds,
    model: end.logOdds - changed.logOdds,
    time: aged.logOdds - start.logOdds,
    drivers: inputMoves(aged, changed),
    evidence:
      before.model.evidence === after.model.evidence ? null : { from: before.model.evidence, to: after.model.evidence },
    modelVersion:
      before.model.version === after.model.version ? null : { from: before.model.version, to: after.model.version },
    judgedBy: 'earlier',
  };
}

/** What each driver moved, strongest first; those that did not move are left out. */
export function inputMoves(from: WeighedFacts, to: WeighedFacts): readonly InputMove[] {
  const ids = new Set([...from.parts.keys(), ...to.parts.keys()]);
  return [...ids]
    .map((feature) => ({ feature, logOdds: (to.parts.get(feature) ?? 0) - (from.parts.get(feature) ?? 0) }))
    .filter(({ logOdds }) => logOdds !== 0)
    .sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds) || (a.feature < b.feature ? -1 : 1));
}
