export { type BinOptions, type CalibrationBin, calibrationBins } from './calibration-bins.ts';
export { type CalibrationError, calibrationError, ece, eceNull, LEAST_ROWS_FOR_VERDICT } from './calibration-error.ts';
export { type CalibrationSlope, calibrationSlope } from './calibration-slope.ts';
export { fitIsotonic, type IsotonicFit, predictIsotonic } from './isotonic.ts';
export { applyPlatt, fitPlatt, type PlattFit, type RowOptions } from './platt.ts';
export { psi, psiOfCounts, type StabilityIndex } from './stability-index.ts';
export { type Interval, wilson } from './wilson.ts';
