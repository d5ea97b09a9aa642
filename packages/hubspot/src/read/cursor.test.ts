import { expect, test } from 'vitest';
import { type Cursor, formatCursor, parseCursor } from './cursor.ts';

const start: Cursor = { source: 0, part: 'list', id: '', after: '' };

test('a cursor comes back as it was', () => {
  const cursor: Cursor = { source: 2, part: 'search', id: '9007199254740993', after: 'MTAw' };
  expect(parseCursor(formatCursor(cursor), start, 5)).toEqual(cursor);
  expect(parseCursor(null, start, 1)).toEqual(start);
});

test.each(['', 'x', '0.other..', '7.list..', '0.list.12'])('%o is refused', (text) => {
  expect(() => parseCursor(text, start, 1)).toThrow(expect.objectContaining({ code: 'invalid' }) as Error);
});
