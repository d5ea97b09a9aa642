export * from './account-line.ts';
export * from './build-report.ts';
export { introducingClaims } from './counted-introductions.ts';
export type { CutList } from './cut-list.ts';
export type { PartyValues, TypeValue } from './party-values.ts';
export type { ProgramBalance } from './program-balances.ts';
export * from './referral-pages.ts';
export type {
  MissingForReturn,
  ReferralReturns,
  ReturnAccount,
  ReturnOfProgram,
  ReturnsInput,
} from './referral-returns.ts';
export type { WaitingReward } from './waiting-rewards.ts';
