import type { AccountFacts } from '../../features/facts.ts';
import { type CalendarDay, dayNumber } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { contribution } from '../contribution.ts';
import type { Decision } from '../outcomes/decision.ts';
import type { Scorecard } from '../scorecard.ts';
import type { DecisionRows } from './decision-rows.ts';
import { growingColumn, growingIndex } from './growing-columns.ts';

/** What a row holds beside the facts and the decision. */
export interface RowContext {
  /** The row is seen from the end of this day. */
  readonly cutoffOn: CalendarDay;
  /** Who owns the account, as far as that is known; for tables only, never a driver. */
  readonly ownerId: Id | null;
  /** Days since the last order (orders) or touch (contract); `null`: not known. */
  readonly recencyDays: number | null;
  /** Somebody acted because of a score between cut-off and decision. */
  readonly treated?: boolean;
  /** What was known one quarter before the cut-off; `null`: nothing. Given for every row or for none. */
  readonly previousFacts?: AccountFacts | null;
  /** How many windows overlap this one, itself counted; default 1. */
  readonly overlapping?: number;
}

/** Rows as they are collected, decision by decision. */
export interface OpenDecisionRows {
  /** Adds a decision whose outcome is known; answers false for one that is pending, competing or of the other model. */
  readonly add: (facts: AccountFacts, decision: Decision, context: RowContext) => boolean;
  readonly finish: () => DecisionRows;
}

const numbers = () => growingColumn((length) => new Float64Array(length));
const days = () => growingColumn((length) => new Int32Array(length));
const marks = () => growingColumn((length) => new Uint8Array(length));

/**
 * Collects the training rows of one scorecard as columns: per row the swings of every driver (`NaN` where the fact is
 * missing) and what became of the account. About 8 bytes a driver and 80 a row.
 */
export function openDecisionRows(card: Scorecard): OpenDecisionRows {
  const [swings, lostShare, weight, horizonDays, value] = [numbers(), numbers(), numbers(), numbers(), numbers()];
  const [recencyDays, daysToDecision, tenureDays] = [numbers(), numbers(), numbers()];
  const [account, owner, cutoffDay, decidesDay, knownDay] = [days(), days(), days(), days(), days()];
  const [lost, contracted, treated] = [marks(), marks(), marks()];
  const [accounts, owners] = [growingIndex(), growingIndex()];
  const previous = numbers();
  let hasPrevious = false;
  let count = 0;
  const pushSwings = (column: typeof swings, facts: AccountFacts) => {
    for (const row of card.rows) column.push(contribution(row, facts)?.swings ?? Number.NaN);
  };
  return {
    add: (facts, decision, context) => {
      const { outcome, knownOn } = decision;
      if (outcome === 'pending' || outcome === 'competing' || knownOn === null) return false;
      if (decision.model !== card.model) return false;
      pushSwings(swings, facts);
      if (context.previousFacts !== undefined) {
        hasPrevious = true;
        pushSwings(previous, context.previousFacts ?? {});
      }
      lost.push(Number(outcome === 'lost'));
      contracted.push(Number(outcome === 'contracted'));
      lostShare.push(shareLost(decision));
      weight.push(1 / (context.overlapping ?? 1));
      horizonDays.push(decision.horizonDays);
      account.push(accounts.numberOf(decision.accountId));
      owner.push(context.ownerId === null ? -1 : owners.numberOf(context.ownerId));
      cutoffDay.push(dayNumber(context.cutoffOn));
      decidesDay.push(dayNumber(decision.decidesOn));
      knownDay.push(dayNumber(knownOn));
      value.push(valueInHorizon(decision));
      treated.push(Number(context.treated ?? false));
      recencyDays.push(context.recencyDays ?? Number.NaN);
      daysToDecision.push(dayNumber(decision.decidesOn) - dayNumber(context.cutoffOn));
      tenureDays.push(facts.tenureDays ?? Number.NaN);
      count += 1;
      return true;
    },
    finish: () => ({
      model: card.model,
      count,
      drivers: card.rows.map((row) => row.feature),
      swings: swings.finish(),
      lost: lost.finish(),
      contracted: contracted.finish(),
      lostShare: lostShare.finish(),
      weight: weight.finish(),
      horizonDays: horizonDays.finish(),
      account: account.finish(),
      accountIds: accounts.finish(),
      owner: owner.finish(),
      ownerIds: owners.finish(),
      cutoffDay: cutoffDay.finish(),
      decidesDay: decidesDay.finish(),
      knownDay: knownDay.finish(),
      value: value.finish(),
      treated: treated.finish(),
      recencyDays: recencyDays.finish(),
      daysToDecision: daysToDecision.finish(),
      tenureDays: tenureDays.finish(),
      ...(hasPrevious && { previousSwings: previous.finish() }),
    }),
  };
}

/** 1 for a loss; else the share of the yearly value that went, never negative; `NaN` where it is not known. */
function shareLost({ outcome, annualBefore, annualAfter }: Decision): number {
  if (outcome === 'lost') return 1;
  if (!annualBefore || !annualAfter || annualBefore.minor <= 0) return Number.NaN;
  return Math.max(0, 1 - annualAfter.minor / annualBefore.minor);
}

/** What the account paid a year before the decision, taken over the horizon. */
function valueInHorizon({ annualBefore, horizonDays }: Decision): number {
  return annualBefore ? (annualBefore.minor * horizonDays) / 365 : Number.NaN;
}
