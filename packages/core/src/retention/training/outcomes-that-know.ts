import type { DecisionRows } from './decision-rows.ts';

/** How many outcomes know a column, rows that share a loss by their weight; `column` is its place among the drivers. */
export function outcomesThatKnow({ swings, weight, drivers }: DecisionRows, column: number): number {
  return weight.reduce((sum, it, row) => sum + (Number.isNaN(swings[row * drivers.length + column]!) ? 0 : it), 0);
}
