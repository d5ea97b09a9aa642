import { describe, expect, it } from 'vitest';
import { cardStream, largestMove, type StreamOrder, telcoStream } from './outcome-stream.ts';
import { hasTelco, readTelco } from './telco-book.ts';

const BOUND = 0.1;
const ORDERS: readonly StreamOrder[] = ['by chance', 'forty kept first'];

// The bench `small-samples` follows more streams for 400 outcomes each.
describe('no account moves by 10 points between n and n + 1 outcomes (rule 6)', () => {
  it.each([1, 2, 3])(
    'made-up book %i on the contract card, with rare hard events and facts missing together',
    (seed) => {
      const book = cardStream(1500, seed);
      for (const order of ORDERS) expect(largestMove(book, 60, 1, order)).toBeLessThan(BOUND);
    },
  );

  describe.skipIf(!hasTelco)('the Telco table (skipped where the shared data folder is absent)', () => {
    it.each(['unit signs', 'two wrong signs'] as const)('%s', (kind) => {
      const book = telcoStream(readTelco(), kind);
      for (const order of ORDERS) expect(largestMove(book, 80, 7, order)).toBeLessThan(BOUND);
    });
  });
});
