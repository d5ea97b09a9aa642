import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitAalenJohansen, incidenceAt } from './aalen-johansen.ts';
import { fitKaplanMeier } from './kaplan-meier.ts';

const subject = fc.record({
  time: fc.integer({ min: 1, max: 10 }),
  event: fc.constantFrom(0, 1, 2),
});
type Subject = { time: number; event: number };

const columns = (rows: readonly Subject[]) => ({
  time: rows.map(({ time }) => time),
  event: rows.map(({ event }) => event),
});

it('Aalen-Johansen: its error is the infinitesimal jackknife where all are watched from the start (property)', () => {
  fc.assert(
    fc.property(fc.array(subject, { minLength: 4, maxLength: 15 }), (rows) => {
      const at = (weight: number[]) => fitAalenJohansen({ ...columns(rows), weight }, 2);
      const found = at(rows.map(() => 1));
      if (!found.fitted) return;
      const last = found.time.length - 1;
      const variance = [0, 0];
      rows.forEach((_, moved) => {
        const [up, down] = [1e-4, -1e-4].map((change) => at(rows.map((_, row) => 1 + (row === moved ? change : 0))));
        if (!up?.fitted || !down?.fitted) throw new Error('the weights alone cannot stop the fit');
        for (const k of [0, 1])
          variance[k]! += ((up.outcomes[k]!.share[last]! - down.outcomes[k]!.share[last]!) / 2e-4) ** 2;
      });
      for (const k of [0, 1]) expect(found.outcomes[k]!.standardError[last]).toBeCloseTo(Math.sqrt(variance[k]!), 5);
    }),
  );
});

it('Aalen-Johansen of one outcome is 1 - Kaplan-Meier, with Greenwood error (property)', () => {
  fc.assert(
    fc.property(fc.array(subject, { minLength: 1, maxLength: 30 }), (rows) => {
      const spells = { time: rows.map(({ time }) => time), event: rows.map(({ event }) => (event === 1 ? 1 : 0)) };
      const curve = fitKaplanMeier(spells);
      const shares = fitAalenJohansen(spells, 1);
      if (!curve.fitted || !shares.fitted) return;
      shares.time.forEach((_, step) => {
        expect(shares.outcomes[0]!.share[step]).toBeCloseTo(1 - curve.survival[step]!, 12);
        const error = curve.standardError[step];
        if (error !== null) expect(shares.outcomes[0]!.standardError[step]).toBeCloseTo(error!, 8);
      });
    }),
  );
});

it('Aalen-Johansen: four rows, two outcomes (hand calculation)', () => {
  const fit = fitAalenJohansen({ time: [1, 2, 3, 4], event: [1, 0, 2, 0] }, 2);
  if (!fit.fitted) throw new Error(fit.message);
  expect(incidenceAt(fit, 0.5)[0]!.share).toBe(0);
  const [first, second] = incidenceAt(fit, 3);
  expect(first).toMatchObject({ share: 0.25 });
  expect(first!.standardError).toBeCloseTo(Math.sqrt((0.25 * 0.75) / 4), 12);
  expect(second!.share).toBeCloseTo(0.75 / 2, 12);
});

it('refused: no outcome, or one that was not announced', () => {
  expect(fitAalenJohansen({ time: [1, 2], event: [0, 0] }, 2)).toMatchObject({ fitted: false, problem: 'no-events' });
  expect(fitAalenJohansen({ time: [1, 2], event: [3, 0] }, 2)).toMatchObject({
    fitted: false,
    problem: 'out-of-range',
  });
});
