import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { ReasonCode } from '../entities/reason-code.ts';

/** What is to be paid or applied for one program and period: rows to export. Holdfast moves no money. */
export interface PayoutBatch {
  /** Made of program and period: a period is settled once. */
  readonly id: string;
  readonly programId: string;
  readonly period: string;
  readonly settledAt: Instant;
  readonly by: string;
  readonly rows: readonly PayoutRow[];
}

/** One party in one currency; `payable` = `netted` + `paid` + `held`, minor units. */
export interface PayoutRow {
  readonly partyId: Id;
  readonly method: 'payout' | 'benefit';
  readonly currency: string;
  readonly payable: number;
  /** Set against what the party owed. */
  readonly netted: number;
  readonly paid: number;
  readonly held: number;
  /** Why something is held; `null`: nothing is. */
  readonly reason: ReasonCode | null;
  /** Paid to the party in this calendar year by all programs in this currency, this row included; payouts only. */
  readonly paidThisYear: number;
  /** What the table says for the country and day: a hint, not legal advice; `null`: nothing. */
  readonly taxHint: string | null;
  readonly rewardKeys: readonly string[];
}
