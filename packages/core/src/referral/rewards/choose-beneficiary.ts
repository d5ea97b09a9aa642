import type { Id } from '../../model/ids.ts';
import type { Participant } from '../entities/participant.ts';
import type { Program } from '../entities/program.ts';
import type { ReasonCode } from '../entities/reason-code.ts';
import type { RewardRule } from '../entities/reward-rule.ts';

/** Who gets a reward, as what; `hold`: nobody can get it as things stand, a person decides. */
export interface Beneficiary {
  readonly partyId: Id;
  readonly kind: RewardRule['kind'];
  readonly personal: boolean;
  readonly hold: ReasonCode | null;
}

/** Where a person may not be given cash or gifts (rule 8). */
const BLOCKED_SEGMENTS: readonly Participant['segment'][] = ['public_sector', 'health_care'];

/**
 * Who gets what a rule gives an advocate (rule 8): their account, as credit, unless the rule gives cash or a gift, their
 * employer has permitted it, the program has a yearly cap for gifts and the segment is not blocked. A partner's cash
 * goes to the partner's account. An account manager, and whoever a check bars from cash, gets recognition only.
 */
export function chooseBeneficiary(
  rule: RewardRule,
  participant: Participant,
  program: Program,
  mayHaveCash: boolean,
): Beneficiary {
  const { id, accountId, role } = participant;
  const isStaff = role === 'account_manager' || !mayHaveCash || rule.kind === 'recognition';
  if (isStaff) return { partyId: id, kind: 'recognition', personal: false, hold: null };
  const isGift = rule.kind === 'cash' || rule.kind === 'gift';
  if (!isGift || (role === 'partner' && accountId !== null)) {
    return { partyId: accountId ?? id, kind: rule.kind, personal: false, hold: null };
  }
  if (mayBeGiven(participant, program)) return { partyId: id, kind: rule.kind, personal: true, hold: null };
  const hold = accountId === null ? 'no_beneficiary' : null;
  return { partyId: accountId ?? id, kind: 'credit', personal: false, hold };
}

/** The referred party gets benefits, never cash: it is the customer. */
export function referredBeneficiary(rule: RewardRule, subjectId: Id): Beneficiary {
  const kind = rule.kind === 'cash' || rule.kind === 'gift' ? 'credit' : rule.kind;
  return { partyId: subjectId, kind, personal: false, hold: null };
}

function mayBeGiven({ employerPermission, segment }: Participant, program: Program): boolean {
  return employerPermission && !BLOCKED_SEGMENTS.includes(segment) && program.giftCapPerYear !== undefined;
}
