import type { Rule } from '@holdfast/core';
import { entitySchemas } from '@holdfast/core/model';
import { describe, expect, test } from 'vitest';
import { OBJECTS } from '../objects.ts';
import { overlaidMaps } from '../overlaid-maps.ts';
import { OVERLAY_FIELDS } from '../overlay.ts';
import { OWN_FIELDS } from '../own-fields.ts';
import { maps } from './index.ts';

type Fields = Readonly<Record<string, Rule<unknown>>>;

const fieldsOf = (entity: keyof typeof maps, all = maps): Fields => {
  const map = all[entity];
  return 'unavailable' in map ? {} : (map.sources[0]?.fields as Fields);
};

describe('maps', () => {
  test('every owned field is read from, and written to, holdfast_ and its stem', () => {
    for (const { entity, field, stem } of OWN_FIELDS) {
      expect(fieldsOf(entity)[field]).toMatchObject({ rule: 'field', name: `holdfast_${stem}` });
    }
  });

  test('a company of 12.5 employees is kept: an estimate is no reason to reject it', () => {
    const { employees } = fieldsOf('account');
    const context = { currency: 'EUR', timeZone: 'UTC' };
    expect(employees?.rule === 'field' && employees.codec.decode('12.5', context)).toBe(12.5);
  });

  test('every source is an object of the table, a link between two, or the owners', () => {
    for (const map of Object.values(maps)) {
      if ('unavailable' in map) continue;
      for (const { object } of map.sources) {
        expect(object === 'owner' || object.split('-').every((part) => part in OBJECTS)).toBe(true);
      }
    }
  });

  test('every field of the overlay is a field of its entity, and may be named', () => {
    for (const [entity, fields] of Object.entries(OVERLAY_FIELDS)) {
      for (const field of Object.keys(fields)) {
        expect(Object.keys(entitySchemas[entity as keyof typeof entitySchemas].shape)).toContain(field);
      }
    }
  });
});

describe('overlay', () => {
  test("a portal's own property takes the place of a rule, and only of that", () => {
    const mine = overlaidMaps({ account: { renewalOn: 'renewal_date' }, order: { promisedOn: 'promised_date' } });
    expect(fieldsOf('account', mine)['renewalOn']).toMatchObject({ rule: 'field', name: 'renewal_date' });
    expect(fieldsOf('account', mine)['churnedOn']).toBe(fieldsOf('account')['churnedOn']);
    expect(fieldsOf('order', mine)['promisedOn']).toMatchObject({ name: 'promised_date' });
    expect(mine.contact).toBe(maps.contact);
  });
});
