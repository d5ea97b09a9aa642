import { expect, test } from 'vitest';
import { refusalText } from './refusal.ts';

test('a refusal says one next step: its own, else that of its reason', () => {
  const said = (detail: string) => refusalText({ reason: 'clock_backwards', detail });
  expect(said('2020-01-01 has gone by. Give a later day with --until.')).toBe(
    'Refused (clock_backwards): 2020-01-01 has gone by. Give a later day with --until.',
  );
  expect(said('The sale was won later.')).toBe(
    'Refused (clock_backwards): The sale was won later. Give the day on which it happened.',
  );
});

test('an appeal is ruled by another person with --by: there is no --approved-by', () => {
  expect(refusalText({ reason: 'second_approver', detail: '' })).toContain('--by for an appeal');
});
