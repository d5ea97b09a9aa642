import type { CrmError } from '@holdfast/core';
import { describe, expect, test } from 'vitest';
import { type Answer, bodyOf, connectionError, errorOf, isExpiredToken, itemError } from './errors.ts';

const read = { writes: false, batch: false };
const writeBatch = { writes: true, batch: true };
const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const seen = (error: CrmError) => ({
  code: error.code,
  retryable: error.retryable,
  wait: error.retryAfterMs,
  unknown: error.outcomeUnknown,
  exhausted: error.exhausted,
});
const calm = { retryable: false, wait: null, unknown: false, exhausted: false };

describe('T42 limits', () => {
  const policy = (policyName: string, message: string) => ({
    status: 'error',
    message,
    errorType: 'RATE_LIMIT',
    policyName,
    correlationId: 'c',
  });
  test('ten seconds: wait ten seconds', () => {
    const error = errorOf(
      answer(429, policy('TEN_SECONDLY_ROLLING', 'You have reached your ten_secondly_rolling limit.')),
      read,
    );
    expect(seen(error)).toEqual({ ...calm, code: 'rate-limit', retryable: true, wait: 10_000 });
  });
  test('secondly, in both recorded forms: wait a second', () => {
    const recorded = { status: 'error', message: 'You have reached your secondly limit.', category: 'RATE_LIMITS' };
    for (const body of [policy('SECONDLY', 'You have reached your secondly limit.'), recorded]) {
      expect(seen(errorOf(answer(429, body), read))).toEqual({
        ...calm,
        code: 'rate-limit',
        retryable: true,
        wait: 1_000,
      });
    }
  });
  test('daily: stop', () => {
    const error = errorOf(answer(429, policy('DAILY', 'You have reached your daily limit.')), writeBatch);
    expect(seen(error)).toEqual({ ...calm, code: 'rate-limit', exhausted: true });
  });
  test('HTML, or with Retry-After: as long as it says, else ten seconds', () => {
    expect(seen(errorOf(answer(429, '<html>Too many</html>'), read)).wait).toBe(10_000);
    expect(seen(errorOf(answer(429, '<html/>', { 'retry-after': '3' }), read)).wait).toBe(3_000);
  });
});

describe('T45 tokens', () => {
  const expired = (time: string) =>
    answer(401, { category: 'EXPIRED_AUTHENTICATION', message: 'x', context: { 'expire time': [time] } });
  test('an expired token may be refreshed', () => {
    expect(isExpiredToken(expired('2026-11-02T08:00:00Z'))).toBe(true);
    expect(seen(errorOf(expired('2026-11-02T08:00:00Z'), read))).toEqual({ ...calm, code: 'auth' });
  });
  test('a malformed one says it expired in 1970: no refresh, another sentence', () => {
    expect(isExpiredToken(expired('1970-01-01T00:00:00Z'))).toBe(false);
    expect(errorOf(expired('1970-01-01T00:00:00Z'), read).message).toContain('cut off, or quoted');
  });
});

test('T51 missing scopes are named', () => {
  const body = {
    category: 'MISSING_SCOPES',
    errors: [{ context: { requiredGranularScopes: ['crm.objects.deals.read'] } }],
  };
  const error = errorOf(answer(403, body), read);
  expect(error.code).toBe('permission');
  expect(error.message).toContain('add crm.objects.deals.read to the app or key');
});

describe('T46 a bad moment', () => {
  test.each([500, 502, 503, 504, 521, 526, 530])('%i is unavailable; a write may have happened', (status) => {
    expect(seen(errorOf(answer(status, '<html/>'), read))).toEqual({ ...calm, code: 'unavailable', retryable: true });
    expect(errorOf(answer(status, '<html/>'), writeBatch).outcomeUnknown).toBe(true);
  });
  test('423 waits two seconds, 477 as long as it says', () => {
    expect(seen(errorOf(answer(423, {}), read)).wait).toBe(2_000);
    expect(seen(errorOf(answer(477, {}, { 'retry-after': '120' }), read)).wait).toBe(120_000);
    expect(seen(errorOf(answer(477, ''), read)).wait).toBe(60_000);
  });
  test('a redirect is refused', () => {
    expect(errorOf(answer(307, '', { location: 'https://example.org' }), read).code).toBe('protocol');
  });
});

describe('what the request did wrong', () => {
  test('a refused batch may be split', () => {
    const error = errorOf(
      answer(400, { category: 'VALIDATION_ERROR', message: 'secret@example.com is bad' }),
      writeBatch,
    );
    expect([error.code, error.splittable]).toEqual(['invalid', true]);
    expect(error.message).not.toContain('secret');
  });
  test('404 in JSON and as HTML', () => {
    expect(errorOf(answer(404, { category: 'OBJECT_NOT_FOUND' }), read).code).toBe('not-found');
    expect(errorOf(answer(404, '<html/>'), read).message).toContain('base address');
  });
  test('409 and 414', () => {
    expect(errorOf(answer(409, { category: 'CONFLICT' }), writeBatch).code).toBe('conflict');
    expect(errorOf(answer(414, ''), read).code).toBe('invalid');
  });
  test('an error of one item names its properties and codes, never its values', () => {
    const error = itemError({
      category: 'VALIDATION_ERROR',
      message: 'Value hunter2 is bad',
      errors: [{ code: 'INVALID_OPTION', message: 'hunter2', context: { propertyName: ['holdfast_health_band'] } }],
    });
    expect(error.message).toContain('holdfast_health_band, INVALID_OPTION');
    expect(error.message).not.toContain('hunter2');
  });
});

describe('T50 answers that are not whole', () => {
  test('an empty 204 is an empty body', () => {
    expect(bodyOf(answer(204, ''), read)).toEqual({});
  });
  test('cut JSON and HTML are protocol errors; a write may have happened', () => {
    for (const body of ['{"results":[{"id":"1"', '<html>ok</html>']) {
      expect(() => bodyOf(answer(200, body), writeBatch)).toThrow(
        expect.objectContaining({ code: 'protocol', retryable: true, outcomeUnknown: true }) as Error,
      );
    }
  });
  test('a connection that was never made wrote nothing', () => {
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    const reset = Object.assign(new Error('x'), { code: 'ECONNRESET' });
    expect(connectionError(refused, writeBatch).outcomeUnknown).toBe(false);
    expect(connectionError(reset, writeBatch).outcomeUnknown).toBe(true);
    expect(connectionError(reset, read).outcomeUnknown).toBe(false);
  });
});
