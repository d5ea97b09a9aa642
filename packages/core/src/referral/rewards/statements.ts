import { isLiability, type Ledger, type TransactionKind } from '../../ledger/index.ts';
import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';

/**
 * What a party was owed, net of what it owed, over a span; minor units. It always adds up: opening + accrued - reversed
 * - paid + adjusted = closing = pending + held + payable - receivable.
 */
export interface Statement {
  readonly partyId: Id;
  readonly currency: string;
  readonly opening: number;
  readonly accrued: number;
  /** Cancelled, expired and clawed back. */
  readonly reversed: number;
  /** Paid out or given as a benefit. */
  readonly paid: number;
  /** Moved by a merge of records. */
  readonly adjusted: number;
  readonly closing: number;
  /** What the closing balance is made of. */
  readonly pending: number;
  readonly held: number;
  readonly payable: number;
  readonly receivable: number;
}

type Line = { -readonly [Key in keyof Statement]: Statement[Key] };

const COLUMN: Readonly<Partial<Record<TransactionKind, 'accrued' | 'reversed' | 'paid' | 'adjusted'>>> = {
  accrue: 'accrued',
  cancel: 'reversed',
  expire: 'reversed',
  clawback: 'reversed',
  pay: 'paid',
  fulfil: 'paid',
  adjust: 'adjusted',
};

/**
 * Statements of every party (or of one) for the transactions posted from `from` on and before `to`, by party and
 * currency; who had neither a balance nor a movement has none. One pass over the ledger.
 */
export function buildStatements(ledger: Ledger, from: Instant, to: Instant, partyId?: Id): readonly Statement[] {
  const lines = new Map<string, Line>();
  for (const { kind, at, postings } of ledger.transactions()) {
    if (at >= to) break; // posted in order of time
    for (const { account, money } of postings) {
      const isParty = isLiability(account.kind) || account.kind === 'receivable';
      if (!isParty || (partyId !== undefined && account.of !== partyId)) continue;
      const line = lineOf(lines, account.of, money.currency);
      const change = 0 - money.minor;
      line.closing += change;
      if (isLiability(account.kind)) line[account.kind as 'pending' | 'held' | 'payable'] += change;
      else line.receivable -= change;
      if (at < from) line.opening += change;
      else count(line, kind, change);
    }
  }
  const named = [...lines].sort(([a], [b]) => (a < b ? -1 : 1));
  return named.map(([, line]) => line).filter(isWorthSaying);
}

function count(line: Line, kind: TransactionKind, change: number): void {
  const column = COLUMN[kind];
  if (column === undefined) return; // between two accounts of the party: the sum is 0
  line[column] += column === 'accrued' || column === 'adjusted' ? change : -change;
}

function lineOf(lines: Map<string, Line>, partyId: Id, currency: string): Line {
  const name = `${partyId}\n${currency}`;
  const known = lines.get(name);
  if (known) return known;
  const zero = { opening: 0, accrued: 0, reversed: 0, paid: 0, adjusted: 0, closing: 0 };
  const line = { partyId, currency, ...zero, pending: 0, held: 0, payable: 0, receivable: 0 };
  lines.set(name, line);
  return line;
}

function isWorthSaying({ opening, accrued, reversed, paid, adjusted, closing }: Statement): boolean {
  return [opening, accrued, reversed, paid, adjusted, closing].some((it) => it !== 0);
}
