import { splitByWeights } from '../../ledger/index.ts';
import { dayInZone, type Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { AttributionCandidate } from '../entities/attribution-decision.ts';
import type { Participant } from '../entities/participant.ts';
import type { Program } from '../entities/program.ts';
import type { QualifyingEvent } from '../entities/qualifying-event.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';
import type { RewardRule } from '../entities/reward-rule.ts';
import { type Beneficiary, chooseBeneficiary, referredBeneficiary } from './choose-beneficiary.ts';
import type { RewardBook } from './reward-book.ts';
import type { RewardInput, RewardOptions } from './reward-input.ts';
import { type WorkedOut, workOutAmount } from './work-out-amount.ts';

/** A reward that is about to be given: nothing is posted before every draft of the event stands. */
export interface RewardDraft {
  readonly rule: RewardRule;
  readonly candidate: AttributionCandidate | null;
  readonly rank: number;
  readonly to: Beneficiary;
  readonly worked: WorkedOut;
  readonly participantId: Id;
  readonly minor: number;
}

type Role = RewardRule['beneficiary'];

/** What the rules in force give for an event, before caps; of each rule and candidate a draft or why there is none. */
export function draftRewards(
  book: RewardBook,
  input: RewardInput,
  options: RewardOptions,
): readonly (RewardDraft | Refusal)[] {
  const inForce = rulesInForce(input);
  const usual = usualRules(inForce);
  const isUnder = ruleForEach(book, input, inForce, usual);
  const rules = usual.concat(inForce.filter((it) => !usual.includes(it) && it.beneficiary === 'referrer'));
  return rules.sort(byId).flatMap((rule) => draftRule(book, rule, input, options, (it) => isUnder(it, rule)));
}

function rulesInForce({ program, event }: RewardInput): readonly RewardRule[] {
  const day = dayInZone(event.occurredAt, 'UTC');
  return program.rules.filter(
    (it) => it.event === event.type && it.startsOn <= day && (it.endsOn === null || day <= it.endsOn),
  );
}

/** Of one beneficiary only those of the highest priority. */
function usualRules(inForce: readonly RewardRule[]): RewardRule[] {
  const top = (role: Role) => Math.max(...inForce.filter((it) => it.beneficiary === role).map((it) => it.priority));
  return inForce.filter((it) => it.priority === top(it.beneficiary));
}

function byId(a: RewardRule, b: RewardRule): number {
  return a.id < b.id ? -1 : 1;
}

/**
 * Whether a referrer is rewarded by a rule: the one of a contract's clause where the claim fulfils one, else the usual
 * ones. Whoever was given something for the event keeps to those rules: a clause that came later gives nothing twice.
 */
function ruleForEach(
  book: RewardBook,
  { event, program, ruleOf }: RewardInput,
  inForce: readonly RewardRule[],
  usual: readonly RewardRule[],
): (candidate: AttributionCandidate, rule: RewardRule) => boolean {
  const usualIds = usual.map((it) => it.id);
  if (!ruleOf) return (_, { id }) => usualIds.includes(id);
  const given = book
    .ofCase(event.opportunityId ?? event.subjectId)
    .filter((it) => it.eventKey === event.key && it.programId === program.id && !it.withdrawn);
  return ({ referralId, participantId, share }, { id }) => {
    const wanted = ruleOf(referralId);
    const own = inForce.some((it) => it.id === wanted && it.beneficiary === 'referrer') ? wanted : null;
    const ids = own === null ? usualIds : [own];
    const held = given
      .filter((it) => it.beneficiary.role === 'referrer' && it.participantId === participantId && it.share === share)
      .map((it) => it.ruleId);
    return (held.some((it) => !ids.includes(it)) ? held : ids).includes(id);
  };
}

function draftRule(
  book: RewardBook,
  rule: RewardRule,
  input: RewardInput,
  options: RewardOptions,
  isUnder: (candidate: AttributionCandidate) => boolean,
): readonly (RewardDraft | Refusal)[] {
  const { decision, program, event } = input;
  const candidates = decision?.candidates ?? [];
  const credited = candidates.filter((it) => isPaid(it, program));
  if (credited.length === 0) return [];
  if (rule.beneficiary !== 'referrer') return draftOther(rule, input, options);
  return credited.filter(isUnder).map((candidate) => {
    const participant = options.participant(candidate.participantId);
    if (!participant) return refuse('unknown_participant');
    const barred = barParticipant(book, participant, input, options.asOf);
    if (barred) return barred;
    const isTiered = input.wonCount === undefined && rule.tiers.length > 0;
    const wonCount = isTiered ? countWon(book, candidate.participantId, event, program.id) : (input.wonCount ?? 0);
    const worked = workOutAmount(rule, event, program.currency, wonCount, options.rates);
    if (worked.refused) return worked;
    const screening = input.screen?.(candidate.referralId, null) ?? input.screening;
    const to = chooseBeneficiary(rule, participant, program, screening?.cash ?? true);
    const rank = candidates.indexOf(candidate);
    const shares = candidates.map((it) => it.share);
    const minor = to.kind === 'recognition' ? 0 : splitByWeights(worked.minor, shares)[rank]!;
    return { rule, candidate, rank, to, worked, participantId: candidate.participantId, minor };
  });
}

function draftOther(rule: RewardRule, input: RewardInput, options: RewardOptions): readonly (RewardDraft | Refusal)[] {
  const { event, program, accountManagerId } = input;
  const isReferred = rule.beneficiary === 'referred';
  const participantId = isReferred ? event.subjectId : accountManagerId;
  if (participantId === undefined) return [];
  const worked = workOutAmount(rule, event, program.currency, 0, options.rates);
  if (worked.refused) return [worked];
  const to: Beneficiary = isReferred
    ? referredBeneficiary(rule, participantId)
    : { partyId: participantId, kind: 'recognition', personal: false, hold: null };
  const minor = to.kind === 'recognition' ? 0 : worked.minor;
  return [{ rule, candidate: null, rank: 0, to, worked, participantId, minor }];
}

/** Whether a candidate is rewarded: credited with a share, as sourced, or as influenced where the policy pays that. */
export function isPaid(candidate: AttributionCandidate, { policy }: Program): boolean {
  return (
    candidate.share > 0 &&
    (candidate.credit === 'sourced' || (candidate.credit === 'influenced' && policy.paysInfluence))
  );
}

function barParticipant(
  book: RewardBook,
  participant: Participant,
  { event, program }: RewardInput,
  asOf: Instant,
): Refusal | null {
  const hasLeft = participant.status === 'left' || participant.status === 'suspended';
  if (hasLeft && participant.statusSince <= event.occurredAt && program.policy.afterLeaving === 'none') {
    return refuse('left_before_conversion');
  }
  const finalAt = fraudFinalAt(book, participant.id, event);
  return finalAt !== null && finalAt <= asOf ? refuse('fraud_upheld') : null;
}

/** When fraud that was upheld for an earlier reward of the same case becomes final; `null`: there was none. */
export function fraudFinalAt(book: RewardBook, participantId: Id, event: QualifyingEvent): Instant | null {
  const upheld = book
    .ofCase(event.opportunityId ?? event.subjectId)
    .flatMap((it) => (it.participantId === participantId ? (it.fraudFinalAt ?? []) : []));
  return upheld.length === 0 ? null : Math.min(...upheld);
}

/** Opportunities that gave the participant a reward which still stands, this one included. */
function countWon(book: RewardBook, participantId: Id, event: QualifyingEvent, programId: string): number {
  const cases = book.casesOf(participantId, programId);
  return cases.size + (cases.has(event.opportunityId ?? event.subjectId) ? 0 : 1);
}
