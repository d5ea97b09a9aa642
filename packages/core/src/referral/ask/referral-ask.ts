import { addDays, type CalendarDay } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { ASK_TRIGGERS, type AskPolicy, type AskTrigger } from './ask-policy.ts';

export const ASK_OUTCOMES = ['accepted', 'declined', 'ignored'] as const;
export type AskOutcome = (typeof ASK_OUTCOMES)[number];
export const ASK_CHANNELS = ['call', 'mail', 'meeting', 'other'] as const;
export type AskChannel = (typeof ASK_CHANNELS)[number];

/** That somebody was asked for an introduction, and what came of it. */
export interface ReferralAsk {
  readonly key: string;
  readonly programId: string;
  readonly accountId: Id;
  readonly contactId: Id;
  readonly ownerId: Id | null;
  readonly trigger: AskTrigger;
  /** Left out where nobody said it. */
  readonly channel?: AskChannel;
  readonly askedOn: CalendarDay;
  /** `null`: not answered yet. */
  readonly outcome: AskOutcome | null;
  readonly answeredOn: CalendarDay | null;
}

/** What an ask is known by: program, person, trigger and its day. */
export function askKey(programId: string, contactId: Id, trigger: AskTrigger, on: CalendarDay): string {
  return `ask/${programId}/${contactId}/${trigger}/${on}`;
}

/** What the key of an ask says; `null` where it is none. */
export function readAskKey(key: string): Pick<ReferralAsk, 'programId' | 'contactId' | 'trigger'> | null {
  const [, programId, contactId, word] = key.match(/^ask\/(.+)\/([^/]+)\/([a-z_]+)\/\d{4}-\d{2}-\d{2}$/) ?? [];
  const trigger = ASK_TRIGGERS.find((it) => it === word);
  return programId === undefined || contactId === undefined || trigger === undefined
    ? null
    : { programId, contactId, trigger };
}

/** An answer that a person recorded for an ask. */
export interface AskAnswer {
  readonly askKey: string;
  readonly outcome: AskOutcome;
  readonly on: CalendarDay;
}

/** An introduction that somebody made: of a claim, its participant and the day it was introduced. */
export interface MadeIntroduction {
  readonly participantId: Id;
  readonly on: CalendarDay;
}

/**
 * What came of asks by a day: an answer that a person recorded (the earliest one), else an introduction by that person
 * within the days for an answer, else silence once these have passed. An outcome that stands is kept.
 *
 * @example
 * settleAsks([], { answers: [], introductions: [] }, ASK_POLICY, '2026-03-01'); // []
 */
export function settleAsks(
  asks: readonly ReferralAsk[],
  seen: { readonly answers: readonly AskAnswer[]; readonly introductions: readonly MadeIntroduction[] },
  policy: AskPolicy,
  today: CalendarDay,
): readonly ReferralAsk[] {
  return asks.map((ask) => {
    if (ask.outcome !== null) return ask;
    const last = addDays(ask.askedOn, policy.answerDays);
    const inTime = (on: CalendarDay) => on >= ask.askedOn && on <= today;
    const answers = seen.answers.filter((it) => it.askKey === ask.key && inTime(it.on));
    const made = seen.introductions.filter(
      (it) => it.participantId === ask.contactId && inTime(it.on) && it.on <= last,
    );
    const [first] = [...answers].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.outcome < b.outcome ? -1 : 1));
    if (first) return { ...ask, outcome: first.outcome, answeredOn: first.on };
    const days = made.map((it) => it.on).sort();
    if (days[0] !== undefined) return { ...ask, outcome: 'accepted', answeredOn: days[0] };
    return today > last ? { ...ask, outcome: 'ignored', answeredOn: null } : ask;
  });
}

/** Until when the person is left in peace: the first day on which they may be asked again. */
export function coolDownUntil(ask: Pick<ReferralAsk, 'askedOn' | 'outcome'>, policy: AskPolicy): CalendarDay {
  const { personCoolDownDays, declinedCoolDownDays, ignoredCoolDownDays } = policy;
  const days = { accepted: personCoolDownDays, declined: declinedCoolDownDays, ignored: ignoredCoolDownDays };
  return addDays(ask.askedOn, ask.outcome === null ? personCoolDownDays : days[ask.outcome]);
}
