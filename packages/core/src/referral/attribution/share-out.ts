/** One whole in basis points. */
export const WHOLE_SHARE = 10_000;

/**
 * Shares 10,000 basis points out by weights: whole numbers that sum to exactly 10,000, the points left over going to the
 * largest remainders, at a tie to the earlier place (Hamilton's method). No weights: no shares. Weights are above zero.
 */
export function shareOut(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, it) => sum + it, 0);
  const exact = weights.map((it) => (it * WHOLE_SHARE) / total);
  const shares = exact.map(Math.floor);
  const left = WHOLE_SHARE - shares.reduce((sum, it) => sum + it, 0);
  const byRemainder = exact
    .map((it, place) => ({ place, remainder: (weights[place] ?? 0) * WHOLE_SHARE - Math.floor(it) * total }))
    .sort((a, b) => b.remainder - a.remainder || a.place - b.place);
  for (const { place } of byRemainder.slice(0, weights.length === 0 ? 0 : left))
    shares[place] = (shares[place] ?? 0) + 1;
  return shares;
}
