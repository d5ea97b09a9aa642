import { type CalendarMonth, calendarMonth, shiftMonth } from '../../metrics/month.ts';
import { type CalendarDay, daysBetween } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { LossTerm, TotalInterval } from './value-book.ts';
import type { ValuedRisk } from './valued-risk.ts';

/** How sure a renewal is, by the borders of its chance of loss. */
export type ForecastClass = 'committed' | 'likely' | 'at risk';

/** Borders on the chance of loss: committed below the first, at risk from the second on. */
export interface ForecastBorders {
  readonly committedBelow: number;
  readonly atRiskFrom: number;
}

/** An assumption, shown with every forecast. */
export const FORECAST_BORDERS: ForecastBorders = { committedBelow: 0.1, atRiskFrom: 0.3 };

/** One renewal as it was foreseen; kept with the run, so that it can be held against what came. */
export interface ForecastLine {
  readonly accountId: Id;
  readonly decidesOn: CalendarDay;
  readonly month: CalendarMonth;
  readonly forecast: ForecastClass;
  readonly probability: number;
  /** Recurring revenue a year that is up for renewal, in minor units; `null`: not known. */
  readonly due: number | null;
  /** Of it, expected to be renewed, after loss and contraction. */
  readonly expected: number | null;
}

/** The renewals of one month, in minor units. */
export interface MonthForecast {
  readonly month: CalendarMonth;
  readonly renewals: number;
  readonly due: number;
  readonly expected: number;
  /** 90 %, of loss alone. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly classes: Readonly<Record<ForecastClass, { readonly renewals: number; readonly due: number }>>;
  /** Renewals whose revenue is not known: counted, in no sum. */
  readonly withoutValue: number;
}

/** A forecast of renewals by the month of their decision. */
export interface RenewalForecast {
  readonly madeOn: CalendarDay;
  readonly currency: string;
  readonly borders: ForecastBorders;
  readonly months: readonly MonthForecast[];
  readonly lines: readonly ForecastLine[];
  /** Contract accounts whose decision day has passed, and those where none is known. */
  readonly overdue: readonly Id[];
  readonly withoutDecision: readonly Id[];
}

/**
 * Renewals of contract accounts by decision month, this month first, `months` of them; months without a renewal are
 * listed with zeros. Order-based accounts have no renewal and are not in it.
 *
 * @example
 * const settings = { on: '2026-06-10', months: 3, currency: 'EUR', interval: () => null };
 * renewalForecast([], settings).months.map((it) => it.month); // '2026-06', '2026-07', '2026-08'
 */
export function renewalForecast(
  risks: readonly ValuedRisk[],
  settings: {
    readonly on: CalendarDay;
    readonly months: number;
    readonly currency: string;
    readonly interval: TotalInterval;
    readonly borders?: ForecastBorders;
  },
): RenewalForecast {
  const { on, currency, interval, borders = FORECAST_BORDERS } = settings;
  const contracts = risks.filter((it) => it.model === 'contract');
  const months = Array.from({ length: settings.months }, (_, k) => shiftMonth(calendarMonth(on), k));
  const ahead = contracts.flatMap((risk) => {
    const { decidesOn } = risk;
    if (decidesOn === null || decidesOn < on || !months.includes(calendarMonth(decidesOn))) return [];
    return [{ risk, line: forecastLine(risk, decidesOn, borders) }];
  });
  return {
    madeOn: on,
    currency,
    borders,
    months: months.map((month) => {
      const members = ahead.filter((it) => it.line.month === month);
      return monthForecast(month, members, interval);
    }),
    lines: ahead
      .map((it) => it.line)
      .sort((a, b) => daysBetween(b.decidesOn, a.decidesOn) || (a.accountId < b.accountId ? -1 : 1)),
    overdue: contracts.filter((it) => it.decidesOn !== null && it.decidesOn < on).map((it) => it.accountId),
    withoutDecision: contracts.filter((it) => it.decidesOn === null).map((it) => it.accountId),
  };
}

/**
 * The class of a chance of loss; a border belongs to the worse side.
 *
 * @example
 * forecastClass(0.1); // 'likely'
 */
export function forecastClass(probability: number, borders: ForecastBorders = FORECAST_BORDERS): ForecastClass {
  if (probability >= borders.atRiskFrom) return 'at risk';
  return probability < borders.committedBelow ? 'committed' : 'likely';
}

function forecastLine(risk: ValuedRisk, decidesOn: CalendarDay, borders: ForecastBorders): ForecastLine {
  const { accountId, probability, annualRevenue: due, contraction } = risk;
  const smaller = contraction === null ? 0 : contraction.probability * contraction.share;
  return {
    accountId,
    decidesOn,
    month: calendarMonth(decidesOn),
    forecast: forecastClass(probability, borders),
    probability,
    due,
    expected: due === null ? null : Math.round(due * (1 - probability) * (1 - smaller)),
  };
}

interface Ahead {
  readonly risk: ValuedRisk;
  readonly line: ForecastLine;
}

function monthForecast(month: CalendarMonth, members: readonly Ahead[], interval: TotalInterval): MonthForecast {
  const valued = members.filter((it) => it.line.due !== null);
  const sum = (of: readonly Ahead[], amount: (line: ForecastLine) => number | null) =>
    of.reduce((total, it) => total + (amount(it.line) ?? 0), 0);
  const [due, expected] = [sum(valued, (it) => it.due), sum(valued, (it) => it.expected)];
  const expectedLoss = sum(valued, (it) => Math.round((it.due ?? 0) * it.probability));
  const loss = interval(
    valued.map(({ risk, line }): LossTerm => {
      const { accountId, probability } = line;
      return { accountId, probability, variance: risk.variance, value: line.due ?? 0 };
    }),
  );
  const classOf = (forecast: ForecastClass) => {
    const of = members.filter((it) => it.line.forecast === forecast);
    return { renewals: of.length, due: sum(of, (it) => it.due) };
  };
  return {
    month,
    renewals: members.length,
    due,
    expected,
    interval: loss && [expected + expectedLoss - loss[1], expected + expectedLoss - loss[0]],
    classes: { committed: classOf('committed'), likely: classOf('likely'), 'at risk': classOf('at risk') },
    withoutValue: members.length - valued.length,
  };
}
