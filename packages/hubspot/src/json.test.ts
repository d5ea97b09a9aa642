import { expect, test } from 'vitest';
import { asId, parseJson } from './json.ts';

test('T17 an id beyond 2^53 keeps its digits as text', () => {
  const source = '{"results":[{"to":[{"toObjectId":9007199254740993},{"toObjectId":15}]}]}';
  expect(parseJson(source)).toEqual({ results: [{ to: [{ toObjectId: '9007199254740993' }, { toObjectId: 15 }] }] });
});

test('numbers inside texts, and long decimals, stay what they are', () => {
  const source = '{"a":"x: 12345678901234567890, y","b":0.1234567890123456,"c":[12345678901234567890]}';
  expect(parseJson(source)).toEqual({
    a: 'x: 12345678901234567890, y',
    b: 0.1234567890123456,
    c: ['12345678901234567890'],
  });
});

test('an id is text, whatever the answer held', () => {
  expect([asId(15), asId('15'), asId(''), asId(null), asId({})]).toEqual(['15', '15', null, null, null]);
});
