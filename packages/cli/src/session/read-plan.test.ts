import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPlan } from './read-plan.ts';

const write = {
  entity: 'account',
  write: { key: 'account a:1', target: { id: 'a:1' }, set: { healthScore: 40, healthBand: null } },
  before: { healthScore: null },
  label: 'Acme',
  why: 'first score',
};
const plan = {
  version: 1,
  id: 'x',
  crm: 'abacus',
  orgId: '7',
  asOf: 1,
  writes: [write],
  heldBack: { 'moved too little': 2 },
  notes: [],
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-plan-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (content: unknown) => {
  const file = join(folder, 'plan.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readPlan(file);
};

test('a plan is read as it was written, also after a person has taken writes out', () => {
  expect(read(plan)).toEqual(plan);
  expect(read({ ...plan, writes: [] }).writes).toEqual([]);
});

test.each([
  ['a field that Holdfast does not own', { ...write, write: { ...write.write, set: { ownerId: 'owner:2' } } }],
  ['a field that people write', { ...write, write: { ...write.write, set: { excluded: true } } }],
  ['a name of the account', { ...write, write: { ...write.write, set: { name: 'Other' } } }],
  ['a score of the wrong type', { ...write, write: { ...write.write, set: { healthScore: 'high' } } }],
  ['a band that does not exist', { ...write, write: { ...write.write, set: { healthBand: 'splendid' } } }],
  ['an entity that is never written', { ...write, entity: 'owner' }],
  ['a key of its own', { ...write, extra: 1 }],
])('refused: %s', (_title, strange) => {
  expect(() => read({ ...plan, writes: [strange] })).toThrow(/is not a plan \(writes\[0\].*holdfast plan/);
});

test('refused: another version, no JSON, no file', () => {
  expect(() => read({ ...plan, version: 2 })).toThrow(/is not a plan \(version\)/);
  expect(() => read('{')).toThrow(/cannot be read as JSON.*holdfast plan/);
  expect(() => readPlan(join(folder, 'none.json'))).toThrow(/cannot be read/);
});
