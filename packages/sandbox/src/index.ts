export * from './book/index.ts';
export * from './faults/index.ts';
export * from './hubspot/index.ts';
export * from './salesforce/index.ts';
export * from './server/index.ts';
