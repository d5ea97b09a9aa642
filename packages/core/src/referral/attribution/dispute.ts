import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { endOf, isWithin } from '../claims/clocks.ts';
import type { AttributionCandidate } from '../entities/attribution-decision.ts';
import type { AttributionPolicy } from '../entities/attribution-policy.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';
import { type DecisionHistory, sameCandidates } from './decision-history.ts';
import { redecide, type WantedShares, withLate } from './override-decision.ts';

/** A quarrel about who is credited with a sale. One at a time per sale and program; one appeal. */
export interface Dispute {
  readonly opportunityId: Id;
  readonly programId: string;
  readonly openedBy: string;
  readonly openedAt: Instant;
  /** The claim of whoever disputes. */
  readonly referralId: string;
  readonly why: string;
  /** The records that it rests on. */
  readonly evidence: readonly Id[];
  /** A ruling is due before this instant. */
  readonly rulingDueAt: Instant;
  readonly rulings: readonly Ruling[];
  readonly appeal: { readonly by: string; readonly at: Instant; readonly why: string } | null;
}

export interface Ruling {
  readonly by: string;
  readonly at: Instant;
  readonly why: string;
  /** The version of the decision that it made; `null`: the decision stands. */
  readonly decisionVersion: number | null;
}

/** `overdue`: no ruling in time, it goes up. `ruled`: may be appealed still. `final`: nothing changes it any more. */
export type DisputeStanding = 'open' | 'overdue' | 'ruled' | 'final';

/**
 * Opens a dispute within the policy's days of the last decision; who disputes has a claim among its candidates. What was
 * ruled is not disputed again, only a decision that came after it. `late`: candidates that a locked decision kept out.
 */
export function openDispute(
  history: DecisionHistory,
  opening: Pick<Dispute, 'referralId' | 'openedBy' | 'openedAt' | 'why' | 'evidence'>,
  policy: AttributionPolicy,
  earlier: readonly Dispute[] = [],
  late: readonly AttributionCandidate[] = [],
): Dispute | Refusal {
  const last = history.at(-1);
  if (last === undefined || !withLate(last, late).some((it) => it.referralId === opening.referralId))
    return refuse(
      'illegal_transition',
      'The claim does not stand in a decision on this sale: submit it, or see with `holdfast referrals explain CLAIM` why it does not count.',
    );
  if (opening.why.trim() === '') return refuse('why_missing');
  if (opening.openedAt < last.decidedAt) return refuse('clock_backwards');
  if (earlier.some((it) => disputeStanding(it, policy, opening.openedAt) !== 'final')) return refuse('dispute_open');
  const decidedAt = history.findLast((it) => !isLockOnly(it, history))?.decidedAt ?? last.decidedAt;
  const ruledAt = Math.max(...earlier.flatMap((it) => it.rulings.map(({ at }) => at)));
  if (decidedAt <= ruledAt || !isWithin(opening.openedAt, decidedAt, policy.disputeDays))
    return refuse('dispute_closed');
  const { opportunityId, programId } = last;
  const rulingDueAt = endOf(opening.openedAt, policy.rulingDays);
  return { opportunityId, programId, ...opening, rulingDueAt, rulings: [], appeal: null };
}

/** Where a dispute stands at an instant. */
export function disputeStanding(dispute: Dispute, policy: AttributionPolicy, asOf: Instant): DisputeStanding {
  const { rulings, appeal, rulingDueAt } = dispute;
  const last = rulings.at(-1);
  const awaited = rulings.length < (appeal ? 2 : 1);
  if (awaited) return asOf < rulingDueAt ? 'open' : 'overdue';
  const mayAppeal = appeal === null && last !== undefined && isWithin(asOf, last.at, policy.disputeDays);
  return mayAppeal ? 'ruled' : 'final';
}

/** Whether the rewards of the sale wait: until the ruling is final. */
export function holdsRewards(dispute: Dispute, policy: AttributionPolicy, asOf: Instant): boolean {
  return disputeStanding(dispute, policy, asOf) !== 'final';
}

/**
 * Rules a dispute: `shares` makes a new version, also of a locked decision; `null` lets the decision stand. The appeal is
 * ruled by somebody else than the first ruling.
 */
export function ruleDispute(
  dispute: Dispute,
  history: DecisionHistory,
  ruling: { readonly by: string; readonly at: Instant; readonly why: string; readonly shares: WantedShares | null },
  policy: AttributionPolicy,
  late: readonly AttributionCandidate[] = [],
): { readonly dispute: Dispute; readonly history: DecisionHistory } | Refusal {
  const { by, at, why, shares } = ruling;
  const standing = disputeStanding(dispute, policy, at);
  if (standing === 'ruled' || standing === 'final') return refuse('dispute_closed');
  if (at < (dispute.appeal?.at ?? dispute.openedAt)) return refuse('clock_backwards');
  if (why.trim() === '') return refuse('why_missing');
  if (dispute.rulings.some((it) => it.by === by)) return refuse('second_approver');
  const act = { reason: 'ruled', by, approvedBy: null, why, at } as const;
  const next = shares === null ? history : redecide(history, shares, act, late);
  if ('refused' in next) return next;
  const decisionVersion = shares === null ? null : (next.at(-1)?.version ?? null);
  return { dispute: { ...dispute, rulings: [...dispute.rulings, { by, at, why, decisionVersion }] }, history: next };
}

/** The one appeal, within the policy's days of the ruling; a new ruling is due after it. */
export function appealDispute(
  dispute: Dispute,
  appeal: { readonly by: string; readonly at: Instant; readonly why: string },
  policy: AttributionPolicy,
): Dispute | Refusal {
  if (appeal.why.trim() === '') return refuse('why_missing');
  const ruledAt = dispute.rulings.at(-1)?.at;
  if (ruledAt !== undefined && appeal.at < ruledAt) return refuse('clock_backwards');
  const standing = disputeStanding(dispute, policy, appeal.at);
  if (standing === 'open' || standing === 'overdue') return refuse('dispute_open');
  if (standing === 'final') return refuse('dispute_closed');
  return { ...dispute, appeal, rulingDueAt: endOf(appeal.at, policy.rulingDays) };
}

/** A version that only locked the one before it gives nobody new days to dispute. */
function isLockOnly(it: DecisionHistory[number], history: DecisionHistory): boolean {
  const before = history.find((other) => other.version === it.version - 1);
  return before !== undefined && it.locked && !before.locked && sameCandidates(it.candidates, before.candidates);
}
