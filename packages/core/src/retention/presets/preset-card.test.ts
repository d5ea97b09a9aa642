import { describe, expect, it } from 'vitest';
import { contribution } from '../contribution.ts';
import { scoreRisk } from '../score-risk.ts';
import { CONTRACT_CARD } from '../scorecards.ts';
import { GITLAB_PRESET, MATTERMOST_PRESET, POSTHOG_PRESET, PRESETS, presetCard } from './index.ts';

const lineOf = (preset: (typeof PRESETS)[number]) =>
  presetCard(preset, 'contract').rows.map(({ feature, from, to, points }) => [feature, from, to, points]);

describe('a preset as points', () => {
  it('GitLab: licence use alone, from 75 to 50 % (months 6 to 9), all of the swing of 3', () => {
    expect(lineOf(GITLAB_PRESET)).toEqual([['seatsUsedShare', 0.75, 0.5, 3]]);
  });

  it('Mattermost: tenure and task share the swing; days to the decision are no driver', () => {
    expect(lineOf(MATTERMOST_PRESET)).toEqual([
      ['tenureDays', 730, 182.5, 1.5],
      ['daysSinceTouch', 30, 90, 1.5],
    ]);
  });

  it('PostHog: borders of the page, points by the share of what can be read', () => {
    const rows = lineOf(POSTHOG_PRESET);
    expect(rows.map((it) => it.slice(0, 3))).toEqual([
      ['seatsUsedShare', 0.4, 0.2],
      ['openUrgentTickets', 0, 2],
      ['daysSinceTouch', 30, 90],
      ['usageTrend', Math.log(0.95), Math.log(0.8)],
    ]);
    // 3.75, 1.25, 1.667 and 16.5 of 23.167, times 3.
    const points = [3.75, 1.25, 5 / 3, 16.5].map((it) => (3 * it) / (3.75 + 1.25 + 5 / 3 + 16.5));
    rows.forEach((row, i) => {
      expect(row[3]).toBeCloseTo(points[i]!, 12);
    });
  });

  it.each(PRESETS)('$id: healthy is 0 points, poor all of them, and beyond both it stops', (preset) => {
    for (const row of presetCard(preset, 'orders').rows) {
      const at = (value: number) => contribution(row, { [row.feature]: value })?.logOdds;
      expect(at(row.from)).toBe(0);
      expect(at(row.to)).toBeCloseTo(row.points, 12);
      expect(at(row.from + (row.from - row.to))).toBe(0);
      expect(at(row.to + (row.to - row.from))).toBeCloseTo(row.points, 12);
      expect(row.source).toMatch(/^size: assumption/);
    }
  });

  it.each(['contract', 'orders'] as const)(
    '%s: the base rate stays the shipped one, the version tells it apart',
    (model) => {
      const card = presetCard(GITLAB_PRESET, model);
      expect([card.model, card.yearlyLoss, card.version]).toEqual([model, 0.11, `preset-gitlab-${model}-1`]);
      expect(card.version).not.toBe(CONTRACT_CARD.version);
    },
  );

  it('poor by everything is 71 % where the base is 11 %: odds .11/.89 times e^3', () => {
    const odds = (0.11 / 0.89) * Math.exp(3);
    const facts = { model: 'contract' as const, seatsUsedShare: 0.1 };
    const { churnProbability } = scoreRisk(facts, { contractCard: presetCard(GITLAB_PRESET, 'contract') });
    expect(churnProbability).toBeCloseTo(odds / (1 + odds), 12);
    expect(odds / (1 + odds)).toBeCloseTo(0.713, 3);
  });
});
