import type { Mode } from './find-mode.ts';
import type { PointsPrior } from './points-prior.ts';

/** A prior with its log probability before the outcomes. */
export interface CandidatePrior extends PointsPrior {
  readonly logPrior: number;
}

/** The mode under one candidate. */
export interface WeighedMode {
  readonly prior: CandidatePrior;
  readonly mode: Mode;
}

/** Below this posterior probability a candidate is left out: it could not show in any figure. */
const NEGLIGIBLE = 1e-13;

/** Candidates with their posterior probabilities by Laplace evidence, the negligible ones left out. */
export function weighModes<T extends WeighedMode>(modes: readonly T[]): readonly (T & { readonly weight: number })[] {
  const logs = modes.map((it) => it.mode.logEvidence + it.prior.logPrior);
  const most = Math.max(...logs);
  const raw = logs.map((it) => Math.exp(it - most));
  const sum = raw.reduce((total, it) => total + it, 0);
  return modes.map((it, k) => ({ ...it, weight: raw[k]! / sum })).filter((it) => it.weight > NEGLIGIBLE);
}
