export * from './closes-loop.ts';
export * from './ultimate-parent.ts';
