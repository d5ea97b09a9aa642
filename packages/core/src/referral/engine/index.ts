export { DEFAULT_PROGRAM } from './default-program.ts';
export type { EngineOptions, RefusedEvent, SaleFacts } from './engine-state.ts';
export { namedParties } from './named-parties.ts';
export { openReferralEngine, type ReferralEngine } from './open-engine.ts';
export { type BookReading, readBookEvents } from './read-book-events.ts';
export { askArms, currentAsks } from './take-ask.ts';
export { codeOf } from './take-code.ts';
