import { CrmError } from '@holdfast/core';
import { describe, expect, test } from 'vitest';
import { describeFailure, UserError } from './failure.ts';

const system = (code: string, path?: string) =>
  Object.assign(new Error('secret words'), { code, ...(path && { path }) });

describe('a failure in one sentence', () => {
  test('our own errors say their own words and keep their code', () => {
    expect(describeFailure(new UserError('usage', 'Say which.', 2))).toEqual({
      exitCode: 2,
      code: 'usage',
      message: 'Say which.',
    });
    expect(describeFailure(new CrmError('auth', 'No.'))).toEqual({ exitCode: 1, code: 'auth', message: 'No.' });
    const workspace = Object.assign(new Error('Wait.'), { name: 'WorkspaceError', code: 'locked' });
    expect(describeFailure(workspace)).toEqual({ exitCode: 1, code: 'locked', message: 'Wait.' });
    const program = Object.assign(new Error('Put it back.'), { name: 'WorkspaceError', code: 'bad_program' });
    expect(describeFailure(program)).toMatchObject({ exitCode: 2, code: 'bad_program' });
    const book = Object.assign(new Error('Line 2.'), { name: 'BookError' });
    expect(describeFailure(book)).toEqual({ exitCode: 1, code: 'bad-book', message: 'Line 2.' });
  });

  test.each(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'EEXIST', 'ENOENT'])(
    '%s names the path and a way out',
    (code) => {
      const { message, exitCode } = describeFailure(system(code, '/a/b'));
      expect(message).toMatch(/^\/a\/b .*: .*\.$/);
      expect({ exitCode, repeats: message.includes('secret') }).toEqual({ exitCode: 1, repeats: false });
    },
  );

  test('what lies beneath counts: a port in use, wrapped by whoever opened it', () => {
    const wrapped = new Error('outer', { cause: system('EADDRINUSE') });
    expect(describeFailure(wrapped)).toMatchObject({ code: 'EADDRINUSE', message: expect.stringContaining('--port') });
  });

  test.each([new TypeError('secret words'), system('EWHATEVER'), 'secret words', undefined, null])(
    "a stranger's message is not repeated: %s",
    (error) => {
      const { message, exitCode } = describeFailure(error);
      expect(message).not.toContain('secret');
      expect(message).toMatch(/HOLDFAST_DEBUG=1.*\.$/);
      expect(exitCode).toBe(1);
    },
  );

  test('an interrupt says what is kept', () => {
    expect(describeFailure(new DOMException('x', 'AbortError'))).toMatchObject({ exitCode: 1, code: 'stopped' });
  });
});
