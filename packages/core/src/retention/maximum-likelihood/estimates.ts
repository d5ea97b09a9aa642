import { choleskyInPlace, invertCholesky } from '../../stats/linear/index.ts';
import type { Summit } from './climb.ts';
import { freeIndices } from './step-in-box.ts';

/** A parameter whose best value is 0 or infinity: the data say nothing of the variation that it describes. */
export interface ParameterLimit<Name extends string> {
  readonly parameter: Name;
  readonly at: 'zero' | 'infinity';
}

/** What every maximum-likelihood fit reports beside its model. */
export interface Estimates<Name extends string> {
  readonly parameters: Readonly<Record<Name, number>>;
  /** From the observed information; `null` where the parameter, or the other of its distribution, lies on a limit. */
  readonly standardErrors: Readonly<Record<Name, number | null>>;
  readonly logLikelihood: number;
  /** Steps until the fit converged. */
  readonly iterations: number;
  /** Empty in the ordinary case. */
  readonly limits: readonly ParameterLimit<Name>[];
}

/**
 * A log-parameter with an error beyond this, and itself beyond `FAR`, is on its way to a limit that it has not reached.
 */
const VAGUE = 3;
const FAR = 4;

/**
 * Reads parameters, standard errors (delta method on the log-parameters) and limits off a converged climb. Names come
 * in pairs, the two parameters of one distribution: when one lies on a limit the other has no error either.
 */
export function estimatesOf<Name extends string>(names: readonly Name[], summit: Summit): Estimates<Name> {
  const { theta } = summit;
  const { errors, limited } = logStandardErrors(summit);
  const record = <V>(value: (i: number) => V) =>
    Object.fromEntries(names.map((name, i) => [name, value(i)])) as Record<Name, V>;
  return {
    parameters: record((i) => Math.exp(theta[i]!)),
    standardErrors: record((i) => {
      const error = errors[i] ?? null;
      return error === null ? null : Math.exp(theta[i]!) * error;
    }),
    logLikelihood: summit.value,
    iterations: summit.iterations,
    limits: [...limited].sort().map((i) => ({ parameter: names[i]!, at: theta[i]! < 0 ? 'zero' : 'infinity' })),
  };
}

/**
 * Estimates fitted with time or value divided by `scale`, turned back: those named scale with it, the log-likelihood by
 * `events`.
 */
export function unscaled<Name extends string>(
  estimates: Estimates<Name>,
  scale: number,
  scaling: readonly Name[],
  events: number,
): Estimates<Name> {
  const { parameters, standardErrors } = estimates;
  const inUnits = <V extends number | null>(values: Readonly<Record<Name, V>>) => ({
    ...values,
    ...Object.fromEntries(scaling.map((name) => [name, values[name] === null ? null : values[name] * scale])),
  });
  return {
    ...estimates,
    parameters: inUnits(parameters),
    standardErrors: inUnits(standardErrors),
    logLikelihood: estimates.logLikelihood - events * Math.log(scale),
  };
}

function logStandardErrors(summit: Summit): { errors: (number | null)[]; limited: Set<number> } {
  const { theta } = summit;
  const all = [...theta.keys()];
  const free = freeIndices(summit);
  const limited = new Set(all.filter((i) => !free.includes(i)));
  for (;;) {
    const told = all.filter((i) => !limited.has(i) && !limited.has(i ^ 1));
    const errors = errorsOf(summit, told);
    const vague = told.filter((i) => Math.abs(theta[i]!) > FAR && (errors === null || errors[i]! > VAGUE));
    if (vague.length === 0) return { errors: errors ?? all.map(() => null), limited };
    for (const i of vague) limited.add(i);
  }
}

/** Errors of some log-parameters with the others held; `null` when the information about them is singular. */
function errorsOf({ theta, hessian }: Summit, told: readonly number[]): (number | null)[] | null {
  const p = theta.length;
  const m = told.length;
  const information = new Float64Array(m * m);
  for (const [row, i] of told.entries())
    for (const [column, j] of told.entries()) information[row * m + column] = -hessian[i * p + j]!;
  if (!choleskyInPlace(information, m)) return null;
  const covariance = invertCholesky(information, m);
  const errors = new Array<number | null>(p).fill(null);
  for (const [row, i] of told.entries()) errors[i] = Math.sqrt(covariance[row * m + row]!);
  return errors;
}
