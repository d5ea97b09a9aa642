import type { RetentionModel } from '../../features/facts.ts';
import { type CalendarDay, dayInZone, type Instant } from '../../model/dates.ts';
import type { OrgProfile } from '../../model/profile.ts';
import type { EntityName } from '../../model/types.ts';
import type { AsOfKnowledge } from '../../snapshot/as-of-knowledge.ts';
import type { AccountRecords } from '../../snapshot/slice.ts';
import { scaleHorizon } from '../log-odds.ts';
import type { Decision, DecisionOutcome } from '../outcomes/decision.ts';
import { ACCOUNT_TELLS_NOTHING } from '../outcomes/left-out.ts';
import { lossesMissing, type SurvivorshipEvidence, type YearOfDecisions } from '../outcomes/losses-missing.ts';
import type { Scorecard } from '../scorecard.ts';
import type { LeftOutCounts, RowLeftOutReason, TrainingCoverage } from './coverage.ts';

/** What only the whole book can tell of accounts that are gone. */
export type GoneFromBook = Pick<SurvivorshipEvidence, 'purchases' | 'dangling' | 'homeless' | 'deletedAccounts'>;

const noOutcomes = (): Record<DecisionOutcome, number> => ({
  kept: 0,
  contracted: 0,
  lost: 0,
  pending: 0,
  competing: 0,
});

/** Counts of everything that was met, by outcome, by year and by reason; memory does not grow with the book. */
export function openTally(cards: Readonly<Record<RetentionModel, Scorecard>>) {
  const outcomes = { contract: noOutcomes(), orders: noOutcomes() };
  const rows = { contract: 0, orders: 0 };
  const leftOut: Partial<Record<RowLeftOutReason, number>> = {};
  const leftOutOf: Record<RetentionModel, Partial<Record<RowLeftOutReason, number>>> = { contract: {}, orders: {} };
  const years = new Map<string, { -readonly [K in keyof YearOfDecisions]: YearOfDecisions[K] }>();
  const cohorts = new Map<number, { year: number; accounts: number; lost: number }>();
  let accounts = 0;
  let [first, last] = ['9999-12-31', ''];
  const leave = (model: RetentionModel | null, reason: RowLeftOutReason, times = 1) => {
    leftOut[reason] = (leftOut[reason] ?? 0) + times;
    if (model !== null) leftOutOf[model][reason] = (leftOutOf[model][reason] ?? 0) + times;
  };
  const addToYear = ({ model, decidesOn, horizonDays, outcome }: Decision) => {
    const year = Number(decidesOn.slice(0, 4));
    const known = years.get(`${model} ${year}`) ?? { model, year, decisions: 0, lost: 0, usual: 0 };
    const { yearlyLoss } = cards[model];
    years.set(`${model} ${year}`, known);
    known.decisions += 1;
    known.lost += Number(outcome === 'lost' || outcome === 'competing');
    known.usual += model === 'contract' ? yearlyLoss : scaleHorizon(yearlyLoss, 365, horizonDays);
  };
  return {
    leave,
    addAccount: ({ account }: AccountRecords, decisions: readonly Decision[], reasons: LeftOutCounts) => {
      accounts += 1;
      for (const [reason, times] of Object.entries(reasons) as [RowLeftOutReason, number][])
        leave(ACCOUNT_TELLS_NOTHING.has(reason) ? null : 'contract', reason, times);
      for (const it of decisions) {
        outcomes[it.model][it.outcome] += 1;
        if (it.outcome !== 'pending') addToYear(it);
      }
      // Newcomers have had one decision at most: they say little of who was lost.
      if (account.createdAt === null || decisions.length < 2) return;
      const year = Number(dayInZone(account.createdAt, 'UTC').slice(0, 4));
      const cohort = cohorts.get(year) ?? { year, accounts: 0, lost: 0 };
      cohorts.set(year, cohort);
      cohort.accounts += 1;
      cohort.lost += Number(decisions.some((it) => it.outcome === 'lost' || it.outcome === 'competing'));
    },
    addRow: (model: RetentionModel, cutoffOn: CalendarDay) => {
      rows[model] += 1;
      if (cutoffOn < first) first = cutoffOn;
      if (cutoffOn > last) last = cutoffOn;
    },
    finish: ({ recordedSince, imports }: AsOfKnowledge, profile: OrgProfile, gone: GoneFromBook): TrainingCoverage => ({
      accounts,
      outcomes,
      rows,
      leftOut,
      leftOutOf,
      cutoffs: last === '' ? null : { first, last },
      recordedSince: Object.fromEntries(
        (Object.entries(recordedSince) as [EntityName, Instant][]).map(([entity, at]) => [
          entity,
          dayInZone(at, profile.timeZone),
        ]),
      ),
      imports,
      losses: lossesMissing({
        ...gone,
        years: [...years.values()].sort((a, b) => a.year - b.year),
        cohorts: [...cohorts.values()].sort((a, b) => a.year - b.year),
      }),
    }),
  };
}
