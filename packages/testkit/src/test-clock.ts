import type { Clock, Instant } from '@holdfast/core';

/** A clock that stands still until a test moves it; `sleep` moves it by the time slept. */
export interface TestClock extends Clock {
  advance(ms: number): void;
}

/** The start of every test clock unless one is given: 2026-01-01T00:00:00Z. */
export const TEST_START: Instant = 1_767_225_600_000;

/** Makes a clock that stands still at `startAt`. */
export function createTestClock(startAt: Instant = TEST_START): TestClock {
  let at = startAt;
  return {
    now: () => at,
    advance: (ms) => {
      at += ms;
    },
    sleep: async (ms, signal) => {
      if (signal?.aborted) throw new DOMException('The wait was stopped.', 'AbortError');
      at += ms;
    },
  };
}
