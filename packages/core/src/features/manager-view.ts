import type { Feature } from './feature.ts';

/** The account manager's own judgement; a capped driver, so that nobody can paint an account green. */
export const managerView: Feature = {
  id: 'managerView',
  title: 'Our own view',
  group: 'sentiment',
  unit: 'view -1 to 1',
  asOfSource: 'history',
  edited: ['account.managerView'],
  missingRule: 'null when nobody gave a view',
  compute: ({ account }) => (account.managerView === null ? null : VIEWS[account.managerView]),
};

const VIEWS = { good: -1, unsure: 0, bad: 1 } as const;
