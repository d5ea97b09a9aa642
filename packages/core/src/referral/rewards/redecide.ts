import type { Id } from '../../model/ids.ts';
import type { AttributionCandidate } from '../entities/attribution-decision.ts';
import { refuse } from '../entities/reason-code.ts';
import { accrueEvent } from './accrue-event.ts';
import { isPaid } from './draft-rewards.ts';
import { refundSales } from './refund-sales.ts';
import type { RewardBook, RewardChanges } from './reward-book.ts';
import type { RewardInput, RewardOptions } from './reward-input.ts';
import { isStandingReferrer, type RewardRecord } from './reward-record.ts';
import { seenKey } from './seen-key.ts';
import { takeBackWhole } from './take-back.ts';

/** Whether a reward of the case was ever approved: only a ruling or a second approver changes the decision (rule 4). */
export function isDecisionLocked(book: RewardBook, caseId: Id): boolean {
  return book.ofCase(caseId).some((it) => it.approvedAt !== null && it.state !== 'expired');
}

/**
 * Carries a later decision about a case to its rewards: what a candidate no longer has, or has in another share, is
 * taken back (paid: a receivable; applied: a review), what others have now is given under keys of the new version. The
 * inputs are the case's events with the new decision. A locked case needs a ruling or an override with an approver.
 * Given again, it changes nothing.
 */
export function redecide(book: RewardBook, inputs: readonly RewardInput[], options: RewardOptions): RewardChanges {
  return book.change(() => {
    for (const input of inputs) {
      const { decision, event } = input;
      if (!decision) continue;
      const caseId = event.opportunityId ?? event.subjectId;
      const isRuled = decision.reason === 'ruled' || (decision.override?.approvedBy ?? null) !== null;
      if (isDecisionLocked(book, caseId) && !isRuled && changesAnything(book, input)) {
        book.refuse(event.key, refuse('decision_locked'));
        continue;
      }
      for (const it of withdrawn(book, input)) withdraw(book, it, input, options);
      const isBlocked = input.screening?.reward === 'blocked';
      const refusal = isBlocked ? null : accrueEvent(book, input, options, decision.version);
      if (refusal) book.refuse(event.key, refusal);
      else if (!book.isSeen(seenKey(input))) book.see(seenKey(input));
      refundSales(book, caseId, options.asOf);
    }
  });
}

function withdraw(
  book: RewardBook,
  record: RewardRecord,
  { decision, event }: RewardInput,
  options: RewardOptions,
): void {
  const marked = book.put({ ...record, withdrawn: true });
  const source = `${event.key}/v${decision?.version}`;
  takeBackWhole(book, marked, { at: options.asOf, source, reason: decision?.override ? 'overridden' : 'ruled' });
}

function changesAnything(book: RewardBook, input: RewardInput): boolean {
  const own = ownRewards(book, input);
  const paid = input.decision!.candidates.filter((it) => isPaid(it, input.program));
  if (withdrawn(book, input).length > 0) return true;
  const { event, program } = input;
  const isRewarded = program.rules.some((it) => it.event === event.type && it.beneficiary === 'referrer');
  return isRewarded && paid.some((it) => !own.some((reward) => isSame(reward, it)));
}

/** Rewards of advocates for the event that no decision has given to others. */
function ownRewards(book: RewardBook, { event, program }: RewardInput): readonly RewardRecord[] {
  return book
    .ofCase(event.opportunityId ?? event.subjectId)
    .filter((it) => it.eventKey === event.key && it.programId === program.id)
    .filter((it) => it.beneficiary.role === 'referrer' && !it.withdrawn);
}

function withdrawn(book: RewardBook, input: RewardInput): readonly RewardRecord[] {
  const paid = input.decision!.candidates.filter((it) => isPaid(it, input.program));
  // what upheld fraud takes back waits for the end of its appeal
  const standing = ownRewards(book, input).filter((it) => isStandingReferrer(it) && it.fraudFinalAt === null);
  return standing.filter((reward) => !paid.some((it) => isSame(reward, it)));
}

function isSame(reward: RewardRecord, { participantId, share }: AttributionCandidate): boolean {
  return reward.participantId === participantId && reward.share === share;
}
