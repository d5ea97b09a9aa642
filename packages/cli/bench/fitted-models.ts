/** Fitted models for the bench: the shipped points as weights, with a full covariance, as a book with outcomes has them. */
import { CONTRACT_CARD, type FittedRetention, ORDERS_CARD, type Scorecard, type ScoreOptions } from '@holdfast/core';

export const benchModels: NonNullable<ScoreOptions['models']> = {
  contract: {
    loss: fitted(CONTRACT_CARD, 1),
    proved: true,
    contraction: { fit: fitted(CONTRACT_CARD, 2), expectedShare: 0.3 },
  },
  orders: { loss: fitted(ORDERS_CARD, 3), proved: true },
};

function fitted(card: Scorecard, seed: number): FittedRetention {
  const size = 1 + 2 * card.rows.length;
  // every entry differs from 0, with the diagonal large enough to be a covariance
  const covariance: number[] = [];
  for (let j = 0; j < size; j += 1)
    for (let k = 0; k <= j; k += 1) covariance.push(k === j ? 0.05 : Math.sin(seed + j * 31 + k * 17) * 0.0005);
  return {
    model: card.model,
    version: `bench-${seed}`,
    cardVersion: card.version,
    fittedOn: '2026-01-01',
    evidence: 'fitted',
    outcomes: { decisions: 5_000, losses: 500 },
    intercept: -2.2,
    drivers: card.rows.map((row, j) => ({
      feature: row.feature,
      weight: row.points * (1 + 0.1 * Math.sin(seed * 7 + j)),
      reference: 0.1 * Math.cos(seed + j),
      missing: 0.05 * Math.sin(seed * 3 + j),
    })),
    covariance,
    treatment: 0,
    periodVariance: 0.01,
    mixture: [],
  };
}
