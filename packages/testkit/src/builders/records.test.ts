import type { EntityName } from '@holdfast/core';
import { entitySchemas } from '@holdfast/core/model';
import { describe, expect, test } from 'vitest';
import { aContact, anAccount, aRecord } from './records.ts';

describe('builders', () => {
  test.each(Object.keys(entitySchemas) as EntityName[])(
    'a blank %s passes its schema and has every field of it',
    (entity) => {
      const record = aRecord(entity);
      expect(entitySchemas[entity].strict().safeParse(record).error).toBeUndefined();
      expect(Object.keys(record).sort()).toEqual(Object.keys(entitySchemas[entity].shape).sort());
    },
  );

  test('what is given stands, what is undefined stays blank', () => {
    const account = anAccount({ name: 'Ada Ltd', ...({ domain: undefined } as object) });
    expect([account.name, account.domain]).toEqual(['Ada Ltd', null]);
    expect(aContact({ id: 'contact:7' }).id).toBe('contact:7');
  });
});
