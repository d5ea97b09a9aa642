import type { AccountKind, Transaction } from '../../ledger/index.ts';
import type { Move } from './reward-book.ts';
import type { RewardRecord } from './reward-record.ts';

/** The transaction of a reward's move; its key counts the postings of the reward. */
export function moveTransaction(record: RewardRecord, move: Move): Transaction {
  const { currency } = record.amount;
  const accountOf = (kind: AccountKind) => {
    if (kind === 'expense') return { kind, of: record.programId };
    if (kind === 'clearing') return { kind, of: move.kind === 'fulfil' ? 'benefit' : 'payout' };
    return { kind, of: record.beneficiary.partyId };
  };
  const { rate, basis } = record;
  return {
    key: `${move.kind}/${record.postings}/${record.key}`,
    kind: move.kind,
    at: move.at,
    reward: record.key,
    source: move.source,
    rate:
      rate && basis
        ? { from: basis.currency, to: currency, value: rate.value, on: rate.on, source: rate.source }
        : null,
    postings: [
      { account: accountOf(move.debit), money: { minor: move.minor, currency } },
      { account: accountOf(move.credit), money: { minor: -move.minor, currency } },
    ],
  };
}
