import type { RetentionModel } from '../../features/facts.ts';
import type { Scorecard, ScorecardRow } from '../scorecard.ts';
import { CONTRACT_CARD, ORDERS_CARD } from '../scorecards.ts';
import type { HealthPreset, PresetBand, ReadableMeasure, UnreadMeasure } from './preset.ts';

/**
 * Log-odds between an account that is healthy by every measure and one that is poor by every one. An assumption: no
 * source says what its table is worth; with the base of 11 % it spans 11 to 71 %.
 */
export const PRESET_SWING = 3;

/**
 * A preset as the points of a scorecard, so that outcomes can judge and correct it: each measure that our facts can
 * answer runs from its healthy border (0 points) to its poor one, by its share of the readable weight times
 * `PRESET_SWING`, and stops at both. The base rate is the shipped card's.
 */
export function presetCard(preset: HealthPreset, model: RetentionModel): Scorecard {
  const measures = preset.measures.filter(isRow);
  const total = measures.reduce((sum, it) => sum + it.weight, 0);
  return {
    ...(model === 'contract' ? CONTRACT_CARD : ORDERS_CARD),
    version: `preset-${preset.id}-${model}-1`,
    rows: measures.map((it) => rowOf(it, (PRESET_SWING * it.weight) / total, preset)),
  };
}

function isRow(measure: ReadableMeasure | UnreadMeasure): measure is ReadableMeasure {
  return 'feature' in measure && measure.notInCard === undefined;
}

function rowOf({ feature, bands, title }: ReadableMeasure, points: number, preset: HealthPreset): ScorecardRow {
  const lines = 'columns' in bands ? bands.columns[bands.cardColumn]!.bands : bands;
  const { from, to } = bordersOf(lines);
  const source = `size: assumption; borders: ${title}, ${preset.source}`;
  return { feature, from, to, points, low: Math.min(from, to), high: Math.max(from, to), source };
}

/** Where the healthiest lines begin and where the poorest do: lines of equal health are one. */
function bordersOf(lines: readonly PresetBand[]): { readonly from: number; readonly to: number } {
  const last = lines.length - 1;
  const rising = lines[last]!.health > lines[0]!.health;
  const lowest = borderAfter(
    lines,
    lines.findLastIndex((it, i) => i < last && it.health === lines[0]!.health),
  );
  const highest = borderAfter(lines, lines.findIndex((it) => it.health === lines[last]!.health) - 1);
  return rising ? { from: highest, to: lowest } : { from: lowest, to: highest };
}

function borderAfter(lines: readonly PresetBand[], index: number): number {
  const { below, upTo } = lines[index]!;
  return below ?? upTo!;
}
