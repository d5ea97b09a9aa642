import type { DriverFacts } from '../../features/facts.ts';
import type { EvidenceLabel } from '../posterior/fitted-retention.ts';
import { ageFacts } from './age-facts.ts';
import { inputMoves, type MovementSide, type ScoreMovement, splitMovement } from './split-movement.ts';

/** An account's score as an earlier run left it: the model itself may no longer be kept. */
export interface KeptScore {
  readonly facts: DriverFacts;
  readonly logOdds: number;
  readonly version: string;
  readonly evidence: EvidenceLabel;
}

/**
 * Why a score moved since a run whose facts and log-odds were kept. Under the same model the movement splits as always.
 * Under another one, what happened and the calendar are judged by the later model, and the model's part is what it says
 * of the earlier facts less what was said of them then: still exact, and `judgedBy` says whose eyes were used.
 */
export function movementSince(before: KeptScore, after: MovementSide, elapsedDays: number): ScoreMovement {
  const { facts, version, evidence } = before;
  if (version === after.model.version) return splitMovement({ facts, model: after.model }, after, elapsedDays);
  const start = after.model.weigh(facts);
  const aged = after.model.weigh(ageFacts(facts, elapsedDays));
  const end = after.model.weigh(after.facts);
  return {
    total: end.logOdds - before.logOdds,
    inputs: end.logOdds - aged.logOdds,
    model: start.logOdds - before.logOdds,
    time: aged.logOdds - start.logOdds,
    drivers: inputMoves(aged, end),
    evidence: evidence === after.model.evidence ? null : { from: evidence, to: after.model.evidence },
    modelVersion: { from: version, to: after.model.version },
    judgedBy: 'later',
  };
}
