import { describe, expect, it } from 'vitest';
import { fitBgNbd, fitMbgNbd } from '../../src/retention/repeat-buying/beta-geometric/fit.ts';
import { fitBgBb } from '../../src/retention/repeat-buying/bg-bb/fit.ts';
import { fitGammaGamma } from '../../src/retention/repeat-buying/gamma-gamma/fit.ts';
import { fitParetoNbd } from '../../src/retention/repeat-buying/pareto-nbd/fit.ts';
import type { FitRefusal } from '../../src/stats/fit.ts';
import { absent, cdnow, cdnowSpend, donations, SKIPPED } from './shared-data.ts';

interface AnyFit {
  readonly fitted: true;
  readonly parameters: Readonly<Record<string, number>>;
  readonly standardErrors: Readonly<Record<string, number | null>>;
  readonly logLikelihood: number;
  readonly limits: readonly unknown[];
  readonly note: string | null;
}

/** Parameters to four digits after the point, log-likelihood to 1e-4, standard errors to the digits printed. */
function expectFit(
  fit: AnyFit | FitRefusal,
  logLikelihood: number,
  expected: Readonly<Record<string, readonly [value: number, error: string]>>,
) {
  if (!fit.fitted) throw new Error(fit.message);
  expect(Math.abs(fit.logLikelihood - logLikelihood)).toBeLessThan(1e-4);
  for (const [name, [value, error]] of Object.entries(expected)) {
    expect(Math.abs(fit.parameters[name]! / value - 1), name).toBeLessThan(1e-5);
    const decimals = error.split('.')[1]!.length;
    expect(fit.standardErrors[name]!.toFixed(decimals), `error of ${name}`).toBe(error);
  }
  expect(fit.limits).toEqual([]);
  expect(fit.note).toBeNull();
}

describe.skipIf(absent)(`maximum-likelihood fits ${SKIPPED}`, () => {
  it('BG/NBD on CDNOW: Fader, Hardie and Lee 2005, table 2 (.243, 4.414, .793, 2.426; LL -9582.4), more digits by an independent fit', () => {
    expectFit(fitBgNbd(cdnow()), -9582.42556, {
      r: [0.2425929, '0.0126'],
      alpha: [4.4135314, '0.378'],
      a: [0.7928862, '0.186'],
      b: [2.4257535, '0.705'],
    });
  });

  it('MBG/NBD on CDNOW: BTYDplus (.525, 6.183, .891, 1.614), more digits and errors by an independent fit', () => {
    expectFit(fitMbgNbd(cdnow()), -9582.13268, {
      r: [0.524838, '0.083'],
      alpha: [6.1829921, '0.696'],
      a: [0.8913562, '0.155'],
      b: [1.6139995, '0.537'],
    });
  });

  it('Pareto/NBD on CDNOW: Fader, Hardie and Lee 2005, table 2 (.553, 10.578, .606, 11.669; LL -9595.0), more digits by an independent fit', () => {
    expectFit(fitParetoNbd(cdnow()), -9594.97393, {
      r: [0.5532755, '0.048'],
      alpha: [10.5776114, '0.843'],
      s: [0.6062138, '0.187'],
      beta: [11.6679195, '6.21'],
    });
  });

  it('BG/BB on the donations: Fader, Hardie and Shang 2010 (1.204, .750, .657, 2.783; LL -33225.6), more digits by an independent fit', () => {
    expectFit(fitBgBb(donations()), -33225.58127, {
      alpha: [1.2035223, '0.069'],
      beta: [0.7497163, '0.029'],
      gamma: [0.6567182, '0.051'],
      delta: [2.7834424, '0.321'],
    });
  });

  it('Gamma-Gamma on CDNOW: Hardie note 025 (6.25, 3.74, 15.44), more digits by an independent fit; correlation .1139', () => {
    const fit = fitGammaGamma(cdnowSpend());
    expectFit(fit, -4055.92324, { p: [6.2488023, '1.19'], q: [3.7445884, '0.29'], gamma: [15.4477483, '4.16'] });
    expect(fit.fitted && fit.accounts).toBe(946);
    expect(fit.fitted && fit.correlation).toBeCloseTo(0.1139, 4);
  });
});
