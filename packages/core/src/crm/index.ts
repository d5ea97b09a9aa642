export * from './error.ts';
export type * from './map.ts';
export * from './owned-fields.ts';
export type * from './port.ts';
