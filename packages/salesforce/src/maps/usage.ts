import type { UnavailableMap } from '@holdfast/core';

/** Salesforce has no object for product usage. */
export const usage = {
  unavailable: "Salesforce keeps no product usage: name the org's own object in options.objects.usage",
} as const satisfies UnavailableMap;
