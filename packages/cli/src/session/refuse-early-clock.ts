import { formatInstant, type Instant } from '@holdfast/core';
import { UserError } from '../failure.ts';

/**
 * A clock may step back so far (five minutes): time services mend drifts of that size, and a pull reads some minutes twice
 * anyway. More, and records would be scored, credited and paid at instants before those of what is known already.
 */
const CLOCK_TOLERANCE_MS = 300_000;

/**
 * Refuses (`clock_backwards`) where this machine's clock stands before an instant that the workspace has seen. `what` ends
 * the sentence "... but", such as "the last pull was at". The way out where the clock was ahead is a person's word.
 */
export function refuseEarlyClock(now: Instant, last: Instant, what: string): void {
  if (now >= last - CLOCK_TOLERANCE_MS) return;
  throw new UserError(
    'clock_backwards',
    `Refused (clock_backwards): It is ${formatInstant(now)} on this machine, but ${what} ${formatInstant(last)}. Where the clock is wrong now, set it and run again. Where it was ahead then, \`holdfast pull --clock-was-ahead\` sets the workspace right; from ${formatInstant(last)} on it works again by itself.`,
  );
}
