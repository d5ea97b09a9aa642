import type { UnavailableMap } from '@holdfast/core';

/** `Referral` is an object of paid clouds; two contacts are linked only by a field of the org's own. */
export const referralLink = {
  unavailable:
    "Salesforce links no person to who referred them: name the org's own lookup in options.fields.contact.referredById",
} as const satisfies UnavailableMap;
