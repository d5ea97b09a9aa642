/** The closed sets of values in the model; free of zod, so that scoring stays small. */
export const HEALTH_BANDS = ['healthy', 'watch', 'at_risk', 'not_scored'] as const;
export const MAIN_REASONS = [
  'usage',
  'service',
  'delivery',
  'payment',
  'contract',
  'relationship',
  'sentiment',
  'missing_data',
] as const;
export const CONFIDENCES = ['low', 'medium', 'high'] as const;
export const MANAGER_VIEWS = ['good', 'unsure', 'bad'] as const;
export const ADVOCATE_STATUSES = ['invited', 'active', 'paused', 'left'] as const;
export const REFERRAL_CREDITS = ['sourced', 'influenced', 'none'] as const;
/** The states of a referral claim (referral domain model, rule 3). */
export const REFERRAL_STATES = [
  'submitted',
  'duplicate',
  'rejected',
  'under_review',
  'queued',
  'contested',
  'accepted',
  'influenced',
  'contacted',
  'qualified',
  'opportunity',
  'won',
  'retained',
  'lost',
  'reopened',
  'expired',
  'withdrawn',
  'disqualified',
  'reversed',
] as const;

/** Where a reward stands (referral domain model, section 5). */
export const REWARD_STATES = [
  'pending',
  'earned',
  'held',
  'approved',
  'payable',
  'paid',
  'fulfilled',
  'reversed',
  'expired',
  'canceled',
  'cap_limited',
  'review_required',
] as const;

/** What somebody said when they were asked whether an introduction took place. */
export const CONFIRMATIONS = ['yes', 'no'] as const;

/** What a record, a stage or an opportunity can mean in the org profile. */
export const OPPORTUNITY_KINDS = ['new', 'renewal', 'expansion', 'ignored'] as const;
export const STAGE_MEANINGS = ['open', 'won', 'lost', 'ignored'] as const;
export const RECORD_ROLES = ['customer', 'prospect', 'partner', 'test', 'other'] as const;

/** What ends an account from outside, or in the middle of its term. */
export const COMPETING_CAUSES = ['termination', 'insolvency', 'acquisition'] as const;

/** Days that people or other systems enter on records that exist already; a profile may vouch that they do so the same day. */
export const LATER_DAYS = [
  'account.noticeGivenOn',
  'contract.noticeGivenOn',
  'order.shippedOn',
  'orderLine.shippedOn',
  'orderLine.deliveredOn',
  'orderLine.acceptedOn',
] as const;

/** Why a profile that asks for another unit than the record is refused. */
export const UNIT_REFUSAL = 'scoring by ultimate parent is not supported yet: set "unit" to "record"';
