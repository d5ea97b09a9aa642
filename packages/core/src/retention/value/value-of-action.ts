import { type ActionEffect, effectAt } from './action-effect.ts';

/** Something that could be done, in minor units. */
export interface ActionOption {
  readonly id: string;
  /** Spent whatever comes of it. */
  readonly cost: number;
  /** Working time of the account's owner. */
  readonly hours: number;
  readonly effect: ActionEffect;
  /** Given only to those who take it up, such as a discount; default 0. */
  readonly incentive?: number;
  /** Share of accounts that would have stayed anyway and take the incentive all the same; default 1. */
  readonly takeUpByStayers?: number;
}

/** What an action is expected to bring for one account, in minor units. */
export interface ActionValue {
  readonly action: ActionOption;
  /** Share of the chance of loss that it removes at this account's chance. */
  readonly effect: number;
  /** By how much the chance of loss falls. */
  readonly probabilityDrop: number;
  /** Expected value less all costs; `null` when the account's margin is not known. */
  readonly value: number | null;
  /** The same at both ends of the effect's interval. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly perHour: number | null;
  /** The effect at which it pays just: cost / (V p) without an incentive. Above 1: it cannot pay. */
  readonly breakEven: number | null;
  /** Whether to do it: its value is above 0 and the account is no sure thing. */
  readonly worthIt: boolean;
  /** What the figures rest on, in words. */
  readonly assumption: string;
}

/** Below this chance of loss nothing is proposed on an assumed effect: such an account stays anyway. */
export const SURE_THING_BELOW = 0.02;

/**
 * The expected value of an action for an account with gross margin V in the horizon and chance of loss p:
 * `p g (V - d) - (1 - p) s d - f`, with effect g, incentive d, take-up by stayers s and cost f; `p V g - f` without an
 * incentive. Sources: retention model 1.2; Verbraken, Verbeke & Baesens 2013 for the incentive form.
 *
 * @example
 * const effect = actionEffect({ oddsShare: 0.4 }, null);
 * valueOfAction({ probability: 0.5, value: 100_000 }, { id: 'call', cost: 2_500, hours: 4, effect }).value; // 10,000, assumed
 */
export function valueOfAction(
  account: { readonly probability: number; readonly value: number | null },
  action: ActionOption,
): ActionValue {
  const { probability: p, value: v } = account;
  const { cost, incentive = 0, takeUpByStayers = 1, effect } = action;
  const spent = cost + (1 - p) * takeUpByStayers * incentive;
  const at = (oddsShare: number) => (v === null ? null : p * effectAt(p, oddsShare) * (v - incentive) - spent);
  const [value, low, high] = [at(effect.oddsShare), at(effect.interval[0]), at(effect.interval[1])];
  const gain = v === null ? 0 : p * (v - incentive);
  const sureThing = effect.basis === 'assumed' && p < SURE_THING_BELOW;
  return {
    action,
    effect: effectAt(p, effect.oddsShare),
    probabilityDrop: p * effectAt(p, effect.oddsShare),
    value,
    interval: low === null || high === null ? null : [low, high],
    perHour: value === null || action.hours <= 0 ? null : value / action.hours,
    breakEven: gain > 0 ? spent / gain : null,
    worthIt: value !== null && value > 0 && !sureThing,
    assumption: assumptionOf(effect),
  };
}

/**
 * The actions for one account, best first: those worth doing before the others, by value for each hour of the owner's time
 * (by value where it takes none), then by id. Where the margin is not known they are ordered by how far the chance of loss
 * falls for each hour, and none is called worth it.
 *
 * @example
 * const effect = actionEffect({ oddsShare: 0.4 }, null);
 * const actions = [{ id: 'visit', cost: 0, hours: 8, effect }, { id: 'call', cost: 0, hours: 1, effect }];
 * rankActions({ probability: 0.3, value: 100_000 }, actions)[0]?.action.id; // 'call'
 */
export function rankActions(
  account: { readonly probability: number; readonly value: number | null },
  actions: readonly ActionOption[],
): readonly ActionValue[] {
  const merit = (it: ActionValue) => (it.value ?? it.probabilityDrop) / (it.action.hours > 0 ? it.action.hours : 1);
  return actions
    .map((it) => valueOfAction(account, it))
    .sort(
      (a, b) => Number(b.worthIt) - Number(a.worthIt) || merit(b) - merit(a) || (a.action.id < b.action.id ? -1 : 1),
    );
}

function assumptionOf({ basis, oddsShare, interval: [low, high], outcomes }: ActionEffect): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const range = `${percent(oddsShare)} of the odds of loss removed (${percent(low)} to ${percent(high)})`;
  if (basis === 'measured') return `measured: ${range}, from ${outcomes} accounts with an outcome`;
  return outcomes === 0 ? `assumed: ${range}` : `assumed: ${range}; ${outcomes} outcomes so far weigh less`;
}
