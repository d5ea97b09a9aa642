import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { workspaceDigest } from './workspace-digest.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-key-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('digests with one key that stays in the folder, readable by its owner only', () => {
  const digest = workspaceDigest({ folder });
  const again = workspaceDigest({ folder });
  expect(again('ann@example.com')).toBe(digest('ann@example.com'));
  expect(digest('bob@example.com')).not.toBe(digest('ann@example.com'));
  expect(readdirSync(folder)).toEqual(['key']);
  expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);
});

it('is the HMAC-SHA-256 of RFC 4231, test case 2 padded to the length of a key', () => {
  const key = `4a656665${'0'.repeat(56)}`; // "Jefe": HMAC pads a short key with zeros
  writeFileSync(join(folder, 'key'), key);
  expect(workspaceDigest({ folder })('what do ya want for nothing?')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});

it('refuses a file that is no key, with what to do, and leaves it alone', () => {
  writeFileSync(join(folder, 'key'), '');
  expect(() => workspaceDigest({ folder })).toThrow(
    /is no key\. Put back the file from a copy\. .*whoever was erased is then known by their id alone/,
  );
  expect(readFileSync(join(folder, 'key'), 'utf8')).toBe('');
});
