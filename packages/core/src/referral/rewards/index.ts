export { type AdvanceOptions, advanceRewards } from './advance-rewards.ts';
export { applyBatch } from './apply-batch.ts';
export type { Payee } from './limit-payout.ts';
export { mergeParties, moveCases } from './merge-parties.ts';
export {
  clearFraud,
  holdCase,
  moveReward,
  type PersonsStep,
  releaseCase,
  screenUnsettled,
  upholdFraud,
} from './move-reward.ts';
export { openRewardBook } from './open-reward-book.ts';
export type { PayoutBatch, PayoutRow } from './payout-batch.ts';
export { isDecisionLocked, redecide } from './redecide.ts';
export type { MergedParty, RewardBook, RewardChanges, RewardRefusal, RewardRows } from './reward-book.ts';
export type { RewardInput, RewardOptions, RewardScreening } from './reward-input.ts';
export { openMinor, type RefundRecord, type RewardRecord } from './reward-record.ts';
export { nextRewardState, REWARD_STEPS, REWARD_TABLE, type RewardStep } from './reward-table.ts';
export { type Settled, type SettleOptions, settle } from './settle.ts';
export { buildStatements, type Statement } from './statements.ts';
export { TAX_HINTS, type TaxHint, taxHintFor } from './tax-hints.ts';
export { withdrawRewards } from './withdraw-rewards.ts';
