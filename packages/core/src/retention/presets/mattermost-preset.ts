import type { HealthPreset } from './preset.ts';

/** Mattermost's account health: four scores of 25 points, and what it counts as a risk to a renewal. */
export const MATTERMOST_PRESET: HealthPreset = {
  id: 'mattermost',
  title: 'Mattermost: account health',
  source: 'handbook.mattermost.com, Metrics definitions: CS Account Health Score; risks: Customer Success',
  assumptions: [
    'Where two lines meet, the one with a sign (<=, >=, >) has the border, else the lower range.',
    'The colours are ours: below a third of the points red, from two thirds on green.',
    'A renewal marked "At Risk" (20 points) or "Early Warning" (50), and ten points for a reference, are no facts of ours.',
  ],
  measures: [
    {
      title: 'Tenure',
      weight: 0.25,
      feature: 'tenureDays',
      bands: [{ upTo: 182.5, health: 0.1 }, { upTo: 365, health: 0.5 }, { upTo: 730, health: 0.75 }, { health: 1 }],
    },
    {
      title: 'Licence end',
      weight: 0.25,
      feature: 'daysToDecision',
      standIn: 'days to the last day on which notice can be given',
      bands: [
        { upTo: 15, health: 0.1 },
        { upTo: 30, health: 0.25 },
        { upTo: 60, health: 0.75 },
        { upTo: 90, health: 0.9 },
        { health: 1 },
      ],
      notInCard: 'the score is of the decision itself, however far it is away: days to it are the clock, not a cause',
    },
    {
      title: 'Tickets in 90 days (5 and more 25 %, none 50 %, 3 to 4 75 %, 1 to 2 100 %)',
      weight: 0.25,
      notRead: 'our ticket facts are a trend and what is open, not this count',
    },
    {
      title: 'Days since the most recent task',
      weight: 0.25,
      feature: 'daysSinceTouch',
      standIn: 'days since the last meeting, call or mail',
      bands: [{ upTo: 30, health: 1 }, { upTo: 60, health: 0.75 }, { below: 90, health: 0.5 }, { health: 0.25 }],
    },
  ],
  risks: [
    {
      title: 'Less than 75 % of the licences deployed 90 days after the purchase',
      when: [
        { feature: 'tenureDays', atLeast: 90 },
        { feature: 'seatsUsedShare', below: 0.75 },
      ],
    },
    {
      title: 'Unresponsive within 120 days of the renewal',
      when: [
        { feature: 'daysToDecision', below: 121 },
        { feature: 'twoWayTouches90', below: 1 },
      ],
    },
    {
      title: 'Contraction of 10 % or more',
      notRead: 'what the next term will be worth is not known before it is signed',
    },
  ],
};
