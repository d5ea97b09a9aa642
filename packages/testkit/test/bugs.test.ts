import { adapterConformance, CASE_IDS, type CaseId } from '@holdfast/testkit';
import { describe, expect, test } from 'vitest';
import type { Bug } from './bugs/bug.ts';
import { CAPABILITY_BUGS } from './bugs/capability-bugs.ts';
import { ERROR_BUGS } from './bugs/error-bugs.ts';
import { GONE_BUGS } from './bugs/gone-bugs.ts';
import { HISTORY_BUGS } from './bugs/history-bugs.ts';
import { LINK_BUGS } from './bugs/link-bugs.ts';
import { NOTE_BUGS } from './bugs/note-bugs.ts';
import { READING_BUGS } from './bugs/reading-bugs.ts';
import { RELATION_BUGS } from './bugs/relation-bugs.ts';
import { TASK_BUGS } from './bugs/task-bugs.ts';
import { VALUE_BUGS } from './bugs/value-bugs.ts';
import { WRITING_BUGS } from './bugs/writing-bugs.ts';
import { memoryHarness } from './memory-harness.ts';

const BUGS: readonly Bug[] = [
  ...READING_BUGS,
  ...GONE_BUGS,
  ...RELATION_BUGS,
  ...HISTORY_BUGS,
  ...VALUE_BUGS,
  ...WRITING_BUGS,
  ...TASK_BUGS,
  ...NOTE_BUGS,
  ...LINK_BUGS,
  ...ERROR_BUGS,
  ...CAPABILITY_BUGS,
];

/** What went wrong in each case that failed, by the case's id without its entity. */
async function failures(bug: Bug): Promise<ReadonlyMap<string, unknown>> {
  const harness = memoryHarness(bug.name, { pageSize: 5, ...bug.options }, bug.extra, bug.tamper);
  const failed = new Map<string, unknown>();
  for (const c of adapterConformance(harness)) {
    const id = c.id.split(' ')[0]!;
    if (!bug.caughtBy.includes(id as CaseId) || failed.has(id)) continue;
    await c.run().catch((error: unknown) => failed.set(id, error));
  }
  return failed;
}

describe('a broken adapter is caught by the case that is about it', () => {
  for (const bug of BUGS) {
    test(`${bug.name} -> ${bug.caughtBy.join(', ')}`, async () => {
      const failed = await failures(bug);
      expect([...failed.keys()].sort()).toEqual([...bug.caughtBy].sort());
      for (const error of failed.values()) expect(error).not.toBeInstanceOf(TypeError);
    });
  }
});

test('no case is vacuous: each is failed by at least one bug', () => {
  const caught = new Set(BUGS.flatMap((bug) => bug.caughtBy));
  expect(Object.keys(CASE_IDS).filter((id) => !caught.has(id as CaseId))).toEqual([]);
});

test('every published id belongs to a case, in the published order', () => {
  const ids = adapterConformance(memoryHarness('memory', {})).map((c) => c.id.split(' ')[0]);
  expect([...new Set(ids)]).toEqual(Object.keys(CASE_IDS));
});
