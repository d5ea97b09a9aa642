import { formatInstant, type Instant } from '@holdfast/core';

/** A run's id: its start to the second and four letters against collisions. Ids sort by time. */
export function newRunId(now: Instant, random: () => number): string {
  const stamp = formatInstant(now).slice(0, 19).replaceAll(':', '');
  const letters = Math.floor(random() * 36 ** 4).toString(36);
  return `${stamp}-${letters.padStart(4, '0')}`;
}
