import { unavailable } from './rules.ts';

/** Product usage has no standard object below Enterprise's custom events. */
export const usage = unavailable(
  'HubSpot has no standard object for product usage: name the seat counts of the company under "fields"',
);
