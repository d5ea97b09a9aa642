import { type EdgeTable, FIRST_IN, FIRST_OUT, FROM, MARK, NEXT_IN, NEXT_OUT, STRIDE, TO } from './edge-table.ts';
import type { SearchMarks } from './search-marks.ts';

/** What a search may pass: edges of some kinds (`null`: all), nodes whose labels lie between two, and so many steps. */
export interface SearchBounds {
  readonly kinds?: ((kind: number) => boolean) | null;
  readonly label?: Float64Array | null;
  readonly steps?: number;
}

/**
 * Says whether there is a way from `top` down to `bottom`: it looks from both ends at once, an edge on each side in turn,
 * always on from the latest, so that the time is that of the smaller side (all that `top` reaches, or all that leads to
 * `bottom`), and short where many ways lead there. `undefined`: not within the steps.
 */
export function createTwoWaySearch(
  table: EdgeTable,
  marks: SearchMarks,
): (top: number, bottom: number, bounds: SearchBounds) => boolean | undefined {
  return (top, bottom, { kinds = null, label = null, steps = Number.POSITIVE_INFINITY }) => {
    const [low, high] = label ? [label[top]!, label[bottom]!] : [0, 0];
    const isDown = marks();
    const isUp = isDown + 1;
    const { nodes, edges, kind } = table;
    const [openDown, openUp] = [[top], [bottom]];
    nodes[top * STRIDE + MARK] = isDown;
    nodes[bottom * STRIDE + MARK] = isUp;
    let [out, into] = [-1, -1];
    for (let step = 0; step < steps; step++) {
      while (out < 0) {
        const node = openDown.pop();
        if (node === undefined) return false;
        out = nodes[node * STRIDE + FIRST_OUT]!;
      }
      const below = edges[out * STRIDE + TO]!;
      const seen = nodes[below * STRIDE + MARK]!;
      if (seen !== isDown && (label === null || label[below]! <= high) && (kinds === null || kinds(kind[out]!))) {
        if (seen === isUp) return true;
        nodes[below * STRIDE + MARK] = isDown;
        openDown.push(below);
      }
      out = edges[out * STRIDE + NEXT_OUT]!;

      while (into < 0) {
        const node = openUp.pop();
        if (node === undefined) return false;
        into = nodes[node * STRIDE + FIRST_IN]!;
      }
      const above = edges[into * STRIDE + FROM]!;
      const met = nodes[above * STRIDE + MARK]!;
      if (met !== isUp && (label === null || label[above]! >= low) && (kinds === null || kinds(kind[into]!))) {
        if (met === isDown) return true;
        nodes[above * STRIDE + MARK] = isUp;
        openUp.push(above);
      }
      into = edges[into * STRIDE + NEXT_IN]!;
    }
    return undefined;
  };
}
