import type { AccountFacts } from '../../features/facts.ts';
import { rebuildFacts } from '../../features/rebuild-facts.ts';
import { placedOrders } from '../../metrics/delivery.ts';
import { addDays, type CalendarDay, dayInZone, daysBetween, type Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { OrgProfile } from '../../model/profile.ts';
import type { AsOfKnowledge } from '../../snapshot/as-of-knowledge.ts';
import { endOfDay } from '../../snapshot/end-of-day.ts';
import { type RebuiltSlice, rebuildSlice } from '../../snapshot/rebuild-slice.ts';
import type { AccountRecords } from '../../snapshot/slice.ts';
import type { Decision } from '../outcomes/decision.ts';
import { type OutcomeOptions, outcomeSettings } from '../outcomes/outcome-settings.ts';
import { readOutcomes } from '../outcomes/read-decisions.ts';
import type { Scorecard } from '../scorecard.ts';
import { CONTRACT_CARD, ORDERS_CARD } from '../scorecards.ts';
import type { TrainingCoverage } from './coverage.ts';
import { cutoffOf } from './cutoff-of.ts';
import type { DecisionRows } from './decision-rows.ts';
import { openDecisionRows } from './open-decision-rows.ts';
import { type GoneFromBook, openTally } from './open-tally.ts';

export interface CollectOptions extends OutcomeOptions {
  readonly profile: OrgProfile;
  /** What the records say is read as of now: outcomes after this instant are not known. */
  readonly asOf: Instant;
  readonly knowledge: AsOfKnowledge;
  readonly contractCard?: Scorecard;
  readonly ordersCard?: Scorecard;
  /** Whether somebody acted on an account because of a score between two days; nobody did when left out. */
  readonly treated?: (accountId: Id, from: CalendarDay, to: CalendarDay) => boolean;
  /** Look at every account one quarter before its cut-off too, for the score of the last period. */
  readonly withPrevious?: boolean;
  /** Called with every row as it is added: the decision, and the account as it was seen. */
  readonly onRow?: (decision: Decision, slice: RebuiltSlice, cutoffOn: CalendarDay) => void;
}

/** The rows of both models, and what they are made from. */
export interface CollectedDecisions {
  readonly contract: DecisionRows;
  readonly orders: DecisionRows;
  readonly coverage: TrainingCoverage;
}

/** A collection that is open: account by account, in any order. */
export interface DecisionCollection {
  readonly add: (records: AccountRecords) => void;
  readonly finish: (gone?: GoneFromBook) => CollectedDecisions;
}

/** The score of the last period stood a quarter earlier. */
const PERIOD_DAYS = 91;

const NOTHING_GONE: GoneFromBook = { purchases: 0, dangling: 0, homeless: 0, deletedAccounts: 0 };

/**
 * Collects every decision of a book with what was known of the account at its cut-off. Memory holds the rows as columns
 * and a count for each year. Pending and competing decisions are counted and give no row; nor does an account that was
 * outside the book at the cut-off, or whose past cannot be rebuilt.
 */
export function openDecisionCollection(options: CollectOptions): DecisionCollection {
  const { profile, asOf } = options;
  const settings = outcomeSettings(profile, options);
  const cards = { contract: options.contractCard ?? CONTRACT_CARD, orders: options.ordersCard ?? ORDERS_CARD };
  const rows = { contract: openDecisionRows(cards.contract), orders: openDecisionRows(cards.orders) };
  const today = dayInZone(asOf, profile.timeZone);
  const tally = openTally(cards);
  const factsAt = (records: AccountRecords, day: CalendarDay): AccountFacts | null => {
    const past = rebuildSlice(records, profile, endOfDay(day, profile.timeZone), options.knowledge, options.history);
    return past.rebuilt ? rebuildFacts(past.slice, profile, options.knowledge) : null;
  };
  const addRow = (records: AccountRecords, decision: Decision) => {
    const cutoffOn = cutoffOf(decision, settings);
    const past = rebuildSlice(
      records,
      profile,
      endOfDay(cutoffOn, profile.timeZone),
      options.knowledge,
      options.history,
    );
    const { accountId, decidesOn, model } = decision;
    if (!past.rebuilt) return tally.leave(model, past.reason);
    if (past.slice.role !== 'customer') return tally.leave(model, 'outside the book at the cut-off');
    const facts = rebuildFacts(past.slice, profile, options.knowledge);
    const previousFacts = options.withPrevious ? factsAt(records, addDays(cutoffOn, -PERIOD_DAYS)) : undefined;
    const lastOrderOn = model === 'orders' ? lastOrder(past.slice, profile) : null;
    const sinceOrder = lastOrderOn === null ? null : daysBetween(lastOrderOn, cutoffOn);
    rows[model].add(facts, decision, {
      cutoffOn,
      ownerId: past.slice.account.ownerId ?? records.account.ownerId,
      recencyDays: model === 'orders' ? sinceOrder : (facts.daysSinceTouch ?? null),
      treated: options.treated?.(accountId, cutoffOn, decidesOn) ?? false,
      ...(previousFacts !== undefined && { previousFacts }),
    });
    tally.addRow(model, cutoffOn);
    options.onRow?.(decision, past.slice, cutoffOn);
  };
  return {
    add: (records) => {
      const { decisions, leftOut } = readOutcomes(records, profile, today, options);
      tally.addAccount(records, decisions, leftOut);
      for (const it of decisions) if (it.outcome !== 'pending' && it.outcome !== 'competing') addRow(records, it);
    },
    finish: (gone = NOTHING_GONE) => ({
      contract: rows.contract.finish(),
      orders: rows.orders.finish(),
      coverage: tally.finish(options.knowledge, profile, gone),
    }),
  };
}

function lastOrder(slice: RebuiltSlice, profile: OrgProfile): CalendarDay | null {
  const days = placedOrders(slice.orders, profile).flatMap((it) => it.orderedOn ?? []);
  return days.sort().at(-1) ?? null;
}
