import { REASONS, type ReasonCode, type Refusal } from '@holdfast/core';
import { UserError } from '../failure.ts';

/** What to do where the reason's own sentence does not say it. */
const NEXT: Partial<Record<ReasonCode, string>> = {
  self_referral: 'Check the two ids.',
  loop: 'Claim it the other way round, or look at `holdfast referrals list`.',
  bad_code: 'Read the code again with whoever gave it and type it once more.',
  participant_not_active: 'Activate them first.',
  clock_backwards: 'Give the day on which it happened.',
  ineligible: 'Nothing may be stored of this party.',
  illegal_transition: 'See where it stands with `holdfast referrals list` or `ledger`.',
  unknown_reward: '`holdfast referrals ledger` lists the rewards.',
  bad_shares: 'Name a claim that stands in the decision: `holdfast referrals explain CLAIM` shows them.',
  decision_locked: 'Give --approved-by with the id of another person.',
  second_approver: 'Give --approved-by, or --by for an appeal, with the id of another person.',
  dispute_open: 'Rule it first: `holdfast referrals rule OPPORTUNITY`.',
  dispute_closed: 'A new decision can be disputed again.',
  earlier_claim_protected: '`holdfast referrals list` shows until when.',
  too_many_open_claims: 'Follow up on the open ones first.',
};

/** What was refused for a cause of its own mostly says itself what to do. */
const SAYS_NEXT = /(?:^|[.:] )(?:Activate|Check|Choose|Give|Run)\b/;

/** A refusal as one line for staff: reason code, what is the matter, what to do next. */
export function refusalText({ reason, detail }: Pick<Refusal, 'reason' | 'detail'>): string {
  const next = NEXT[reason];
  const said = detail === '' ? REASONS[reason].staff : detail;
  const isSaid = next === undefined || said.includes(next) || SAYS_NEXT.test(detail);
  return `Refused (${reason}): ${said}${isSaid ? '' : ` ${next}`}`;
}

/** The same as bad input: exit code 2. `kept` says what of it stays on record. */
export function refusalError(refusal: Pick<Refusal, 'reason' | 'detail'>, kept = 'Nothing was written.'): UserError {
  return new UserError(refusal.reason, `${refusalText(refusal)} ${kept}`, 2);
}
