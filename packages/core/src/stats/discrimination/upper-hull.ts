/** Where a list of rows ranked by score may be cut: what acting on all rows above the cut costs, and what it gains. */
export interface Cut {
  /** Share of all rows acted on. */
  readonly fraction: number;
  /** Gain per unit of acceptance. */
  readonly gain: number;
  readonly cost: number;
}

/**
 * The cuts that are best for some rate of acceptance g >= 0, as g gain - cost decides: the upper hull of (cost, gain), from
 * acting on nobody to the largest gain. For equal costs per class it is the convex hull of the ROC curve.
 *
 * Source: Andrew 1979 (the monotone chain); Provost and Fawcett 2001 (the ROC convex hull).
 */
export function upperHull(cuts: readonly Cut[]): readonly Cut[] {
  const hull: Cut[] = [];
  for (const cut of [...cuts].sort((p, q) => p.cost - q.cost || q.gain - p.gain)) {
    const last = hull.at(-1);
    if (last && cut.gain <= last.gain) continue;
    while (hull.length > 1 && turnsUp(hull.at(-2)!, hull.at(-1)!, cut)) hull.pop();
    hull.push(cut);
  }
  return hull;
}

/** Whether the middle cut lies on or below the line between its neighbours. */
function turnsUp(first: Cut, middle: Cut, last: Cut): boolean {
  return (middle.gain - first.gain) * (last.cost - first.cost) <= (last.gain - first.gain) * (middle.cost - first.cost);
}

/** The rate of acceptance from which on the later of two neighbours on the hull is the better. */
export function turningPoint(earlier: Cut, later: Cut): number {
  return (later.cost - earlier.cost) / (later.gain - earlier.gain);
}
