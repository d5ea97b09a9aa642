export * from './open-referral-graph.ts';
export * from './ultimate-parent.ts';
