export { createHubSpot, type HubSpotEmulator } from './create-hubspot.ts';
export type { TokenGrant } from './http/access.ts';
export { type HubSpotOptions, type OAuthApp, sandboxToken } from './options.ts';
export type { Id, PersonEdits, SeenRecord } from './person-edits.ts';
export { defineObject, type HubSpotTier, type ObjectType } from './schema/object-type.ts';
export type { PropertyInput } from './schema/property.ts';
export { customerProperties } from './seed/customer-properties.ts';
export type { BookTable } from './seed/seed-book.ts';
