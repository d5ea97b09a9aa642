/**
 * Why something was refused, decided or moved: one code, a sentence for staff with the next step, and the neutral one
 * that a referrer may see. A referrer never learns that somebody is a customer, or was erased (rule 11): what is refused,
 * what is taken up, also as influence, and what has ended is said in one sentence each.
 */
export const REASONS = {
  accepted: { staff: 'The claim is valid.', referrer: 'Thank you: your introduction was taken up.' },
  earlier_claim_protected: {
    staff: 'An earlier claim with equal or stronger evidence protects this party. Link the two and tell when it ends.',
    referrer: 'This introduction could not be taken up.',
  },
  waits_behind_claim: {
    staff: 'Another claim holds this party; this one moves up when it lapses.',
    referrer: 'Your introduction is waiting.',
  },
  contested: {
    staff:
      'Stronger evidence of an earlier introduction stands against the claim that holds the party. Decide between them.',
    referrer: 'Your introduction is being looked at.',
  },
  open_opportunity: {
    staff: 'An opportunity was open before the introduction: influenced at most.',
    referrer: 'Thank you: your introduction was taken up.',
  },
  existing_relation: {
    staff: 'The party was a customer or in two-way contact before the introduction: influenced at most.',
    referrer: 'Thank you: your introduction was taken up.',
  },
  unknown_program: {
    staff: 'There is no such program. See `holdfast referrals list`.',
    referrer: 'This introduction could not be taken up.',
  },
  program_not_active: {
    staff: 'The program was not active at the claim. Check its dates.',
    referrer: 'The program is closed.',
  },
  terms_expired: {
    staff: 'The terms that the participant accepted are no longer in force. Ask for acceptance of the current ones.',
    referrer: 'Please accept the current terms.',
  },
  participant_not_active: {
    staff: 'The participant was not active at that time.',
    referrer: 'Your participation is not active.',
  },
  negative_amount: {
    staff: 'An amount is negative. Enter a refund instead.',
    referrer: 'This introduction could not be taken up.',
  },
  no_rate: {
    staff: 'There is no exchange rate for the currency on that day. Add it to the rate table.',
    referrer: 'This is being looked at.',
  },
  bad_code: {
    staff: 'The code is mistyped: its check letter does not fit.',
    referrer: 'This code is not valid. Please check it.',
  },
  code_not_valid: {
    staff: 'The code is expired, used up or withdrawn.',
    referrer: 'This code is not valid. Please check it.',
  },
  clock_backwards: {
    staff: 'The event lies before one that it follows. Check the clock or the date that was entered.',
    referrer: 'This introduction could not be taken up.',
  },
  future_event: {
    staff: 'The event lies in the future. Check the clock or the date that was entered.',
    referrer: 'This introduction could not be taken up.',
  },
  no_consent: {
    staff: "No basis to hold the person's data is recorded. Ask for it or delete the claim.",
    referrer: 'This introduction could not be taken up.',
  },
  illegal_transition: {
    staff: 'The claim cannot take this step from where it stands.',
    referrer: 'This introduction could not be taken up.',
  },
  self_referral: {
    staff: 'Referrer and referred are the same person or account.',
    referrer: 'This introduction could not be taken up.',
  },
  loop: { staff: 'The party itself led to the referrer.', referrer: 'This introduction could not be taken up.' },
  fraud_check: {
    staff: 'A check needs a person to look at it. See the case.',
    referrer: 'Your introduction is being looked at.',
  },
  check_failed: {
    staff: 'A check could not be run: the record proceeds, the reward waits for a person.',
    referrer: 'Your introduction is being looked at.',
  },
  denied: {
    staff:
      'One of the two said that there was no introduction. Ask again: lift it with `holdfast referrals clear CLAIM --check denied`, or disqualify the claim.',
    referrer: 'Your introduction is being looked at.',
  },
  evidence_gone: {
    staff:
      'What the claim rests on was taken out of the CRM: the link, or the field that named the referrer. Ask why: record it again, lift it with `holdfast referrals clear CLAIM --check evidence_gone`, or disqualify the claim.',
    referrer: 'Your introduction is being looked at.',
  },
  ineligible: {
    staff: 'The party cannot be referred (a deletion on record).',
    referrer: 'This introduction could not be taken up.',
  },
  too_many_open_claims: {
    staff: 'The participant holds too many claims without progress.',
    referrer: 'Please follow up on your open introductions first.',
  },
  tracking_window_passed: {
    staff: 'Nothing followed within the tracking window.',
    referrer: 'This introduction has ended.',
  },
  credit_window_passed: {
    staff: 'It was not won within the credit window.',
    referrer: 'This introduction has ended.',
  },
  lapsed: { staff: 'The claim made no progress and was released.', referrer: 'This introduction has ended.' },
  released: {
    staff: 'Its protection ended and nobody waits: the claim stands, others may claim too.',
    referrer: 'Thank you: your introduction was taken up.',
  },
  promoted: {
    staff: 'The claim ahead lapsed: this one holds the party now.',
    referrer: 'Thank you: your introduction was taken up.',
  },
  progressed: { staff: 'The CRM recorded the next step.', referrer: 'Your introduction has moved on.' },
  best_evidence: {
    staff: 'The strongest evidence decides.',
    referrer: 'Thank you: your introduction led to business.',
  },
  first_of_equals: {
    staff: 'Evidence is equal: the earliest introduction decides.',
    referrer: 'Thank you: your introduction led to business.',
  },
  split: {
    staff: "The credit is shared by the rule's weights.",
    referrer: 'Thank you: your introduction led to business.',
  },
  beaten: { staff: 'Another claim had stronger evidence or came first.', referrer: 'Another introduction came first.' },
  already_credited: {
    staff: 'The sale is credited already; the first credit is never overridden silently.',
    referrer: 'Another introduction came first.',
  },
  other_program: {
    staff: 'A program of higher priority, or one that was there before, took the sale.',
    referrer: 'Another introduction came first.',
  },
  left_before_conversion: {
    staff: 'The advocate had left or was suspended at conversion.',
    referrer: 'Your participation was not active.',
  },
  overridden: {
    staff: 'A person decided otherwise, with a reason.',
    referrer: 'A decision on your introduction was changed.',
  },
  ruled: { staff: 'A dispute was ruled.', referrer: 'A decision on your introduction was made.' },
  sale_deleted: {
    staff: 'The CRM has deleted the sale. See why; approve the reward, or reject it.',
    referrer: 'A reward for your introduction is being looked at.',
  },
  merged: { staff: 'Records were merged; decided again on the survivor.', referrer: 'Your introduction was updated.' },
  rolled_up: {
    staff: 'The party belongs to this account by now: the claim is on the account.',
    referrer: 'Your introduction was updated.',
  },
  erased: { staff: 'A person was erased at their request.', referrer: 'This introduction has ended.' },
  refunded: { staff: 'The sale was refunded.', referrer: 'A reward was taken back because the sale was refunded.' },
  withdrawn: { staff: 'Referrer or referred withdrew.', referrer: 'This introduction has ended.' },
  cap_reached: { staff: 'A cap cuts the reward.', referrer: 'A limit of the program was reached.' },
  not_eligible_for_reward: { staff: 'No rule rewards this.', referrer: 'No reward is due.' },
  bad_program: {
    staff: 'The program file is not valid. Correct what is listed; nothing of it was taken over.',
    referrer: 'This introduction could not be taken up.',
  },
  unknown_participant: {
    staff: 'There is no such participant in the program. Invite them first.',
    referrer: 'Your participation is not active.',
  },
  referrer_unknown: {
    staff: 'The CRM says that somebody introduced the party, not who. Enter the referrer.',
    referrer: 'Your introduction is being looked at.',
  },
  no_new_evidence: {
    staff: 'The claim lapsed before: it is renewed with new evidence only. Record what is new.',
    referrer: 'This introduction has ended.',
  },
  not_permitted: {
    staff: 'This role may not decide otherwise. Ask somebody who may.',
    referrer: 'This introduction could not be taken up.',
  },
  why_missing: { staff: 'A reason is missing. Write why.', referrer: 'This introduction could not be taken up.' },
  second_approver: {
    staff: 'Above the limit, or after an approved reward, another person must approve it too.',
    referrer: 'This is being looked at.',
  },
  bad_shares: {
    staff: 'Shares are whole basis points of claims that stand in the decision, and sum to 10,000 or 0.',
    referrer: 'This introduction could not be taken up.',
  },
  decision_locked: {
    staff: "A reward was approved: only a ruling or a second approver's override changes the decision.",
    referrer: 'This is being looked at.',
  },
  dispute_open: {
    staff: 'A dispute stands open: rewards of the opportunity wait for its ruling.',
    referrer: 'A decision on your introduction is being looked at.',
  },
  dispute_closed: {
    staff: 'The time for it has passed, or the ruling is final.',
    referrer: 'The decision on your introduction is final.',
  },
  disputed: {
    staff: 'The reward is disputed or was put on hold by a person. It waits until the hold is lifted.',
    referrer: 'A reward is being looked at.',
  },
  needs_approval: {
    staff: "Above the program's limit: a person must approve it.",
    referrer: 'A reward is being looked at.',
  },
  residence_unknown: {
    staff:
      'The country of tax residence is unknown: held. Enter it on the participant, and of whoever is paid in the vault of payees.',
    referrer: 'Please tell us your country of residence.',
  },
  sanctions_unchecked: {
    staff: 'No clear sanctions check is on record: not exported. Run the check.',
    referrer: 'A payment is being looked at.',
  },
  no_beneficiary: {
    staff: 'There is no account to credit, and cash to the person is not permitted. Link the account.',
    referrer: 'A reward is being looked at.',
  },
  fraud_upheld: {
    staff: 'Fraud was upheld: the reward is cancelled, and so are later ones after the appeal period.',
    referrer: 'No reward is due.',
  },
  reward_expired: { staff: 'The reward was not taken in time.', referrer: 'A reward has expired.' },
  benefit_applied: {
    staff: 'The benefit was applied before the refund: decide whether to take it back.',
    referrer: 'A reward is being looked at.',
  },
  unknown_reward: { staff: 'There is no such reward.', referrer: 'This introduction could not be taken up.' },
  tax_form_missing: {
    staff: 'Above the reporting threshold without a tax form: held.',
    referrer: 'Please send the tax form.',
  },
} as const;
export type ReasonCode = keyof typeof REASONS;

/** A refusal: the record is kept, nothing else changed. `detail` is for staff and names no secret. */
export interface Refusal {
  readonly refused: true;
  readonly reason: ReasonCode;
  readonly detail: string;
}

/** Builds a refusal whose detail is the reason's own sentence unless another is given. */
export function refuse(reason: ReasonCode, detail: string = REASONS[reason].staff): Refusal {
  return { refused: true, reason, detail };
}
