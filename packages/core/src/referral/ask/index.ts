export * from './ask-policy.ts';
export * from './ask-signals.ts';
export * from './ask-wording.ts';
export * from './contract-clause.ts';
export * from './count-asks.ts';
export { ASK_REFUSALS, type AskAccount, type AskPerson, type AskRefusal } from './may-ask.ts';
export * from './propose-asks.ts';
export * from './referral-ask.ts';
export * from './write-ask-text.ts';
