import type { CrmModule } from '@holdfast/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { configSchema } from './config.ts';
import { readOptions, systemClock } from './connect.ts';

const variable = (name: string, option: string, secret: boolean, required = false) => ({
  variable: name,
  option,
  secret,
  required,
  help: 'where it comes from',
});
const module = {
  title: 'Abacus',
  options: z.strictObject({
    token: z.string(),
    baseUrl: z.string().optional(),
    oauth: z.strictObject({ secret: z.string() }).optional(),
  }),
  env: [
    variable('ABACUS_TOKEN', 'token', true, true),
    variable('ABACUS_URL', 'baseUrl', false),
    variable('ABACUS_SECRET', 'oauth.secret', true),
  ],
} as unknown as CrmModule;

describe('options', () => {
  test('the environment is laid over the config, nested options too', () => {
    const env = { ABACUS_TOKEN: 't', ABACUS_SECRET: 's', ABACUS_URL: '' };
    expect(readOptions(module, { options: { baseUrl: 'b' } }, env)).toEqual({
      token: 't',
      baseUrl: 'b',
      oauth: { secret: 's' },
    });
  });

  test('notes that are switched on are told to the adapter; left out, nothing is', () => {
    const schema = { safeParse: (data: unknown) => ({ success: true, data }) };
    const told = { ...module, options: schema } as unknown as CrmModule;
    expect(readOptions(told, { options: {}, notes: { since: '2026-01-05' } }, {})).toEqual({ notes: true });
    expect(readOptions(told, { options: {} }, {})).toEqual({});
    const configOf = (since: string) => configSchema.safeParse({ crm: 'abacus', notes: { since } });
    expect(configOf('2026-01-05').success).toBe(true);
    expect(configOf('2026-02-30').success).toBe(false);
  });

  test('the config is not changed', () => {
    const options = {};
    readOptions(module, { options }, { ABACUS_TOKEN: 't' });
    expect(options).toEqual({});
  });

  test('a secret in the config is refused by name, not by value, wherever it lies', () => {
    expect(() => readOptions(module, { options: { token: 'hush' } }, {})).toThrow(
      /^The config holds "token".*ABACUS_TOKEN/,
    );
    expect(() => readOptions(module, { options: { oauth: { secret: 'hush' } } }, {})).toThrow(
      /"oauth.secret".*ABACUS_SECRET/,
    );
  });

  test('a missing option names its variable and what it is', () => {
    expect(() => readOptions(module, { options: {} }, {})).toThrow(
      /^Abacus needs ABACUS_TOKEN \(where it comes from\)/,
    );
  });

  test('an option that does not exist is refused', () => {
    expect(() => readOptions(module, { options: { colour: 'red' } }, { ABACUS_TOKEN: 't' })).toThrow(/Abacus/);
  });
});

describe('the machine clock', () => {
  test('a sleep ends at once when the signal fires, before or during it', async () => {
    const stop = new AbortController();
    const asleep = systemClock.sleep(60_000, stop.signal);
    stop.abort();
    await expect(asleep).rejects.toMatchObject({ name: 'AbortError' });
    await expect(systemClock.sleep(60_000, stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
