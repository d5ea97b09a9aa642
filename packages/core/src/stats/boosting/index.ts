export * from './fit-stumps.ts';
export * from './step-table.ts';
