import type { UnavailableMap } from '@holdfast/core';

export const lead = {
  unavailable: 'HubSpot keeps who may become a customer as contacts',
} as const satisfies UnavailableMap;
