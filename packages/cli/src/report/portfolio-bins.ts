/** A cell of the portfolio's picture: accounts worth `worthFrom` to `worthTo` with a score from `scoreFrom` to `scoreTo`. */
export interface PortfolioBin {
  readonly worthFrom: number;
  readonly worthTo: number;
  readonly scoreFrom: number;
  readonly scoreTo: number;
  readonly accounts: number;
}

const PER_DECADE = 8;
const SCORE_STEP = 5;

/** Counts accounts on a grid that is even on a logarithmic scale of worth; worth must be above 0, scores 0 to 100. */
export function portfolioBins(
  accounts: Iterable<{ readonly worth: number; readonly healthScore: number }>,
): readonly PortfolioBin[] {
  const counts = new Map<string, number>();
  for (const { worth, healthScore } of accounts) {
    const column = Math.floor(Math.log10(worth) * PER_DECADE);
    const row = Math.min(Math.floor(healthScore / SCORE_STEP), 100 / SCORE_STEP - 1);
    const cell = `${column} ${row}`;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return [...counts].map(([cell, count]) => {
    const [column = 0, row = 0] = cell.split(' ').map(Number);
    return {
      worthFrom: 10 ** (column / PER_DECADE),
      worthTo: 10 ** ((column + 1) / PER_DECADE),
      scoreFrom: row * SCORE_STEP,
      scoreTo: (row + 1) * SCORE_STEP,
      accounts: count,
    };
  });
}
