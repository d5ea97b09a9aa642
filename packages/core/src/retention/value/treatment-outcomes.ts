import { groupBy } from '../../metrics/group-by.ts';
import { dayInZone, dayNumber } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { Decision } from '../outcomes/decision.ts';
import type { ArmAssignment, LoggedAction } from './logged-action.ts';

/** One account of the comparison with its outcome. */
export interface TreatmentOutcome {
  readonly accountId: Id;
  readonly stratum: string;
  readonly arm: 'treat' | 'hold-out';
  readonly lost: boolean;
}

/** The comparison's rows and what is not in them. */
export interface TreatmentRecord {
  readonly outcomes: readonly TreatmentOutcome[];
  readonly exempt: number;
  /** No decision since the assignment, or its outcome is not known yet. */
  readonly pending: number;
  readonly competing: number;
  /** Of `outcomes`: assigned to `treat` and acted on, and held out but acted on all the same. */
  readonly acted: number;
  readonly heldOutButActed: number;
}

/**
 * Joins the arms to the first decision that each account took after its assignment. Accounts stay in the arm that they
 * were drawn for, acted on or not (intention to treat): leaving out those that nobody got round to would compare the
 * willing with the rest. Decision days are compared in the org's time zone.
 *
 * @example
 * treatmentOutcomes([], [], [], 'Europe/Vienna').outcomes; // []
 */
export function treatmentOutcomes(
  assignments: readonly ArmAssignment[],
  actions: readonly LoggedAction[],
  decisions: readonly Decision[],
  timeZone: string,
): TreatmentRecord {
  const byAccount = groupBy(decisions, (it) => it.accountId);
  const acted = groupBy(actions, (it) => it.accountId);
  const [outcomes, counts]: [TreatmentOutcome[], { pending: number; competing: number }] = [
    [],
    { pending: 0, competing: 0 },
  ];
  for (const { accountId, stratum, arm, assignedAt } of assignments) {
    if (arm === 'exempt') continue;
    const from = dayInZone(assignedAt, timeZone);
    const after = (byAccount.get(accountId) ?? []).filter((it) => it.decidesOn >= from);
    const first = after.sort((a, b) => dayNumber(a.decidesOn) - dayNumber(b.decidesOn))[0];
    if (first === undefined || first.outcome === 'pending') counts.pending += 1;
    else if (first.outcome === 'competing') counts.competing += 1;
    else outcomes.push({ accountId, stratum, arm, lost: first.outcome === 'lost' });
  }
  const actedIn = (arm: TreatmentOutcome['arm']) =>
    outcomes.filter((it) => it.arm === arm && acted.has(it.accountId)).length;
  return {
    outcomes,
    exempt: assignments.filter((it) => it.arm === 'exempt').length,
    ...counts,
    acted: actedIn('treat'),
    heldOutButActed: actedIn('hold-out'),
  };
}
