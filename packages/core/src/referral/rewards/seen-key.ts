import type { RewardInput } from './reward-input.ts';

/** Under which name an event counts as taken by a program: two programs may each take it. */
export function seenKey({ event, program }: RewardInput): string {
  return `${program.id}/${event.key}`;
}
