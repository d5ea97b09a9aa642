import type { Clock } from '@holdfast/core';

/** A clock that begins at an instant and jumps instead of waiting, so that rate limits cost no time in the demo. */
export function simulatedClock(start: number): Clock {
  const began = performance.now();
  let jumped = 0;
  return {
    now: () => Math.round(start + jumped + performance.now() - began),
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      jumped += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
