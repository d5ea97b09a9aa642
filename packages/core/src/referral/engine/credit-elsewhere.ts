import type { Instant } from '../../model/dates.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';
import type { PersonsAct } from '../entities/referral-event.ts';
import { decideSale } from './decide-sale.ts';
import { type EngineState, putSale, resolveId } from './engine-state.ts';
import { rewardAgain } from './reward-event.ts';

/**
 * Takes that another channel was credited with a sale: the earliest day that was said stands. A sale that was decided
 * before that day stays as it was; otherwise referrals are kept as influence, or proposed so where the decision is locked.
 */
export function creditElsewhere(
  state: EngineState,
  { opportunityId, since, why }: Extract<PersonsAct, { readonly act: 'credit_elsewhere' }>,
  at: Instant,
): Refusal | null {
  const saleId = resolveId(state, opportunityId);
  const sale = state.sales.get(saleId);
  if (sale === undefined) return refuse('illegal_transition', `No claim is on the party of ${saleId}. Check the id.`);
  if (why.trim() === '') return refuse('why_missing');
  if (since > at) return refuse('future_event');
  const told = { ...sale, creditedElsewhereAt: Math.min(since, sale.creditedElsewhereAt ?? since) };
  putSale(state, told);
  decideSale(state, told);
  rewardAgain(state, saleId);
  return null;
}
