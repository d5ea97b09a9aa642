import { FRAUD_CHECKS } from '@holdfast/core';
import { afterEach, describe, expect, test } from 'vitest';
import { FRAUD_CASES } from './fraud-cases.ts';
import { CRMS, openStage, type Stage } from './stage.ts';

describe.each(CRMS)('the checks on %s: records in, signal, consequence and written fields out', (crm) => {
  let stage: Stage | null = null;
  afterEach(async () => {
    await stage?.close();
    stage = null;
  });

  test.each(FRAUD_CHECKS.map(({ id, title }) => [title, id] as const))('%s', async (_title, id) => {
    const found = FRAUD_CASES[id];
    if (found === undefined) throw new Error(`The check "${id}" has no case.`);
    const { given, play, seen, ...when } = found;
    stage = await openStage(crm, given, when);
    await play(stage);
    await stage.writeBack();
    const { decided: _decided, ...now } = await stage.look();
    expect(now).toEqual(seen);
    expect(suspicionsWritten(stage)).toEqual([]);
  });
});

/** What stands in the CRM is neutral: no value that was written names a check, or what it looks for. */
function suspicionsWritten({ world }: Stage): readonly unknown[] {
  const words = FRAUD_CHECKS.flatMap(({ id, title, explanation, appeal }) => [id, title, explanation, appeal]);
  const written = world.emulator.journal.filter((it) => it.by === 'api' && it.action !== 'schema');
  return written.filter(({ to }) => words.some((it) => String(to).includes(it)) || /fraud|suspic/i.test(String(to)));
}
