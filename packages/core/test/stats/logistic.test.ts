import { describe, expect, it } from 'vitest';
import { fitLogistic } from '../../src/stats/linear/index.ts';
import { designOf, hasTelco, level, lostOf, number, telcoCustomers } from '../telco/telco-table.ts';
import { hasReference, NEEDS_REFERENCE, readReference } from './reference.ts';

interface GlmReference {
  readonly loglik: number;
  readonly coef: Readonly<Record<string, number>>;
  readonly se: Readonly<Record<string, number>>;
  readonly p_first10: readonly number[];
}

// in the order of R's terms
const COLUMNS = [
  number('tenure'),
  number('monthly_charges'),
  level('contract', 'One year'),
  level('contract', 'Two year'),
  level('payment_method', 'Credit card (automatic)'),
  level('payment_method', 'Electronic check'),
  level('payment_method', 'Mailed check'),
  level('internet_service', 'Fiber optic'),
  level('internet_service', 'No'),
  number('paperless_billing'),
  number('senior_citizen'),
  number('dependents'),
];

describe.skipIf(!hasReference || !hasTelco)(
  `Logistic regression against R 4.2.2 glm, 7,043 customers ${NEEDS_REFERENCE}`,
  () => {
    it('coefficients, standard errors, log-likelihood and the first ten probabilities to 8 digits', () => {
      const reference = readReference<GlmReference>('logit_R.json');
      const customers = telcoCustomers();
      const x = designOf(customers, COLUMNS);
      const fit = fitLogistic({ count: customers.length, columns: COLUMNS.length, x, outcome: lostOf(customers) });
      if (!fit.fitted) throw new Error(fit.message);
      expect(fit.logLikelihood).toBeCloseTo(reference.loglik, 8);
      const beta = [fit.intercept, ...fit.coefficients];
      Object.values(reference.coef).forEach((value, j) => {
        expect(Math.abs(beta[j]! / value - 1)).toBeLessThan(1e-8);
      });
      // R takes the curvature at the step before the last
      Object.values(reference.se).forEach((value, j) => {
        expect(Math.abs(fit.standardErrors[j]! / value - 1)).toBeLessThan(1e-6);
      });
      reference.p_first10.forEach((value, i) => {
        const eta = fit.coefficients.reduce(
          (sum, weight, j) => sum + weight * x[i * COLUMNS.length + j]!,
          fit.intercept,
        );
        expect(1 / (1 + Math.exp(-eta))).toBeCloseTo(value, 8);
      });
    });
  },
);
