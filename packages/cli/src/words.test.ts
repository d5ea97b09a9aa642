import { describe, expect, test } from 'vitest';
import { terminalIo } from './io.ts';
import { nodeTooOld } from './node-version.ts';
import { newRunId } from './session/run-id.ts';
import { columns } from './text/columns.ts';
import { chance, count, escapeHtml, money, signed, words } from './text/format.ts';
import { describeUsage } from './usage.ts';

test.each([
  ['20.20.2', false],
  ['22.19.9', false],
  ['18.0.0', false],
  ['22.20.0', true],
  ['23.0.0', true],
  ['24.21.0', true],
])('Node %s suffices: %s', (version, suffices) => {
  expect(nodeTooOld(version) === null).toBe(suffices);
});

describe('wrong usage in one sentence', () => {
  test.each([
    [
      "error: unknown command 'plam'\n(Did you mean plan?)",
      "Unknown command 'plam' (did you mean plan?): run `holdfast",
    ],
    [
      "error: unknown option '--x'\n(Did you mean one of --a, --b?)",
      "Unknown option '--x' (did you mean --a, --b?): run",
    ],
    ["error: missing required argument 'run'", "Missing required argument 'run': run `holdfast"],
    [
      "error: too many arguments for 'score'. Expected 0 arguments but got 2.",
      "Too many arguments for 'score'. Expected 0",
    ],
  ])('%j', (message, starts) => {
    const sentence = describeUsage(message);
    expect(sentence.startsWith(starts)).toBe(true);
    expect(sentence).toMatch(/^[^\n]+[^.]\.$/);
  });
});

test('ids of runs sort by time and keep four letters', () => {
  // 999 is 27 * 36 + 27, and r is the letter of 27
  expect(newRunId(Date.parse('2026-11-22T09:00:07.999Z'), () => 0)).toBe('2026-11-22T090007-rr00');
  expect(newRunId(Date.parse('2026-11-22T09:00:07Z'), () => 0.999_999_9)).toBe('2026-11-22T090007-00zz');
});

describe('numbers and words for reading', () => {
  test('money in whole units with the code, also where a currency has no or three decimals', () => {
    expect(money({ minor: 123_456_78, currency: 'EUR' })).toBe('EUR 123,457');
    expect(money({ minor: 5000, currency: 'JPY' })).toBe('JPY 5,000');
    expect(money({ minor: 5000, currency: 'KWD' })).toBe('KWD 5');
    expect(count(1_234_567)).toBe('1,234,567');
  });

  test('a chance is never said to be certain', () => {
    expect([0, 0.005, 0.01, 0.5, 0.99, 0.995, 1].map(chance)).toEqual([
      'under 1 %',
      'under 1 %',
      '1 %',
      '50 %',
      '99 %',
      'over 99 %',
      'over 99 %',
    ]);
  });

  test('signs, words, and text in a page', () => {
    expect([signed(1.234, 2), signed(-0.05, 1), signed(0, 1)]).toEqual(['+1.23', '-0.1', '+0.0']);
    expect(words('under_review')).toBe('under review');
    expect(escapeHtml(`<a href="x">&'`)).toBe('&#60;a href=&#34;x&#34;&#62;&#38;&#39;');
  });

  test('columns align, short rows and right-set numbers too', () => {
    expect(columns([['a', '1', 'x'], ['long', '200'], []], [1])).toEqual(['  a       1  x', '  long  200', '']);
    expect(columns([])).toEqual([]);
  });
});

describe('progress', () => {
  const heard = (isTTY: boolean, quiet = false) => {
    const said: string[] = [];
    const stderr = { isTTY, columns: 10, write: (text: string | Uint8Array) => said.push(String(text)) > 0 };
    return { said, io: terminalIo({ quiet, json: false, signal: new AbortController().signal, stderr }) };
  };

  test('a terminal gets one line that renews itself, cut to its width, and is left clean', () => {
    const { said, io } = heard(true);
    io.progress('Reading accounts: 100');
    io.say('Done');
    expect(said).toEqual(['\r\u001b[2KReading a', '\r\u001b[2K', 'Done\n']);
  });

  test('a log stays silent about short work; --quiet says nothing at all', () => {
    const log = heard(false);
    log.io.progress('Reading');
    expect(log.said).toEqual([]);
    const quiet = heard(true, true);
    quiet.io.progress('Reading');
    quiet.io.say('Done');
    quiet.io.clear();
    expect(quiet.said).toEqual([]);
  });
});
