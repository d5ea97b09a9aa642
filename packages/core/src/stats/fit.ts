/** Why a fit cannot be made or trusted. */
export type FitProblem =
  | 'no-rows'
  | 'no-events'
  | 'one-class'
  | 'separable'
  | 'constant-column'
  | 'not-finite'
  | 'out-of-range'
  | 'boundary'
  | 'not-converged'
  | 'cancelled';

/** A fit that was refused: what stands in the way, in words that say what to do next. Never `NaN` in its place. */
export interface FitRefusal {
  readonly fitted: false;
  readonly problem: FitProblem;
  readonly message: string;
}

/** Hooks of a long fit: progress from 0 to 1 between iterations, and a signal that ends it with `cancelled`. */
export interface FitControl {
  readonly onProgress?: (share: number) => void;
  readonly signal?: { readonly aborted: boolean };
}

/** A refusal in one line. */
export function refuseFit(problem: FitProblem, message: string): FitRefusal {
  return { fitted: false, problem, message };
}
