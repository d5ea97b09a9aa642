/** A figure with the number of cases behind it; `null` with the reason where there is none, never 0 or 1 in its place. */
export type Figure =
  | { readonly value: number; readonly n: number; readonly reason: null }
  | { readonly value: null; readonly n: number; readonly reason: string };

/** A share of cases with its interval; the interval is `null` where the figure is. */
export type ShareFigure = Figure & { readonly interval: readonly [low: number, high: number] | null };

/**
 * A ratio as a figure: `null` with `reason` when the denominator is 0, below 0 or not a number.
 *
 * @example
 * ratioFigure(1, 4, 4, 'no accounts'); // { value: 0.25, n: 4, reason: null }
 * ratioFigure(0, 0, 0, 'no accounts'); // { value: null, n: 0, reason: 'no accounts' }
 */
export function ratioFigure(numerator: number, denominator: number, n: number, reason: string): Figure {
  const value = denominator > 0 ? numerator / denominator : Number.NaN;
  return Number.isFinite(value) ? { value, n, reason: null } : noFigure(n, reason);
}

/** No figure, and why. */
export function noFigure(n: number, reason: string): Figure {
  return { value: null, n, reason };
}

/** One minus a figure: retention to churn. */
export function complement(figure: Figure): Figure {
  return figure.value === null ? figure : { ...figure, value: 1 - figure.value };
}
