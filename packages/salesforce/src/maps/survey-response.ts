import type { UnavailableMap } from '@holdfast/core';

/** The Survey objects belong to a paid product and are absent from a default org. */
export const surveyResponse = {
  unavailable: "A default org keeps no survey answers: name the org's own object in options.objects.surveyResponse",
} as const satisfies UnavailableMap;
