import { outlookOf } from './outlook.ts';
import type { BetaGeometricModel, ParetoNbdModel } from './repeat-model.ts';
import type { RepeatBuyingSummary } from './summary.ts';
import { lengthIn, type Span, type TimeBase } from './time-base.ts';

/** Predictions for every account of a summary, in its order. */
export interface BookPrediction {
  readonly active: Float64Array;
  readonly order: Float64Array;
  readonly expectedOrders: Float64Array;
}

/** `probabilityActive`, `probabilityOfOrder` and `expectedOrders` within a span, for every account of a summary. */
export function predictBook<M extends BetaGeometricModel<TimeBase> | ParetoNbdModel<TimeBase>>(
  model: M,
  summary: RepeatBuyingSummary<M['base']>,
  within: Span<M['base']>,
): BookPrediction {
  const length = lengthIn(model.base, within);
  const rows = summary.frequency.length;
  const book = {
    active: new Float64Array(rows),
    order: new Float64Array(rows),
    expectedOrders: new Float64Array(rows),
  };
  for (let i = 0; i < rows; i++) {
    const outlook = outlookOf(model, {
      base: summary.base,
      frequency: summary.frequency[i]!,
      recency: summary.recency[i]!,
      age: summary.age[i]!,
    });
    book.active[i] = outlook.active();
    book.order[i] = outlook.any(length);
    book.expectedOrders[i] = outlook.expected(length);
  }
  return book;
}
