import type { Feature } from './feature.ts';
import { latestNps } from './latest-nps.ts';

/** Mean of each respondent's latest NPS answer of the last 365 days: one account has many voices. */
export const npsLast: Feature = {
  id: 'npsLast',
  title: 'Last NPS answer',
  group: 'sentiment',
  unit: 'score 0 to 10',
  asOfSource: 'record',
  missingRule: 'null without an NPS answer in the last 365 days',
  compute: (slice) => {
    const scores = latestNps(slice).map((it) => it.score);
    return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
  },
};
