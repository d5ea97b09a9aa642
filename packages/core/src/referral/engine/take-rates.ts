import type { Program } from '../entities/program.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { noteAddedProgram } from './added-programs.ts';
import { type EngineState, rateKey } from './engine-state.ts';
import { followSale } from './move-by-sale.ts';
import { rewardAgain } from './reward-event.ts';
import { takeProgress } from './take-progress.ts';
import { lookAtAll } from './what-changed.ts';

/** Takes how the table of exchange rates changed, and with it what had waited for a rate. */
export function takeRates(
  state: EngineState,
  { added, removed }: Extract<ReferralEvent, { readonly kind: 'rates' }>,
): void {
  const rates = new Map(state.rates);
  for (const it of removed) rates.delete(rateKey(it));
  for (const it of added) rates.set(rateKey(it), it);
  state.rates = rates;
  takeUnrated(state);
}

/** Takes what a program says from now on; in another currency, sales that had no rate before may need none. */
export function takeProgram(state: EngineState, program: Program, added = false): void {
  if (added) noteAddedProgram(state, program.id);
  state.programs.set(program.id, program);
  state.nextClocks.clear();
  lookAtAll(state);
  takeUnrated(state);
}

/** What was refused for want of a rate alone is taken where there is one now, as it came; the rest is refused again. */
function takeUnrated(state: EngineState): void {
  const isUnrated = ({ reason }: EngineState['refused'][number]) => reason === 'no_rate';
  const keys = new Set(state.refused.filter(isUnrated).map(({ key }) => key));
  if (keys.size === 0) return;
  state.refused.splice(0, state.refused.length, ...state.refused.filter((it) => !isUnrated(it)));
  const waiting = [...state.unrated.values()].sort((a, b) => a.occurredAt - b.occurredAt || (a.key < b.key ? -1 : 1));
  state.unrated.clear();
  for (const event of waiting) takeProgress(state, event);
  for (const sale of [...state.sales.values()].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (!sale.events.some(({ key }) => keys.has(key))) continue;
    followSale(state, sale);
    rewardAgain(state, sale.id);
  }
}
