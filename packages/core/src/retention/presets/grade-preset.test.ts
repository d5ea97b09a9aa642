import { describe, expect, it } from 'vitest';
import type { AccountFacts } from '../../features/facts.ts';
import { GITLAB_PRESET, gradePreset, MATTERMOST_PRESET, POSTHOG_PRESET, PRESETS } from './index.ts';

const months = (count: number) => Math.round((count * 365) / 12);
const measureOf = (preset: (typeof PRESETS)[number], feature: string, facts: AccountFacts) =>
  gradePreset(preset, facts).measures.find((it) => it.feature === feature);

describe('GitLab handbook, licence use by time as a customer', () => {
  // Columns: 2 to 6, 6 to 9, more than 9 months.
  const table = [
    [0.05, 'red', 'red', 'red'],
    [0.1, 'yellow', 'red', 'red'],
    [0.5, 'yellow', 'red', 'red'],
    [0.51, 'green', 'yellow', 'red'],
    [0.75, 'green', 'yellow', 'red'],
    [0.76, 'green', 'green', 'green'],
    [1.1, 'green', 'green', 'green'],
  ] as const;

  it.each(table)('%d of the licences in use: %s, %s, %s', (seatsUsedShare, ...grades) => {
    const seen = [3, 8, 12].map((age) => gradePreset(GITLAB_PRESET, { seatsUsedShare, tenureDays: months(age) }).grade);
    expect(seen).toEqual(grades);
  });

  it('the borders between columns: six and nine months belong to the column that ends there', () => {
    const at = (tenureDays: number) => gradePreset(GITLAB_PRESET, { seatsUsedShare: 0.6, tenureDays }).grade;
    expect([183, 184, 274, 275].map(at)).toEqual(['green', 'yellow', 'yellow', 'red']);
  });

  it('before the second month, and without a tenure, the table says nothing; that is no zero', () => {
    const young = gradePreset(GITLAB_PRESET, { seatsUsedShare: 0.05, tenureDays: 30 });
    expect(young).toMatchObject({ grade: null, points: null, knownShare: 0 });
    expect(young.measures[0]?.notRead).toContain('61 days');
    expect(gradePreset(GITLAB_PRESET, { seatsUsedShare: 0.9 }).measures[0]).toMatchObject({
      ...{ points: null, notRead: 'the time as a customer is not known' },
    });
  });

  it('user engagement is listed as not read, and half of the weight is known at most', () => {
    const { measures, knownShare } = gradePreset(GITLAB_PRESET, { seatsUsedShare: 0.9, tenureDays: 300 });
    expect(knownShare).toBe(0.5);
    expect(measures[1]).toMatchObject({ grade: null, points: null, notRead: expect.stringContaining('seats in use') });
  });
});

describe('PostHog handbook, poor 0, concerning 5, healthy 10', () => {
  it.each([
    ['seatsUsedShare', [0.19, 0.2, 0.39, 0.4], [0, 50, 50, 100]],
    ['openUrgentTickets', [0, 1, 2, 3], [100, 50, 50, 0]],
    ['daysSinceTouch', [30, 31, 90, 91], [100, 50, 50, 0]],
    // Falls of 21, 19, 6 and 4 %.
    ['usageTrend', [0.79, 0.81, 0.94, 0.96].map(Math.log), [0, 50, 50, 100]],
  ] as const)('%s at %j: %j points of 100', (feature, values, points) => {
    expect(values.map((it) => measureOf(POSTHOG_PRESET, feature, { [feature]: it })?.points)).toEqual(points);
  });

  it('a quarter of 15 %, a quarter of 5 %, a third of 5 % and half of 33 % can be read', () => {
    const facts = { seatsUsedShare: 0.5, openUrgentTickets: 0, daysSinceTouch: 100, usageTrend: Math.log(0.9) };
    const { knownShare, points, grade } = gradePreset(POSTHOG_PRESET, facts);
    const weights = [0.0375, 0.0125, 0.05 / 3, 0.165];
    const known = weights.reduce((sum, it) => sum + it, 0);
    expect(knownShare).toBeCloseTo(known, 12);
    // 3.75 x 100 + 1.25 x 100 + 1.667 x 0 + 16.5 x 50, over 23.17: 57.2.
    expect(points).toBeCloseTo((3.75 * 100 + 1.25 * 100 + 16.5 * 50) / (100 * known), 9);
    expect([grade, Math.round(points ?? 0)]).toEqual(['yellow', 57]);
  });

  it('four of the page’s 20 measures are read; every other says why not', () => {
    const { measures, risks } = gradePreset(POSTHOG_PRESET, {});
    expect([measures.length, measures.filter((it) => it.feature !== null).length]).toEqual([20, 4]);
    expect(measures.every((it) => it.points === null && it.notRead !== null)).toBe(true);
    expect(risks.every((it) => it.present === null)).toBe(true);
  });
});

