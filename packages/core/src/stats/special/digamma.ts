/** The zero of digamma in two parts, so that the distance to it keeps its digits. */
const ROOT = 1.4616321449683622;
const ROOT_REST = 9.549995429965697e-17;
/** Taylor's coefficients of digamma about its zero, from the first power on: polygamma(k, root) / k!. */
const ABOUT_ROOT = [
  0.9676722454476212, -0.4427631689835921, 0.258499760955651, -0.16394270544240652, 0.10782405069126237,
  -0.07219956125645471, 0.04880428816414311, -0.03316112647484736, 0.022597648232218104, -0.01542476590494896,
  0.010538791616612175, -0.007204534386356869, 0.004926781395729853, -0.003369801655439328, 0.002305126326734928,
  -0.0015769367714301972, 0.0010788252019162967, -0.0007380709389960052, 0.000504953265834602, -0.0003454680251063077,
  0.00023635601564027053,
];

/**
 * The derivative of `lgamma`, for positive x; `NaN` for x <= 0.
 *
 * Near its zero (1.4616...) a Taylor series about it; elsewhere the recurrence up to 8 and the asymptotic series.
 * Source: DLMF 5.5.2, 5.11.2.
 *
 * @example digamma(1) // minus Euler's constant, -0.5772156649015329
 */
export function digamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  if (Math.abs(x - ROOT) < 0.25) return aboutRoot(x - ROOT - ROOT_REST);
  let shifted = x;
  let sum = 0;
  while (shifted < 8) {
    sum += 1 / shifted;
    shifted += 1;
  }
  return Math.log(shifted) - 0.5 / shifted - tail(1 / (shifted * shifted)) - sum;
}

function aboutRoot(z: number): number {
  let sum = 0;
  for (let k = ABOUT_ROOT.length - 1; k >= 0; k--) sum = sum * z + ABOUT_ROOT[k]!;
  return sum * z;
}

/** sum of B(2k) / (2k x^(2k)), y = 1 / x^2. */
function tail(y: number): number {
  let sum = -3617 / 8160;
  sum = sum * y + 1 / 12;
  sum = sum * y - 691 / 32760;
  sum = sum * y + 1 / 132;
  sum = sum * y - 1 / 240;
  sum = sum * y + 1 / 252;
  sum = sum * y - 1 / 120;
  sum = sum * y + 1 / 12;
  return sum * y;
}

/**
 * The second derivative of `lgamma`, for positive x; `NaN` for x <= 0. Source: DLMF 5.15.5 and 5.15.8.
 *
 * @example trigamma(1) // pi^2 / 6
 */
export function trigamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  let shifted = x;
  let sum = 0;
  while (shifted < 10) {
    sum += 1 / (shifted * shifted);
    shifted += 1;
  }
  const y = 1 / (shifted * shifted);
  let series = -3617 / 510;
  series = series * y + 7 / 6;
  series = series * y - 691 / 2730;
  series = series * y + 5 / 66;
  series = series * y - 1 / 30;
  series = series * y + 1 / 42;
  series = series * y - 1 / 30;
  series = series * y + 1 / 6;
  return (1 + series * y) / shifted + 0.5 * y + sum;
}
