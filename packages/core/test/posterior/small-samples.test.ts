import { describe, expect, it } from 'vitest';
import { drawSmallSample, summarizeDraws, type TelcoPoints } from './small-samples.ts';
import { hasTelco, readTelco } from './telco-book.ts';

const book = hasTelco ? readTelco() : null;
const run = (kind: TelcoPoints, n: number, draws: number) =>
  summarizeDraws(Array.from({ length: draws }, (_, k) => drawSmallSample(book!, n, kind, 1000 + k)));

// The bench `small-samples` makes 200 draws of each and prints standard errors; here as many as 10 s allow.
describe.skipIf(!hasTelco)('small samples of the Telco table (skipped where the shared data folder is absent)', () => {
  it.each<[TelcoPoints, number, number, number]>([
    ['unit signs', 50, 60, 0.015],
    ['unit signs', 200, 25, 0.005],
    ['unit signs', 800, 5, 0.005],
    ['two wrong signs', 50, 60, 0.015],
    ['two wrong signs', 200, 25, 0.005],
    ['two wrong signs', 800, 5, 0.005],
  ])(
    '%s, n = %i: AUC within the bound of the better of recalibrated points and ridge (retention model, 1.3)',
    (...at) => {
      const [kind, n, draws, bound] = at;
      expect(run(kind, n, draws).gap).toBeGreaterThan(-bound);
    },
  );

  it('two wrong signs cost the points themselves their AUC (.645 in retention model, 1.3, with another twelve columns)', () => {
    const { fixed } = run('two wrong signs', 50, 10);
    expect(fixed).toBeGreaterThan(0.6);
    expect(fixed).toBeLessThan(0.7);
  });
});
