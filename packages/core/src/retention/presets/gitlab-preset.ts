import type { HealthPreset, PresetBand } from './preset.ts';

const RED = 0;
const YELLOW = 0.5;
const GREEN = 1;

/** Use of licences below 10 %, 10 to 50 %, 51 to 75 % and above 75 %. */
const column = (tenth: number, half: number, most: number): readonly PresetBand[] => [
  { below: 0.1, health: tenth },
  { upTo: 0.5, health: half },
  { upTo: 0.75, health: most },
  { health: GREEN },
];

/** GitLab's table of licence use by time as a customer, and of user engagement. */
export const GITLAB_PRESET: HealthPreset = /* @__PURE__ */ buildPreset();

function buildPreset(): HealthPreset {
  return {
    id: 'gitlab',
    title: 'GitLab: licence use and user engagement',
    source: 'handbook.gitlab.com, Customer Success, Use Case Adoption: Health Scoring, Calculations and Methodology',
    assumptions: [
      'Both measures weigh the same: the page gives no weights.',
      'Red, yellow and green are 0, 50 and 100 points.',
      'Shares between 50 and 51 % stand in no line; they count as 51 %. Six months belong to the first column.',
      'A scorecard takes the column of months 6 to 9, the only one in which yellow lies between red and green.',
    ],
    measures: [
      {
        title: 'Licence utilisation',
        weight: 0.5,
        feature: 'seatsUsedShare',
        bands: {
          fromDays: 61,
          columns: [
            { upToDays: 183, bands: column(RED, YELLOW, GREEN) },
            { upToDays: 274, bands: column(RED, RED, YELLOW) },
            { upToDays: Number.POSITIVE_INFINITY, bands: column(RED, RED, RED) },
          ],
          cardColumn: 1,
        },
      },
      {
        title: 'User engagement: active in 28 days over billable users (below 50 %, below 80 %, 80 % and more)',
        weight: 0.5,
        notRead: 'usage records hold one count of seats in use, not active and deployed users apart',
      },
    ],
    risks: [],
  };
}
