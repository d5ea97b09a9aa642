import type { AccountKind, TransactionKind } from '../ledger/index.ts';
import type { RewardBook } from '../referral/rewards/index.ts';

/**
 * What the rewards of one program come to in one currency, minor units. It adds up: accrued - reversed - paid = pending +
 * held + payable - receivable.
 */
export interface ProgramBalance {
  readonly programId: string;
  readonly currency: string;
  readonly accrued: number;
  readonly pending: number;
  readonly held: number;
  readonly payable: number;
  /** Paid out or given as a benefit. */
  readonly paid: number;
  /** Cancelled, expired and clawed back. */
  readonly reversed: number;
  /** Owed by parties; what one program gives and another nets is taken off here. */
  readonly receivable: number;
}

type Column = 'accrued' | 'paid' | 'reversed';
type Line = { -readonly [Key in keyof ProgramBalance]: ProgramBalance[Key] };

const COLUMN: Readonly<Partial<Record<TransactionKind, Column>>> = {
  accrue: 'accrued',
  pay: 'paid',
  fulfil: 'paid',
  cancel: 'reversed',
  expire: 'reversed',
  clawback: 'reversed',
};

/** Sums of the ledger by program and currency, in that order. A merge of records moves nothing between programs. */
export function programBalances({ ledger, get }: Pick<RewardBook, 'ledger' | 'get'>): readonly ProgramBalance[] {
  const lines = new Map<string, Line>();
  for (const { kind, reward, postings } of ledger.transactions()) {
    const programId = reward === null ? undefined : get(reward)?.programId;
    if (programId === undefined) continue;
    for (const { account, money } of postings) {
      const line = lineOf(lines, programId, money.currency);
      move(line, account.kind, money.minor);
      const column = COLUMN[kind];
      if (column !== undefined && money.minor > 0) line[column] += money.minor;
    }
  }
  return [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}

/** Debits are above zero: they lessen what is owed to a party, and raise what it owes. */
function move(line: Line, kind: AccountKind, minor: number): void {
  if (kind === 'pending' || kind === 'held' || kind === 'payable') line[kind] -= minor;
  if (kind === 'receivable') line.receivable += minor;
}

function lineOf(lines: Map<string, Line>, programId: string, currency: string): Line {
  const name = `${programId}\n${currency}`;
  const known = lines.get(name);
  if (known) return known;
  const zero = { accrued: 0, pending: 0, held: 0, payable: 0, paid: 0, reversed: 0, receivable: 0 };
  const line = { programId, currency, ...zero };
  lines.set(name, line);
  return line;
}
