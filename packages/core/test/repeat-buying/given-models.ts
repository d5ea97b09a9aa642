import type { BetaGeometricModel, BgBbModel, ParetoNbdModel } from '../../src/retention/repeat-buying/repeat-model.ts';

const about = { fitted: true, logLikelihood: 0, iterations: 0, limits: [], accounts: 0, note: null } as const;
const none = <Name extends string>(parameters: Readonly<Record<Name, number>>) =>
  Object.fromEntries(Object.keys(parameters).map((name) => [name, null])) as Record<Name, null>;

/** A model with given parameters: published rows hold at the parameters printed beside them. */
export function bgNbd<F extends 'bg-nbd' | 'mbg-nbd' = 'bg-nbd'>(
  [r, alpha, a, b]: readonly [number, number, number, number],
  family: F = 'bg-nbd' as F,
): BetaGeometricModel<'weeks'> {
  const parameters = { r, alpha, a, b };
  return { ...about, family, base: 'weeks', parameters, standardErrors: none(parameters) };
}

/** As `bgNbd`, for the Pareto/NBD. */
export function paretoNbd([r, alpha, s, beta]: readonly [number, number, number, number]): ParetoNbdModel<'weeks'> {
  const parameters = { r, alpha, s, beta };
  return { ...about, family: 'pareto-nbd', base: 'weeks', parameters, standardErrors: none(parameters) };
}

/** As `bgNbd`, for the BG/BB. */
export function bgBb([alpha, beta, gamma, delta]: readonly [number, number, number, number]): BgBbModel<'years'> {
  const parameters = { alpha, beta, gamma, delta };
  return { ...about, family: 'bg-bb', base: 'years', parameters, standardErrors: none(parameters) };
}
