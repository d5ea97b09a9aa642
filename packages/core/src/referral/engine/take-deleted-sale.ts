import type { Id } from '../../model/ids.ts';
import { moveReward } from '../rewards/index.ts';
import { type EngineState, resolveId } from './engine-state.ts';

/**
 * A won sale is no longer in the CRM: nobody knows whether it was a mistake, so nothing is taken back by itself. What is not
 * paid yet waits for a person; claims and decisions stay.
 */
export function takeDeletedSale(state: EngineState, opportunityId: Id): void {
  const { rewards, now: at } = state;
  for (const { key, state: stands, settled } of rewards.ofCase(resolveId(state, opportunityId))) {
    if (settled > 0 || !UNPAID.includes(stands)) continue;
    moveReward(rewards, key, { step: 'review', at, by: 'crm', reason: 'sale_deleted' });
  }
}
const UNPAID: readonly string[] = ['pending', 'cap_limited', 'earned', 'held', 'approved', 'payable'];
