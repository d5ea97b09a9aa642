export {
  type ActionLog,
  heldOutAccounts,
  type KeptAction,
  logAction,
  logArms,
  readActionLog,
  treatedBy,
} from './actions/action-log.ts';
export { type ApplyOptions, applyPlan } from './apply/apply-plan.ts';
export type { WriteOptions, WriteReport } from './apply/run-writes.ts';
export { type UndoReport, undoRun } from './apply/undo-run.ts';
export { type BacktestBookOptions, type BacktestedBook, backtestBook } from './backtest/backtest-book.ts';
export * from './backtest/collect-decisions.ts';
export { fieldHistoryOf, type StoredFieldHistory } from './backtest/field-history-of.ts';
export { type KeptModel, type KeptModels, NO_MODELS } from './models/kept-models.ts';
export { readModels, writeModels } from './models/model-file.ts';
export { type ModelsInUse, modelsInUse } from './models/models-in-use.ts';
export { type PullOptions, type PullReport, pull } from './pull/pull.ts';
export type { EntityPull } from './pull/pull-entity.ts';
export { READING_ORDER } from './pull/reading-order.ts';
export { type EvidenceShown, evidenceShown } from './referrals/evidence-shown.ts';
export {
  type BookIntroductions,
  type FindIntroductionsOptions,
  findBookIntroductions,
} from './referrals/find-introductions.ts';
export {
  type FollowedReferrals,
  type FollowReferralsOptions,
  followReferrals,
  type ReferralLooks,
} from './referrals/follow-referrals.ts';
export { openKeptReferrals } from './referrals/open-kept-referrals.ts';
export { openReferrals, type ReferralOptions, takeReferralEvents } from './referrals/open-referrals.ts';
export { type ScreenClaimsOptions, screenClaims } from './referrals/screen-claims.ts';
export { CAP_SHARES, type CapShares } from './run/call-cap.ts';
export { type CallMeter, type CallPurpose, createCallMeter } from './run/call-meter.ts';
export { guardBands } from './run/guard-bands.ts';
export { type EntityWrite, minimumCalls, type SourceRead } from './run/minimum-calls.ts';
export { createRunFolder, type RunFolder } from './run/run-folder.ts';
export { type RetryContext, withRetries } from './run/with-retries.ts';
export * from './score/index.ts';
export { openSqliteStore, type SqliteStoreOptions } from './store/sqlite/open-sqlite-store.ts';
export type * from './store/store.ts';
export { readTaskHistory } from './tasks/read-task-history.ts';
export { type Bound, bindNewKey, boundDigest, newKeyDigest } from './workspace/bound-digest.ts';
export { type ForgetOptions, type ForgetReport, forgetContact } from './workspace/forget-contact.ts';
export { openWorkspace, type Workspace } from './workspace/open-workspace.ts';
export { readPayeeVault, writePayeeVault } from './workspace/payee-vault.ts';
export { peopleAt } from './workspace/person-records.ts';
export { KEEP_DAYS, type PurgeReport, purgeWorkspace } from './workspace/purge-workspace.ts';
export { type ClockSetRight, setClockRight, startOf } from './workspace/set-clock-right.ts';
export { workspaceDigest } from './workspace/workspace-digest.ts';
export { WorkspaceError, type WorkspaceErrorCode } from './workspace/workspace-error.ts';
