import { expect, it } from 'vitest';
import { recordId } from './record-id.ts';

// pairs published in Salesforce's documentation and help pages, and recorded ids
it.each([
  ['0014S000007Ne8J', '0014S000007Ne8JQAS'],
  ['0034S000005YIbi', '0034S000005YIbiQAG'],
  ['00Q4S000002sSac', '00Q4S000002sSacUAE'],
])('%s becomes %s', (short, long) => {
  expect(recordId(short)).toBe(long);
  expect(recordId(long)).toBe(long);
});

it.each(['', '001', '0014S000007Ne8', "0014S000007Ne8'", '0014S000007Ne8JQA'])('refuses %j', (text) => {
  expect(recordId(text)).toBeNull();
});
