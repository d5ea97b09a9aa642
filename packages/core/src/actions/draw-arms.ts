import type { FactId } from '../features/facts.ts';
import type { Id } from '../model/ids.ts';
import { assignHoldOut, type HoldOutDesign, holdOutStratum } from '../retention/value/assign-hold-out.ts';
import { hashUnit } from '../retention/value/hash-unit.ts';
import type { ArmAssignment } from '../retention/value/logged-action.ts';

/** An account for which a step would be proposed. */
export interface ActionCandidate {
  readonly accountId: Id;
  readonly segment: string | null;
  /** Chance of loss. */
  readonly probability: number;
  /** Recurring amount a year in minor units, for the exemption of key accounts; `null`: not known. */
  readonly amount: number | null;
  /** The driver whose step is the best one. */
  readonly proposed: FactId;
  /** By how much that step is assumed to lower the chance of loss. */
  readonly assumedDrop: number;
}

/** An account's arm with what stood about it on the day of the draw, so that nothing seen later enters the comparison. */
export interface DrawnArm extends ArmAssignment {
  readonly proposed: string;
  readonly probability: number;
  readonly assumedDrop: number;
}

/**
 * Draws arms for the accounts that have none yet, within strata of segment and class of risk; answers only the new ones.
 * Key accounts are exempt by the design's rule.
 *
 * @example
 * const design = { share: 0.1, seed: 'org', at: 0, exempt: { fromValue: null, accountIds: [] } };
 * drawArms([], design, []); // []
 */
export function drawArms(
  candidates: readonly ActionCandidate[],
  design: HoldOutDesign,
  before: readonly ArmAssignment[],
): readonly DrawnArm[] {
  const known = new Set(before.map((it) => it.accountId));
  const of = new Map(candidates.map((it) => [it.accountId, it]));
  const drawn = assignHoldOut(
    candidates.map(({ accountId, segment, probability, amount: value }) => ({
      accountId,
      stratum: holdOutStratum(segment === null ? null : segmentCode(segment), probability),
      value,
    })),
    design,
    before,
  );
  return drawn.flatMap((arm) => {
    const candidate = of.get(arm.accountId);
    if (!candidate || known.has(arm.accountId)) return [];
    const { proposed, probability, assumedDrop } = candidate;
    return [{ ...arm, proposed, probability, assumedDrop }];
  });
}

/** Segments are only told apart: a code stands for the text, which somebody may have typed, because arms are kept. */
function segmentCode(segment: string): string {
  return Math.floor(hashUnit(segment) * 2 ** 32).toString(36);
}

/** Share of the book that is exempt where the profile names no rule of its own. */
const USUAL_KEY_SHARE = 0.05;

/**
 * The amount a year from which an account is a key account: the profile's own, or the one that a twentieth of the
 * accounts with a known amount reach. `null` where no amount is known.
 *
 * @example
 * keyAccountsFrom([100, 200], 500); // 500
 */
export function keyAccountsFrom(amounts: readonly number[], own: number | undefined): number | null {
  if (own !== undefined) return own;
  const sorted = [...amounts].sort((a, b) => b - a);
  return sorted[Math.max(0, Math.floor(sorted.length * USUAL_KEY_SHARE) - 1)] ?? null;
}
