import type { ShareFigure } from '../../metrics/figure.ts';
import type { FiscalQuarter } from '../../metrics/fiscal-quarter.ts';
import { groupBy } from '../../metrics/group-by.ts';
import { daysBetween } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { wilson } from '../../stats/calibration/index.ts';
import type { Decision } from '../outcomes/decision.ts';
import type { ForecastClass, ForecastLine } from './renewal-forecast.ts';

/** What was foreseen of a class of renewals, and what came. Amounts in minor units, of decided renewals only. */
export interface ForecastResult {
  /** `all`: the three classes together. */
  readonly forecast: ForecastClass | 'all';
  readonly renewals: number;
  readonly decided: number;
  readonly expectedKept: number;
  readonly kept: number;
  /** Kept of decided; smaller but kept counts as kept. */
  readonly keptShare: ShareFigure;
  readonly due: number;
  readonly expected: number;
  /** Renewed, each account capped at what was due. */
  readonly renewed: number;
  /** Outcome not known yet, ended from outside, no decision found, decided but no amount known. */
  readonly pending: number;
  readonly competing: number;
  readonly notFound: number;
  readonly withoutValue: number;
}

/** Contracts that end within so many days of each other are one decision (retention model, rule 1). */
const SAME_DECISION_DAYS = 45;

/**
 * A kept forecast against the decisions that came: for each class and for all. A line finds the account's decision
 * nearest to its own day, at most 45 days off. Pending renewals and those that ended from outside are counted apart and
 * are neither hits nor misses. With a `quarter` only the lines foreseen for its months count.
 *
 * @example
 * forecastAgainstActual([], []).map((it) => it.forecast); // committed, likely, at risk, all
 */
export function forecastAgainstActual(
  lines: readonly ForecastLine[],
  decisions: readonly Decision[],
  quarter?: FiscalQuarter,
): readonly ForecastResult[] {
  const byAccount = groupBy(decisions, (it) => it.accountId);
  const asked = quarter ? lines.filter((it) => it.month >= quarter.from && it.month <= quarter.to) : lines;
  const rows = asked.map((line) => ({ line, decision: decisionOf(line, byAccount) }));
  const classes: readonly ForecastClass[] = ['committed', 'likely', 'at risk'];
  return [
    ...classes.map((forecast) =>
      resultOf(
        forecast,
        rows.filter((it) => it.line.forecast === forecast),
      ),
    ),
    resultOf('all', rows),
  ];
}

interface Row {
  readonly line: ForecastLine;
  readonly decision: Decision | null;
}

function decisionOf(line: ForecastLine, byAccount: ReadonlyMap<Id, readonly Decision[]>): Decision | null {
  const off = (it: Decision) => Math.abs(daysBetween(it.decidesOn, line.decidesOn));
  const near = (byAccount.get(line.accountId) ?? []).filter((it) => off(it) <= SAME_DECISION_DAYS);
  return near.sort((a, b) => off(a) - off(b))[0] ?? null;
}

function resultOf(forecast: ForecastResult['forecast'], rows: readonly Row[]): ForecastResult {
  const count = (outcome: Decision['outcome']) => rows.filter((it) => it.decision?.outcome === outcome).length;
  const decided = rows.filter(({ decision }) => decision !== null && isDecided(decision));
  const kept = count('kept') + count('contracted');
  const valued = decided.flatMap(({ line, decision }) => {
    const renewed = decision && renewedOf(decision);
    return line.due === null || renewed === null ? [] : [{ line, due: line.due, renewed }];
  });
  const n = decided.length;
  const { low, high } = wilson(kept, n, 0.9);
  return {
    forecast,
    renewals: rows.length,
    decided: n,
    expectedKept: decided.reduce((sum, it) => sum + 1 - it.line.probability, 0),
    kept,
    keptShare:
      n === 0
        ? { value: null, n, reason: 'nothing is decided', interval: null }
        : { value: kept / n, n, reason: null, interval: [low, high] },
    due: valued.reduce((sum, it) => sum + it.due, 0),
    expected: valued.reduce((sum, it) => sum + (it.line.expected ?? 0), 0),
    renewed: valued.reduce((sum, it) => sum + Math.min(it.due, it.renewed), 0),
    pending: count('pending'),
    competing: count('competing'),
    notFound: rows.filter((it) => it.decision === null).length,
    withoutValue: n - valued.length,
  };
}

const isDecided = ({ outcome }: Decision): boolean => outcome !== 'pending' && outcome !== 'competing';

function renewedOf(decision: Decision): number | null {
  return decision.outcome === 'lost' ? 0 : (decision.annualAfter?.minor ?? null);
}
