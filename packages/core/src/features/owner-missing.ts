import { type Feature, keeps } from './feature.ts';

/** Nobody, or somebody who no longer works in the CRM, owns the account. */
export const ownerMissing: Feature = {
  id: 'ownerMissing',
  title: 'No active owner',
  group: 'relationship',
  unit: 'yes or no',
  asOfSource: 'none',
  edited: ['account.ownerId', 'owner.active'],
  missingRule: 'null where the book keeps no owners',
  compute: (slice, context) => (keeps(context, 'owner') ? Number(!(slice.owner?.active ?? false)) : null),
};
