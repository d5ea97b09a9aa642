import { expect, test } from 'vitest';
import { asOfOption } from './as-of-option.ts';

// 1998-05-06, 18:00 in UTC: the last day in Northwind's file, when its example pulls
const pulled = { asOf: Date.UTC(1998, 4, 6, 18) };

test.each([
  ['nothing said: the start of the pull', undefined, 'UTC', '1998-05-06T18:00:00.000Z'],
  ['an instant', '1998-04-30T12:00:00Z', 'Asia/Tokyo', '1998-04-30T12:00:00.000Z'],
  ['a day ends at midnight in UTC', '1998-04-30', 'UTC', '1998-04-30T23:59:59.999Z'],
  ['a day in Tokyo ends nine hours earlier', '1998-04-30', 'Asia/Tokyo', '1998-04-30T14:59:59.999Z'],
  [
    'a day in New York (daylight saving) ends four hours later',
    '1998-04-30',
    'America/New_York',
    '1998-05-01T03:59:59.999Z',
  ],
  ['the day of the pull was not over: the start of the pull', '1998-05-06', 'UTC', '1998-05-06T18:00:00.000Z'],
  ['the day of the pull where it is another one', '1998-05-07', 'Asia/Tokyo', '1998-05-06T18:00:00.000Z'],
])('--as-of: %s', (_title, option, zone, expected) => {
  expect(new Date(asOfOption(option, pulled, { timeZone: zone })).toISOString()).toBe(expected);
});

test.each([
  ['no day', '1998-02-30', 'must be a day such as 2026-01-31'],
  ['neither', 'yesterday', 'must be a day such as 2026-01-31'],
  ['a day to come', '1998-05-07', 'lies after the last pull'],
  ['an instant to come', '1998-05-06T18:00:01Z', 'lies after the last pull'],
])('--as-of, wrong usage: %s', (_title, option, says) => {
  const wrong = () => asOfOption(option, pulled, { timeZone: 'UTC' });
  expect(wrong).toThrow(expect.objectContaining({ code: 'usage', message: expect.stringContaining(says) }));
});
