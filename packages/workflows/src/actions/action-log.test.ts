import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkspace, type Workspace } from '../workspace/open-workspace.ts';
import { heldOutAccounts, logAction, logArms, readActionLog, treatedBy } from './action-log.ts';

let folder: string;
let workspace: Workspace;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-log-'));
  workspace = openWorkspace(join(folder, '.holdfast'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const action = {
  ...{ accountId: 'company:1', driver: 'npsLast', on: '2026-03-01', probability: 0.4, modelVersion: 'points-1' },
  ...{ arm: 'treat' as const, propensity: 0.9, cost: null, hours: 1 },
};
const arm = (accountId: string, of: 'treat' | 'hold-out' | 'exempt') => ({
  ...{ accountId, stratum: 'small, likely', arm: of, propensity: 0.9, assignedAt: 1_767_225_600_000 },
  ...{ proposed: 'npsLast', probability: 0.4, assumedDrop: 0.05 },
});
const file = () => join(workspace.folder, 'actions.ndjson');

describe('the log of actions', () => {
  it('holds what was done and who is held out, readable by its owner only', () => {
    expect(readActionLog(workspace)).toEqual({ actions: [], arms: [] });
    expect(logAction(workspace, action)).toBe(true);
    expect(
      logArms(workspace, [arm('company:1', 'treat'), arm('company:2', 'hold-out'), arm('company:3', 'exempt')]),
    ).toBe(3);
    const log = readActionLog(workspace);
    // 2026-03-01 is day 20,513.
    expect(log.actions).toEqual([
      expect.objectContaining({ accountId: 'company:1', actionId: 'npsLast', at: 20_513 * 86_400_000, ownerId: null }),
    ]);
    expect([...heldOutAccounts(log)]).toEqual(['company:2']);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('the same action on the same day is one, and an arm is kept', () => {
    expect([logAction(workspace, action), logAction(workspace, { ...action, hours: 3 })]).toEqual([true, false]);
    expect(logAction(workspace, { ...action, on: '2026-03-02' })).toBe(true);
    expect(readFileSync(file(), 'utf8').match(/\n/g)).toHaveLength(2);
    expect([
      logArms(workspace, [arm('company:1', 'treat')]),
      logArms(workspace, [arm('company:1', 'hold-out')]),
    ]).toEqual([1, 0]);
    appendFileSync(file(), readFileSync(file()));
    const { actions, arms } = readActionLog(workspace);
    expect([actions.length, arms.map((it) => it.arm)]).toEqual([2, ['treat']]);
  });

  it('nothing that somebody typed can enter: a driver is a name, and there is no room for a note', () => {
    expect(() => logAction(workspace, { ...action, driver: 'called Ada at home' })).toThrow();
    expect(() => logAction(workspace, { ...action, ...{ note: 'Ada' } })).toThrow();
    expect(readActionLog(workspace).actions).toEqual([]);
  });

  it.each([
    ['half a line', '{"kind":"act'],
    ['an empty line', ''],
    ['a day that is none', JSON.stringify({ kind: 'action', ...action, on: '2026-02-30' })],
    ['a line of another kind', '{"kind":"note"}'],
  ])('damaged by %s: one error that names the line, and nothing is added to it', (_title, line) => {
    logAction(workspace, action);
    appendFileSync(file(), `${line}\n`);
    const before = readFileSync(file(), 'utf8');
    expect(() => readActionLog(workspace)).toThrow(/^Line 2 of .*actions\.ndjson is damaged: mend or delete that line/);
    expect(() => logAction(workspace, { ...action, on: '2026-03-02' })).toThrow(/Line 2/);
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });

  it('a backtest asks whether somebody acted between two days, both included', () => {
    logAction(workspace, action);
    const treated = treatedBy(readActionLog(workspace));
    expect([
      treated('company:1', '2026-03-01', '2026-04-01'),
      treated('company:1', '2026-02-01', '2026-03-01'),
      treated('company:1', '2026-03-02', '2026-04-01'),
      treated('company:2', '2026-01-01', '2026-12-31'),
    ]).toEqual([true, true, false, false]);
  });
});
