import { DAY_MS, type Instant } from '../../model/dates.ts';
import type { Program } from '../entities/program.ts';
import type { QualifyingEvent } from '../entities/qualifying-event.ts';
import { type ReasonCode, refuse } from '../entities/reason-code.ts';
import type { RewardRule } from '../entities/reward-rule.ts';
import { budgetCounter, type CountedReward, capCounter, giftCounter } from './cap-counters.ts';
import { fraudFinalAt, type RewardDraft } from './draft-rewards.ts';
import { recursUntil } from './recurs-until.ts';
import type { RewardBook } from './reward-book.ts';
import type { RewardInput, RewardScreening } from './reward-input.ts';
import { rewardKey } from './reward-key.ts';
import { isStandingReferrer, type RewardRecord } from './reward-record.ts';

/**
 * Gives a drafted reward, cut to what the caps leave, and posts it; nothing where its key exists, where it recurs no
 * more, or where its person kept it through another decision.
 */
export function giveReward(
  book: RewardBook,
  draft: RewardDraft,
  input: RewardInput,
  at: Instant,
  version: number | null,
): void {
  const { event, program } = input;
  const { rule, rank, candidate } = draft;
  const role = rule.beneficiary;
  const own = candidate ? version : null;
  const key = rewardKey({ programId: program.id, eventKey: event.key, ruleId: rule.id, role, rank, version: own });
  if (book.get(key) || (own !== null && hasOwn(book, draft, event))) return;
  if (isEnded(draft, input)) {
    book.refuse(event.key, refuse('withdrawn'));
    return;
  }
  const until = chainEnd(book, draft, input);
  if (until === 'past') return;
  const caseId = event.opportunityId ?? event.subjectId;
  const base = {
    key,
    programId: program.id,
    ruleId: rule.id,
    ruleVersion: rule.version,
    referralId: candidate?.referralId ?? input.decision?.candidates[0]?.referralId ?? '',
    opportunityId: event.opportunityId,
    eventKey: event.key,
    eventType: event.type,
    caseId,
    beneficiary: { role, partyId: draft.to.partyId },
    kind: draft.to.kind,
    participantId: draft.participantId,
    personal: draft.to.personal,
    share: candidate?.share ?? 10_000,
    earnedAt: event.occurredAt,
    dueAt: event.occurredAt + program.holdingDays * DAY_MS,
    expiresAt: rule.expiresAfterDays === null ? null : event.occurredAt + rule.expiresAfterDays * DAY_MS,
    recursUntil: until,
    asked: { minor: draft.minor, currency: program.currency },
  };
  const granted = Math.max(0, Math.min(draft.minor, roomFor(book, base, rule, program)));
  const { worked } = draft;
  const record: RewardRecord = {
    ...base,
    amount: { minor: granted, currency: program.currency },
    basis: worked.basis,
    rate: worked.rate && { value: worked.rate.value, on: worked.rate.on, source: worked.rate.source },
    reversed: 0,
    settled: 0,
    clawedBack: 0,
    owedBack: 0,
    forgiven: 0,
    refunded: 0,
    place: 'pending',
    approvedAt: null,
    approvedBy: null,
    fraudFinalAt: null,
    postings: 0,
    withdrawn: false,
    ...{ state: 'pending', reason: 'accepted', holds: [], waits: false },
  };
  const screening = input.screen ? candidate && input.screen(candidate.referralId, record) : input.screening;
  if (input.screen && screening?.reward === 'blocked') {
    book.refuse(event.key, refuse(screening.rewardReason ?? 'fraud_check'));
    return;
  }
  const opened = { ...record, ...openingState(book, draft, { event, screening }, granted) };
  const move = { kind: 'accrue', minor: granted, debit: 'expense', credit: 'pending' } as const;
  book.put(book.post(opened, { ...move, at, source: event.key }));
}

/** After another decision: whoever keeps their share keeps their reward, also where it has ended (expired, rejected). */
function hasOwn(book: RewardBook, { rule, candidate, participantId }: RewardDraft, event: QualifyingEvent): boolean {
  return book
    .ofCase(event.opportunityId ?? event.subjectId)
    .some(
      (it) =>
        !it.withdrawn &&
        it.eventKey === event.key &&
        it.ruleId === rule.id &&
        it.participantId === participantId &&
        it.share === candidate?.share,
    );
}

/** Nobody whose claim was ended is given more; nor is the other side, for such claims alone. */
function isEnded({ candidate }: RewardDraft, { decision, ended = [] }: RewardInput): boolean {
  const credited = candidate ? [candidate] : (decision?.candidates.filter((it) => it.share > 0) ?? []);
  return credited.length > 0 && credited.every((it) => ended.includes(it.participantId));
}

type Opening = Pick<RewardRecord, 'state' | 'reason' | 'holds' | 'waits'>;

function openingState(
  book: RewardBook,
  draft: RewardDraft,
  { event, screening }: { readonly event: QualifyingEvent; readonly screening: RewardScreening | null | undefined },
  granted: number,
): Opening {
  const isCut = granted < draft.minor;
  const state = isCut ? 'cap_limited' : 'pending';
  const reason: ReasonCode = isCut ? 'cap_reached' : 'accepted';
  const opening: Opening = { state, reason, holds: [], waits: false };
  if (isCut && granted === 0) return opening;
  const review = (why: ReasonCode): Opening => ({ ...opening, state: 'review_required', reason: why });
  if (draft.to.hold !== null) return review(draft.to.hold);
  if (draft.candidate && fraudFinalAt(book, draft.participantId, event) !== null) return review('fraud_upheld');
  const why = screening?.rewardReason ?? 'fraud_check';
  if (screening?.reward === 'review_required') return review(why);
  if (screening?.reward === 'held') return { ...opening, holds: [why] };
  return { ...opening, waits: screening?.reward === 'waits' };
}

/** To when events count after the first of the same rule, case and person; `past`: this one counts no more. */
function chainEnd(book: RewardBook, draft: RewardDraft, { event }: RewardInput): Instant | null | 'past' {
  const chain = book
    .ofCase(event.opportunityId ?? event.subjectId)
    .filter((it) => it.ruleId === draft.rule.id && it.beneficiary.role === draft.rule.beneficiary)
    .filter((it) => !event.again || it.reason !== 'refunded' || isStandingReferrer(it) || it.eventKey === event.key)
    .sort((a, b) => a.earnedAt - b.earnedAt || (a.eventKey < b.eventKey ? -1 : 1));
  const first = chain[0];
  if (!first) return recursUntil(event.occurredAt, draft.rule.durationMonths);
  const { recursUntil: until } = first;
  const isFirstEvent = first.eventKey === event.key;
  const isOnce = until !== null && until === first.earnedAt;
  if (!isFirstEvent && until !== null && (isOnce || event.occurredAt > until)) return 'past';
  return until;
}

/** How much the caps of the rule, the program's budget and the yearly cap of gifts leave. */
function roomFor(
  book: RewardBook,
  reward: CountedReward,
  rule: RewardRule,
  { id, budget, giftCapPerYear, currency }: Program,
): number {
  const rooms = rule.caps.map((it) => it.minor - book.used(capCounter(id, rule.id, it), reward));
  if (budget) rooms.push(budget.minor - book.used(budgetCounter(id, budget.interval), reward));
  if (reward.personal) rooms.push((giftCapPerYear ?? 0) - book.used(giftCounter(currency), reward));
  return Math.min(Number.POSITIVE_INFINITY, ...rooms);
}