describe('Mattermost handbook, four scores of 25 points', () => {
  it.each([
    ['tenureDays', [182, 183, 365, 366, 730, 731], [10, 50, 50, 75, 75, 100]],
    ['daysToDecision', [15, 16, 30, 31, 60, 61, 90, 91], [10, 25, 25, 75, 75, 90, 90, 100]],
    ['daysSinceTouch', [30, 31, 60, 61, 89, 90], [100, 75, 75, 50, 50, 25]],
  ] as const)('%s at %j: %j %%', (feature, values, points) => {
    expect(values.map((it) => measureOf(MATTERMOST_PRESET, feature, { [feature]: it })?.points)).toEqual(points);
  });

  it('100 % of tenure, 75 % of the licence end and 25 % of the task make two thirds: green by an edge', () => {
    const facts = { tenureDays: 800, daysToDecision: 45, daysSinceTouch: 120 };
    const { points, grade, knownShare } = gradePreset(MATTERMOST_PRESET, facts);
    expect(points).toBeCloseTo((100 + 75 + 25) / 3, 12);
    expect([grade, knownShare]).toEqual(['green', 0.75]);
  });

  it('thirds: 28 points are red, 37 and 58 yellow, 67 green', () => {
    const of = (tenureDays: number, daysToDecision: number, daysSinceTouch: number) => {
      const { points, grade } = gradePreset(MATTERMOST_PRESET, { tenureDays, daysToDecision, daysSinceTouch });
      return [Math.round(points!), grade];
    };
    // (50 + 10 + 25) / 3, (10 + 75 + 25) / 3, (10 + 90 + 75) / 3 and (75 + 25 + 100) / 3.
    expect(of(300, 10, 100)).toEqual([28, 'red']);
    expect(of(100, 45, 100)).toEqual([37, 'yellow']);
    expect(of(100, 80, 45)).toEqual([58, 'yellow']);
    expect(of(500, 25, 20)).toEqual([67, 'green']);
  });

  it('risks stand beside the points: present, absent, or not to be told', () => {
    const risks = (facts: AccountFacts) => gradePreset(MATTERMOST_PRESET, facts).risks.map((it) => it.present);
    expect(risks({ tenureDays: 90, seatsUsedShare: 0.74 })).toEqual([true, null, null]);
    expect(risks({ tenureDays: 89, seatsUsedShare: 0.1 })).toEqual([false, null, null]);
    expect(risks({ daysToDecision: 120, twoWayTouches90: 0 })).toEqual([null, true, null]);
    expect(risks({ daysToDecision: 121, twoWayTouches90: 0 })).toEqual([null, false, null]);
  });
});

describe('every preset', () => {
  it.each(PRESETS)('$id: weights add up to 1, features are read once, the source is named', (preset) => {
    expect(preset.measures.reduce((sum, it) => sum + it.weight, 0)).toBeCloseTo(1, 12);
    const features = preset.measures.flatMap((it) => ('feature' in it ? it.feature : []));
    expect(new Set(features).size).toBe(features.length);
    expect(preset.source).toMatch(/^[\w.]+\.com/);
  });

  it.each(PRESETS)('$id: a missing fact, null or no number, changes no point', (preset) => {
    const facts = { seatsUsedShare: 0.3, tenureDays: 400, daysSinceTouch: 10 };
    const { points } = gradePreset(preset, facts);
    expect(gradePreset(preset, { ...facts, usageTrend: null, daysToDecision: Number.NaN }).points).toBe(points);
  });
});
