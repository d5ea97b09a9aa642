import { type CalendarDay, daysBetween } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { groupBy } from '../group-by.ts';

/** One answer to a survey. */
export interface SurveyAnswer {
  readonly accountId: Id;
  readonly score: number;
  readonly answeredOn: CalendarDay;
}

/** Which answers count. */
export interface SurveyWindow {
  readonly on: CalendarDay;
  /** Older answers are out; default 365. */
  readonly maxAgeDays?: number;
}

const MAX_AGE_DAYS = 365;

/** The answers of one account that count. */
export interface AccountAnswers {
  readonly accountId: Id;
  readonly scores: readonly number[];
}

/**
 * Answers by account: those after `on` or older than the window are out, and so is a score that is no whole number of the
 * scale. An account with many respondents stands once.
 */
export function answersByAccount(
  answers: readonly SurveyAnswer[],
  window: SurveyWindow,
  scale: { readonly from: number; readonly to: number },
): readonly AccountAnswers[] {
  const maxAge = window.maxAgeDays ?? MAX_AGE_DAYS;
  const counted = answers.filter(({ score, answeredOn }) => {
    const age = daysBetween(answeredOn, window.on);
    return age >= 0 && age <= maxAge && Number.isInteger(score) && score >= scale.from && score <= scale.to;
  });
  const accounts = groupBy(counted, (it) => it.accountId);
  return [...accounts].map(([accountId, of]) => ({ accountId, scores: of.map((it) => it.score) }));
}
