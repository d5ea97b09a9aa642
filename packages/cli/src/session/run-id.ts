import { formatInstant, type Instant } from '@holdfast/core';

/** A run's id: its start to the second and four letters against collisions. Ids sort by time. */
export function newRunId(now: Instant, random: () => number): string {
  const letters = Math.floor(random() * 36 ** 4).toString(36);
  return `${runStamp(now)}-${letters.padStart(4, '0')}`;
}

/** What the ids of all runs that began in this second begin with. */
export function runStamp(at: Instant): string {
  return formatInstant(at).slice(0, 19).replaceAll(':', '');
}
