export { hubspot } from './module.ts';
export type { HubSpotOptions } from './options.ts';
