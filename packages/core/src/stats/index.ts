export * from './calibration/index.ts';
export * from './discrimination/index.ts';
export * from './fit.ts';
export * from './linear/index.ts';
export * from './optimise/index.ts';
export * from './random/index.ts';
export * from './special/index.ts';
export * from './survival/index.ts';
