import type { Instant } from '../../model/dates.ts';
import type { DecisionHistory } from '../attribution/decision-history.ts';
import { appealDispute, type Dispute, openDispute, ruleDispute } from '../attribution/dispute.ts';
import { overrideDecision } from '../attribution/override-decision.ts';
import { WHOLE_SHARE } from '../attribution/share-out.ts';
import type { AttributionCandidate } from '../entities/attribution-decision.ts';
import type { Program } from '../entities/program.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';
import type { PersonsAct } from '../entities/referral-event.ts';
import { moveReward } from '../rewards/index.ts';
import { actOnClaim } from './act-on-claim.ts';
import { creditElsewhere } from './credit-elsewhere.ts';
import { writeCredit } from './decide-sale.ts';
import { holdDisputed, releaseDisputed } from './dispute-holds.ts';
import { type EngineState, programOf, refuseEvent, resolveClaimId, resolveId } from './engine-state.ts';
import { followRuling } from './follow-ruling.ts';
import { rewardAgain } from './reward-event.ts';
import { lockApproved } from './run-clocks.ts';
import { takeClear } from './take-clear.ts';
import { takeNotice } from './take-notice.ts';
import { noteDisputes, noteSaleChange } from './what-changed.ts';

/** What was done, by whom and when. */
interface Doing<A extends PersonsAct = PersonsAct> {
  readonly key: string;
  readonly by: string;
  readonly at: Instant;
  readonly does: A;
}

type OnSale = Extract<PersonsAct, { readonly opportunityId: string; readonly programId: string }>;
type OnReward = Extract<PersonsAct, { readonly rewardKey: string }>;

/** Takes what a person does to a claim, a decision or a reward; what may not be done is refused and changes nothing. */
export function takeAct(state: EngineState, said: Doing): void {
  const doing = { ...said, does: asNamedNow(state, said.does) };
  const { does } = doing;
  const refusal =
    'rewardKey' in does
      ? actOnReward(state, { ...doing, does })
      : does.act === 'credit_elsewhere'
        ? creditElsewhere(state, does, doing.at)
        : 'opportunityId' in does
          ? actOnSale(state, { ...doing, does })
          : does.act === 'clear'
            ? takeClear(state, does, doing)
            : does.act === 'notify'
              ? takeNotice(state, does.referralId, doing.at)
              : actOnClaim(state, does, doing);
  if (refusal) refuseEvent(state, doing.key, refusal);
}

/** Whoever copied the id of a claim before a merge means the claim that it became. */
function asNamedNow(state: EngineState, does: PersonsAct): PersonsAct {
  if (!('referralId' in does) || does.referralId === null) return does;
  return { ...does, referralId: resolveClaimId(state, does.referralId) };
}

function actOnReward(state: EngineState, { does, by }: Doing<OnReward>): Refusal | null {
  // a benefit that was applied cannot be cancelled any more: to reject it is to take it back
  const isApplied = (state.rewards.get(does.rewardKey)?.owedBack ?? 0) > 0;
  const reject = isApplied ? ('reverse' as const) : ('cancel' as const);
  const step = { approve: 'approve' as const, reject, fulfil: 'fulfil' as const }[does.act];
  const changes = moveReward(state.rewards, does.rewardKey, { step, at: state.now, by });
  lockApproved(state, changes);
  return changes.refused[0] ?? null;
}

function actOnSale(state: EngineState, doing: Doing<OnSale>): Refusal | null {
  const { does } = doing;
  const saleId = resolveId(state, does.opportunityId);
  const program = programOf(state, does.programId);
  if (!program) return refuse('unknown_program');
  const history = state.decisions.get(saleId)?.get(program.id) ?? [];
  if (does.act === 'override') return override(state, { ...doing, does }, history, program, saleId);
  const key = `${program.id} ${saleId}`;
  const disputes = state.disputes.get(key) ?? [];
  const next = dispute(doing, { history, late: lateFor(state, key) }, disputes, program);
  if ('refused' in next) return next;
  state.disputes.set(key, next.disputes);
  noteDisputes(state, saleId);
  holdDisputed(state, saleId);
  if (next.history !== history) keepDecision(state, doing.key, { saleId, programId: program.id }, next.history);
  if (does.act === 'rule' && next.disputes.at(-1)?.appeal) releaseDisputed(state, saleId);
  return null;
}

function override(
  state: EngineState,
  { key, does, by, at }: Doing<Extract<OnSale, { readonly act: 'override' }>>,
  history: DecisionHistory,
  program: Program,
  saleId: string,
): Refusal | null {
  const shares = does.referralId === null ? [] : [{ referralId: does.referralId, share: WHOLE_SHARE }];
  const { role, approvedBy, why } = does;
  const amount = state.sales.get(saleId)?.won?.amount ?? null;
  const minor = amount?.currency === program.currency ? amount.minor : null;
  const late = lateFor(state, `${program.id} ${saleId}`);
  const next = overrideDecision(history, { by, role, approvedBy, why, at, shares }, program.policy, minor, late);
  if ('refused' in next) return next;
  keepDecision(state, key, { saleId, programId: program.id }, next);
  return null;
}

/** Claims that came after the decision was locked: a person may still credit them. */
function lateFor(state: EngineState, key: string): readonly AttributionCandidate[] {
  return state.proposals.get(key)?.candidates ?? [];
}

function dispute(
  { does, by, at }: Doing<OnSale>,
  { history, late }: { readonly history: DecisionHistory; readonly late: readonly AttributionCandidate[] },
  disputes: readonly Dispute[],
  { policy }: Program,
): { readonly disputes: readonly Dispute[]; readonly history: DecisionHistory } | Refusal {
  if (does.act === 'dispute') {
    const opening = { referralId: does.referralId, openedBy: by, openedAt: at, why: does.why, evidence: [] };
    const opened = openDispute(history, opening, policy, disputes, late);
    return 'refused' in opened ? opened : { disputes: [...disputes, opened], history };
  }
  const last = disputes.at(-1);
  if (!last) return refuse('illegal_transition', 'There is no dispute about this sale.');
  const replaced = (it: Dispute) => [...disputes.slice(0, -1), it];
  if (does.act === 'appeal') {
    const appealed = appealDispute(last, { by, at, why: does.why }, policy);
    return 'refused' in appealed ? appealed : { disputes: replaced(appealed), history };
  }
  const referralId = 'referralId' in does ? does.referralId : null;
  const shares = referralId === null ? null : [{ referralId, share: WHOLE_SHARE }];
  const ruled = ruleDispute(last, history, { by, at, why: does.why, shares }, policy, late);
  return 'refused' in ruled ? ruled : { disputes: replaced(ruled.dispute), history: ruled.history };
}

function keepDecision(
  state: EngineState,
  key: string,
  { saleId, programId }: { readonly saleId: string; readonly programId: string },
  history: DecisionHistory,
): void {
  const histories = state.decisions.get(saleId) ?? new Map<string, DecisionHistory>();
  noteSaleChange(state, saleId);
  histories.set(programId, history);
  state.decisions.set(saleId, histories);
  noteSaleChange(state, saleId);
  writeCredit(state, history);
  followRuling(state, history, key);
  rewardAgain(state, saleId);
}
