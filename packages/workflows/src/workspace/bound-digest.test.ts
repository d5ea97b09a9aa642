import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Bound, bindNewKey, boundDigest, newKeyDigest } from './bound-digest.ts';
import { workspaceDigest } from './workspace-digest.ts';

let folder: string;
let mark: number | null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-bound-'));
  mark = null;
});
afterEach(() => rmSync(folder, { recursive: true }));

const store: Bound['store'] = {
  keyMark: async () => mark,
  bindKey: async (given) => {
    mark = given;
  },
};
const bound = () => ({ workspace: { folder }, store });
const key = () => join(folder, 'key');

it('binds the key that it finds, also in a store from before keys were bound', async () => {
  const before = workspaceDigest({ folder })('ann@example.com');
  expect((await boundDigest(bound()))('ann@example.com')).toBe(before);
  expect(mark).toBeGreaterThan(0);
  expect((await boundDigest(bound()))('ann@example.com')).toBe(before);
  await expect(newKeyDigest(bound())).rejects.toMatchObject({ code: 'key-known' });
});

it('the mark is 48 bits of an HMAC-SHA-256 (worked out with openssl), and holds nothing of the key', async () => {
  writeFileSync(key(), '00'.repeat(32));
  await boundDigest(bound());
  expect(mark).toBe(0x40f50538ea8c);
});

it.each([
  ['is missing', () => rmSync(key())],
  ['is not the one that this store was filled with', () => writeFileSync(key(), 'ab'.repeat(32))],
])('a key that %s: one refusal with the next step, and the folder stays as it is', async (what, lose) => {
  await boundDigest(bound());
  lose();
  const left = () => [mark, existsSync(key()) && readFileSync(key(), 'utf8')];
  const before = left();
  const refusal = {
    code: 'other-key',
    message: expect.stringMatching(new RegExp(`key ${what}: .*holdfast pull --new-key`)),
  };
  await expect(boundDigest(bound())).rejects.toMatchObject(refusal);
  expect(left()).toEqual(before);
  const digest = await newKeyDigest(bound());
  await expect(boundDigest(bound())).rejects.toMatchObject({ code: 'other-key' });
  await bindNewKey(bound(), digest);
  expect((await boundDigest(bound()))('ann@example.com')).toBe(digest('ann@example.com'));
});
