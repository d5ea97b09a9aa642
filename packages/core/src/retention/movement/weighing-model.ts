import type { DriverFacts, FactId, RetentionModel } from '../../features/facts.ts';
import { contribution } from '../contribution.ts';
import type { FittedRetention } from '../posterior/fitted-retention.ts';
import { type ScoreOptions, scoreRisk } from '../score-risk.ts';
import type { Scorecard } from '../scorecard.ts';
import { CONTRACT_CARD, ORDERS_CARD } from '../scorecards.ts';
import type { WeighingModel } from './split-movement.ts';

/** The model that scores accounts of one kind, as movement sees it: its log-odds are those of `scoreRisk`. */
export function weighingModel(model: RetentionModel, options: ScoreOptions = {}): WeighingModel {
  const card = model === 'contract' ? (options.contractCard ?? CONTRACT_CARD) : (options.ordersCard ?? ORDERS_CARD);
  const fit = options.models?.[model]?.loss ?? null;
  const { baseLogOdds, modelVersion, evidence } = scoreRisk({ model }, options);
  return {
    version: modelVersion,
    evidence,
    weigh: (facts) => {
      const parts = fit === null ? partsByPoints(card, facts) : partsByFit(card, fit, facts);
      let logOdds = baseLogOdds;
      for (const part of parts.values()) logOdds += part;
      return { logOdds, parts };
    },
  };
}

function partsByPoints(card: Scorecard, facts: DriverFacts): ReadonlyMap<FactId, number> {
  const parts = new Map<FactId, number>();
  for (const row of card.rows) {
    const part = contribution(row, facts);
    if (part !== null) parts.set(row.feature, part.logOdds);
  }
  return parts;
}

function partsByFit(card: Scorecard, fit: FittedRetention, facts: DriverFacts): ReadonlyMap<FactId, number> {
  const parts = new Map<FactId, number>();
  for (const [j, row] of card.rows.entries()) {
    const driver = fit.drivers[j];
    if (driver === undefined) continue;
    const part = contribution(row, facts);
    parts.set(row.feature, part === null ? driver.missing : driver.weight * (part.swings - driver.reference));
  }
  return parts;
}
