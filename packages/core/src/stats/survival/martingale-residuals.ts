import { type FitRefusal, refuseFit } from '../fit.ts';
import { type Covariates, scaleColumns } from './covariates.ts';
import type { CoxFit } from './cox.ts';
import { computeExposures } from './cox-exposures.ts';
import { arrangeCoxRows } from './cox-rows.ts';
import { computeTerms, emptyTerms } from './cox-terms.ts';
import { checkSpells, type Spells } from './spells.ts';

/** Events less those that a model expected, one a row, in the order of the rows; they add up to 0. */
export interface MartingaleResiduals {
  readonly fitted: true;
  /** Per row as it stands (a row of weight 3 shows what each of three equal rows would). */
  readonly residuals: Float64Array;
}

/**
 * What each row had (0 or 1) less the hazard that the fit says it lived through: far below 0 where a row outlived its risk.
 * `spells` and `covariates` are those of the fit. Refused as the fit itself would be. Source: Therneau, Grambsch and Fleming
 * 1990, Biometrika 77:147.
 */
export function martingaleResiduals(
  fit: CoxFit,
  spells: Spells,
  covariates: Covariates,
): MartingaleResiduals | FitRefusal {
  const refusal = checkSpells(spells);
  if (refusal) return refusal;
  if (covariates.names.length !== fit.names.length)
    return refuseFit('out-of-range', `The fit has the columns ${fit.names.join(', ')}.`);
  const scale = scaleColumns(covariates, spells.time.length);
  if ('fitted' in scale) return scale;
  const rows = arrangeCoxRows(spells, covariates, scale);
  const terms = emptyTerms(rows, fit.ties);
  const beta = Float64Array.from(fit.coefficients, (value, j) => value * scale.deviations[j]!);
  computeTerms(rows, beta, terms);
  const exposure = computeExposures(rows, terms);
  const residuals = new Float64Array(rows.count);
  for (let place = 0; place < rows.count; place++) {
    const row = rows.row[place]!;
    residuals[row] = (spells.event[row] === 1 ? 1 : 0) - Math.exp(terms.eta[place]!) * exposure[place]!;
  }
  return { fitted: true, residuals };
}
