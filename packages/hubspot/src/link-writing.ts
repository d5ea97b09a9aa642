import type { WriteCapability } from '@holdfast/core';

/**
 * How two people are tied here. `label` is the type id of the portal's label, or why there is none. Where our own object
 * has the links nothing is tied; without labels in the subscription it is the plain link.
 */
export function linkWriting(
  referral: WriteCapability | undefined,
  hasLabels: boolean,
  label: number | string,
): WriteCapability {
  const canTie = !hasLabels || typeof label === 'number' || label;
  const create = referral?.create === true ? 'The object holdfast_referral says who referred whom' : canTie;
  return { batchSize: 100, fields: ['referredId', 'referrerId'], create };
}
