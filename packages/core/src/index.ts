export * from './crm/index.ts';
export * from './model/dates.ts';
export * from './model/ids.ts';
export * from './model/money.ts';
export type { OpportunityKind, OrgProfile, RecordRole, StageMeaning } from './model/profile.ts';
export type * from './model/types.ts';
export * from './model/values.ts';
export type * from './plan/plan.ts';
export type * from './snapshot/slice.ts';
