import type { OrderLine } from '../model/types.ts';

/**
 * Share of delivered lines that came in full: delivered quantity at least the ordered one. Lines that are not delivered,
 * or lack one of the two quantities, are not counted; `null` when none is left.
 */
export function inFullShare(lines: readonly OrderLine[]): number | null {
  let [full, counted] = [0, 0];
  for (const line of lines) {
    if (line.deliveredOn === null || line.quantity === null || line.deliveredQuantity === null) continue;
    counted += 1;
    if (line.deliveredQuantity >= line.quantity) full += 1;
  }
  return counted === 0 ? null : full / counted;
}
