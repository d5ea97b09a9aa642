export type { EngineOptions, RefusedEvent, SaleFacts } from './engine-state.ts';
export { openReferralEngine, type ReferralEngine } from './open-engine.ts';
