import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureConcordance } from './concordance.ts';

const subject = fc.record({
  time: fc.integer({ min: 1, max: 12 }),
  event: fc.constantFrom(0, 1),
  wait: fc.integer({ min: 1, max: 8 }),
  weight: fc.integer({ min: 1, max: 3 }),
  stratum: fc.constantFrom(1, 2),
  risk: fc.integer({ min: -2, max: 3 }),
});
type Subject = { time: number; event: number; wait: number; weight: number; stratum: number; risk: number };

/** Straight from the definition, every pair. */
function countPairs(rows: readonly Subject[]) {
  const sums = { concordant: 0, discordant: 0, tiedRisk: 0 };
  for (const gone of rows)
    for (const other of rows) {
      const watched = other.time - other.wait < gone.time;
      const later = other.time > gone.time || (other.time === gone.time && other.event === 0);
      if (gone.event !== 1 || gone.stratum !== other.stratum || !watched || !later) continue;
      const kind = gone.risk > other.risk ? 'concordant' : gone.risk < other.risk ? 'discordant' : 'tiedRisk';
      sums[kind] += gone.weight * other.weight;
    }
  return sums;
}

const measure = (rows: readonly Subject[], weights = rows.map(({ weight }) => weight)) =>
  measureConcordance(
    {
      time: rows.map(({ time }) => time),
      event: rows.map(({ event }) => event),
      entry: rows.map(({ time, wait }) => time - wait),
      weight: weights,
      stratum: rows.map(({ stratum }) => stratum),
    },
    rows.map(({ risk }) => risk),
  );

describe('concordance', () => {
  it('equals the count of all pairs by the definition of Harrell et al. 1996, with ties, late entries, weights and strata (property)', () => {
    fc.assert(
      fc.property(fc.array(subject, { minLength: 1, maxLength: 30 }), (rows) => {
        const { concordant, discordant, tiedRisk } = countPairs(rows);
        const found = measure(rows);
        const all = concordant + discordant + tiedRisk;
        if (all === 0) expect(found).toMatchObject({ fitted: false, problem: 'no-events' });
        else
          expect(found).toMatchObject({
            concordant,
            discordant,
            tiedRisk,
            concordance: (concordant + tiedRisk / 2) / all,
          });
      }),
    );
  });

  it('its error is the infinitesimal jackknife: each row weighed a little more or less in turn (property)', () => {
    fc.assert(
      fc.property(fc.array(subject, { minLength: 5, maxLength: 20 }), (rows) => {
        const found = measure(rows);
        if (!found.fitted) return;
        let variance = 0;
        rows.forEach((row, at) => {
          const moved = [1e-4, -1e-4].map((change) => {
            const one = measure(
              rows,
              rows.map(({ weight }, other) => weight + (at === other ? change : 0)),
            );
            return one.fitted ? one.concordance : Number.NaN;
          });
          variance += row.weight * ((moved[0]! - moved[1]!) / 2e-4) ** 2;
        });
        expect(found.standardError).toBeCloseTo(Math.sqrt(variance), 6);
      }),
    );
  });

  it('refused: a risk that is not a number', () => {
    const refusal = measureConcordance({ time: [1, 2], event: [1, 1] }, [1, Number.NaN]);
    expect(refusal).toMatchObject({ fitted: false, problem: 'not-finite' });
  });
});
