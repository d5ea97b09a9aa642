import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { Participant } from '../entities/participant.ts';
import type { Program } from '../entities/program.ts';
import type { ReasonCode } from '../entities/reason-code.ts';
import { isCheckOff } from '../fraud/is-check-off.ts';
import type { RewardBook, RewardChanges } from './reward-book.ts';
import { isOpen, isPayout, openMinor, type RewardRecord } from './reward-record.ts';
import type { RewardStep } from './reward-table.ts';
import { stepReward } from './step-reward.ts';
import { takeBackWhole } from './take-back.ts';

export interface AdvanceOptions {
  readonly asOf: Instant;
  /** Keys of those that may have to move; all that are not settled where it is left out. */
  readonly among?: Iterable<string>;
  readonly program: (id: string) => Program | undefined;
  readonly participant: (id: Id) => Participant | undefined;
}

/**
 * Moves every reward as far as the time allows: earned, held for its holding period, approved unless it is above the
 * program's limit, payable; expired when nobody took it in time; cancelled when upheld fraud has become final. Running
 * it again at the same instant changes nothing. A reward of an unknown program stays where it is.
 */
export function advanceRewards(book: RewardBook, options: AdvanceOptions): RewardChanges {
  return book.change(() => {
    const open = options.among ? openOf(book, options.among) : book.unsettled();
    const due = open.filter((it) => mayMove(it, options.asOf));
    for (const { key } of due.sort((a, b) => (a.key < b.key ? -1 : 1))) advanceOne(book, key, options);
  });
}

function openOf(book: RewardBook, keys: Iterable<string>): readonly RewardRecord[] {
  return [...keys].flatMap((key) => book.get(key) ?? []).filter(isOpen);
}

/** Most of a large book waits for its day: it is passed over before anything is looked up. */
function mayMove(record: RewardRecord, asOf: Instant): boolean {
  if (isPast(record.fraudFinalAt, asOf) || isPast(record.expiresAt, asOf)) return true;
  if (record.state === 'review_required' || record.state === 'paid') return false;
  if (record.state === 'held' || record.state === 'approved') return record.dueAt <= asOf;
  return record.state !== 'payable' || record.kind === 'recognition';
}

function advanceOne(book: RewardBook, key: string, options: AdvanceOptions): void {
  const { asOf } = options;
  const record = book.get(key)!;
  if (isPast(record.fraudFinalAt, asOf))
    takeBackWhole(book, record, { at: asOf, source: null, reason: 'fraud_upheld' });
  else if (!isPast(record.expiresAt, asOf) || !take(book, record, 'expire', 'reward_expired', asOf)) {
    const program = options.program(record.programId);
    if (program) goOn(book, record, program, options);
  }
}

function goOn(book: RewardBook, record: RewardRecord, program: Program, options: AdvanceOptions): void {
  let now: RewardRecord | null = record;
  while (now) {
    const next = nextStep(now, program, options);
    now = next && take(book, now, next.step, next.reason, options.asOf);
  }
}

function isPast(at: Instant | null, asOf: Instant): boolean {
  return at !== null && at <= asOf;
}

function take(
  book: RewardBook,
  record: RewardRecord,
  step: RewardStep,
  reason: ReasonCode,
  at: Instant,
): RewardRecord | null {
  if (step === 'expire' && record.state === 'review_required') return null;
  const next = stepReward(book, record, step, { at, by: record.approvedBy, reason, source: null });
  return 'refused' in next ? null : next;
}

function nextStep(
  record: RewardRecord,
  program: Program,
  options: AdvanceOptions,
): { readonly step: RewardStep; readonly reason: ReasonCode } | null {
  const { state, waits, dueAt } = record;
  const isDue = dueAt <= options.asOf;
  const isCut = record.amount.minor < record.asked.minor;
  const same = (step: RewardStep) => ({ step, reason: isCut ? ('cap_reached' as const) : ('accepted' as const) });
  if (state === 'pending' || state === 'cap_limited') return waits ? null : same('earn');
  if (state === 'payable') return record.kind === 'recognition' ? same('fulfil') : null;
  if (state !== 'earned' && state !== 'held' && state !== 'approved') return null;
  const stands = standsAgainst(record, program, options);
  if (isDue && stands === null) return state === 'approved' ? same('release') : same('approve');
  if (state === 'approved') return isDue && stands !== null ? { step: 'hold', reason: stands } : null;
  if (state === 'earned') return stands === null ? same('hold') : { step: 'hold', reason: stands };
  return isDue && stands !== null && stands !== record.reason ? { step: 'hold', reason: stands } : null;
}

/** Why a reward may not become payable although it is due; `null`: nothing. */
function standsAgainst(record: RewardRecord, program: Program, { participant }: AdvanceOptions): ReasonCode | null {
  if (record.holds[0] !== undefined) return record.holds[0];
  if (record.beneficiary.role !== 'referrer' || record.kind === 'recognition') return null;
  const who = participant(record.participantId);
  if (!who || who.status === 'invited') return 'participant_not_active';
  if (isPayout(record.kind) && who.country === null) return 'residence_unknown';
  const isOff = isCheckOff(program, 'amount_above_limit', record.participantId);
  const limit = isOff ? null : program.approvalAbove;
  return limit !== null && record.approvedBy === null && openMinor(record) > limit ? 'needs_approval' : null;
}
