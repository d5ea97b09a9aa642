import {
  CONTRACT_CARD,
  type FittedRetention,
  type ModelInUse,
  ORDERS_CARD,
  type RetentionModel,
  type Scorecard,
} from '@holdfast/core';
import type { KeptModel, KeptModels } from './kept-models.ts';

/** The models that scores are made with, and those left aside because their scorecard has changed since. */
export interface ModelsInUse {
  readonly models: { readonly [M in RetentionModel]?: ModelInUse };
  readonly stale: readonly RetentionModel[];
}

const CARDS: Readonly<Record<RetentionModel, Scorecard>> = { contract: CONTRACT_CARD, orders: ORDERS_CARD };

/**
 * Kept models as scoring takes them. A model whose scorecard has changed is left aside, because its weights belong to
 * other columns: the points speak until the next backtest.
 */
export function modelsInUse(kept: KeptModels['current']): ModelsInUse {
  const models: { [M in RetentionModel]?: ModelInUse } = {};
  const stale: RetentionModel[] = [];
  for (const name of ['contract', 'orders'] as const) {
    const one = kept[name];
    if (!one) continue;
    const inUse = asInUse(one, CARDS[name]);
    if (inUse === null) stale.push(name);
    else models[name] = inUse;
  }
  return { models, stale };
}

function asInUse({ loss, contraction, verdict }: KeptModel, card: Scorecard): ModelInUse | null {
  if (!isOfCard(loss, card)) return null;
  const proved = verdict === 'passes';
  if (!contraction || !hasColumns(contraction.fit, card)) return { loss, proved };
  return { loss, proved, contraction: { fit: contraction.fit, expectedShare: contraction.expectedShare } };
}

type Loss = KeptModel['loss'];

const isOfCard = (loss: Loss, card: Scorecard): loss is Loss & FittedRetention =>
  loss.cardVersion === card.version && hasColumns(loss, card);

/** The columns are those of the card, so their names are facts. */
function hasColumns(loss: Loss, card: Scorecard): loss is Loss & FittedRetention {
  const names = (list: readonly { readonly feature: string }[]) => list.map((it) => it.feature).join();
  return names(loss.drivers) === names(card.rows);
}
