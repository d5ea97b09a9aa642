export * from './account-line.ts';
export * from './build-report.ts';
