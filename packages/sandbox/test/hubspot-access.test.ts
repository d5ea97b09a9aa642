import { describe, expect, it } from 'vitest';
import { account, smallBook, testClock } from './hubspot-support.ts';

const list = '/crm/objects/2026-03/companies';

describe('tokens', () => {
  it('T45 none and unknown: 401 INVALID_AUTHENTICATION; malformed: said to have expired in 1970', () => {
    const target = account();
    expect(target.call('GET', list, undefined, 'unknown-token').body.category).toBe('INVALID_AUTHENTICATION');
    expect(target.call('GET', list, undefined, '').status).toBe(401);
    const malformed = target.call('GET', list, undefined, 'not a token!');
    expect(malformed.status).toBe(401);
    expect(malformed.body).toMatchObject({
      category: 'EXPIRED_AUTHENTICATION',
      context: { 'expire time': ['1970-01-01T00:00:00Z'] },
    });
    expect(malformed.body.message).toBe('The OAuth token used to make this call expired 20759 day(s) ago.');
  });

  it('T51 a missing scope is named; one of several is enough', () => {
    const target = account({ tokens: { 'reader-token': { scopes: ['crm.objects.companies.read'] } } });
    expect(target.call('GET', list, undefined, 'reader-token').status).toBe(200);
    const refused = target.call('POST', list, { properties: { name: 'x' } }, 'reader-token');
    expect([refused.status, refused.body.category]).toEqual([403, 'MISSING_SCOPES']);
    expect(refused.body.errors[0].context.requiredGranularScopes).toEqual(['crm.objects.companies.write']);
    expect(target.call('GET', '/crm/properties/2026-03/companies', undefined, 'reader-token').status).toBe(200);
    expect(target.call('POST', '/crm/properties/2026-03/companies', {}, 'reader-token').status).toBe(403);
    expect(target.call('GET', '/crm/limits/2026-03/pipelines', undefined, 'reader-token').status).toBe(200);
  });

  it('T45 an OAuth token lasts half an hour and is refreshed; errors are the vendor’s', () => {
    const target = account({
      tokens: {},
      oauth: {
        clientId: 'client-1',
        clientSecret: 'secret-1',
        refreshToken: 'refresh-1',
        scopes: 'all',
        codes: ['code-1'],
      },
    });
    const form = (more: Record<string, string>) =>
      target.call(
        'POST',
        '/oauth/2026-03/token',
        new URLSearchParams({ client_id: 'client-1', client_secret: 'secret-1', ...more }).toString(),
      );
    const refresh = () => form({ grant_type: 'refresh_token', refresh_token: 'refresh-1' });
    const first = refresh().body;
    expect(first).toMatchObject({ token_type: 'bearer', expires_in: 1800, refresh_token: 'refresh-1' });
    expect(target.call('GET', list, undefined, first.access_token).status).toBe(200);
    target.clock.advance(1_800_000);
    const late = target.call('GET', list, undefined, first.access_token);
    expect([late.status, late.body.category]).toEqual([401, 'EXPIRED_AUTHENTICATION']);
    expect(late.body.context['expire time'][0]).not.toMatch(/^1970/);
    expect(target.call('GET', list, undefined, refresh().body.access_token).status).toBe(200);
    expect(form({ grant_type: 'refresh_token', refresh_token: 'wrong' })).toMatchObject({
      status: 400,
      body: { category: 'BAD_REFRESH_TOKEN' },
    });
    expect(form({ client_id: 'other' })).toMatchObject({ status: 400, body: { category: 'BAD_CLIENT_ID' } });
    const code = () => form({ grant_type: 'authorization_code', code: 'code-1' }).status;
    expect([code(), code()]).toEqual([200, 400]);
  });
});

describe('limits', () => {
  it('T42 100 calls in ten seconds below Professional, 190 from there; then 429 without category, until time passes', () => {
    for (const [tier, most] of [
      ['starter', 100],
      ['professional', 190],
    ] as const) {
      const target = account({ tier, rateLimits: true });
      const answers = Array.from({ length: most + 1 }, () => target.call('GET', list));
      expect(answers.filter((answer) => answer.status === 200).length).toBe(most);
      expect(answers[0]?.headers).toMatchObject({
        'X-HubSpot-RateLimit-Max': String(most),
        'X-HubSpot-RateLimit-Remaining': String(most - 1),
        'X-HubSpot-RateLimit-Interval-Milliseconds': '10000',
        'X-HubSpot-RateLimit-Daily': tier === 'starter' ? '250000' : '625000',
      });
      expect(answers.at(-1)?.body).toMatchObject({ errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' });
      expect(answers.at(-1)?.body).not.toHaveProperty('category');
      target.clock.advance(10_000);
      expect(target.call('GET', list).status).toBe(200);
    }
  });

  it('T42 T44 the daily limit is shared by all apps and ends at midnight of the account’s zone', () => {
    const clock = testClock('2026-11-02T22:00:00.000Z');
    const target = account({
      clock,
      rateLimits: true,
      limits: { daily: 3 },
      timeZone: 'Europe/Berlin',
      tokens: { 'app-one-token': { scopes: 'all' }, 'app-two-token': { scopes: 'all' } },
    });
    const status = (token: string) => target.call('GET', list, undefined, token).status;
    expect([
      status('app-one-token'),
      status('app-two-token'),
      status('app-one-token'),
      status('app-two-token'),
    ]).toEqual([200, 200, 200, 429]);
    expect(target.call('GET', list, undefined, 'app-one-token').body.policyName).toBe('DAILY');
    clock.advance(59 * 60_000);
    expect(status('app-one-token')).toBe(429);
    clock.advance(60_000);
    expect(status('app-one-token')).toBe(200);
    expect(
      target.call('GET', '/account-info/2026-03/api-usage/daily/private-apps', undefined, 'app-one-token').body
        .results[0],
    ).toMatchObject({
      usageLimit: 3,
      currentUsage: 2,
      resetsAt: '2026-11-03T23:00:00.000Z',
    });
  });

  it('the burst is per app, and an OAuth app sees no daily headers', () => {
    const target = account({
      rateLimits: true,
      limits: { burst: 1 },
      tokens: { 'app-one-token': { scopes: 'all' }, 'app-two-token': { scopes: 'all', oauth: true } },
    });
    expect(target.call('GET', list, undefined, 'app-one-token').status).toBe(200);
    const other = target.call('GET', list, undefined, 'app-two-token');
    expect([other.status, 'X-HubSpot-RateLimit-Daily' in other.headers]).toEqual([200, false]);
    expect(target.call('GET', list, undefined, 'app-one-token').status).toBe(429);
  });

  it('a request that is not JSON is a 400, not a crash', () => {
    const target = account({ book: smallBook });
    for (const body of ['{', '[]', '"x"', 'null']) {
      expect(target.call('POST', `${list}/search`, body)).toMatchObject({
        status: 400,
        body: { category: 'VALIDATION_ERROR' },
      });
    }
    for (const body of [
      { inputs: 'x' },
      { inputs: [null] },
      { filterGroups: 'x' },
      { filterGroups: [null] },
      { sorts: [null] },
      { inputs: [{}] },
    ]) {
      for (const url of [
        `${list}/search`,
        `${list}/batch/read`,
        `${list}/batch/update`,
        `${list}/batch/upsert`,
        `${list}/merge`,
        '/crm/associations/2026-03/companies/contacts/batch/create',
        '/crm/associations/2026-03/companies/contacts/batch/archive',
        '/crm/properties/2026-03/companies',
      ]) {
        expect(() => target.call('POST', url, body)).not.toThrow();
      }
    }
  });
});
