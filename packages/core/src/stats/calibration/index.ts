export { type CalibrationSlope, calibrationSlope } from './calibration-slope.ts';
export { applyPlatt, fitPlatt, type PlattFit, type RowOptions } from './platt.ts';
export { type Interval, wilson } from './wilson.ts';
