import type { UnavailableMap } from '@holdfast/core';

export const lead = { unavailable: 'Leads are not read here' } as const satisfies UnavailableMap;
