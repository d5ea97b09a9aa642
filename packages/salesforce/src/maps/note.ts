import type { UnavailableMap } from '@holdfast/core';

export const note = { unavailable: 'Notes are not written here' } as const satisfies UnavailableMap;
