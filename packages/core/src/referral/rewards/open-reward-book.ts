import { openLedger } from '../../ledger/index.ts';
import { openTextTable } from '../../ledger/text-table.ts';
import type { Id } from '../../model/ids.ts';
import { openCapCounts } from './count-caps.ts';
import { moveTransaction } from './move-transaction.ts';
import type { PayoutBatch } from './payout-batch.ts';
import type { MergedParty, RewardBook, RewardRefusal, RewardRows } from './reward-book.ts';
import { isOpen, isStandingReferrer, type RefundRecord, type RewardRecord } from './reward-record.ts';

/** Opens a book of rewards, with its past where there is one; throws a TypeError when the stored ledger is damaged. `noted` hears the key of each that comes or changes. */
export function openRewardBook(past: Partial<RewardRows> = {}, noted: (key: string) => void = () => {}): RewardBook {
  const ledger = openLedger(past.transactions);
  const rewards = new Map<string, RewardRecord>();
  const open = new Set<string>();
  const cases = new Map<Id, readonly string[]>();
  const parties = new Map<Id, readonly string[]>();
  const participants = new Map<Id, readonly string[]>();
  const refunds = new Map<string, RefundRecord>();
  const refundCases = new Map<Id, readonly string[]>();
  const seen = openTextTable();
  const batches = new Map<string, PayoutBatch>();
  const survivors = new Map<Id, Id>();
  let log = emptyLog();

  const caps = openCapCounts(() => rewards.values());
  const list = (keys: readonly string[] = []) => keys.map((key) => rewards.get(key)!);

  const book: RewardBook = {
    ledger,
    get: (key) => rewards.get(key),
    all: () => rewards.values(),
    unsettled: () => [...open].map((key) => rewards.get(key)!),
    ofCase: (caseId) => list(cases.get(caseId)),
    ofParty: (partyId) => list(parties.get(partyId)),
    ofParticipant: (participantId) => list(participants.get(participantId)),
    casesOf: (participantId, programId) => {
      const standing = list(participants.get(participantId)).filter(
        (it) => it.programId === programId && isStandingReferrer(it),
      );
      return new Set(standing.map((it) => it.caseId));
    },
    refundsOf: (caseId) => (refundCases.get(caseId) ?? []).map((key) => refunds.get(key)!).sort(byTime),
    used: caps.used,
    isSeen: (key) => seen.has(key),
    batch: (id) => batches.get(id),
    batches: () => batches.values(),
    survivorOf: (id) => {
      let last = id;
      for (let next = survivors.get(last); next !== undefined && next !== id; next = survivors.get(last)) last = next;
      return last;
    },
    change: (step) => {
      log = emptyLog();
      const from = ledger.size();
      step();
      return {
        rewards: [...log.rewards].map((key) => rewards.get(key)!),
        refunds: [...log.refunds.values()],
        seen: log.seen,
        batches: log.batches,
        merges: log.merges,
        refused: log.refused,
        transactions: [...ledger.transactions(from)],
      };
    },
    put: (record) => {
      const before = rewards.get(record.key);
      caps.update(before, record);
      rewards.set(record.key, record);
      index(cases, record.key, record.caseId, before?.caseId);
      index(parties, record.key, record.beneficiary.partyId, before?.beneficiary.partyId);
      index(participants, record.key, record.participantId, before?.participantId);
      if (isOpen(record)) open.add(record.key);
      else open.delete(record.key);
      log.rewards.add(record.key);
      noted(record.key);
      return record;
    },
    putRefund: (refund) => {
      index(refundCases, refund.key, refund.caseId, refunds.get(refund.key)?.caseId);
      refunds.set(refund.key, refund);
      log.refunds.set(refund.key, refund);
    },
    putBatch: (batch) => {
      batches.set(batch.id, batch);
      log.batches.push(batch);
    },
    putMerge: (merge) => {
      survivors.delete(merge.survivorId);
      survivors.set(merge.loserId, merge.survivorId);
      log.merges.push(merge);
    },
    see: (key) => {
      seen.number(key);
      log.seen.push(key);
    },
    refuse: (key, refusal) => log.refused.push({ ...refusal, key }),
    post: (record, move) => {
      if (move.minor === 0) return record;
      book.postPlain(moveTransaction(record, move));
      return { ...record, postings: record.postings + 1 };
    },
    postPlain: (transaction) => {
      const result = ledger.post(transaction);
      if (result.refused) throw new RangeError(`The ledger refused a posting (${result.reason}): ${result.detail}`);
    },
  };
  for (const record of past.rewards ?? []) book.put(record);
  for (const refund of past.refunds ?? []) book.putRefund(refund);
  for (const batch of past.batches ?? []) book.putBatch(batch);
  for (const merge of past.merges ?? []) book.putMerge(merge);
  for (const key of past.seen ?? []) book.see(key);
  return book;
}

/** Keys in order; a list is replaced, never changed. */
function index(keysOf: Map<Id, readonly string[]>, key: string, id: Id, before: Id | undefined): void {
  if (id === before) return;
  if (before !== undefined)
    keysOf.set(
      before,
      (keysOf.get(before) ?? []).filter((it) => it !== key),
    );
  const known = keysOf.get(id) ?? [];
  const place = known.findIndex((it) => it >= key);
  if (place < 0) keysOf.set(id, known.concat(key));
  else if (known[place] !== key) keysOf.set(id, known.toSpliced(place, 0, key));
}

function byTime(a: RefundRecord, b: RefundRecord): number {
  return a.occurredAt - b.occurredAt || (a.key < b.key ? -1 : 1);
}

function emptyLog() {
  return {
    rewards: new Set<string>(),
    refunds: new Map<string, RefundRecord>(),
    seen: [] as string[],
    batches: [] as PayoutBatch[],
    merges: [] as MergedParty[],
    refused: [] as RewardRefusal[],
  };
}
