import type { ParameterLimit } from '../maximum-likelihood/estimates.ts';

/** Says in words that parameters lie on a limit; `null` when none does. */
export function limitNote(limits: readonly ParameterLimit<string>[]): string | null {
  if (limits.length === 0) return null;
  const names = limits.map(({ parameter, at }) => `${parameter} at ${at}`).join(', ');
  return `The best fit lies on a boundary (${names}): the data tell no more of how accounts differ there. Standard errors are left out there.`;
}
