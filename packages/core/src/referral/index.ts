export * from './entities/index.ts';
export { normaliseEmail } from './normalise-email.ts';
export * from './policy.ts';
export * from './referral.ts';
export type { ReferralRows } from './referral-book.ts';
export * from './referral-rows.ts';
export * from './track-referrals.ts';
