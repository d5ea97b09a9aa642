import type { FactId } from '../features/facts.ts';
import type { Money } from '../model/money.ts';
import { WORTH_NAMING } from '../retention/main-reason.ts';
import type { RiskScore } from '../retention/risk-score.ts';
import { actionEffect, oddsShareOf } from '../retention/value/action-effect.ts';
import type { TreatmentEffect } from '../retention/value/treatment-effect.ts';
import { valueOfAction } from '../retention/value/value-of-action.ts';
import { PLAYBOOKS, type Playbook } from './playbooks.ts';

/** What the value of a step is reckoned with: the company's own figures and what its hold-out measured. */
export interface ActionWorth {
  /** Gross margin as a share of revenue; `null`: not set, and revenue never takes its place (retention model, rule 13). */
  readonly grossMargin: number | null;
  /** Cost of an hour of the account owner's work in minor units of the book's currency; `null`: not set. */
  readonly hourlyCost: number | null;
  /** Effects that a hold-out measured, by the driver that the step answers; the others stay assumed. */
  readonly measured?: Readonly<Partial<Record<FactId, TreatmentEffect>>>;
}

/** Nothing is set: steps are ranked by the log-odds of loss that they are assumed to remove. */
export const UNPRICED: ActionWorth = { grossMargin: null, hourlyCost: null };

/** A step worth considering, with what it may keep, what it costs, and what those figures rest on. */
export interface NextAction {
  readonly playbook: Playbook;
  /** Log-odds of loss that the playbook is assumed to take away. */
  readonly logOddsRemoved: number;
  /** By how much the chance of loss would fall, 0 to 1. */
  readonly probabilityDrop: number;
  /** That drop times the gross margin in the horizon; `null` when the margin is not known. */
  readonly keeps: Money | null;
  /** Hours times their cost; `null` when the cost is not set. */
  readonly cost: Money | null;
  /** `keeps` less `cost`; `null` when either is not known. */
  readonly value: Money | null;
  /** The same at both ends of the effect's 90 % interval, in minor units. */
  readonly interval: readonly [low: number, high: number] | null;
  /** Share of the chance of loss that the step must remove to pay; above 1 it cannot. */
  readonly breakEven: number | null;
  /** `null` when the value cannot be told. */
  readonly worthIt: boolean | null;
  /** What the effect rests on, in words: assumed until a hold-out measured it. */
  readonly assumption: string;
}

type Scored = Pick<RiskScore, 'drivers' | 'logOdds' | 'churnProbability' | 'revenueInHorizon'>;

/**
 * The steps for an account, best first: by expected value, p x margin x effect - cost, those that pay before the others.
 * Hours are in the cost, so a dear hour counts against a long step. Without margin, hourly cost or recurring value no
 * value can be told, and steps are ranked by the log-odds that they are assumed to remove. Only drivers that raise the
 * risk and have a playbook. Source: retention model, 1.2.
 *
 * @example
 * nextBestActions(scoreAccount({ openUrgentTickets: 1 }), { grossMargin: 0.6, hourlyCost: 8_000 })[0]?.breakEven;
 */
export function nextBestActions(
  score: Scored,
  worth: ActionWorth = UNPRICED,
  playbooks: readonly Playbook[] = PLAYBOOKS,
): readonly NextAction[] {
  return score.drivers
    .filter((driver) => driver.logOdds >= WORTH_NAMING)
    .flatMap((driver) => {
      const playbook = playbooks.find((it) => it.driver === driver.feature);
      return playbook ? [nextAction(score, playbook, playbook.effect * driver.logOdds, worth)] : [];
    })
    .sort(
      (a, b) =>
        Number(b.worthIt) - Number(a.worthIt) ||
        (b.value?.minor ?? 0) - (a.value?.minor ?? 0) ||
        b.logOddsRemoved - a.logOddsRemoved ||
        (a.playbook.driver < b.playbook.driver ? -1 : 1),
    );
}

/**
 * What must be set before a value can be told, as names of the profile; empty when nothing is missing.
 *
 * @example
 * missingForValue({ grossMargin: 0.6, hourlyCost: null }); // ['hourlyCost']
 */
export function missingForValue({ grossMargin, hourlyCost }: ActionWorth): readonly ('grossMargin' | 'hourlyCost')[] {
  return [
    ...(grossMargin === null ? (['grossMargin'] as const) : []),
    ...(hourlyCost === null ? (['hourlyCost'] as const) : []),
  ];
}

function nextAction(score: Scored, playbook: Playbook, logOddsRemoved: number, worth: ActionWorth): NextAction {
  const { grossMargin, hourlyCost, measured } = worth;
  const { churnProbability: probability, revenueInHorizon: revenue } = score;
  const margin = revenue === null || grossMargin === null ? null : revenue.minor * grossMargin;
  const spent = hourlyCost === null ? null : playbook.hours * hourlyCost;
  const effect = actionEffect({ oddsShare: oddsShareOf(logOddsRemoved) }, measured?.[playbook.driver] ?? null);
  const option = { id: playbook.driver, cost: spent ?? 0, hours: playbook.hours, effect };
  const { probabilityDrop, value, interval, breakEven, worthIt, assumption } = valueOfAction(
    { probability, value: margin },
    option,
  );
  const money = (minor: number | null) =>
    minor === null || revenue === null ? null : { minor: Math.round(minor), currency: revenue.currency };
  const priced = spent !== null && value !== null;
  return {
    ...{ playbook, logOddsRemoved, probabilityDrop, assumption },
    keeps: money(margin === null ? null : margin * probabilityDrop),
    cost: money(spent),
    value: money(priced ? value : null),
    interval: priced && interval ? [Math.round(interval[0]), Math.round(interval[1])] : null,
    breakEven: priced ? breakEven : null,
    worthIt: priced ? worthIt : null,
  };
}
