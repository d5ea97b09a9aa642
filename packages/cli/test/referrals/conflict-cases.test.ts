import { CONFLICT_TABLE } from '@holdfast/core';
import { afterEach, describe, expect, test } from 'vitest';
import { CONFLICT_CASES } from './conflict-cases.ts';
import { CRMS, openStage, type Stage } from './stage.ts';

describe.each(CRMS)('the conflict table on %s: records in, decision and written fields out', (crm) => {
  let stage: Stage | null = null;
  afterEach(async () => {
    await stage?.close();
    stage = null;
  });

  test.each(CONFLICT_TABLE.map((row) => [row.case] as const))('%s', async (title) => {
    const { given, play, seen, ...when } = CONFLICT_CASES[title];
    stage = await openStage(crm, given, when);
    await play(stage);
    await stage.writeBack();
    const { signals: _signals, ...now } = await stage.look();
    expect(now).toEqual(seen);
  });
});
