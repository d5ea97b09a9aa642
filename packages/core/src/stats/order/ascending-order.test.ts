import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ascendingOrder } from './ascending-order.ts';

const stableOrder = (keys: readonly number[]) =>
  keys.map((_, index) => index).sort((a, b) => keys[a]! - keys[b]! || a - b);

it('a few keys: as the language sorts them, stable, -0 equal to 0 (property)', () => {
  const key = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -3, max: 3 }));
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), (keys) => {
      expect([...ascendingOrder(keys)]).toEqual(stableOrder(keys));
    }),
  );
});

it.each([
  ['months, many equal', (i: number) => ((i * 7919) % 73) - 20],
  ['doubles of both signs and all sizes', (i: number) => Math.sin(i * 12.9898) * 10 ** ((i % 40) - 20)],
  [
    'doubles a rounding error apart, of both signs',
    (i: number) => (i % 2 ? 1 : -1) * (1 + ((i * 7919) % 5003) * 2 ** -52),
  ],
  ['all equal', () => -4.5],
  ['zeros of both signs', (i: number) => (i % 2 ? 0 : -0)],
])('5,000 keys by radix: as the language sorts them (%s)', (_, key) => {
  const keys = Array.from({ length: 5000 }, (_, i) => key(i));
  expect([...ascendingOrder(keys)]).toEqual(stableOrder(keys));
  const some = Uint32Array.from({ length: 2500 }, (_, i) => 4999 - 2 * i);
  const expected = [...some].sort((a, b) => keys[a]! - keys[b]! || b - a);
  expect([...ascendingOrder(keys, some)]).toEqual(expected);
});
