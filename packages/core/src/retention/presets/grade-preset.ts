import type { AccountFacts, FactId } from '../../features/facts.ts';
import type {
  HealthPreset,
  PresetBand,
  PresetGrade,
  PresetRisk,
  ReadableMeasure,
  TenureTable,
  UnreadMeasure,
} from './preset.ts';

/** One measure of one account: its grade and points, 0 to 100, or why it was not read. */
export interface GradedMeasure {
  readonly title: string;
  readonly feature: FactId | null;
  readonly weight: number;
  readonly grade: PresetGrade | null;
  readonly points: number | null;
  readonly notRead: string | null;
}

/** What a preset says of one account. A measure that was not read takes no part: it is never 0 points. */
export interface PresetVerdict {
  readonly grade: PresetGrade | null;
  /** 0 to 100, the weighted mean over the measures that were read; `null`: none was. */
  readonly points: number | null;
  /** Share of the preset's weight that was read, 0 to 1. */
  readonly knownShare: number;
  readonly measures: readonly GradedMeasure[];
  /** `null`: cannot be told. */
  readonly risks: readonly { readonly title: string; readonly present: boolean | null }[];
}

/** Grades one account by a published table, over our own facts; a fact that is missing is listed and left out. */
export function gradePreset(preset: HealthPreset, facts: AccountFacts): PresetVerdict {
  const measures = preset.measures.map((it) => gradeMeasure(it, facts));
  let [points, known] = [0, 0];
  for (const it of measures) {
    if (it.points === null) continue;
    points += it.weight * it.points;
    known += it.weight;
  }
  const mean = known === 0 ? null : points / known;
  return {
    grade: mean === null ? null : gradeOf(mean / 100),
    points: mean,
    knownShare: Math.min(known, 1),
    measures,
    risks: preset.risks.map((it) => ({ title: it.title, present: riskPresent(it, facts) })),
  };
}

/** Equal thirds, as docs.vitally.io labels its scores. */
function gradeOf(health: number): PresetGrade {
  if (health < 1 / 3) return 'red';
  return health < 2 / 3 ? 'yellow' : 'green';
}

function gradeMeasure(measure: ReadableMeasure | UnreadMeasure, facts: AccountFacts): GradedMeasure {
  const { title, weight } = measure;
  const unread = (feature: FactId | null, notRead: string) => ({
    ...{ title, feature, weight, grade: null, points: null, notRead },
  });
  if ('notRead' in measure) return unread(null, measure.notRead);
  const { feature, bands } = measure;
  const value = known(facts, feature);
  if (value === null) return unread(feature, 'this account has no value');
  const lines = 'columns' in bands ? columnOf(bands, facts) : bands;
  if (typeof lines === 'string') return unread(feature, lines);
  const { health } = lines.find((it) => holds(it, value))!;
  return { title, feature, weight, grade: gradeOf(health), points: 100 * health, notRead: null };
}

function columnOf(table: TenureTable, facts: AccountFacts): readonly PresetBand[] | string {
  const tenure = known(facts, 'tenureDays');
  if (tenure === null) return 'the time as a customer is not known';
  if (tenure < table.fromDays) return `the table begins ${table.fromDays} days after the purchase`;
  return table.columns.find((it) => tenure <= it.upToDays)!.bands;
}

function holds({ below, upTo }: PresetBand, value: number): boolean {
  if (below !== undefined) return value < below;
  return upTo === undefined || value <= upTo;
}

function riskPresent({ when }: PresetRisk, facts: AccountFacts): boolean | null {
  if (!when) return null;
  const answers = when.map(({ feature, atLeast, below }) => {
    const value = known(facts, feature);
    if (value === null) return null;
    return (atLeast === undefined || value >= atLeast) && (below === undefined || value < below);
  });
  if (answers.includes(false)) return false;
  return answers.includes(null) ? null : true;
}

function known(facts: AccountFacts, feature: FactId): number | null {
  const value = facts[feature];
  return value === undefined || value === null || !Number.isFinite(value) ? null : value;
}
