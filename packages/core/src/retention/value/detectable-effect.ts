import { type Figure, noFigure } from '../../metrics/figure.ts';
import { normalQuantile } from '../../stats/special/index.ts';

/** How sure a comparison must be: two-sided level and power. */
export interface TestStrength {
  /** Default .95. */
  readonly level?: number;
  /** Default .8. */
  readonly power?: number;
}

/** Accounts for each arm. */
export interface ArmSizes {
  readonly treated: number;
  readonly heldOut: number;
}

/**
 * Accounts needed to see a fall of the loss rate by `effect` (absolute) from `baseRate`, when `holdOutShare` of them is
 * held out. `null` for an effect that is not above 0 and at most the base rate, or a share outside 0 to 1.
 * Source: Fleiss 1981, Statistical Methods for Rates and Proportions, unequal groups, without continuity correction.
 *
 * @example
 * accountsNeeded({ baseRate: 0.1, effect: 0.05, holdOutShare: 0.5 }); // { treated: 435, heldOut: 435 }
 */
export function accountsNeeded(
  design: { readonly baseRate: number; readonly effect: number; readonly holdOutShare: number } & TestStrength,
): ArmSizes | null {
  const { baseRate, effect, holdOutShare } = design;
  if (!(effect > 0 && effect <= baseRate && baseRate < 1 && holdOutShare > 0 && holdOutShare < 1)) return null;
  const ratio = (1 - holdOutShare) / holdOutShare;
  const heldOut = heldOutNeeded(baseRate, effect, ratio, design);
  return { treated: Math.ceil(heldOut * ratio - 1e-9), heldOut: Math.ceil(heldOut - 1e-9) };
}

/**
 * The smallest absolute fall of the loss rate that these numbers would show. `null` when even saving every account would
 * not be seen, or an arm is empty. `n` counts both arms.
 *
 * @example
 * detectableEffect({ baseRate: 0.1, treated: 435, heldOut: 435 }).value; // 0.04997
 */
export function detectableEffect(design: { readonly baseRate: number } & ArmSizes & TestStrength): Figure {
  const { baseRate, treated, heldOut } = design;
  const n = treated + heldOut;
  if (!(treated > 0 && heldOut > 0)) return noFigure(n, 'an arm is empty');
  if (!(baseRate > 0 && baseRate < 1)) return noFigure(n, 'without losses there is nothing to see');
  const isSeen = (effect: number) => heldOutNeeded(baseRate, effect, treated / heldOut, design) <= heldOut;
  if (!isSeen(baseRate)) return noFigure(n, 'even saving every account would not be seen');
  let [low, high] = [0, baseRate];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (isSeen(middle)) high = middle;
    else low = middle;
  }
  return { value: high, n, reason: null };
}

/** What a hold-out can show now, and how many more accounts the wanted effect asks for. */
export interface HoldOutPower {
  readonly detectable: Figure;
  readonly needed: ArmSizes | null;
  /** Still missing in each arm; `null` where no number would do. */
  readonly more: ArmSizes | null;
}

/**
 * The minimum detectable effect of a running hold-out, beside the effect that one wants to see.
 *
 * @example
 * holdOutPower({ baseRate: 0.2, wantedEffect: 0.08, treated: 400, heldOut: 100 }).more?.heldOut; // 95
 */
export function holdOutPower(
  design: { readonly baseRate: number; readonly wantedEffect: number } & ArmSizes & TestStrength,
): HoldOutPower {
  const { treated, heldOut, wantedEffect: effect } = design;
  const needed = accountsNeeded({ ...design, effect, holdOutShare: heldOut / (treated + heldOut) });
  const more = needed && {
    treated: Math.max(0, needed.treated - treated),
    heldOut: Math.max(0, needed.heldOut - heldOut),
  };
  return { detectable: detectableEffect(design), needed, more };
}

/** `ratio`: treated accounts for one held out. */
function heldOutNeeded(baseRate: number, effect: number, ratio: number, strength: TestStrength): number {
  const zLevel = normalQuantile((1 + (strength.level ?? 0.95)) / 2);
  const zPower = normalQuantile(strength.power ?? 0.8);
  const treatedRate = baseRate - effect;
  const pooled = (baseRate + ratio * treatedRate) / (1 + ratio);
  const underNull = zLevel * Math.sqrt((1 + ratio) * pooled * (1 - pooled));
  const underEffect = zPower * Math.sqrt(ratio * baseRate * (1 - baseRate) + treatedRate * (1 - treatedRate));
  return (underNull + underEffect) ** 2 / (ratio * effect ** 2);
}
