/**
 * `amount x numerator / denominator`, exactly, a half rounded to the even neighbour (so that many roundings do not drift);
 * whole numbers in and out. Throws a RangeError on a denominator of 0 and on a result too large to be exact.
 *
 * @example scaleHalfEven(250, 1, 100) // 2, and 350 gives 4
 */
export function scaleHalfEven(amount: number, numerator: number | bigint, denominator: number | bigint): number {
  const bottom = BigInt(denominator);
  if (bottom === 0n) throw new RangeError('A share of nothing cannot be taken: the denominator is 0.');
  const sign = bottom < 0n ? -1n : 1n;
  const top = BigInt(amount) * BigInt(numerator) * sign;
  return exactNumber(divideHalfEven(top, bottom * sign));
}

/** Basis points (10,000 are the whole) of an amount in minor units, a half to the even neighbour. */
export function percentOf(minor: number, basisPoints: number): number {
  return scaleHalfEven(minor, basisPoints, 10_000);
}

function divideHalfEven(top: bigint, bottom: bigint): bigint {
  const magnitude = top < 0n ? -top : top;
  const whole = magnitude / bottom;
  const twice = (magnitude % bottom) * 2n;
  const up = twice > bottom || (twice === bottom && whole % 2n === 1n);
  const rounded = up ? whole + 1n : whole;
  return top < 0n ? -rounded : rounded;
}

function exactNumber(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError('The amount is too large to be exact.');
  return number;
}
