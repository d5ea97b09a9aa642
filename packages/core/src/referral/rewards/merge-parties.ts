import type { Posting } from '../../ledger/index.ts';
import type { Instant } from '../../model/dates.ts';
import { repointClaimId } from '../attribution/merge-claims.ts';
import type { MergedParty, RewardBook, RewardChanges } from './reward-book.ts';
import type { RewardRecord } from './reward-record.ts';

/**
 * Re-points everything of a record that was merged away to the one that survived: rewards, refunds, caps, and the
 * balances by one adjusting transaction a currency. Nothing is taken back, and what was paid to either counts for both.
 * The same merge again changes nothing, even with rewards that came to the lost id in between: those move along.
 */
export function mergeParties(book: RewardBook, merge: MergedParty, at: Instant): RewardChanges {
  return book.change(() => {
    const { loserId, survivorId } = merge;
    if (loserId === survivorId) return;
    if (book.survivorOf(loserId) !== survivorId) book.putMerge(merge);
    moveBalances(book, merge, at);
    for (const refund of book.refundsOf(loserId)) book.putRefund({ ...refund, caseId: survivorId });
    for (const reward of touched(book, loserId)) book.put(repoint(reward, loserId, survivorId));
  });
}

/**
 * Points rewards at the claims and the party that they are about now; who is given one stays. `cases`: those that may be
 * meant, sales among them. `isSale`: a case that is a sale stays it.
 */
export function moveCases(
  book: RewardBook,
  { loserId, survivorId }: Pick<MergedParty, 'loserId' | 'survivorId'>,
  { cases, isSale }: { readonly cases: Iterable<string>; readonly isSale: boolean },
): RewardChanges {
  return book.change(() => {
    for (const refund of isSale ? [] : book.refundsOf(loserId)) book.putRefund({ ...refund, caseId: survivorId });
    for (const reward of [...new Set([...cases, loserId])].flatMap((it) => book.ofCase(it))) {
      const referralId = repointClaimId(reward.referralId, { loserId, survivorId, only: 'subject' });
      const caseId = !isSale && reward.caseId === loserId ? survivorId : reward.caseId;
      if (referralId !== reward.referralId || caseId !== reward.caseId) book.put({ ...reward, referralId, caseId });
    }
  });
}

function moveBalances(book: RewardBook, { key, loserId, survivorId }: MergedParty, at: Instant): void {
  for (const { currency, ...balances } of book.ledger.balancesOf(loserId)) {
    const postings = (['pending', 'held', 'payable', 'receivable'] as const).flatMap((kind): Posting[] => {
      const minor = kind === 'receivable' ? -balances[kind] : balances[kind];
      if (minor === 0) return [];
      return [
        { account: { kind, of: loserId }, money: { minor, currency } },
        { account: { kind, of: survivorId }, money: { minor: -minor, currency } },
      ];
    });
    if (postings.length === 0) continue;
    const id = `adjust/merge/${currency}/${book.ledger.size()}/${key}`;
    book.postPlain({ key: id, kind: 'adjust', at, reward: null, source: key, rate: null, postings });
  }
}

function touched(book: RewardBook, loserId: string): readonly RewardRecord[] {
  const claimed = [...book.all()].filter((it) => it.referralId.includes(loserId));
  const found = [...book.ofCase(loserId), ...book.ofParty(loserId), ...book.ofParticipant(loserId), ...claimed];
  return [...new Map(found.map((it) => [it.key, it])).values()];
}

function repoint(reward: RewardRecord, from: string, to: string): RewardRecord {
  const move = (id: string) => (id === from ? to : id);
  const { beneficiary, participantId, caseId, opportunityId, referralId } = reward;
  return {
    ...reward,
    referralId: repointClaimId(referralId, { loserId: from, survivorId: to }),
    beneficiary: { ...beneficiary, partyId: move(beneficiary.partyId) },
    participantId: move(participantId),
    caseId: move(caseId),
    opportunityId: opportunityId && move(opportunityId),
  };
}
