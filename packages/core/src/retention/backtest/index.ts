export type * from './accuracy-card.ts';
export { type Backtest, type BacktestScope, backtest } from './backtest.ts';
export { cardMarkdown } from './card-markdown.ts';
export { MIN_OF_EACH, SLOPE_BORDERS } from './judge.ts';
export { MIN_OWNER_DECISIONS, type OwnerLine } from './owner-calibration.ts';
