import { expect, test } from 'vitest';
import { hubspotOptions } from './options.ts';

const issues = (options: unknown) => {
  const result = hubspotOptions.safeParse(options);
  return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
};

test('a token is enough', () => {
  expect(hubspotOptions.parse({ token: ' pat ' })).toMatchObject({
    ...{ token: 'pat', baseUrl: 'https://api.hubapi.com', timeoutMs: 60_000, referralLabel: 'Referred by', fields: {} },
  });
});

test('neither token nor OAuth, or both, is refused with what to give', () => {
  const oauth = { clientId: 'a', clientSecret: 'b', refreshToken: 'c' };
  for (const options of [{}, { token: 't', oauth }]) expect(issues(options)[0]).toContain('HUBSPOT_TOKEN');
  expect(issues({ oauth })).toEqual([]);
});

test('an overlay with an unknown field, or no property name, is refused', () => {
  expect(issues({ token: 't', fields: { account: { renewal: 'x' } } })).toHaveLength(1);
  expect(issues({ token: 't', fields: { account: { renewalOn: 'Renewal date' } } })[0]).toContain('internal name');
  expect(issues({ token: 't', fields: { account: { renewalOn: 'renewal_date' } } })).toEqual([]);
});
