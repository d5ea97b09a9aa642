export { type ConvertedMoney, convert } from './convert.ts';
export type { LedgerRefusal, LedgerRefusalReason } from './ledger-refusal.ts';
export { type Ledger, openLedger, type PartyBalances, type PostResult } from './open-ledger.ts';
export { isLiability, POSTING_RULES } from './posting-rules.ts';
export { percentOf, scaleHalfEven } from './round-half-even.ts';
export { splitByWeights } from './split-by-weights.ts';
export type * from './transaction.ts';
export { ACCOUNT_KINDS, TRANSACTION_KINDS } from './transaction.ts';
