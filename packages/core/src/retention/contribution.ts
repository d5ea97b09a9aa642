import type { DriverFacts } from '../features/facts.ts';
import type { ScorecardRow } from './scorecard.ts';

/** What one fact adds: its value, how many swings it lies from neutral after fading, and the log-odds that makes. */
export interface Contribution {
  readonly value: number;
  readonly swings: number;
  readonly logOdds: number;
}

/** The contribution of one row; `null` when the fact is missing (or no finite number), which is neutral. */
export function contribution(row: ScorecardRow, facts: DriverFacts): Contribution | null {
  const value = facts[row.feature];
  if (value === null || value === undefined || !Number.isFinite(value)) return null;
  const scaled = (it: number) => (row.scale === 'log1p' ? Math.log1p(it) : it);
  const held = Math.min(Math.max(value, row.low), row.high);
  const distance = (scaled(held) - scaled(row.from)) / (scaled(row.to) - scaled(row.from));
  const swings = distance * freshness(row, facts);
  // Adding 0 turns a negative zero into zero, so that equal scores are equal texts.
  return { value, swings, logOdds: row.points * swings + 0 };
}

/** 1 for today's evidence, a half after one half-life; evidence of unknown age counts as one half-life old. */
function freshness(row: ScorecardRow, facts: DriverFacts): number {
  if (!row.fades) return 1;
  const age = facts[row.fades.age];
  if (age === null || age === undefined || !Number.isFinite(age)) return 0.5;
  return 0.5 ** (Math.max(age, 0) / row.fades.halfLifeDays);
}
