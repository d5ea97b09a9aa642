import { formatInstant, type Instant } from '@holdfast/core';

/**
 * A run's id: its start to the second, two letters for the millisecond and two against collisions. Ids sort by time, also
 * within a second: what is newest is told by them.
 */
export function newRunId(now: Instant, random: () => number): string {
  return `${runStamp(now)}-${letters(now % 1000)}${letters(Math.floor(random() * 36 ** 2))}`;
}

const letters = (n: number) => n.toString(36).padStart(2, '0');

/** What the ids of all runs that began in this second begin with. */
export function runStamp(at: Instant): string {
  return formatInstant(at).slice(0, 19).replaceAll(':', '');
}
