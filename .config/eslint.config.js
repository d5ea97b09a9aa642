import tseslint from 'typescript-eslint';

const banned = (selector, message) => ({ selector, message });

const everywhere = [
  banned(
    "ImportDeclaration[source.value='zod'][importKind!='type'] > ImportSpecifier",
    "Import zod as `import * as z from 'zod'`: the named import bundles three times as much.",
  ),
  banned(
    "MemberExpression[property.name='apiRequest']",
    'apiRequest ignores signal and timeout and follows a redirect to another host with the body: use a typed method.',
  ),
];

const pure = [
  ...everywhere,
  banned("NewExpression[callee.name='Date'], MemberExpression[object.name='Date']", 'Time is a parameter in core.'),
  banned("MemberExpression[object.name='Math'][property.name='random']", 'Randomness is a parameter in core.'),
  banned('CallExpression[callee.name=/^(setTimeout|setInterval|fetch|require)$/]', 'Core does no I/O and never waits.'),
];

const vendorWords = banned(
  ':matches(Identifier[name=/(SObject|^sobject|(^|[a-z_])hs_|__c$|^[dD]eals?$|^[cC]ompan(y|ies)$|[hH]ub[sS]pot|[sS]alesforce)/], Literal[value=/(\\b[sS][oO]bject|\\bhs_|__c\\b|[hH]ub[sS]pot|[sS]alesforce)/])',
  'No vendor word in core: the adapters know the CRMs.',
);

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**'] },
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { 'no-restricted-syntax': ['error', ...everywhere] },
  },
  {
    files: ['packages/core/src/**/*.ts'],
    ignores: ['**/*.test.ts', 'packages/core/src/model/dates.ts'],
    rules: { 'no-restricted-syntax': ['error', ...pure, vendorWords] },
  },
  {
    files: ['packages/core/src/model/dates.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...everywhere,
        vendorWords,
        banned("MemberExpression[object.name='Date'][property.name='now']", 'Core reads no clock.'),
        banned("NewExpression[callee.name='Date'][arguments.length=0]", 'Core reads no clock.'),
      ],
    },
  },
);
