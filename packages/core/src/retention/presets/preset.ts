import type { FactId } from '../../features/facts.ts';

/** The traffic light of a health table. */
export type PresetGrade = 'green' | 'yellow' | 'red';

/**
 * One line of a table: values below `below`, or up to and with `upTo`, that no line before it took; the last line has
 * neither and takes the rest. `health` is the share of the measure's points, 0 (poor) to 1 (healthy).
 */
export interface PresetBand {
  readonly below?: number;
  readonly upTo?: number;
  readonly health: number;
}

/** A table with a column for each time as a customer: `bands` hold up to and with `upToDays`; nothing before `fromDays`. */
export interface TenureTable {
  readonly fromDays: number;
  readonly columns: readonly { readonly upToDays: number; readonly bands: readonly PresetBand[] }[];
  /** Which column a scorecard takes its borders from: a row of points knows no tenure. */
  readonly cardColumn: number;
}

/** A measure that our facts can answer. */
export interface ReadableMeasure {
  readonly title: string;
  /** Share of the whole, 0 to 1; the measures of a preset add up to 1. */
  readonly weight: number;
  readonly feature: FactId;
  /** Where the fact is not quite what the table measures: what it is instead. */
  readonly standIn?: string;
  readonly bands: readonly PresetBand[] | TenureTable;
  /** Why the measure is no row of a scorecard, where it is none. */
  readonly notInCard?: string;
}

/** A measure that they cannot answer, and why. */
export interface UnreadMeasure {
  readonly title: string;
  readonly weight: number;
  readonly notRead: string;
}

/** What the source counts as a risk whatever the points say: all `when` must hold. */
export interface PresetRisk {
  readonly title: string;
  readonly when?: readonly { readonly feature: FactId; readonly atLeast?: number; readonly below?: number }[];
  readonly notRead?: string;
}

/** A company's published health table, as data. Nobody has published how well it tells who leaves. */
export interface HealthPreset {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** What is ours and not the source's. */
  readonly assumptions: readonly string[];
  readonly measures: readonly (ReadableMeasure | UnreadMeasure)[];
  readonly risks: readonly PresetRisk[];
}
