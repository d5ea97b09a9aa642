import {
  ASK_POLICY,
  ASK_REFUSALS,
  type AskChannel,
  type AskOutcome,
  type AskRefusal,
  type AskTrigger,
  askKey,
  type CalendarDay,
  coolDownUntil,
  currentAsks,
  dayInZone,
  type Id,
  type ReferralAsk,
  type ReferralEvent,
  refuse,
} from '@holdfast/core';
import { accountOf } from '../referrals/account-of.ts';
import { programNamed } from '../referrals/program-named.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import { refusalError } from '../referrals/refusal.ts';
import { confirmedProfile } from '../session/session.ts';
import { words } from '../text/format.ts';
import { askStep } from './referral-ask.ts';

/** That somebody was asked, or what came of it, as it is given on the command line. */
export interface GivenAsk {
  readonly contactId: Id;
  readonly program: string | undefined;
  /** `null`: that of the ask that is proposed, else one's own initiative. */
  readonly trigger: AskTrigger | null;
  readonly channel: AskChannel | null;
  /** The day of the ask, or of the answer; `null`: today. */
  readonly on: CalendarDay | null;
  readonly outcome: AskOutcome | null;
  readonly by: Id | null;
}

/** An ask as it stands after it was noted. */
export interface NotedAsk {
  readonly ask: ReferralAsk;
  /** `false`: the same was noted before. */
  readonly isNew: boolean;
  /** The first day on which the person may be asked again. */
  readonly restsUntil: CalendarDay;
  /** Why it was not proposed to ask them; `null`: it was, or nothing spoke for it. */
  readonly against: AskRefusal | null;
}

/** Takes down that somebody was asked; with an outcome, what came of the last open ask of that person. */
export async function noteAskStep(desk: ReferralDesk, given: GivenAsk): Promise<NotedAsk> {
  const { timeZone } = confirmedProfile(desk.session.config);
  const today = dayInZone(desk.now, timeZone);
  const on = given.on ?? today;
  if (on > today) throw refusalError(refuse('future_event'));
  const program = programNamed(desk, given.program);
  const earlier = asksOf(desk, given.contactId, today).filter((it) => it.programId === program.id);
  const awaits = (it: ReferralAsk) => given.outcome !== null && desk.state.asks.get(it.key)?.outcome === null;
  const open = earlier.findLast((it) => it.askedOn === on || awaits(it));
  const found = open ? null : await newAsk(desk, given, { programId: program.id, on });
  const ask = open ?? found?.ask;
  if (!ask) throw refusalError(refuse('unknown_participant'));
  const events = eventsOf(desk, ask, { ...given, on, isNew: !open });
  const isNew = await desk.take(events, events.at(-1)?.key ?? '');
  const noted = asksOf(desk, given.contactId, today).find((it) => it.key === ask.key) ?? ask;
  return { ask: noted, isNew, restsUntil: coolDownUntil(noted, ASK_POLICY), against: found?.against ?? null };
}

function asksOf({ state, session }: ReferralDesk, contactId: Id, today: CalendarDay): readonly ReferralAsk[] {
  const { timeZone } = confirmedProfile(session.config);
  return currentAsks(state, ASK_POLICY, { today, timeZone }).filter((it) => it.contactId === contactId);
}

/** The ask that is proposed for the person today, or one that nothing proposed. */
async function newAsk(
  desk: ReferralDesk,
  { contactId, trigger, channel, by }: GivenAsk,
  { programId, on }: { readonly programId: string; readonly on: CalendarDay },
): Promise<{ readonly ask: ReferralAsk; readonly against: AskRefusal | null }> {
  const { store } = desk.session;
  const contact = await store.get('contact', contactId);
  const accountId = contact && (await accountOf(store, contactId));
  if (!accountId)
    throw refusalError(refuse('unknown_participant', `No contact ${contactId} of an account was read. Give their id.`));
  const { proposals, notAsked } = await askStep(desk, programId);
  const proposed = proposals.find((it) => it.contactId === contactId && (trigger ?? it.trigger) === it.trigger);
  const why = trigger ?? proposed?.trigger ?? 'own_initiative';
  const ask: ReferralAsk = {
    ...{ key: proposed?.key ?? askKey(programId, contactId, why, on), programId, accountId, contactId },
    ownerId: by ?? (await store.get('account', accountId))?.ownerId ?? null,
    ...{ trigger: why, ...(channel && { channel }), askedOn: on, outcome: null, answeredOn: null },
  };
  const against = proposed ? null : (notAsked.find((it) => it.accountId === accountId)?.refusal ?? null);
  return { ask, against: contact.doNotAsk ? 'do_not_ask' : against };
}

/** Keys in this order: an ask comes before its answer, also within one batch. */
function eventsOf(
  { now }: ReferralDesk,
  ask: ReferralAsk,
  given: GivenAsk & { readonly on: CalendarDay; readonly isNew: boolean },
): readonly ReferralEvent[] {
  const at = { occurredAt: now, recordedAt: now, by: given.by ?? 'operator' };
  const { outcome, on } = given;
  const asked: ReferralEvent = { ...at, key: ask.key, kind: 'ask', ask };
  if (outcome === null) return [asked];
  const answer: ReferralEvent = {
    ...{ ...at, key: `${ask.key} ${outcome}`, kind: 'answer', answer: { askKey: ask.key, outcome, on } },
  };
  return given.isNew ? [asked, answer] : [answer];
}

/** What was written down, and what follows. */
export function notedText({ ask, isNew, restsUntil, against }: NotedAsk): string {
  const { contactId, askedOn, trigger, outcome, answeredOn } = ask;
  const said = outcome === null ? 'no answer yet' : `${outcome}${answeredOn === null ? '' : ` on ${answeredOn}`}`;
  return [
    `${isNew ? 'Noted' : 'Noted before'}: ${contactId} was asked on ${askedOn} (${words(trigger)}); ${said}.`,
    `Not asked again before ${restsUntil}.`,
    ...(against === null ? [] : [`It was not proposed to ask now: ${ASK_REFUSALS[against]}`]),
    ...(outcome === null
      ? [`Next: \`holdfast referrals ask --note ${contactId} --outcome accepted\` or \`declined\`, once they answer.`]
      : []),
  ].join('\n');
}
