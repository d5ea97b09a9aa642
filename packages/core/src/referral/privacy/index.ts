export * from './due-for-deletion.ts';
export * from './erase-party.ts';
export * from './payee-vault.ts';
export * from './privacy-policy.ts';
export * from './prospect-notice.ts';
export type { RaisedSignal, ReferralRecords } from './referral-records.ts';
export * from './tell-referrer.ts';
export * from './tombstone.ts';
