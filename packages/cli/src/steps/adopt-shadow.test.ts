import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KeptModel, openWorkspace, readModels, type Workspace, writeModels } from '@holdfast/workflows';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Session } from '../session/session.ts';
import { adoptShadow } from './adopt-shadow.ts';

const model = (version: string, verdict: KeptModel['verdict']): KeptModel => ({
  loss: {
    ...{ model: 'contract', version, cardVersion: 'card', fittedOn: '2026-01-31', evidence: 'fitted' },
    ...{ outcomes: { decisions: 300, losses: 40 }, intercept: -2, drivers: [], covariance: [0.1] },
    ...{ treatment: 0, periodVariance: null, mixture: [] },
  },
  ...{ contraction: null, verdict, summary: `It says ${verdict}.` },
});

describe('taking models in shadow into use', () => {
  let folder: string;
  let workspace: Workspace;
  const adopt = (shadow: KeptModel, current: KeptModel | null = null, shadowRuns = 1) => {
    writeModels(workspace, {
      version: 1,
      current: current ? { contract: current } : {},
      shadow: { contract: shadow },
      shadowRuns,
    });
    return adoptShadow({ workspace } as Session);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-adopt-'));
    workspace = openWorkspace(join(folder, '.holdfast'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('a model that a run has scored is taken into use', () => {
    expect(adopt(model('two', 'passes'), model('one', 'passes')).exitCode).toBe(0);
    expect(readModels(workspace)).toMatchObject({ current: { contract: { loss: { version: 'two' } } }, shadow: {} });
  });

  test('one that nobody has seen at work is refused, and so is adopting nothing', () => {
    expect(() => adopt(model('one', 'passes'), null, 0)).toThrow(/run `holdfast score`/);
    writeModels(workspace, { version: 1, current: {}, shadow: {}, shadowRuns: 3 });
    expect(() => adoptShadow({ workspace } as Session)).toThrow(/run `holdfast backtest` first/);
  });

  test.each(['no-signal', 'losses-missing'] as const)('a card that says %s promotes nothing', (verdict) => {
    const { exitCode, text } = adopt(model('one', verdict));
    expect([exitCode, text]).toEqual([1, `Not adopted: contract. It says ${verdict}.`]);
    expect(readModels(workspace).current).toEqual({});
  });

  test('a model whose card has passed is never replaced by one whose card has not', () => {
    expect(adopt(model('two', 'not-enough-outcomes'), model('one', 'passes')).exitCode).toBe(1);
    expect(readModels(workspace).current.contract?.loss.version).toBe('one');
  });
});
