import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeSourceFiles } from './write-source-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-source-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = { 'objects/Account/a.xml': '<Holdfast_A/>', 'sfdx-project.json': '{"name":"holdfast"}' };

test("somebody's own project is left alone, and nothing is written beside it", () => {
  writeFileSync(join(folder, 'sfdx-project.json'), '{"name":"ours"}');
  expect(() => writeSourceFiles(files, folder)).toThrow('--out holdfast-fields');
  expect(readdirSync(folder)).toEqual(['sfdx-project.json']);
  expect(readFileSync(join(folder, 'sfdx-project.json'), 'utf8')).toBe('{"name":"ours"}');
});

test('files of an earlier release are written over', () => {
  mkdirSync(join(folder, 'objects/Account'), { recursive: true });
  writeFileSync(join(folder, 'objects/Account/a.xml'), '<Holdfast_A old="true"/>');
  writeSourceFiles(files, folder);
  expect(readFileSync(join(folder, 'objects/Account/a.xml'), 'utf8')).toBe('<Holdfast_A/>');
  expect(readFileSync(join(folder, 'sfdx-project.json'), 'utf8')).toBe('{"name":"holdfast"}');
});
