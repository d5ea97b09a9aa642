/** The rooms of the house and who may enter which: docs/architecture.md. */
const rooms = [
  'model',
  'stats',
  'ledger',
  'crm',
  'snapshot',
  'metrics',
  'graph',
  'features',
  'retention',
  'referral',
  'portfolio',
  'service',
  'growth',
  'market',
  'quality',
  'actions',
  'plan',
  'reporting',
];

const onlyEarlierRooms = rooms.slice(0, -1).map((room, index) => ({
  name: `core-${room}-looks-back-only`,
  comment: 'A room of core imports only rooms before it, in the order data flows.',
  severity: 'error',
  from: { path: `^packages/core/src/${room}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^packages/core/src/(${rooms.slice(index + 1).join('|')})/` },
}));

const between = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^packages/${from}/src/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^packages/', pathNot: `^packages/(${[from, ...allowed].join('|')})/` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...onlyEarlierRooms,
    between('core-knows-nobody', 'core', []),
    between('hubspot-knows-core', 'hubspot', ['core']),
    between('salesforce-knows-core', 'salesforce', ['core']),
    between('workflows-know-core', 'workflows', ['core']),
    between('testkit-knows-core', 'testkit', ['core']),
    between('sandbox-knows-nobody', 'sandbox', []),
    {
      name: 'core-has-one-dependency',
      severity: 'error',
      from: { path: '^packages/core/src/', pathNot: '\\.test\\.ts$' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'core'],
        pathNot: '/zod/',
      },
    },
    {
      name: 'cli-loads-adapters-lazily',
      comment: 'jsforce costs 150 ms and the HubSpot client 50: they come in by dynamic import only.',
      severity: 'error',
      from: { path: '^packages/cli/src/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^packages/(hubspot|salesforce|sandbox)/',
        dependencyTypesNot: ['dynamic-import', 'type-only'],
        dynamic: false,
      },
    },
    {
      name: 'sources-know-no-tests',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/[^/]+/test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(dist/|node_modules/\\.cache)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      conditionNames: ['holdfast-source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
