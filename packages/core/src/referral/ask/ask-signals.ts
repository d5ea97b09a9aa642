import { addDays, type CalendarDay, dayInZone } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { SurveyResponse } from '../../model/types.ts';
import type { AskPolicy, AskTrigger } from './ask-policy.ts';
import type { ClauseFulfilment, ContractReferralClause } from './contract-clause.ts';

/** A moment that speaks for asking: `contactId` where it is about one person, else anybody fitting at the account. */
export interface AskSignal {
  readonly trigger: AskTrigger;
  readonly accountId: Id;
  readonly contactId: Id | null;
  /** The day of the moment; of a clause, when it is due. */
  readonly on: CalendarDay;
  /** The record that shows it. */
  readonly sourceId: string;
}

/** What signals are read from; results and renewals are told by whoever knows the profile. */
export interface SignalSources {
  readonly surveys: readonly SurveyResponse[];
  /** Renewals that were won, with their closing day. */
  readonly renewals: readonly { readonly accountId: Id; readonly on: CalendarDay; readonly sourceId: Id }[];
  /** Results that were reached: a milestone met, a project delivered in full. */
  readonly results: readonly AskSignal[];
  readonly clauses: readonly { readonly clause: ContractReferralClause; readonly fulfilment: ClauseFulfilment }[];
}

/**
 * The moments that count on a day. Of a person's survey answers the last one counts: a promoter who has since answered
 * otherwise is none. An answer without a person or an account is left out, as is what lies in the future or too far back.
 */
export function findAskSignals(
  sources: SignalSources,
  policy: AskPolicy,
  at: { readonly today: CalendarDay; readonly timeZone: string },
): readonly AskSignal[] {
  const signals = [
    ...promoters(sources.surveys, policy, at),
    ...sources.renewals.map((it): AskSignal => ({ trigger: 'renewal_won', contactId: null, ...it })),
    ...sources.results,
    ...sources.clauses.flatMap(({ clause, fulfilment }) => clauseSignal(clause, fulfilment)),
  ];
  return signals.filter((it) => {
    const rule = policy.triggers.find(({ trigger }) => trigger === it.trigger);
    if (!rule) return false;
    if (it.trigger === 'clause_due') return addDays(it.on, -rule.withinDays) <= at.today;
    return it.on <= at.today && addDays(it.on, rule.withinDays) >= at.today;
  });
}

function promoters(
  surveys: readonly SurveyResponse[],
  { promoterFrom }: AskPolicy,
  { today, timeZone }: { readonly today: CalendarDay; readonly timeZone: string },
): readonly AskSignal[] {
  const known = surveys.filter((it) => dayInZone(it.respondedAt, timeZone) <= today);
  return [...lastAnswers(known)].flatMap(([contactId, { accountId, score, respondedAt, id }]): AskSignal[] => {
    if (accountId === null || score < promoterFrom) return [];
    return [{ trigger: 'promoter', accountId, contactId, on: dayInZone(respondedAt, timeZone), sourceId: id }];
  });
}

/** Each person's last answer to the question whether they would recommend us; of two at once the lower one. */
export function lastAnswers(surveys: readonly SurveyResponse[]): ReadonlyMap<Id, SurveyResponse> {
  const last = new Map<Id, SurveyResponse>();
  for (const it of surveys) {
    if (it.kind !== 'nps' || it.contactId === null) continue;
    const other = last.get(it.contactId);
    const isLater = !other || it.respondedAt > other.respondedAt;
    const isLower = other?.respondedAt === it.respondedAt && it.score < other.score;
    if (isLater || isLower) last.set(it.contactId, it);
  }
  return last;
}

function clauseSignal(clause: ContractReferralClause, { state, next }: ClauseFulfilment): readonly AskSignal[] {
  if (next === null || !['open', 'due', 'overdue'].includes(state)) return [];
  return [{ trigger: 'clause_due', accountId: clause.accountId, contactId: null, on: next.on, sourceId: clause.id }];
}
