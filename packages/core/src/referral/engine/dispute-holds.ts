import type { Id } from '../../model/ids.ts';
import { holdsRewards } from '../attribution/dispute.ts';
import { holdCase, releaseCase } from '../rewards/index.ts';
import { type EngineState, programOf } from './engine-state.ts';

/** Whether a dispute about a sale is not final yet, in any program. */
function isDisputed(state: EngineState, saleId: Id): boolean {
  return [...(state.decisions.get(saleId)?.keys() ?? [])].some((programId) => {
    const last = state.disputes.get(`${programId} ${saleId}`)?.at(-1);
    const policy = programOf(state, programId)?.policy;
    return last !== undefined && policy !== undefined && holdsRewards(last, policy, state.now);
  });
}

/** What a sale gives while a dispute about it is open, or its ruling may be appealed, waits as what it gave before. */
export function holdDisputed(state: EngineState, saleId: Id): void {
  if (state.disputes.size > 0 && isDisputed(state, saleId)) holdCase(state.rewards, saleId, state.now);
}

/** Lets the rewards of a sale go on, unless a dispute in another program holds them still: `false`. */
export function releaseDisputed(state: EngineState, saleId: Id): boolean {
  if (isDisputed(state, saleId)) return false;
  releaseCase(state.rewards, saleId, state.now);
  return true;
}
