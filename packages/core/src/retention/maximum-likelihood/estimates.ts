import { choleskyInPlace, invertCholesky } from '../../stats/linear/index.ts';
import { freeIndices, HIGHEST, LOWEST, type Summit } from './climb.ts';

/** A parameter whose best value is 0 or infinity: the data say nothing of the variation that it describes. */
export interface ParameterLimit<Name extends string> {
  readonly parameter: Name;
  readonly at: 'zero' | 'infinity';
}

/** What every maximum-likelihood fit reports beside its model. */
export interface Estimates<Name extends string> {
  readonly parameters: Readonly<Record<Name, number>>;
  /** From the observed information; `null` where a parameter lies on a limit or the data cannot tell it from another. */
  readonly standardErrors: Readonly<Record<Name, number | null>>;
  readonly logLikelihood: number;
  /** Steps until the fit converged. */
  readonly iterations: number;
  /** Empty in the ordinary case. */
  readonly limits: readonly ParameterLimit<Name>[];
}

/** Reads parameters, standard errors (delta method on the log-parameters) and limits off a converged climb. */
export function estimatesOf<Name extends string>(names: readonly Name[], summit: Summit): Estimates<Name> {
  const { theta } = summit;
  const errors = logStandardErrors(summit);
  const record = <V>(value: (i: number) => V) =>
    Object.fromEntries(names.map((name, i) => [name, value(i)])) as Record<Name, V>;
  return {
    parameters: record((i) => Math.exp(theta[i]!)),
    standardErrors: record((i) => {
      const error = errors?.[i] ?? null;
      return error === null ? null : Math.exp(theta[i]!) * error;
    }),
    logLikelihood: summit.value,
    iterations: summit.iterations,
    limits: names.flatMap((parameter, i): ParameterLimit<Name>[] =>
      theta[i]! <= LOWEST + 0.5
        ? [{ parameter, at: 'zero' }]
        : theta[i]! >= HIGHEST - 0.5
          ? [{ parameter, at: 'infinity' }]
          : [],
    ),
  };
}

function logStandardErrors(summit: Summit): (number | null)[] | null {
  const free = freeIndices(summit);
  const p = summit.theta.length;
  const m = free.length;
  const information = new Float64Array(m * m);
  for (const [row, i] of free.entries())
    for (const [column, j] of free.entries()) information[row * m + column] = -summit.hessian[i * p + j]!;
  if (!choleskyInPlace(information, m)) return null;
  const covariance = invertCholesky(information, m);
  const errors = new Array<number | null>(p).fill(null);
  for (const [row, i] of free.entries()) errors[i] = Math.sqrt(covariance[row * m + row]!);
  return errors;
}
