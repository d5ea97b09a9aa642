import type { Refusal } from '../entities/reason-code.ts';
import { draftRewards, type RewardDraft } from './draft-rewards.ts';
import { giveReward } from './give-reward.ts';
import type { RewardBook } from './reward-book.ts';
import type { RewardInput, RewardOptions } from './reward-input.ts';

/**
 * Gives the rewards of one event; a reward whose key exists is left as it is. Returns the refusal that keeps the event
 * out whole (it can be given again once it is mended), or `null`; lesser refusals are noted in the book.
 */
export function accrueEvent(
  book: RewardBook,
  input: RewardInput,
  options: RewardOptions,
  version: number | null = null,
): Refusal | null {
  const drafts: RewardDraft[] = [];
  for (const draft of draftRewards(book, input, options)) {
    if (!('refused' in draft)) drafts.push(draft);
    else if (draft.reason === 'no_rate' || draft.reason === 'unknown_participant') return draft;
    else book.refuse(input.event.key, draft);
  }
  for (const draft of drafts) giveReward(book, draft, input, options.asOf, version);
  return null;
}
