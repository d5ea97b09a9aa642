import type { FactId } from '../features/facts.ts';
import type { Figure } from '../metrics/figure.ts';
import type { Decision } from '../retention/outcomes/decision.ts';
import { type ArmSizes, accountsNeeded, detectableEffect } from '../retention/value/detectable-effect.ts';
import type { LoggedAction } from '../retention/value/logged-action.ts';
import { type NoTreatmentEffect, type TreatmentEffect, treatmentEffect } from '../retention/value/treatment-effect.ts';
import { type TreatmentRecord, treatmentOutcomes } from '../retention/value/treatment-outcomes.ts';
import type { DrawnArm } from './draw-arms.ts';
import { PLAYBOOKS } from './playbooks.ts';

/** What a hold-out can show. */
export interface HoldOutReach {
  /** Mean chance of loss on the day of the draw, exempt accounts apart. */
  readonly baseRate: number;
  /** Mean fall of that chance that was assumed of the proposed steps: the effect to be seen. */
  readonly assumedEffect: number;
  /** Accounts in each arm. */
  readonly drawn: ArmSizes;
  /** The smallest fall of the loss rate that these accounts will show. */
  readonly detectable: Figure;
  /** Accounts that the assumed effect asks for; `null` where no number would do. */
  readonly needed: ArmSizes | null;
  /** Still to be drawn. */
  readonly more: ArmSizes | null;
}

/** What acting did so far, told by those that were left alone. */
export interface MeasuredActions {
  readonly record: TreatmentRecord;
  /** Of acting at all, whatever the step: by the arm drawn, not by who got round to it. */
  readonly effect: TreatmentEffect | NoTreatmentEffect;
  /** The same among accounts for which one driver's step was proposed on the day of the draw. */
  readonly byDriver: Readonly<Partial<Record<FactId, TreatmentEffect>>>;
  readonly reach: HoldOutReach | null;
  /** Outcomes still missing in each arm before the assumed effect would be seen. */
  readonly moreOutcomes: ArmSizes | null;
}

/** What the drawn arms can show; `null` before anything was drawn. */
export function holdOutReach(arms: readonly DrawnArm[]): HoldOutReach | null {
  const compared = arms.filter((it) => it.arm !== 'exempt');
  if (compared.length === 0) return null;
  const mean = (of: (it: DrawnArm) => number) => compared.reduce((sum, it) => sum + of(it), 0) / compared.length;
  const heldOut = compared.filter((it) => it.arm === 'hold-out').length;
  const drawn = { treated: compared.length - heldOut, heldOut };
  const [baseRate, assumedEffect] = [mean((it) => it.probability), mean((it) => it.assumedDrop)];
  const needed = accountsNeeded({ baseRate, effect: assumedEffect, holdOutShare: heldOut / compared.length });
  const detectable = detectableEffect({ baseRate, ...drawn });
  return { baseRate, assumedEffect, drawn, detectable, needed, more: stillMissing(needed, drawn) };
}

/**
 * The effect of acting, from the arms, what was done and the first decision that each account took afterwards. What is
 * proposed on the day of the draw is known for both arms, so the effect of one driver's step may be compared too.
 *
 * @example
 * measureActions([], [], [], 'Europe/Vienna').effect; // { measured: false, reason: 'no stratum has outcomes in both arms' }
 */
export function measureActions(
  arms: readonly DrawnArm[],
  actions: readonly LoggedAction[],
  decisions: readonly Decision[],
  timeZone: string,
): MeasuredActions {
  const record = treatmentOutcomes(arms, actions, decisions, timeZone);
  const reach = holdOutReach(arms);
  const proposed = new Map(arms.map((it) => [it.accountId, it.proposed]));
  const byDriver: Partial<Record<FactId, TreatmentEffect>> = {};
  for (const { driver } of PLAYBOOKS) {
    const effect = treatmentEffect(record.outcomes.filter((it) => proposed.get(it.accountId) === driver));
    if (effect.measured) byDriver[driver] = effect;
  }
  const heldOut = record.outcomes.filter((it) => it.arm === 'hold-out').length;
  const so = { treated: record.outcomes.length - heldOut, heldOut };
  const moreOutcomes = stillMissing(reach?.needed ?? null, so);
  return { record, effect: treatmentEffect(record.outcomes), byDriver, reach, moreOutcomes };
}

function stillMissing(needed: ArmSizes | null, have: ArmSizes): ArmSizes | null {
  return (
    needed && {
      treated: Math.max(0, needed.treated - have.treated),
      heldOut: Math.max(0, needed.heldOut - have.heldOut),
    }
  );
}
