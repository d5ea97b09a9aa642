import { expect, test } from 'vitest';
import { applyText } from './apply-text.ts';
import { notInstalled, planText } from './plan-text.ts';

const plan = {
  version: 1 as const,
  id: 'p',
  crm: 'hubspot',
  orgId: '1',
  asOf: 0,
  writes: [],
  heldBack: { 'field not installed': 1331 },
  notes: [],
};
const nothing = {
  runId: 'r',
  counts: { written: 0, unchanged: 0, conflict: 0, failed: 0, unprocessed: 0 },
  planned: 0,
  calls: 0,
  minimum: 0,
  stopped: null,
};

test('a plan without fields to write into says how to get them', () => {
  expect(planText(plan, 'plan.json')).toContain('run `holdfast install`');
  expect(notInstalled({ heldBack: { 'moved too little': 4 } })).toEqual([]);
});

test('a run that could write nothing does not claim that all is well', () => {
  expect(applyText(nothing, 'runs/r', plan)).toContain('run `holdfast install`');
  expect(applyText(nothing, 'runs/r', plan)).not.toContain('every record holds');
  expect(applyText(nothing, 'runs/r', { heldBack: { 'moved too little': 4 } })).toContain('every record holds');
});
