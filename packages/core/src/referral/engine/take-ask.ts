import { type CalendarDay, dayInZone } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { ArmAssignment } from '../../retention/value/logged-action.ts';
import type { AskPolicy } from '../ask/ask-policy.ts';
import { type AskAnswer, type MadeIntroduction, type ReferralAsk, settleAsks } from '../ask/referral-ask.ts';
import { refuse } from '../entities/reason-code.ts';
import { claimsOf, type EngineState, refuseEvent, resolveId } from './engine-state.ts';

/** Takes down that somebody was asked. */
export function takeAsk(state: EngineState, ask: ReferralAsk): void {
  state.asks.set(ask.key, ask);
}

/** Takes down what came of an ask; the first answer stands. */
export function takeAnswer(state: EngineState, key: string, { askKey, outcome, on }: AskAnswer): void {
  const ask = state.asks.get(askKey);
  if (ask === undefined) refuseEvent(state, key, refuse('illegal_transition', 'There is no such ask.'));
  else if (ask.outcome !== null)
    refuseEvent(state, key, refuse('illegal_transition', `The ask was ${ask.outcome} on ${ask.answeredOn}.`));
  else if (on < ask.askedOn) refuseEvent(state, key, refuse('clock_backwards'));
  else state.asks.set(askKey, { ...ask, outcome, answeredOn: on });
}

const NONE: readonly string[] = ['duplicate', 'rejected', 'withdrawn', 'disqualified', 'reversed'];

/**
 * The asks as they stand on a day, oldest first, on the records as they are now: with what somebody recorded, else by an
 * introduction that the person made in time, else by silence; see `settleAsks`.
 */
export function currentAsks(
  state: EngineState,
  policy: AskPolicy,
  { today, timeZone }: { readonly today: CalendarDay; readonly timeZone: string },
): readonly ReferralAsk[] {
  const asks = [...state.asks.values()].map((it) => {
    const [accountId, contactId] = [resolveId(state, it.accountId), resolveId(state, it.contactId)];
    return { ...it, accountId, contactId };
  });
  const introductions = [...new Set(asks.map((it) => it.contactId))].flatMap((id): MadeIntroduction[] =>
    claimsOf(state, id)
      .filter((it) => !NONE.includes(it.state))
      .map((it) => ({ participantId: id, on: dayInZone(it.introducedAt, timeZone) })),
  );
  const settled = settleAsks(asks, { answers: [], introductions }, policy, today);
  const text = (it: ReferralAsk) => `${it.askedOn} ${it.key}`;
  return [...settled].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

/** The draws of the hold-out by the accounts as they are now; of two that were merged the first draw stands. */
export function askArms(state: EngineState): readonly ArmAssignment[] {
  const arms = new Map<Id, ArmAssignment>();
  for (const it of state.askArms.values()) {
    const accountId = resolveId(state, it.accountId);
    if (!arms.has(accountId)) arms.set(accountId, { ...it, accountId });
  }
  return [...arms.values()];
}
