import type { HealthPreset, PresetBand, ReadableMeasure, UnreadMeasure } from './preset.ts';

const POOR = 0;
const CONCERNING = 0.5;
const HEALTHY = 1;

/** Less is better: healthy up to and with the first border, poor beyond the second. */
const atMost = (healthy: number, concerning: number): readonly PresetBand[] => [
  { upTo: healthy, health: HEALTHY },
  { upTo: concerning, health: CONCERNING },
  { health: POOR },
];
/** More is better: poor below the first border, healthy from the second on. */
const atLeast = (concerning: number, healthy: number): readonly PresetBand[] => [
  { below: concerning, health: POOR },
  { below: healthy, health: CONCERNING },
  { health: HEALTHY },
];

const NO_DAILY_USE = 'usage records cover a month; they tell no day and no single person';
const NO_PRODUCTS = 'usage records do not tell one part of the product from another';
const NO_TICKET_COUNT = 'our ticket facts are a trend and what is open, not this';

type Line = Omit<ReadableMeasure, 'weight'> | Omit<UnreadMeasure, 'weight'>;

/** The lines of one score share its weight evenly. */
function score(weight: number, lines: readonly Line[]): readonly (ReadableMeasure | UnreadMeasure)[] {
  return lines.map((it) => ({ ...it, weight: weight / lines.length }));
}

/** PostHog's health score out of 10: customer engagement 25 %, product engagement 75 %. */
export const POSTHOG_PRESET: HealthPreset = /* @__PURE__ */ buildPreset();

function buildPreset(): HealthPreset {
  return {
    id: 'posthog',
    title: 'PostHog: customer and product engagement',
    source:
      'posthog.com/handbook, Customer health tracking; poor 0, concerning 5, healthy 10 points: docs.vitally.io, Health scores',
    assumptions: [
      'The measures of one score share its weight evenly: the page gives weights of scores only.',
      'An older version of the page names 20 and 80 % over the same weights, which add up to 25 and 75 %.',
    ],
    measures: [
      ...score(0.15, [
        { title: 'Last seen in product (healthy up to 1 day, poor above 5)', notRead: NO_DAILY_USE },
        {
          title: 'Active user percentage',
          feature: 'seatsUsedShare',
          standIn: 'seats in use over seats bought',
          bands: atLeast(0.2, 0.4),
        },
        { title: 'Fall of the active user percentage (healthy up to 5 %, poor above 20 %)', notRead: NO_DAILY_USE },
        { title: 'Users engaging with features (poor below 3, healthy from 10)', notRead: NO_DAILY_USE },
      ]),
      ...score(0.05, [
        { title: 'Tickets created in 30 days (healthy up to 5, poor above 10)', notRead: NO_TICKET_COUNT },
        { title: 'Urgent tickets unresolved', feature: 'openUrgentTickets', bands: atMost(0, 2) },
        { title: 'Docs visited in 7 days (healthy up to 20, poor above 100)', notRead: 'no CRM record' },
        { title: 'Query failure rate in 7 days (healthy up to 5 %, poor above 13 %)', notRead: 'no CRM record' },
      ]),
      ...score(0.05, [
        {
          title: 'Most recent meeting',
          feature: 'daysSinceTouch',
          standIn: 'days since the last meeting, call or mail',
          bands: atMost(30, 90),
        },
        { title: 'Most recent ticket (healthy up to 30 days, poor above 90)', notRead: NO_TICKET_COUNT },
        { title: 'Total product count (poor below 3, healthy above 6)', notRead: NO_PRODUCTS },
      ]),
      ...score(0.33, [
        {
          title: 'Fall of the event count in 30 days',
          feature: 'usageTrend',
          standIn: 'all use of the last month against the mean of the three before',
          // A fall of 20 % is a ratio of .8; the fact is the ratio's logarithm.
          bands: atLeast(Math.log(0.8), Math.log(0.95)),
        },
        { title: 'Active users analysing insights (poor below 20 %, healthy from 40 %)', notRead: NO_PRODUCTS },
      ]),
      ...score(0.2, [
        { title: 'Fall of the replay count in 30 days (healthy up to 5 %, poor above 20 %)', notRead: NO_PRODUCTS },
        { title: 'Active users watching replays (poor below 20 %, healthy from 40 %)', notRead: NO_PRODUCTS },
      ]),
      ...score(0.17, [
        { title: 'Fall of flag requests in 30 days (healthy up to 5 %, poor above 20 %)', notRead: NO_PRODUCTS },
        { title: 'Active users creating feature flags (poor below 5 %, healthy from 20 %)', notRead: NO_PRODUCTS },
        { title: 'Active users using experiments (poor below 5 %, healthy from 20 %)', notRead: NO_PRODUCTS },
      ]),
      ...score(0.05, [
        { title: 'Active users viewing surveys (poor below 5 %, healthy from 20 %)', notRead: NO_PRODUCTS },
        { title: 'Fall of rows synced in 30 days (healthy up to 5 %, poor above 20 %)', notRead: NO_PRODUCTS },
      ]),
    ],
    risks: [
      { title: 'Forecast of recurring revenue falls by more than 10 %', notRead: 'no forecast by use is a fact' },
      { title: 'Payment failed', notRead: 'no CRM record' },
      { title: 'Owner role removed in the last 14 days', notRead: 'roles have no date of their end' },
      { title: 'More than one visit to the billing page in 7 days', notRead: 'no CRM record' },
    ],
  };
}
