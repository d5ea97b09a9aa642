import type { Feature } from './feature.ts';

/** A decision maker, sponsor or champion is among the roles of the account's contacts. */
export const decisionMakerKnown: Feature = {
  id: 'decisionMakerKnown',
  title: 'Decision maker or champion known',
  group: 'relationship',
  unit: 'yes or no',
  asOfSource: 'none',
  edited: ['contactRole.role'],
  missingRule: 'null when no contact of the account has a role in words',
  compute: (slice) => {
    const roles = slice.roles.flatMap((it) => (it.role ? [it.role] : []));
    return roles.length === 0 ? null : Number(roles.some((role) => DECIDES.test(role)));
  },
};

/** Words of the CRMs' standard contact roles for people who decide or speak for us inside. */
const DECIDES = /decision|champion|executive|sponsor|economic|budget.?holder|owner/i;
